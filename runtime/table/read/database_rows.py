"""Rows out of databases: DuckDB's own, in place and read-only; PostgreSQL's, fetched whole; SQLite's, one by one.

Rows are numbered from 1 in the order in which the database gives them.
"""

import math
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

import duckdb
from scoreline.compiler.backends.query import terms
from scoreline.compiler.backends.query.terms import Expr
from scoreline.runtime.table.read.columns import RequestedColumns, present, report_lacking
from scoreline.runtime.table.read.files import TableUnusable, told_as
from scoreline.runtime.table.read.parquet_rows import ZONED, TypedColumn, as_python, connection, fetched
from scoreline.runtime.table.read.queries import attach, count, drop, found, numbers, over, select, streamed, table
from scoreline.runtime.table.read.sources import DuckdbTable, PostgresTable, SqliteTable
from scoreline.runtime.table.rejects import Rejector
from sqlglot import exp

Row = tuple[int, dict[str, object]]
Typed = DuckdbTable | PostgresTable
_SHOWN = 8
_ROW_ID = exp.Add(this=exp.Column(this=exp.to_identifier("rowid")), expression=terms.whole(1))


@dataclass(frozen=True)
class TableRelation:
    """A typed table, its columns, and a row's number."""

    source: exp.Table
    columns: list[TypedColumn]
    number: Expr


def relation_of(base: duckdb.DuckDBPyConnection, place: Typed, told: Path, as_name: str) -> TableRelation:
    """The table in a connection; `as_name` is what may be made there. TableUnusable says why there is none."""
    match place:
        case DuckdbTable():
            return _duckdb(base, place, told)
        case PostgresTable():
            _load_postgres(base, place, told, as_name)
            return TableRelation(table(as_name), _described(base, table(as_name)), _ROW_ID)


def relation_rows(place: Typed, told: Path, columns: RequestedColumns, rejector: Rejector) -> Iterator[Row]:
    """The rows of a table, as the columns to read and their values."""
    with connection() as base:
        relation = relation_of(base, place, told, "fetched")
        places = present(told, [column.name for column in relation.columns], columns)
        report_lacking(columns, set(columns.all) - set(places), rejector)
        chosen = [relation.columns[place] for place in places.values()]
        zoned = [column.type == ZONED for column in chosen]
        requested = [relation.number, *(fetched(column.label, column.type) for column in chosen)]
        for number, *values in streamed(base, select(requested, relation.source)):
            yield int(str(number)), {n: as_python(v, z) for n, v, z in zip(places, values, zoned, strict=True)}


def sqlite_rows(place: SqliteTable, told: Path, columns: RequestedColumns, rejector: Rejector) -> Iterator[Row]:
    """The same of SQLite, whose values have types of their own in every cell."""
    # An address with `mode=ro` never makes a file, and takes no `?` or `#` of a name for its own.
    base = sqlite3.connect(f"{place.path.absolute().as_uri()}?mode=ro", uri=True)
    base.text_factory = _text
    try:
        result = base.execute(select([exp.Star()], table(place.name)).sql("sqlite"))
        places = present(told, [str(each[0]) for each in result.description], columns)
        report_lacking(columns, set(columns.all) - set(places), rejector)
        picks = tuple(places.items())
        for number, values in enumerate(result, 1):
            yield number, {name: _plain(values[index]) for name, index in picks}
    except sqlite3.Error as fault:
        there = _tables_of_sqlite(base)
        if there and place.name not in there:
            raise _no_table(place.path, place.name, there) from fault
        raise TableUnusable(f"`{told_as(told)}` cannot be read: {fault}", "check the name of the table") from fault
    finally:
        base.close()


def count_of(place: Typed | SqliteTable, told: Path) -> int:
    """How many rows a table has; 0 where only fetching them would tell."""
    match place:
        case DuckdbTable():
            with connection() as base:
                return numbers(base, select([count()], _duckdb(base, place, told).source))[0]
        case SqliteTable():
            base = sqlite3.connect(f"{place.path.absolute().as_uri()}?mode=ro", uri=True)
            try:
                return int(base.execute(select([count()], table(place.name)).sql("sqlite")).fetchone()[0])
            except sqlite3.Error:
                return 0
            finally:
                base.close()
        case PostgresTable():
            return 0


