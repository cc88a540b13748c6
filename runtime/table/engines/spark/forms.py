"""The forms in which Spark reads values: those that it surely reads as the readers of `compiler/values/` do.

A form is a condition and the value where it holds. A row with a value that fits no form is left to the exact reader
(`exact.py`), so a form may be narrow and must not be wrong.
"""

import datetime
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from scoreline.compiler.backends.query.choices import set_text
from scoreline.compiler.folding import fold, trim
from scoreline.compiler.schema import FieldSpec
from scoreline.compiler.values import reader
from scoreline.runtime.table.admit.wall_clock import FIRST, LAST, is_utc, steps
from scoreline.runtime.table.engines.spark.shapes import Cell, held
from scoreline.runtime.table.engines.spark.words import listed, literal, trimmed

WHOLE = ("tinyint", "smallint", "int", "bigint")
_EXACT = 2**53
_EPOCH = datetime.datetime(1970, 1, 1)
_YEARS = LAST.year - FIRST.year
_NEVER = 2**60
_NUMBER = literal(r"\A-?[0-9]{1,15}([.][0-9]{1,6})?\z")
_DAY = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,6})?"
_IN_UTC = literal(rf"\A{_DAY}[T ]{_CLOCK}(Z|[+]00:00)\z")
_ON_WALL = literal(rf"\A{_DAY}[T ]{_CLOCK}\z")
_ONLY_DAY = literal(rf"\A{_DAY}\z")
_UTC_END = literal(r"(Z|[+]00:00)\z")
_WORDS = {True: ("yes", "true", "y", "t", "1"), False: ("no", "false", "n", "f", "0")}
_DAYS = "date'0001-01-01' and date'9999-12-31'"
_TIMES = "timestamp_ntz'0001-01-03 00:00:00' and timestamp_ntz'9999-12-29 00:00:00'"


class Form(NamedTuple):
    """A condition in SQL, and the value in SQL where it holds. NULL is no."""

    holds: str
    value: str


@dataclass(frozen=True)
class Column:
    """A column of the file or table: its SQL, and what Spark calls its type. One that is lacking holds nothing."""

    sql: str
    type: str


NOTHING = Column("cast(null as string)", "string")


@dataclass(frozen=True)
class Quick:
    """How Spark reads a column: whether it can (never NULL), and the value then."""

    holds: str
    value: str


def quick_field(spec: FieldSpec, column: Column, timezone: str, sign: str) -> Quick:
    """A field; `sign` stands between the values of a set."""
    zone = ZoneInfo(timezone)
    found = _sets(spec, column, sign) if spec.type == "choices" else _forms(spec, column, zone)
    default = reader(spec, zone)(None, lambda value, reason: None)
    needed = spec.required and spec.default is None
    known = set_text(default, sign) if isinstance(default, tuple) else default
    return _quick(column, found, held(spec), missing=not needed, default=known)


def quick_key(column: Column) -> Quick:
    """A key."""
    return _quick(column, _keys(column), "string", missing=True, default=None)


def quick_instant(column: Column, timezone: str) -> Quick:
    """A time that may not be missing."""
    found = _forms(FieldSpec(type="datetime"), column, ZoneInfo(timezone))
    return _quick(column, found, "timestamp_ntz", missing=False, default=None)


def _quick(column: Column, found: list[Form], type_: str, *, missing: bool, default: object) -> Quick:
    holds = [f"({form.holds})" for form in found]
    if missing:
        holds.insert(0, f"{column.sql} is null")
    branches = " ".join(f"when {form.holds} then {form.value}" for form in found)
    value = f"case {branches} end" if found else f"cast(null as {type_})"
    constant = None if default is None else _constant(default, type_)
    value = value if constant is None else f"coalesce({value}, {constant})"
    return Quick(f"coalesce({' or '.join(holds) or 'false'}, false)", value)


