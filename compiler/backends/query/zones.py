"""The calendar day of an instant in the project's time zone, without any engine's own time zones.

A zone is a table of offsets from UTC, each from an instant on, read out of Python's `zoneinfo`; an instant's day is the
date of the instant moved by its offset. Exact up to an instant that whoever asks chooses (the offset that holds then is
taken to hold for ever), and back to the year 1800 (before that there were no zones, and the first offset is taken).
"""

import datetime
from functools import cache
from zoneinfo import ZoneInfo

from scoreline.compiler.backends.query import terms
from scoreline.compiler.backends.query.terms import Expr
from scoreline.compiler.calendar import LATEST
from scoreline.compiler.instants import as_datetime, first_that
from sqlglot import exp

_MICROS = 1_000_000
_STEP = 86_400 * _MICROS
"""Clocks are not changed and changed back within a day."""

_YEARS = 9_000 * _STEP
"""Some 25 years: so often are the offsets of a zone looked for further on."""

_FROM = int(datetime.datetime(1800, 1, 1, tzinfo=datetime.UTC).timestamp()) * _MICROS

Offsets = tuple[tuple[int, int], ...]
"""From which instant on (microseconds since 1970 UTC) which offset (seconds east of UTC) holds, in order of time."""


def offsets(zone: ZoneInfo, until: int) -> Offsets:
    """The offsets of a zone up to an instant; the first one holds for all time before the second."""
    first, *others = _offsets(zone, (until // _YEARS + 1) * _YEARS)
    return (first, *(each for each in others if each[0] <= until))


@cache
def _offsets(zone: ZoneInfo, until: int) -> Offsets:
    found = [(_FROM, _offset(_FROM, zone))]
    at = _FROM
    while at < until:
        after = min(at + _STEP, LATEST)
        if _offset(after, zone) != found[-1][1]:
            after = first_that(at, after, lambda instant, old=found[-1][1]: _offset(instant, zone) != old)
            found.append((after, _offset(after, zone)))
        if after == LATEST:
            break
        at = after
    return tuple(found)


def local_day(at: Expr, zone: ZoneInfo, until: int, since: int | None = None) -> Expr:
    """The calendar day of an instant in a zone; `since` when instants are that are asked for, if that is known."""
    several = offsets(zone, until)
    if since is not None:
        earlier = [start for start, _ in several if start <= since]
        several = several[max(len(earlier) - 1, 0) :]
    return terms.cast(_moved(at, several), "DATE")


def _offset(instant: int, zone: ZoneInfo) -> int:
    found = as_datetime(instant).astimezone(zone).utcoffset()
    return int(found.total_seconds()) if found else 0


def _moved(at: Expr, several: Offsets) -> Expr:
    """The instant moved by its offset, which is found by halving."""
    if len(several) == 1:
        return _plus(at, several[0][1])
    middle = len(several) // 2
    later = exp.GTE(this=at.copy(), expression=terms.instant(several[middle][0]))
    return terms.case([(later, _moved(at, several[middle:]))], _moved(at, several[:middle]))


def _plus(at: Expr, seconds: int) -> Expr:
    if seconds == 0:
        return at.copy()
    interval = exp.Interval(this=exp.Literal.string(str(abs(seconds))), unit=exp.var("SECOND"))
    kind = exp.Add if seconds > 0 else exp.Sub
    return kind(this=at.copy(), expression=interval)
