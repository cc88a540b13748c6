"""Statements of one line each, one below the other, as a table: their `then`s, `from`s and labels in columns.

Promises lines that fit where they can: a row that would be too long with the others is left as it is, and as many as
possible stand in line.
"""

from collections.abc import Sequence
from typing import NamedTuple

from scoreline.dsl.layout import WIDTH, cells


class Row(NamedTuple):
    """A statement on one line: its indent, its cells (the third, if there is one, is the label of a rule), and the
    comment behind it."""

    indent: int
    parts: tuple[str, ...]
    after: str | None = None

    def line(self) -> str:
        """The row by itself."""
        return _line(self, " ".join(self.parts))


def aligned(rows: Sequence[Row]) -> list[str]:
    """The lines of rows that follow each other."""
    points = max((cells(row.parts[1]) for row in rows if len(row.parts) > _PLAIN), default=0)
    tails = [_tail(row, points) for row in rows]
    widths = [_Widths(cells(row.parts[0]), row.indent + 1 + cells(tail)) for row, tail in zip(rows, tails, strict=True)]
    column = _column(widths)
    return [
        _line(row, f"{_padded(row.parts[0], column)} {tail}") if _takes_part(width, column) else row.line()
        for row, tail, width in zip(rows, tails, widths, strict=True)
    ]


class _Widths(NamedTuple):
    """How wide the first cell of a row is, and the rest of its line."""

    head: int
    rest: int


_PLAIN = 2


def _tail(row: Row, points: int) -> str:
    """What stands behind the first cell: points so wide that the labels behind them stand in line."""
    if len(row.parts) <= _PLAIN:
        return " ".join(row.parts[1:])
    return f"{_padded(row.parts[1], points)} {row.parts[2]}"


def _column(widths: Sequence[_Widths]) -> int:
    """The width of the first column with which most rows can stand in line; the narrowest of equals."""
    candidates = sorted({width.head for width in widths})
    return max(candidates, key=lambda column: sum(_takes_part(width, column) for width in widths))


def _takes_part(width: _Widths, column: int) -> bool:
    return width.head <= column and column + width.rest <= WIDTH


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cells(text))


def _line(row: Row, text: str) -> str:
    comment = "" if row.after is None else f"  {row.after}"
    return " " * row.indent + text + comment
