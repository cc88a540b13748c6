"""What a table loses, and why: the rows of `--rejects`.

Nothing that cannot be used vanishes: a value that cannot be read is taken for missing, a row that cannot be used is
left out, and each is reported here once, with its place. `Reason` has the words for rows and files; why a value
cannot be read is said by `scoreline.compiler.refusals`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

TableName = Literal["leads", "contacts", "interactions", "previous"]
_ORDER: tuple[TableName, ...] = ("leads", "contacts", "interactions", "previous")


class Reason(StrEnum):
    """Why a row, a file or a column of it is not used. `{…}` stands for facts, which `said` fills in."""

    NO_KEY = "no key: the row is left out"
    SAME_KEY = "a second row with this key: the first one counts"
    NO_TYPE = "no type: the row is left out"
    NO_TIME = "no time: the row is left out"
    BAD_TIME = "{problem}: the row is left out"
    NO_OWNER = "neither a lead nor a contact: the row is left out"
    SAME_ID = "another row with this id comes first and counts: this row is left out"
    UNKNOWN_LEAD = "there is no such lead: the row is left out"
    NO_COLUMN = "the file has no such column, so it is missing in every row"
    NO_CONTACTS = "the schema has no `[contact]`, so the file is not read"
    NOT_A_COUNT = "not how often a stage was entered, a whole number: taken as 0"
    TOO_MANY_CELLS = "too many cells: the header has {expected}, this row {found}"
    TOO_FEW_CELLS = "too few cells: the header has {expected}, this row {found}"
    LONG_CELL = "a cell has more than {limit:,} characters, or its quote is not closed (lines {first} to {last})"
    OPEN_QUOTE = 'a quote (") is opened and never closed, up to the end of the file (lines {first} to {last})'
    NOT_JSON = "not JSON: a line must hold one whole object, like {{…}}"
    NOT_AN_OBJECT = "not an object: a line must hold one, like {{…}}"
    TOO_DEEP = "nested too deeply"
    HALF_CHARACTER = "half a character (a \\ud800 to \\udfff without its partner)"

    def said(self, **facts: object) -> str:
        """The words of the reason, with its facts."""
        return self.value.format(**facts)


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
class Rejector:
    """Makes the rejects of one table, and reports them. `files` are its files, if there are several."""

    table: TableName
    file: str
    report: Report
    files: tuple[str, ...] = ()

    def row(self, number: int, reason: str, column: str | None = None, value: str | None = None) -> None:
        """Rejects a row, or a value of it."""
        file = self.files[number // ROWS_OF_A_FILE] if self.files else self.file
        self.report(Reject(self.table, file, number % ROWS_OF_A_FILE, column, value, _words(reason)))

    def of_file(self, number: int) -> "Rejector":
        """The rejector of one of the files, in which rows have the numbers of the file."""
        return Rejector(self.table, self.files[number], self.report) if self.files else self

    def whole(self, reason: str, column: str | None = None) -> None:
        """Rejects a column in every row of the file, or the whole file."""
        self.report(Reject(self.table, self.file, None, column, None, _words(reason)))


def _words(reason: str) -> str:
    return reason.said() if isinstance(reason, Reason) else reason
