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
    column = _column(rows, tails)
    return [
        _line(row, _padded(row.parts[0], column) + " " + tail) if _takes_part(row, tail, column) else row.line()
        for row, tail in zip(rows, tails, strict=True)
    ]


_PLAIN = 2


def _tail(row: Row, points: int) -> str:
    if len(row.parts) <= _PLAIN:
        return " ".join(row.parts[1:])
    return f"{_padded(row.parts[1], points)} {row.parts[2]}"


def _column(rows: Sequence[Row], tails: Sequence[str]) -> int:
    """The width of the first column with which most rows can stand in line; the narrowest of equals."""
    widths = sorted({cells(row.parts[0]) for row in rows})
    taking = {width: sum(map(_takes_part, rows, tails, [width] * len(rows))) for width in widths}
    return max(widths, key=lambda width: taking[width])


def _takes_part(row: Row, tail: str, column: int) -> bool:
    return cells(row.parts[0]) <= column and row.indent + column + 1 + cells(tail) <= WIDTH


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cells(text))


def _line(row: Row, text: str) -> str:
    comment = "" if row.after is None else f"  {row.after}"
    return " " * row.indent + text + comment
