"""A file, or a table of a database, as a relation of raw cells: `row`, and a column for each that is there.

What is typed stays where it is, behind a view. A row's number carries its file's: rows of several files are in order,
and each can be told by file and number.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
from scoreline.compiler.backends.query import terms
from scoreline.compiler.backends.query.terms import Expr
from scoreline.runtime.table.admit.relational import ROW
from scoreline.runtime.table.engines.duckdb.cells import NOTHING, DuckdbCells, text_cells, typed_cells
from scoreline.runtime.table.engines.duckdb.loading import load_json, load_texts
from scoreline.runtime.table.progress import Progress, watched
from scoreline.runtime.table.read.columns import RequestedColumns, present, report_lacking
from scoreline.runtime.table.read.csv_rows import csv_cells
from scoreline.runtime.table.read.database_rows import TableRelation, relation_of, sqlite_rows
from scoreline.runtime.table.read.files import readable
from scoreline.runtime.table.read.jsonl_rows import jsonl_rows
from scoreline.runtime.table.read.parquet_rows import literal_path, parquet_source, typed_columns
from scoreline.runtime.table.read.queries import make_view, over, select
from scoreline.runtime.table.read.rows import Row
from scoreline.runtime.table.read.sources import Files, SqliteTable, place_of
from scoreline.runtime.table.rejects import ROWS_OF_A_FILE, Rejector
from sqlglot import exp

_NUMBER = "file_row_number"


@dataclass(frozen=True)
class RawRows:
    """The raw rows of one file: the relation's name, and the cells of each column that is there."""

    name: str
    columns: Mapping[str, DuckdbCells]

    def cells(self, column: str | None) -> DuckdbCells:
        """The cells of a column; of one that the file lacks, nothing."""
        return NOTHING if column is None else self.columns.get(column, NOTHING)


@dataclass(frozen=True)
class Opening:
    """How files are opened: in which connection, under what names, and whom is told how far it is."""

    base: duckdb.DuckDBPyConnection
    what: str
    progress: Progress

    def parts(self, path: Path, columns: RequestedColumns, rejector: Rejector) -> list[RawRows]:
        """The parts of a table; TableUnusable says why it cannot be read."""
        place = place_of(path, rejector.table)
        if isinstance(place, Files):
            several = enumerate(place.paths)
            return [self._file(number, each, columns, rejector.of_file(number)) for number, each in several]
        name = f"raw {self.what}"
        if isinstance(place, SqliteTable):
            return [self._loaded(name, sqlite_rows(place, path, columns, rejector), columns)]
        self.progress(f"reading {self.what}", 0)
        relation = relation_of(self.base, place, path, f"fetched {self.what}")
        return [_typed(self.base, name, relation, path, columns, rejector)]

    def _file(self, number: int, path: Path, columns: RequestedColumns, rejector: Rejector) -> RawRows:
        name, first = f"raw {self.what} {number}", number * ROWS_OF_A_FILE
        match readable(path):
            case "csv":
                rows = watched(csv_cells(path, columns, rejector), f"reading {self.what}", self.progress)
                load_texts(self.base, name, len(columns.all), rows, first)
                return RawRows(name, {column: text_cells(f"c{n}") for n, column in enumerate(columns.all)})
            case "jsonl":
                return self._loaded(name, jsonl_rows(path, columns, rejector), columns, first)
            case "parquet":
                self.progress(f"reading {self.what}", 0)
                return _typed(self.base, name, _parquet(self.base, path), path, columns, rejector, first)

    def _loaded(self, name: str, rows: Iterator[Row], columns: RequestedColumns, first: int = 0) -> RawRows:
        load_json(self.base, name, columns.all, watched(rows, f"reading {self.what}", self.progress), first)
        return RawRows(name, {column: text_cells(f"c{n}", f"j{n}") for n, column in enumerate(columns.all)})


def _parquet(base: duckdb.DuckDBPyConnection, path: Path) -> TableRelation:
    there = typed_columns(base, path)
    taken = any(column.label.casefold() == _NUMBER for column in there)
    own = exp.Add(this=exp.Column(this=exp.to_identifier(_NUMBER)), expression=terms.whole(1))
    return TableRelation(parquet_source(terms.text(literal_path(path))), there, over(exp.RowNumber()) if taken else own)


def _typed(
    base: duckdb.DuckDBPyConnection,
    name: str,
    relation: TableRelation,
    path: Path,
    columns: RequestedColumns,
    rejector: Rejector,
    first: int = 0,
) -> RawRows:
    there = relation.columns
    places = present(path, [column.name for column in there], columns)
    report_lacking(columns, set(columns.all) - set(places), rejector)
    cells: dict[str, DuckdbCells] = {}
    number = exp.Add(this=relation.number, expression=terms.whole(first))
    chosen: list[Expr] = [terms.called(number, ROW)]
    for n, (column, place) in enumerate(places.items()):
        chosen.append(terms.called(terms.column(there[place].label), f"c{n}"))
        cells[column] = typed_cells(f"c{n}", there[place].type)
    make_view(base, name, select(chosen, relation.source))
    return RawRows(name, cells)
