"""What was left out of a table, and why: the rows of `--rejects`.

Nothing that cannot be used vanishes: a value that cannot be read is taken for missing, a row that cannot be
used is left out, and each is told here once, with its place.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

TableName = Literal["leads", "contacts", "interactions", "previous"]


@dataclass(frozen=True, slots=True)
class Reject:
    """A value or a row that could not be used.

    `row` is the number that a person finds it by: a spreadsheet's row for CSV (the header is 1), the line for
    JSONL, the row from 1 for Parquet; None when the whole file is meant. `column` is None when the row is meant.
    `value` is as it stood in the file.
    """

    table: TableName
    file: str
    row: int | None
    column: str | None
    value: str | None
    reason: str


Report = Callable[[Reject], None]


@dataclass(frozen=True, slots=True)
class Rejecting:
    """Makes the rejects of one file, and hands them on."""

    table: TableName
    file: str
    report: Report

    def row(self, number: int, reason: str, column: str | None = None, value: str | None = None) -> None:
        """A row is left out, or a value of it is taken for missing."""
        self.report(Reject(self.table, self.file, number, column, value, reason))

    def whole(self, reason: str, column: str | None = None) -> None:
        """Something is amiss with every row of the file."""
        self.report(Reject(self.table, self.file, None, column, None, reason))