def _constant(known: object, type_: str) -> str | None:
    match known:
        case str() | bool():
            return literal(known)
        case int() | float():
            carried = f"cast({literal(known)} as {'double' if type_ == 'double' else 'bigint'})"
            return Cell("", type_).made_of(carried) if type_ in ("date", "timestamp_ntz") else carried
        case _:
            return None


def _forms(spec: FieldSpec, column: Column, zone: ZoneInfo) -> list[Form]:
    words = tuple(fold(trim(word)) for word in spec.missing)
    match spec.type:
        case "text":
            return _texts(column, words, needed=spec.required and spec.default is None)
        case "choice":
            values = [trim(value) for value in spec.values if fold(trim(value)) not in words]
            fits = column.type == "string" and values
            return [Form(f"{column.sql} in ({listed(values)})", column.sql)] if fits else []
        case "choices":
            return []  # see `_sets`
        case "number":
            return _numbers(spec, column, words)
        case "yes/no":
            return [] if words else _yes_no(column)
        case "date":
            return _dates(column, words)
        case "datetime":
            return _datetimes(column, words, zone)


def _sets(spec: FieldSpec, column: Column, sign: str) -> list[Form]:
    """A list of values in the schema's spelling, in any order and any number of times."""
    words = {fold(trim(word)) for word in spec.missing}
    values = [trim(value) for value in spec.values if fold(trim(value)) not in words]
    if column.type != "array<string>" or not values:
        return []
    holds = f"forall({column.sql}, each -> coalesce(each in ({listed(values)}), false))"
    found = f"filter(array({listed(values)}), each -> array_contains({column.sql}, each))"
    value = f"concat({literal(sign)}, array_join({found}, {literal(sign)}), {literal(sign)})"
    return [Form(holds, f"case when size({column.sql}) > 0 then {value} end")]


def _keys(column: Column) -> list[Form]:
    sql = column.sql
    if column.type == "string":
        return [Form(f"{sql} is not null", trimmed(sql))]
    if column.type in WHOLE:
        return [Form(f"{sql} is not null", f"cast({sql} as string)")]
    if column.type in ("float", "double"):
        whole = f"abs({sql}) < {_EXACT} and {sql} = floor({sql})"
        return [Form(whole, f"cast(cast({sql} as bigint) as string)")]
    return []


def _texts(column: Column, words: tuple[str, ...], *, needed: bool) -> list[Form]:
    sql = column.sql
    if column.type in WHOLE and not words:
        return [Form(f"{sql} is not null", f"cast({sql} as string)")]
    if column.type != "string":
        return []
    value = trimmed(sql)
    holds = [f"{sql} is not null"]
    if words:
        lengths = listed(sorted({len(word) for word in words}))
        other = f"octet_length({sql}) = length({sql}) and lower({value}) not in ({listed(words)})"
        holds.append(f"({value} is null or length({value}) not in ({lengths}) or ({other}))")
    if needed:
        holds.append(f"{value} is not null")
    return [Form(" and ".join(holds), value)]


def _yes_no(column: Column) -> list[Form]:
    if column.type == "boolean":
        return [Form(f"{column.sql} is not null", column.sql)]
    if column.type != "string":
        return []
    return [Form(f"{column.sql} in ({listed(words)})", literal(known)) for known, words in _WORDS.items()]


def _numbers(spec: FieldSpec, column: Column, words: tuple[str, ...]) -> list[Form]:
    value = column.sql if column.type == "double" else f"cast({column.sql} as double)"
    low = literal(-sys.float_info.max if spec.min is None else float(spec.min))
    high = literal(sys.float_info.max if spec.max is None else float(spec.max))
    inside = f"{value} between {low} and {high}"
    if but := [number for number in map(_float, words) if number is not None]:
        inside += f" and {value} not in ({listed(but)})"
    if column.type in ("float", "double", *WHOLE) or column.type.startswith("decimal("):
        return [Form(inside, value)]
    # Spark may look at the second half of an `and` first.
    value = f"try_cast({column.sql} as double)"
    if column.type != "string":
        return []
    return [Form(f"{column.sql} rlike {_NUMBER} and {inside.replace(f'cast({column.sql} as double)', value)}", value)]


