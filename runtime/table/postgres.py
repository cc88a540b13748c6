"""A table of PostgreSQL, fetched into DuckDB through the ADBC driver, an extra that need not be installed."""

from contextlib import AbstractContextManager, closing
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

import duckdb
from scoreline.runtime.table.files import TableUnusable, told_as
from scoreline.runtime.table.parquet_rows import identifier
from scoreline.runtime.table.sources import PostgresTable


class _Cursor(Protocol):
    def execute(self, operation: str) -> None: ...
    def fetch_arrow(self) -> object: ...
    def close(self) -> None: ...


class _Server(Protocol):
    def cursor(self) -> _Cursor: ...


class _Driver(Protocol):
    Error: type[Exception]

    def connect(self, uri: str) -> AbstractContextManager[_Server]: ...


def load_postgres(base: duckdb.DuckDBPyConnection, place: PostgresTable, told: Path, name: str) -> None:
    """Makes a table out of all rows; TableUnusable says why that cannot be done."""
    try:
        driver = cast(_Driver, import_module("adbc_driver_postgresql.dbapi"))
    except ImportError as fault:
        what = f"`{told_as(told)}` cannot be read: the driver of PostgreSQL is not installed"
        raise TableUnusable(what, "install `scoreline[databases]`") from fault
    try:
        with driver.connect(place.url) as server, closing(server.cursor()) as cursor:
            cursor.execute(f"select * from {'.'.join(map(identifier, place.parts))}")
            rows = base.from_arrow(cursor.fetch_arrow())
            base.execute(f"drop table if exists {identifier(name)}")
            rows.create(name)
    except (driver.Error, duckdb.Error, OSError) as fault:
        said = str(fault).strip().partition("\n")[0]
        raise TableUnusable(f"`{told_as(told)}` cannot be read: {said}", "check the address and the name") from fault
