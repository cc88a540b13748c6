"""What was left out of a table, and why: the rows of `--rejects`.

Nothing that cannot be used vanishes: a value that cannot be read is taken for missing, a row that cannot be
used is left out, and each is told here once, with its place.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

TableName = Literal["leads", "contacts", "interactions", "previous"]
_ORDER: tuple[TableName, ...] = ("leads", "contacts", "interactions", "previous")


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


def in_order(rejects: Iterable[Reject]) -> list[Reject]:
    """Rejects by table, file and row, whatever order they were met in; what concerns a whole file comes first."""
    return sorted(rejects, key=lambda each: (_ORDER.index(each.table), each.file, each.row or 0))


def place_of(table: str, column: str | None, reason: str) -> tuple[int, str, str]:
    """Where a kind of reject comes among those that are as many."""
    return [*map(str, _ORDER)].index(table), column or "", reason


ROWS_OF_A_FILE = 1 << 40
"""Where a table has several files, the number of a row is that in its file, and this for each file before it."""


@dataclass(frozen=True, slots=True)
class Rejecting:
    """Makes the rejects of one table, and hands them on. `files` are its files, if there are several."""

    table: TableName
    file: str
    report: Report
    files: tuple[str, ...] = ()

    def row(self, number: int, reason: str, column: str | None = None, value: str | None = None) -> None:
        """A row is left out, or a value of it is taken for missing."""
        file = self.files[number // ROWS_OF_A_FILE] if self.files else self.file
        self.report(Reject(self.table, file, number % ROWS_OF_A_FILE, column, value, reason))

    def of_file(self, number: int) -> "Rejecting":
        """The same for one of the files, in which rows have the numbers of the file."""
        return Rejecting(self.table, self.files[number], self.report) if self.files else self

    def whole(self, reason: str, column: str | None = None) -> None:
        """Something is amiss with every row of the file."""
        self.report(Reject(self.table, self.file, None, column, None, reason))
