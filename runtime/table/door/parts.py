"""A file as a relation of raw cells: `row`, and a column for each that is wanted and there.

Parquet stays where it is, behind a view. A row's number carries its file's: rows of several files are in order, and
each can be told by file and number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
from scoreline.runtime.table.columns import Columns, present, report_lacking
from scoreline.runtime.table.csv_rows import csv_cells
from scoreline.runtime.table.door.cells import NOTHING, Cells, json_cells, text_cells, typed_cells
from scoreline.runtime.table.door.loading import load_json, load_texts
from scoreline.runtime.table.door.words import identifier, literal
from scoreline.runtime.table.files import readable
from scoreline.runtime.table.jsonl_rows import jsonl_rows
from scoreline.runtime.table.parquet_rows import literal_path, typed_columns
from scoreline.runtime.table.progress import Progress, watched
from scoreline.runtime.table.rejects import Rejecting

_ROWS_OF_A_FILE = 1 << 40
_NUMBER = "file_row_number"


@dataclass(frozen=True)
class Part:
    """The raw rows of one file: the relation's name, and the cells of each column that is there."""

    name: str
    columns: Mapping[str, Cells]

    def cells(self, column: str | None) -> Cells:
        """The cells of a column; of one that the file lacks, nothing."""
        return NOTHING if column is None else self.columns.get(column, NOTHING)


@dataclass(frozen=True)
class Rejections:
    """Makes the rejects of a table out of the numbers that its rows have here."""

    files: Sequence[Rejecting]

    def row(self, row: int, reason: str, column: str | None = None, value: str | None = None) -> None:
        """A row is left out, or a value of it is taken for missing."""
        number = row % _ROWS_OF_A_FILE
        self.files[row // _ROWS_OF_A_FILE].row(number, reason, column, value)


@dataclass(frozen=True)
class Opening:
    """How files are opened: in which connection, under what names, and whom is told how far it is."""

    base: duckdb.DuckDBPyConnection
    what: str
    progress: Progress

    def part(self, number: int, path: Path, columns: Columns, rejecting: Rejecting) -> Part:
        """A file as a part."""
        name, first = f"raw {self.what} {number}", number * _ROWS_OF_A_FILE
        match readable(path):
            case "csv":
                rows = watched(csv_cells(path, columns, rejecting), f"reading {self.what}", self.progress)
                load_texts(self.base, name, len(columns.all), rows, first)
                return Part(name, {column: text_cells(f"c{n}") for n, column in enumerate(columns.all)})
            case "jsonl":
                rows = watched(jsonl_rows(path, columns, rejecting), f"reading {self.what}", self.progress)
                load_json(self.base, name, columns.all, rows, first)
                return Part(name, {column: json_cells(f"c{n}", f"j{n}") for n, column in enumerate(columns.all)})
            case "parquet":
                self.progress(f"reading {self.what}", 0)
                return _parquet(self.base, name, path, columns, rejecting, first)


def _parquet(
    base: duckdb.DuckDBPyConnection, name: str, path: Path, columns: Columns, rejecting: Rejecting, first: int
) -> Part:
    there = typed_columns(base, path)
    places = present(path, [column.name for column in there], columns)
    report_lacking(columns, set(columns.all) - set(places), rejecting)
    taken = any(column.label.casefold() == _NUMBER for column in there)
    number = f"row_number() over () + {first}" if taken else f"{_NUMBER} + {first + 1}"
    cells: dict[str, Cells] = {}
    chosen = [f'{number} as "row"']
    for n, (column, place) in enumerate(places.items()):
        chosen.append(f"{identifier(there[place].label)} as c{n}")
        cells[column] = typed_cells(f"c{n}", there[place].type)
    source = f"read_parquet({literal(literal_path(path))}, hive_partitioning = false)"
    base.execute(f"create or replace view {identifier(name)} as select {', '.join(chosen)} from {source}")
    return Part(name, cells)
