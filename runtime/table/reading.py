"""Opens a table of any known format and gives its rows, one by one, with the number a person finds each by.

A bad row never stops the reading: it is reported and left out. A file that cannot be used at all raises
`TableUnusable`. What the values mean is left to the readers of `scoreline.compiler.values`.
"""

from collections.abc import Iterator
from pathlib import Path

from scoreline.runtime.table.columns import Columns
from scoreline.runtime.table.csv_rows import csv_rows
from scoreline.runtime.table.files import readable
from scoreline.runtime.table.jsonl_rows import jsonl_rows
from scoreline.runtime.table.parquet_rows import parquet_count, parquet_rows
from scoreline.runtime.table.rejects import Rejecting

Row = tuple[int, dict[str, object]]
"""A row's number, and its values under the names of the columns that were asked for and are there."""


def table_rows(path: Path, columns: Columns, rejecting: Rejecting) -> Iterator[Row]:
    """The rows of a table in file order. TableUnusable is raised at once, or when the bad place is reached."""
    match readable(path):
        case "csv":
            return csv_rows(path, columns, rejecting)
        case "jsonl":
            return jsonl_rows(path, columns, rejecting)
        case "parquet":
            return parquet_rows(path, columns, rejecting)


def about_how_many(path: Path) -> int:
    """Roughly how many rows there are, for a progress bar: exact for Parquet, lines for the other formats."""
    kind = readable(path)
    if kind == "parquet":
        return parquet_count(path)
    with path.open("rb") as file:
        lines = sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))
    return max(lines - (kind == "csv"), 0)
