"""How each type of field takes a text and a typed value.

Promises converters for values that are there: the text is trimmed and not empty, a typed value is of exactly the
type that its converter is for. What cannot be taken is a RefusedError; None is missing after all (NaN).
"""

import datetime
import json
import math
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import cast
from zoneinfo import ZoneInfo

from scoreline.compiler.folding import fold, trim
from scoreline.compiler.instants import day_of_text, instant_of_date, instant_of_datetime, instant_of_text
from scoreline.compiler.refusals import (
    INFINITE,
    NOT_A_NUMBER,
    NOT_YES_OR_NO,
    TOO_LARGE,
    UNREADABLE,
    RefusedError,
)
from scoreline.compiler.schema.fields import FieldSpec
from scoreline.compiler.values.raw_text import plain, shown_text, text_of

Known = str | float | bool | int | tuple[str, ...]
Report = Callable[[str, str], None]
OfText = Callable[[str, Report], Known | None]
OfTyped = Mapping[type, Callable[..., Known | None]]

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_YES_NO = {word: yes for yes, words in ((True, "yes true y t 1"), (False, "no false n f 0")) for word in words.split()}
_NONE: OfTyped = {}
_MOST_VALUES = 6


def of_text(spec: FieldSpec, zone: ZoneInfo) -> OfText:
    """How a field takes a text."""
    match spec.type:
        case "text":
            return lambda text, report: text
        case "number":
            number = _bounded(spec)
            return lambda text, report: _number(text, number)
        case "yes/no":
            return lambda text, report: _yes_no(text)
        case "date":
            return lambda text, report: day_of_text(text)
        case "datetime":
            return lambda text, report: instant_of_text(text, zone)
        case "choice":
            return _choice(spec)
        case "choices":
            members = _members(spec)
            return lambda text, report: members(_split(text), report)


def of_typed(spec: FieldSpec, zone: ZoneInfo) -> OfTyped:
    """How a field takes values that are no texts, by their exact type; any other goes through its text."""
    match spec.type:
        case "number":
            return _typed_numbers(_bounded(spec))
        case "yes/no":
            return {bool: bool}
        case "date":
            return {datetime.date: datetime.date.toordinal}
        case "datetime":
            return _typed_instants(zone)
        case "text" | "choice" | "choices":
            return _NONE


def _typed_numbers(number: Callable[[float], float | None]) -> OfTyped:
    def exact(raw: int | Decimal) -> float | None:
        return number(_float(raw))

    return {float: number, int: exact, Decimal: exact}


def _typed_instants(zone: ZoneInfo) -> OfTyped:
    def moment(raw: datetime.datetime) -> int:
        return instant_of_datetime(raw, zone)

    def day(raw: datetime.date) -> int:
        return instant_of_date(raw, zone)

    return {datetime.datetime: moment, datetime.date: day}


def of_collection(spec: FieldSpec) -> Callable[[Iterable[object], Report], Known | None] | None:
    """How a field of `choices` takes a list or a set; None for a field of another type."""
    return _members(spec) if spec.type == "choices" else None


def _bounded(spec: FieldSpec) -> Callable[[float], float | None]:
    low = -math.inf if spec.min is None else spec.min
    high = math.inf if spec.max is None else spec.max
    below, above = f"is below the minimum {_digits(low)}", f"is above the maximum {_digits(high)}"

    def number(value: float) -> float | None:
        if low <= value <= high and value - value == 0:
            return value
        if value != value:
            return None
        raise RefusedError(INFINITE if math.isinf(value) else below if value < low else above)

    return number


def _digits(bound: float) -> str:
    return str(int(bound)) if bound.is_integer() and abs(bound) < 1e15 else repr(bound)


def _number(text: str, number: Callable[[float], float | None]) -> float | None:
    if _NUMBER.fullmatch(text):
        value = float(text)
        if math.isinf(value):
            raise RefusedError(TOO_LARGE)
        return number(value)
    if text.lower() == "nan":
        return None
    raise RefusedError(NOT_A_NUMBER)


def _float(raw: int | Decimal) -> float:
    if isinstance(raw, Decimal) and raw.is_nan():
        return math.nan
    try:
        value = float(raw)
    except OverflowError:
        raise RefusedError(TOO_LARGE) from None
    if math.isinf(value) and not (isinstance(raw, Decimal) and raw.is_infinite()):
        raise RefusedError(TOO_LARGE)
    return value


def _yes_no(text: str) -> bool:
    known = _YES_NO.get(fold(text))
    if known is None:
        raise RefusedError(NOT_YES_OR_NO)
    return known


def _choice(spec: FieldSpec) -> OfText:
    spelling = {fold(trim(value)): trim(value) for value in spec.values}
    exact = {value: value for value in spelling.values()}
    reason = _not_one_of(spec)

    def choice(text: str, report: Report) -> str:
        known = exact.get(text) or spelling.get(fold(text))
        if known is None:
            raise RefusedError(reason)
        return known

    return choice


def _not_one_of(spec: FieldSpec) -> str:
    shown = ", ".join(trim(value) for value in spec.values[:_MOST_VALUES])
    more = len(spec.values) - _MOST_VALUES
    return f"is not one of the values: {shown}{f', and {more} more' if more > 0 else ''}"


def _members(spec: FieldSpec) -> Callable[[Iterable[object], Report], Known | None]:
    place = {fold(trim(value)): number for number, value in enumerate(spec.values)}
    values = tuple(trim(value) for value in spec.values)
    placeholders = frozenset(fold(trim(word)) for word in spec.missing)
    reason = _not_one_of(spec)

    def members(raw: Iterable[object], report: Report) -> tuple[str, ...] | None:
        found: set[int] = set()
        refused = False
        for member in raw:
            text = _member_text(member)
            folded = None if text is None else fold(text)
            if folded == "" or folded in placeholders:
                continue
            number = None if folded is None else place.get(folded)
            if number is None:
                report(shown_text(member), UNREADABLE if text is None else reason)
                refused = True
            else:
                found.add(number)
        if refused and not found:
            raise RefusedError
        return tuple(values[number] for number in sorted(found)) or None

    return members


def _member_text(member: object) -> str | None:
    """A member's trimmed text, empty if it is missing; None if it has no text at all."""
    if type(member) is str:
        return trim(member)
    try:
        value = plain(member)
        return "" if value is None else trim(text_of(value))
    except Exception:  # an object of a user's own may fail in any way
        return None


def _split(text: str) -> Iterable[object]:
    if text.startswith("["):
        try:
            parsed = cast(object, json.loads(text))
        except (ValueError, RecursionError):
            parsed = None
        if isinstance(parsed, list):
            return cast(list[object], parsed)
    return text.split(";")