def _text(text: bytes) -> str:
    return text.decode("utf-8", "replace")


def _plain(value: object) -> object:
    """A value that JSON has too."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value) if isinstance(value, float) and math.isinf(value) else value


def _duckdb(base: duckdb.DuckDBPyConnection, place: DuckdbTable, told: Path) -> TableRelation:
    file = str(place.path.absolute())
    known = None
    try:
        known = base.execute("select database_name from duckdb_databases() where path = ?", [file]).fetchone()
        if known is None:
            attach(base, file, file, read_only=True)
        *within, name = (str(known[0]) if known else file, *place.parts)
        source = table(name, of=tuple(within))
        columns = _described(base, source)
        kept = base.execute(
            "select count(*) from duckdb_tables() where database_name = ? and table_name = ?",
            [str(known[0]) if known else file, place.parts[-1]],
        ).fetchone()
    except duckdb.CatalogException as fault:
        query = "select table_name from information_schema.tables where table_catalog = ? order by 1"
        there = base.execute(query, [str(known[0]) if known else file]).fetchall()
        raise _no_table(place.path, ".".join(place.parts), [str(name) for (name,) in there]) from fault
    except duckdb.Error as fault:
        said = str(fault).strip().partition("\n")[0]
        raise TableUnusable(f"`{told_as(told)}` cannot be read: {said}", "check the names") from fault
    return TableRelation(source, columns, _ROW_ID if kept and kept[0] else over(exp.RowNumber()))


def _no_table(path: Path, wanted: str, there: list[str]) -> TableUnusable:
    if not there:
        return TableUnusable(f"`{told_as(path)}` has no tables", "check the name of the file")
    shown = ", ".join(f"`{name}`" for name in there[:_SHOWN]) + (", …" if len(there) > _SHOWN else "")
    return TableUnusable(f"`{told_as(path)}` has no table `{wanted}`", f"it has {shown}: `{told_as(path)}#{there[0]}`")


def _tables_of_sqlite(base: sqlite3.Connection) -> list[str]:
    try:
        query = "select name from sqlite_master where type in ('table', 'view') order by 1"
        return [str(name) for (name,) in base.execute(query)]
    except sqlite3.Error:
        return []


def _described(base: duckdb.DuckDBPyConnection, source: exp.Table) -> list[TypedColumn]:
    there = found(base, exp.Describe(this=select([exp.Star()], source)))
    return [TypedColumn(str(row[0]), str(row[0]), str(row[1])) for row in there]


class _Cursor(Protocol):
    def execute(self, operation: str) -> None: ...
    def fetch_arrow(self) -> object: ...
    def close(self) -> None: ...


class _Server(Protocol):
    def cursor(self) -> _Cursor: ...


class _Driver(Protocol):
    Error: type[Exception]

    def connect(self, uri: str) -> AbstractContextManager[_Server]: ...


def _load_postgres(base: duckdb.DuckDBPyConnection, place: PostgresTable, told: Path, name: str) -> None:
    """Makes a table out of all rows; TableUnusable says why that cannot be done."""
    try:
        driver = cast(_Driver, import_module("adbc_driver_postgresql.dbapi"))
    except ImportError as fault:
        what = f"`{told_as(told)}` cannot be read: the driver of PostgreSQL is not installed"
        raise TableUnusable(what, "install `scoreline[databases]`") from fault
    try:
        with driver.connect(place.url) as server, closing(server.cursor()) as cursor:
            *within, last = place.parts
            cursor.execute(select([exp.Star()], table(last, of=tuple(within))).sql("postgres"))
            rows = base.from_arrow(cursor.fetch_arrow())
            drop(base, name)
            rows.create(name)
    except (driver.Error, duckdb.Error, OSError) as fault:
        said = str(fault).strip().partition("\n")[0]
        raise TableUnusable(f"`{told_as(told)}` cannot be read: {said}", "check the address and the name") from fault
