"""Days and instants as whole numbers, and how texts of them are read.

A day is `datetime.date.toordinal()`; an instant is microseconds since 1970-01-01T00:00Z. Promises that every
instant it gives has a calendar day, between the years 1 and 9999, in UTC and in the project's zone alike, so
that no later step runs over. What cannot be read is a RefusedError.
"""

import datetime
import re
from collections.abc import Callable
from zoneinfo import ZoneInfo

from scoreline.compiler.refusals import (
    NO_SUCH_DAY,
    NO_SUCH_TIME,
    NOT_A_DATE,
    NOT_A_TIME,
    OUT_OF_YEARS,
    RefusedError,
)

_EPOCH = datetime.datetime(1970, 1, 1)
_MICROSECOND = datetime.timedelta(microseconds=1)
_DAY = 86_400_000_000
_FIRST = (datetime.datetime.min - _EPOCH) // _MICROSECOND
_LAST = (datetime.datetime.max - _EPOCH) // _MICROSECOND

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
# The most usual form, which Python itself reads much faster.
_CLOCK = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}")
_UTC = ("Z", "+00:00")
_IN_UTC = (len("2026-01-31T12:00:00Z"), len("2026-01-31T12:00:00+00:00"))
_DATETIME = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"(?:[Tt ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]+))?)?(?:([Zz])|([+-])([0-9]{2})(?::?([0-9]{2}))?)?)?"
)


def day_of_text(text: str) -> int:
    """The day of a text like `2026-01-31`; `text` is trimmed already."""
    found = _DATE.fullmatch(text)
    if not found:
        raise RefusedError(NOT_A_DATE)
    try:
        return datetime.date(int(found[1]), int(found[2]), int(found[3])).toordinal()
    except ValueError:
        raise RefusedError(NO_SUCH_DAY) from None


def instant_of_text(text: str, zone: ZoneInfo) -> int:
    """The instant of an ISO 8601 text; without an offset it is a wall-clock time in `zone`."""
    if len(text) in _IN_UTC and text[19:] in _UTC and _CLOCK.fullmatch(text, 0, 19):
        try:
            utc_wall = datetime.datetime.fromisoformat(text[:19])
        except ValueError:
            raise RefusedError(NO_SUCH_TIME) from None
        return _within_years(_micros(utc_wall), zone)
    found = _DATETIME.fullmatch(text)
    if not found:
        raise RefusedError(NOT_A_TIME)
    year, month, day, hour, minute, second, fraction, utc, sign, hours, minutes = found.groups()
    if hour is None:
        return instant_of_date(datetime.date.fromordinal(day_of_text(text)), zone)
    micros = int((fraction or "")[:6].ljust(6, "0"))
    try:
        wall = datetime.datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0), micros)
    except ValueError:
        raise RefusedError(NO_SUCH_TIME) from None
    if utc:
        return _within_years(_micros(wall), zone)
    if sign is None:
        return _of_wall(wall, zone)
    if int(hours) > 23 or int(minutes or 0) > 59:
        raise RefusedError(NO_SUCH_TIME)
    offset = (int(hours) * 60 + int(minutes or 0)) * 60_000_000
    return _within_years(_micros(wall) - (offset if sign == "+" else -offset), zone)


def instant_of_datetime(moment: datetime.datetime, zone: ZoneInfo) -> int:
    """The instant of a typed time; without an offset it is a wall-clock time in `zone`, the first of two."""
    offset = moment.utcoffset()
    if offset is None:
        return _of_wall(moment.replace(tzinfo=None, fold=0), zone)
    return _within_years(_micros(moment.replace(tzinfo=None)) - _length(offset), zone)


def instant_of_date(day: datetime.date, zone: ZoneInfo) -> int:
    """The midnight that begins a day in `zone`; where the clocks jump over it, the day's first instant."""
    wall = datetime.datetime(day.year, day.month, day.day)
    instant = _of_wall(wall, zone)
    return instant if _clock(instant, zone) == wall else _first_instant(day, instant, zone)


def as_datetime(instant: int) -> datetime.datetime:
    """An instant as a time in UTC."""
    return (_EPOCH + instant * _MICROSECOND).replace(tzinfo=datetime.UTC)


def first_that(before: int, after: int, holds: Callable[[int], bool]) -> int:
    """The first whole number of which something holds: not of `before`, and from there on up to `after`."""
    while after - before > 1:
        middle = (before + after) // 2
        if holds(middle):
            after = middle
        else:
            before = middle
    return after


def _clock(instant: int, zone: ZoneInfo) -> datetime.datetime:
    return as_datetime(instant).astimezone(zone).replace(tzinfo=None)


def _first_instant(day: datetime.date, late: int, zone: ZoneInfo) -> int:
    """Halves the span between an instant before the day and `late`, in or after it, down to one microsecond."""
    return first_that(late - _DAY, late, lambda instant: _clock(instant, zone).date() >= day)


def _micros(wall: datetime.datetime) -> int:
    return _length(wall - _EPOCH)


def _length(delta: datetime.timedelta) -> int:
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


def _of_wall(wall: datetime.datetime, zone: ZoneInfo) -> int:
    offset = zone.utcoffset(wall)
    return _within_years(_micros(wall) - (_length(offset) if offset else 0), zone)


def _within_years(instant: int, zone: ZoneInfo) -> int:
    if _FIRST + _DAY <= instant <= _LAST - _DAY:
        return instant
    if not _FIRST <= instant <= _LAST:
        raise RefusedError(OUT_OF_YEARS)
    try:
        as_datetime(instant).astimezone(zone)
    except OverflowError:
        raise RefusedError(OUT_OF_YEARS) from None
    return instant
