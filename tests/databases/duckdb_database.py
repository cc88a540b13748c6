"""DuckDB, in this process."""

from collections.abc import Sequence

import duckdb

from .database import Column, Dialect, Kind, Row, by_columns, quoted

TYPES: dict[Kind, str] = {
    "text": "varchar",
    "number": "double",
    "yes/no": "boolean",
    "date": "date",
    "datetime": "timestamp",
    "choices": "varchar[]",
    "whole": "bigint",
}


class DuckdbDatabase:
    """A database in memory. A table is filled by one statement, which takes a list for each column."""

    dialect: Dialect = "duckdb"

    def __init__(self) -> None:
        settings = {"autoinstall_known_extensions": False, "TimeZone": "UTC"}
        self.connection = duckdb.connect(":memory:", config=settings)

    def load(self, name: str, columns: Sequence[Column], rows: Sequence[Sequence[object]]) -> None:
        table = quoted(self.dialect, name)
        typed = ", ".join(f"{quoted(self.dialect, column)} {TYPES[kind]}" for column, kind in columns)
        lists = ", ".join(f"unnest(cast(? as {TYPES[kind]}[]))" for _, kind in columns)
        self.connection.execute(f"create or replace table {table} ({typed})")
        self.connection.execute(f"insert into {table} select {lists}", by_columns(columns, rows))

    def run(self, sql: str) -> list[Row]:
        return self.connection.execute(sql).fetchall()

    def close(self) -> None:
        """Lets go of everything."""
        self.connection.close()
