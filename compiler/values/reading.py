"""Turns values of the data into values that rules see: one reader for each field, made once for its type.

Promises that a reader never raises an error, whatever the value: a value that cannot be read is reported and then
missing, and the field's default replaces a missing value. Text comes from CSV, typed values come from JSON lines,
Parquet and Python; both end as the same few kinds (`Known`).
"""

import datetime
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from decimal import Decimal
from typing import cast
from zoneinfo import ZoneInfo

from scoreline.compiler.folding import WHITE_SPACE, fold, trim
from scoreline.compiler.instants import instant_of_date, instant_of_datetime, instant_of_text
from scoreline.compiler.refusals import NOT_A_TIME, REQUIRED, UNREADABLE, RefusedError
from scoreline.compiler.schema.fields import FieldSpec
from scoreline.compiler.values.kinds import Known as Known
from scoreline.compiler.values.kinds import Report as Report
from scoreline.compiler.values.kinds import of_collection, of_text, of_typed
from scoreline.compiler.values.raw_text import plain, shown_text, text_of, texts_compared

Reader = Callable[[object, Report], Known | None]
"""Takes a value as the data hold it; None is missing."""

_Convert = Callable[[object, Report], Known | None]


def reader(spec: FieldSpec, zone: ZoneInfo) -> Reader:
    """The reader of a field: `zone` is where times without an offset are read.

    A text or a choice gives a trimmed text, a choice in the schema's spelling; a number a float; a date its day
    (`datetime.date.toordinal()`); a datetime its instant (microseconds since 1970-01-01T00:00Z); `choices` a tuple
    of the schema's spellings, in the schema's order. A refused value is reported with its reason; a missing value
    only where the field is required and has no default.
    """
    convert = _converter(spec, zone)
    default = _default(spec, zone)
    required = spec.required and default is None

    def read(raw: object, report: Report) -> Known | None:
        try:
            known = convert(raw, report)
        except RefusedError as refused:
            reason = refused.reason
        except Exception:  # an object of a user's own may fail in any way, and a run must not
            reason = UNREADABLE
        else:
            if known is not None:
                return known
            if required:
                report(shown_text(raw) if raw is not None else "", REQUIRED)
            return default
        if reason:
            report(shown_text(raw), reason)
        return default

    return read


def read_instant(raw: object, zone: ZoneInfo) -> int | None:
    """The instant of a value (microseconds since 1970-01-01T00:00Z), None if there is none. Raises ValueError with a
    reason in plain words if the value is no time."""
    try:
        value = plain(raw)
        match value:
            case None:
                return None
            case datetime.datetime():
                return instant_of_datetime(value, zone)
            case datetime.date():
                return instant_of_date(value, zone)
            case str() if not trim(value):
                return None
            case _:
                return instant_of_text(trim(text_of(value)), zone)
    except RefusedError:
        raise
    except Exception:  # an object of a user's own may fail in any way
        raise RefusedError(NOT_A_TIME) from None


def _default(spec: FieldSpec, zone: ZoneInfo) -> Known | None:
    if spec.default is None:
        return None
    try:
        # A default is no value of the data: no placeholder means it.
        return _converter(spec.model_copy(update={"missing": ()}), zone)(spec.default, _ignore)
    except RefusedError:
        return None


def _ignore(value: str, reason: str) -> None:
    """Reports nothing: the checks of the schema have reported already."""


def _converter(spec: FieldSpec, zone: ZoneInfo) -> _Convert:
    """Reads any value, with quick ways for plain texts and for exactly the types that the field holds."""
    placeholders = frozenset(fold(trim(word)) for word in spec.missing)
    text = of_text(spec, zone)
    typed = of_typed(spec, zone)
    other = _any_value(spec, zone, placeholders)

    def convert(raw: object, report: Report) -> Known | None:
        if type(raw) is str:
            trimmed = raw.strip(WHITE_SPACE)
            if not trimmed or (placeholders and fold(trimmed) in placeholders):
                return None
            return text(trimmed, report)
        if raw is None:
            return None
        if not placeholders and (known := typed.get(type(raw))):
            return known(raw)
        return other(raw, report)

    return convert


def _any_value(spec: FieldSpec, zone: ZoneInfo, placeholders: AbstractSet[str]) -> _Convert:
    """The slow way, for values of any type whatsoever."""
    text = of_text(spec, zone)
    typed = of_typed(spec, zone)
    collection = of_collection(spec)

    def convert(raw: object, report: Report) -> Known | None:
        value = plain(raw)
        if value is None:
            return None
        if collection and isinstance(value, list | tuple | set | frozenset):
            return collection(cast(Iterable[object], value), report)
        if placeholders and any(fold(trim(word)) in placeholders for word in texts_compared(value)):
            return None
        if known := typed.get(_kind(value)):
            return known(value)
        trimmed = trim(text_of(value))
        return text(trimmed, report) if trimmed else None

    return convert


def _kind(value: object) -> type:
    """The type that a converter is made for; the value may be of a subclass."""
    for kind in (bool, int, float, Decimal, datetime.datetime, datetime.date):
        if isinstance(value, kind):
            return kind
    return type(value)
