"""What is asked of an engine once results are there: rows of a query, and how a name is written in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import duckdb
from scoreline.runtime.table.parquet_rows import identifier

_BATCH = 2048


class Answers(Protocol):
    """An engine that holds the table of results."""

    def rows(self, sql: str) -> Iterator[tuple[object, ...]]:
        """The rows that a query finds."""
        ...

    def quoted(self, name: str) -> str:
        """A name as it stands in a query."""
        ...


@dataclass(frozen=True)
class DuckdbAnswers:
    """DuckDB's."""

    base: duckdb.DuckDBPyConnection

    def rows(self, sql: str) -> Iterator[tuple[object, ...]]:
        """The rows that a query finds."""
        found = self.base.cursor().execute(sql)
        while batch := found.fetchmany(_BATCH):
            yield from batch

    def quoted(self, name: str) -> str:
        """A name as it stands in a query."""
        return identifier(name)