def _float(word: str) -> float | None:
    try:
        number = float(word)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _dates(column: Column, words: tuple[str, ...]) -> list[Form]:
    sql = column.sql
    if column.type == "date":
        return [Form(_but(f"{sql} between {_DAYS}", sql, words), sql)]
    if column.type != "string":
        return []
    value = f"try_cast({sql} as date)"
    return [Form(_but(f"{sql} rlike {_ONLY_DAY} and {value} between {_DAYS}", sql, words), value)]


def _datetimes(column: Column, words: tuple[str, ...], zone: ZoneInfo) -> list[Form]:
    sql = column.sql
    if words:
        return []
    match column.type:
        case "timestamp":
            value = f"cast({sql} as timestamp_ntz)"
            return [Form(f"{value} between {_TIMES}", value)]
        case "timestamp_ntz":
            return [_wall(sql, zone)]
        case "date" if is_utc(zone):
            value = f"cast({sql} as timestamp_ntz)"
            return [Form(f"{value} between {_TIMES}", value)]
        case "string":
            utc = f"try_cast(regexp_replace({sql}, {_UTC_END}, '') as timestamp_ntz)"
            wall = _wall(f"try_cast({sql} as timestamp_ntz)", zone)
            return [
                Form(f"{sql} rlike {_IN_UTC} and {utc} between {_TIMES}", utc),
                Form(f"{sql} rlike {_ON_WALL} and {wall.holds}", wall.value),
            ]
        case _:
            return []


def _wall(wall: str, zone: ZoneInfo) -> Form:
    """A wall clock time in the project's zone."""
    if is_utc(zone):
        return Form(f"{wall} between {_TIMES}", wall)
    return Form(f"{wall} >= {_time(FIRST)} and {wall} < {_time(LAST)}", _moved(wall, zone))


def _but(holds: str, sql: str, words: tuple[str, ...]) -> str:
    return f"{holds} and lower(cast({sql} as string)) not in ({listed(words)})" if words else holds


def _moved(wall: str, zone: ZoneInfo) -> str:
    """The instant of a wall clock time: its offset is looked up by the year and the changes that were in it so far."""
    changes, offsets = _by_year(zone)
    most = len(changes) // _YEARS
    seconds = f"unix_seconds(cast({wall} as timestamp))"
    year = f"(year({wall}) - {FIRST.year})"
    passed = [f"{year} * {most + 1}"]
    passed += [f"int({seconds} >= {_looked_up(changes, f'{year} * {most} + {at}')})" for at in range(most)]
    offset = _looked_up(offsets, " + ".join(passed))
    return f"cast(timestamp_micros(unix_micros(cast({wall} as timestamp)) - {offset} * 1000000) as timestamp_ntz)"


def _looked_up(numbers: Sequence[int], place: str) -> str:
    """One of many numbers, which Spark takes apart once; none outside of them."""
    return f"cast(get(split('{','.join(map(str, numbers))}', ','), {place}) as bigint)"


@cache
def _by_year(zone: ZoneInfo) -> tuple[list[int], list[int]]:
    """For each year as many changes of the clocks as the year with the most has (seconds since 1970 on the wall), and
    the offsets before, between and after them."""
    several = steps(zone)
    within = [[(at, offset) for at, offset in several[1:] if at.year == FIRST.year + year] for year in range(_YEARS)]
    most = max(map(len, within))
    changes, offsets, offset = list[int](), list[int](), several[0][1]
    for year in within:
        passed = [offset, *(each for _, each in year)]
        offset = passed[-1]
        changes += [*((at - _EPOCH) // datetime.timedelta(seconds=1) for at, _ in year), *[_NEVER] * (most - len(year))]
        offsets += [*passed, *[offset] * (most - len(year))]
    return changes, offsets


def _time(wall: datetime.datetime) -> str:
    return f"timestamp_ntz'{wall}'"
