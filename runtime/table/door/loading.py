"""Rows that Python has read, CSV or JSON lines, into a table of texts.

They go through a file in which cells are divided by a sign that texts do not have, since DuckDB reads that faster than
it takes rows from Python; rows that have such signs, or line ends in a cell, are handed over one by one. An empty text
is missing, as it is for every reader.
"""

import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import duckdb
from scoreline.runtime.table.door.cells import beside_text
from scoreline.runtime.table.door.words import identifier
from scoreline.runtime.table.reading import Row

_BETWEEN = "\x1f"
_ODD = ("\n", "\r", "\0")
_LONGEST = 500_000
_BATCH = 5_000


def load_texts(
    base: duckdb.DuckDBPyConnection, name: str, columns: Sequence[str], rows: Iterable[Row], first: int
) -> None:
    """A table with `row` (the number of a row, and `first` added) and `c0`… for the columns, all texts."""

    def cells(values: dict[str, object]) -> list[str]:
        get = values.get
        return [get(column) or "" for column in columns]  # pyright: ignore[reportReturnType]

    _load(base, name, [f"c{n}" for n in range(len(columns))], rows, first, cells)


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
    _load(base, name, labels, rows, first, cells)


def _load(
    base: duckdb.DuckDBPyConnection,
    name: str,
    labels: Sequence[str],
    rows: Iterable[Row],
    first: int,
    cells: Callable[[dict[str, object]], list[str]],
) -> None:
    table = identifier(name)
    typed = ", ".join(f"{label} varchar" for label in labels)
    base.execute(f'create or replace table {table} ("row" bigint, {typed})')
    with tempfile.TemporaryDirectory(prefix="scoreline-") as folder, base.appender(name) as appender:
        path = Path(folder, "rows")
        with path.open("w", encoding="utf-8", newline="") as file:
            batch: list[list[str]] = []
            for number, values in rows:
                batch.append([str(first + number), *cells(values)])
                if len(batch) == _BATCH:
                    file.write(_plain(batch, appender))
                    batch.clear()
            file.write(_plain(batch, appender))
        appender.flush()
        columns = ", ".join(["'row': 'bigint'", *(f"'{label}': 'varchar'" for label in labels)])
        base.execute(
            f"insert into {table} select * from read_csv(?, delim = ?, columns = {{{columns}}}, quote = '',"
            " escape = '', header = false, auto_detect = false, new_line = '\\n', max_line_size = 4000000)",
            [str(path), _BETWEEN],
        )


def _plain(batch: Sequence[Sequence[str]], appender: duckdb.Appender) -> str:
    """The lines of the rows that a file can hold; the others are handed over."""
    lines = [_BETWEEN.join(row) for row in batch]
    text = "\n".join([*lines, ""])
    between = sum(map(len, batch)) - len(batch)
    whole = text.count("\n") == len(batch) and text.count(_BETWEEN) == between
    if whole and "\r" not in text and "\0" not in text and max(map(len, lines), default=0) < _LONGEST:
        return text
    kept: list[str] = []
    for row, line in zip(batch, lines, strict=True):
        if line.count(_BETWEEN) == len(row) - 1 and len(line) < _LONGEST and not any(map(line.__contains__, _ODD)):
            kept.append(line + "\n")
        else:
            appender.append_row(int(row[0]), *(cell or None for cell in row[1:]))
    return "".join(kept)
