"""What a test needs of a database: tables with typed columns go in, rows of Python values come back.

Texts are any that UTF-8 can hold, but no U+0000, which PostgreSQL refuses. Instants are naive and meant in UTC, and a
query has to give them without a zone too: what a client makes of a time with a zone depends on the machine.
"""

from collections.abc import Sequence
from typing import Literal, Protocol

Dialect = Literal["duckdb", "postgres", "spark"]
"""A database, by the name that sqlglot has for its SQL."""

Kind = Literal["text", "number", "yes/no", "date", "datetime", "choices", "whole"]
"""What a column holds: the types of a schema (a choice is a text), and `whole` for 64-bit integers."""

Column = tuple[str, Kind]
Row = tuple[object, ...]


class Database(Protocol):
    """A database that holds tables and runs SQL of its own dialect."""

    @property
    def dialect(self) -> Dialect:
        """Whose SQL it runs."""
        ...

    def load(self, name: str, columns: Sequence[Column], rows: Sequence[Sequence[object]]) -> None:
        """Makes a table, or a view, in the place of any of that name. What a column holds may be missing: None."""
        ...

    def run(self, sql: str) -> list[Row]:
        """The rows that a query finds."""
        ...


def quoted(dialect: Dialect, name: str) -> str:
    """A name as it stands in SQL."""
    mark = "`" if dialect == "spark" else '"'
    return mark + name.replace(mark, mark + mark) + mark


def by_columns(columns: Sequence[Column], rows: Sequence[Sequence[object]]) -> list[list[object]]:
    """The values of each column; a number is a float, however it was written."""
    values: list[list[object]] = [[] for _ in columns]
    for row in rows:
        for column, (_, kind), value in zip(values, columns, row, strict=True):
            column.append(float(value) if kind == "number" and isinstance(value, int) else value)
    return values
