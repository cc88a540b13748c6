"""The forms in which SQL reads dates and times. Their ends, the years 1 and 9999, are left to the exact reader."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from scoreline.runtime.table.admit.cells import Cells, Form
from scoreline.runtime.table.admit.wall_clock import FIRST, LAST, instant_of, is_utc
from scoreline.runtime.table.admit.words import listed, literal
from scoreline.runtime.table.read.parquet_rows import ZONED

_DAY = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?"
_OFFSET = "[+-]([01][0-9]|2[0-3]):[0-5][0-9]"
_IN_UTC = literal(f"{_DAY}[T ]{_CLOCK}(Z|[+]00:00)")
_AWAY = literal(f"{_DAY}[T ]{_CLOCK}{_OFFSET}")
_OF_WALL = literal(f"{_DAY}[T ]{_CLOCK}")
_UTC_END = literal(r"(Z|[+]00:00)$")
_CALENDAR = "timestamp '0001-01-03' and timestamp '9999-12-29'"
_MICROS = ("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS")


def dates(cells: Cells, placeholders: tuple[str, ...]) -> list[Form]:
    """The forms of a day."""
    if cells.type == "DATE":
        inside = f"{cells.raw} between date '0001-01-01' and date '9999-12-31'"
        return [Form(_but(inside, cells.fetched, placeholders), cells.raw)]
    if not cells.is_text:
        return []
    value = f"try_cast({cells.fetched} as date)"
    holds = f"regexp_full_match({cells.fetched}, {literal(_DAY)}) and {value} >= date '0001-01-01'"
    return [Form(_but(holds, cells.fetched, placeholders), value)]


def datetimes(cells: Cells, placeholders: tuple[str, ...], zone: ZoneInfo) -> list[Form]:
    """The forms of a time."""
    raw = cells.raw
    if cells.type == ZONED:
        value = f"make_timestamp(epoch_us({raw}))"
        inside = f"isfinite({raw}) and {value} between {_CALENDAR}"
        if placeholders:
            inside += f" and strftime({value}, '%Y-%m-%d') not in ({listed(word[:10] for word in placeholders)})"
        return [Form(inside, value)]
    if cells.type in _MICROS:
        wall = raw if cells.type == "TIMESTAMP" else f"cast({raw} as timestamp)"
        return [Form(_but(_inside(wall, zone), cells.fetched, placeholders), instant_of(wall, zone))]
    if cells.type == "TIMESTAMP_NS":
        wall = f"make_timestamp(epoch_ns({raw}) // 1000)"
        inside = f"{raw} >= timestamp_ns '1970-01-01' and {_inside(wall, zone)}"
        return [Form(_but(inside, cells.fetched, placeholders), instant_of(wall, zone))]
    if cells.type == "DATE" and is_utc(zone):
        wall = f"cast({raw} as timestamp)"
        return [Form(_but(_inside(wall, zone), cells.fetched, placeholders), wall)]
    return [] if not cells.is_text else list(_of_texts(cells.fetched, placeholders, zone))


def _of_texts(text: str, placeholders: tuple[str, ...], zone: ZoneInfo) -> Iterator[Form]:
    wall = f"try_cast({text} as timestamp)"
    utc = f"try_cast(regexp_replace({text}, {_UTC_END}, '') as timestamp)"
    holds = f"regexp_full_match({text}, {_IN_UTC}) and {utc} between {_CALENDAR}"
    yield Form(_but(holds, text, placeholders), utc)
    holds = f"regexp_full_match({text}, {_OF_WALL}) and {_inside(wall, zone)}"
    yield Form(_but(holds, text, placeholders), instant_of(wall, zone))
    local = f"try_cast({text}[:-7] as timestamp)"
    minutes = f"(cast({text}[-5:-4] as integer) * 60 + cast({text}[-2:] as integer))"
    away = f"{local} - to_minutes(case when {text}[-6] = '-' then -{minutes} else {minutes} end)"
    holds = f"regexp_full_match({text}, {_AWAY}) and {local} between {_CALENDAR}"
    yield Form(_but(holds, text, placeholders), away)


def _inside(wall: str, zone: ZoneInfo) -> str:
    bounds = _CALENDAR if is_utc(zone) else f"timestamp '{FIRST}' and timestamp '{LAST}'"
    return f"{wall} between {bounds}"


def _but(holds: str, text: str, placeholders: tuple[str, ...]) -> str:
    """The texts of days and times have no letters but `T` and `Z`."""
    return f"{holds} and lower({text}) not in ({listed(placeholders)})" if placeholders else holds
