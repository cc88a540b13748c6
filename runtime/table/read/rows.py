"""Opens a table of any known kind and gives its rows, one by one, with the number a person finds each by.

A bad row never stops the reading: it is reported and left out. A table that cannot be used at all raises
`TableUnusable`. What the values mean is left to the readers of `scoreline.compiler.values`. Where a table has several
files, the number of a row carries its file's (`rejects.py`).
"""

from collections.abc import Iterator
from pathlib import Path

from scoreline.runtime.table.read.columns import RequestedColumns
from scoreline.runtime.table.read.csv_rows import csv_rows
from scoreline.runtime.table.read.database_rows import count_of, relation_rows, sqlite_rows
from scoreline.runtime.table.read.files import readable
from scoreline.runtime.table.read.jsonl_rows import jsonl_rows
from scoreline.runtime.table.read.parquet_rows import parquet_count, parquet_rows
from scoreline.runtime.table.read.sources import Files, SqliteTable, place_of
from scoreline.runtime.table.rejects import ROWS_OF_A_FILE, Rejector, TableName

Row = tuple[int, dict[str, object]]
"""A row's number, and its values under the names of the columns that were asked for and are there."""


def table_rows(path: Path, columns: RequestedColumns, rejector: Rejector) -> Iterator[Row]:
    """The rows of a table in their order. TableUnusable is raised at once, or when the bad place is reached."""
    place = place_of(path, rejector.table)
    match place:
        case Files((one,)):
            return _file_rows(one, columns, rejector.of_file(0))
        case Files(several):
            return _rows_of_several(several, columns, rejector)
        case SqliteTable():
            return sqlite_rows(place, path, columns, rejector)
        case _:
            return relation_rows(place, path, columns, rejector)


def _rows_of_several(paths: tuple[Path, ...], columns: RequestedColumns, rejector: Rejector) -> Iterator[Row]:
    for number, path in enumerate(paths):
        for row, values in _file_rows(path, columns, rejector.of_file(number)):
            yield number * ROWS_OF_A_FILE + row, values


def _file_rows(path: Path, columns: RequestedColumns, rejector: Rejector) -> Iterator[Row]:
    match readable(path):
        case "csv":
            return csv_rows(path, columns, rejector)
        case "jsonl":
            return jsonl_rows(path, columns, rejector)
        case "parquet":
            return parquet_rows(path, columns, rejector)


def about_how_many(path: Path, table: TableName = "leads") -> int:
    """Roughly how many rows there are, for a progress bar: exact for typed tables, lines for the other formats."""
    place = place_of(path, table)
    return sum(map(_about, place.paths)) if isinstance(place, Files) else count_of(place, path)


def _about(path: Path) -> int:
    kind = readable(path)
    if kind == "parquet":
        return parquet_count(path)
    with path.open("rb") as file:
        lines = sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))
    return max(lines - (kind == "csv"), 0)
