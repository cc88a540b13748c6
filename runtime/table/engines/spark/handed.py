"""How values of Spark's columns are handed to Python, so that readers see what they see of the same file elsewhere.

A day and a wall clock time arrive as numbers, since Python's own types end with the year 9999, and become the texts
that DuckDB has for them; a time with a zone becomes an instant.
"""

import datetime

from scoreline.runtime.table.engines.spark.words import quoted

_DAYS_OF_400_YEARS = 146_097
_DAY = 86_400_000_000
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_ENDS_OF_DAYS = (2**31 - 1, -(2**31) + 1)
_ENDS_OF_TIME = (2**63 - 1, -(2**63) + 1)
_WHOLE = ("tinyint", "smallint", "int", "bigint")


def is_plain(type_: str) -> bool:
    """Whether a column's values are handed over as they are, or as told above."""
    fits = ("string", "boolean", "float", "double", "date", "timestamp", "timestamp_ntz", "array<string>", *_WHOLE)
    return type_ in fits or type_.startswith("decimal(")


def handed(column: str, type_: str) -> str:
    """The SQL of what is handed over."""
    name = quoted(column)
    match type_:
        case "date":
            return f"cast(unix_date({name}) as bigint)"
        case "timestamp":
            return f"unix_micros({name})"
        case "timestamp_ntz":
            return f"unix_micros(cast({name} as timestamp))"
        case "float":
            return f"cast({name} as double)"
        case _ if is_plain(type_):
            return name
        case _ if type_.startswith(("struct<", "map<", "array<")):
            return f"to_json({name})"
        case _:
            return f"cast({name} as string)"


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
