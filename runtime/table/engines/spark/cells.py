"""The cells of a typed column in Spark: of which kind they are, and how a value is handed to Python's readers.

Readers see what they see of the same file elsewhere. A day and a wall clock time arrive as numbers, since Python's own
types end with the year 9999, and become the texts that DuckDB has for them; a time with a zone becomes an instant.
"""

import datetime
from collections.abc import Mapping

from scoreline.compiler.backends.query import terms
from scoreline.compiler.backends.query.terms import Expr
from scoreline.runtime.table.admit.cells import Cells, Kind
from scoreline.runtime.table.admit.engine_terms import SPARK, cast, function

_KINDS: Mapping[str, Kind] = {
    "string": "text", "boolean": "yes/no", "float": "float", "double": "float", "date": "day", "timestamp": "instant",
    "timestamp_ntz": "wall", "array<string>": "texts", "tinyint": "whole", "smallint": "whole", "int": "whole",
    "bigint": "whole",
}  # fmt: skip
_NESTED = ("struct<", "map<", "array<")
_DAYS_OF_400_YEARS = 146_097
_DAY = 86_400_000_000
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_ENDS_OF_DAYS = (2**31 - 1, -(2**31) + 1)
_ENDS_OF_TIME = (2**63 - 1, -(2**63) + 1)

NOTHING = Cells("text", cast(terms.null(), "TEXT"))
"""The cells of a column that is lacking."""


def spark_cells(column: Expr, type_: str) -> Cells:
    """The cells of a column of a type that readers take as it is."""
    kind = "decimal" if type_.startswith("decimal(") else _KINDS.get(type_, "other")
    moment = {"instant": cast(column, "TIMESTAMPNTZ"), "wall": column}.get(kind)
    return Cells(kind, column, moment)


def is_plain(type_: str) -> bool:
    """Whether a column's values are handed over as they are, or as said above."""
    return type_ in _KINDS or type_.startswith("decimal(")


def plain(column: Expr, type_: str) -> Expr:
    """A column that is plain, or the text that it is to its readers."""
    if is_plain(type_):
        return column
    return function("to_json", column) if type_.startswith(_NESTED) else cast(column, "TEXT")


def handed(column: Expr, type_: str) -> Expr:
    """What is handed over of a plain column."""
    match type_:
        case "date":
            return cast(function("unix_date", column), "BIGINT")
        case "timestamp":
            return function("unix_micros", column)
        case "timestamp_ntz":
            return SPARK.micros(column)
        case "float":
            return cast(column, "DOUBLE")
        case _:
            return column


def as_python(value: object, type_: str) -> object:
    """A value that was handed over, as readers take it."""
    if not isinstance(value, int) or isinstance(value, bool):
        return value
    match type_:
        case "date":
            return "infinity" if value in _ENDS_OF_DAYS else day_text(value)
        case "timestamp_ntz":
            return "infinity" if value in _ENDS_OF_TIME else _time_text(value)
        case "timestamp":
            try:
                return _EPOCH + datetime.timedelta(microseconds=value)
            except OverflowError:
                return "beyond the calendar"
        case _:
            return value


def day_text(days: int) -> str:
    """A day since 1970 as DuckDB shows it: `12345-01-31`, `0044-03-15 (BC)`."""
    year, month, day = _calendar_day(days)
    shown = f"{year if year > 0 else 1 - year:04}-{month:02}-{day:02}"
    return shown if year > 0 else f"{shown} (BC)"


def _time_text(micros: int) -> str:
    days, rest = divmod(micros, _DAY)
    seconds, fraction = divmod(rest, 1_000_000)
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if fraction:
        clock += f".{fraction:06}".rstrip("0")
    return f"{day_text(days)} {clock}"


def _calendar_day(days: int) -> tuple[int, int, int]:
    """The year, month and day; Python's calendar repeats itself every 400 years."""
    cycles, place = divmod(days + datetime.date(1970, 1, 1).toordinal() - 1, _DAYS_OF_400_YEARS)
    day = datetime.date.fromordinal(place + 1)
    return day.year + 400 * cycles, day.month, day.day
