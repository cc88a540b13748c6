"""Rows that Python has read, CSV or JSON lines, into a table of texts.

They go through a file in which cells are divided by a sign that texts do not have, since DuckDB reads that faster than
it takes rows from Python; rows that have such signs, or line ends in a cell, are handed over one by one. An empty text
is missing, as it is for every reader.
"""

import tempfile
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

import duckdb
from scoreline.runtime.table.admit.relational import ROW
from scoreline.runtime.table.engines.duckdb.cells import beside_text
from scoreline.runtime.table.read.queries import make_empty, table
from scoreline.runtime.table.read.rows import Row

_BETWEEN = "\x1f"
_ODD = ("\n", "\r", "\0")
_LONGEST = 1_000_000
_BATCH = 2_000

TextRow = tuple[int, Sequence[str]]
"""The number of a row, and a text for each column."""


def load_texts(base: duckdb.DuckDBPyConnection, name: str, columns: int, rows: Iterable[TextRow], first: int) -> None:
    """A table with `row` (the number of a row, and `first` added) and `c0`… for so many columns, all texts."""
    _load(base, name, [f"c{n}" for n in range(columns)], rows, first)


def load_json(
    base: duckdb.DuckDBPyConnection, name: str, columns: Sequence[str], rows: Iterable[Row], first: int
) -> None:
    """The same with `j0`… beside them, for values that are no texts."""

    def cells(values: dict[str, object]) -> list[str]:
        found: list[str] = []
        for column in columns:
            value = values.get(column)
            if type(value) is str:
                found += (value, "")
            else:
                found += ("", "" if value is None else beside_text(value))
        return found

    labels = [f"{kind}{n}" for n in range(len(columns)) for kind in "cj"]
    _load(base, name, labels, ((number, cells(values)) for number, values in rows), first)


def _load(
    base: duckdb.DuckDBPyConnection, name: str, labels: Sequence[str], rows: Iterable[TextRow], first: int
) -> None:
    types = {ROW: "bigint", **dict.fromkeys(labels, "varchar")}
    make_empty(base, table(name), types.items())
    with tempfile.TemporaryDirectory(prefix="scoreline-") as folder, base.appender(name) as appender:
        path = Path(folder, "rows")
        with path.open("w", encoding="utf-8", newline="") as file:
            rest = iter(rows)
            while batch := list(islice(rest, _BATCH)):
                file.write(_plain(batch, first, appender))
        appender.flush()
        base.read_csv(
            str(path),
            delimiter=_BETWEEN,
            columns=types,
            quotechar="",
            escapechar="",
            header=False,
            auto_detect=False,
            lineterminator=duckdb.CSVLineTerminator.LINE_FEED,
            max_line_size=4_000_000,
        ).insert_into(name)


def _plain(batch: Sequence[TextRow], first: int, appender: duckdb.Appender) -> str:
    """The lines of the rows that a file can hold; the others are handed over."""
    lines = [f"{first + number}{_BETWEEN}{_BETWEEN.join(cells)}" for number, cells in batch]
    text = "\n".join([*lines, ""])
    between = len(batch[0][1])
    whole = text.count("\n") == len(batch) and text.count(_BETWEEN) == between * len(batch)
    if whole and "\r" not in text and "\0" not in text and len(text) < _LONGEST:
        return text
    kept: list[str] = []
    for (number, cells), line in zip(batch, lines, strict=True):
        if line.count(_BETWEEN) == between and len(line) < _LONGEST and not any(map(line.__contains__, _ODD)):
            kept.append(line + "\n")
        else:
            appender.append_row(first + number, *(cell or None for cell in cells))
    return "".join(kept)
