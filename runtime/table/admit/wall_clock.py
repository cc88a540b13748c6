"""Times without an offset as instants: the wall clock of the project's zone, without any engine's own time zones.

Which offset a wall clock time has in a zone is read out of Python's `zoneinfo` (a time that exists twice is the first
of the two, one that does not exist is taken as `zoneinfo` takes it). An engine finds it in two lists. For each year
they have as many changes of the clocks as the year with the most has, and the offsets before, between and after them.
"""

import datetime
from functools import cache
from zoneinfo import ZoneInfo

from scoreline.compiler.backends.query import terms
from scoreline.compiler.backends.query.terms import Expr
from scoreline.compiler.instants import first_that
from scoreline.runtime.table.admit.engine_terms import EngineTerms, cast
from sqlglot import exp

FIRST, LAST = datetime.datetime(1970, 1, 1), datetime.datetime(2050, 1, 1)
"""Times outside are left to the exact reader."""

_YEARS = LAST.year - FIRST.year
_STEP = datetime.timedelta(hours=6)
_MICROSECOND = datetime.timedelta(microseconds=1)
_NEVER = 2**62


def is_utc(zone: ZoneInfo) -> bool:
    """Whether the zone's clocks have always shown UTC."""
    return zone.key in ("UTC", "Etc/UTC", "Zulu", "Etc/Zulu", "Universal", "Etc/Universal", "UCT", "Etc/UCT")


def instant_of(wall: Expr, zone: ZoneInfo, engine: EngineTerms) -> Expr:
    """The instant of a wall clock time between `FIRST` and `LAST`."""
    if is_utc(zone):
        return wall
    changes, offsets = _by_year(zone)
    most = len(changes) // _YEARS
    micros = engine.micros(wall)
    year = exp.Paren(this=exp.Sub(this=exp.Year(this=wall), expression=terms.whole(FIRST.year)))

    def place(of_a_year: int, more: int) -> Expr:
        return exp.Add(this=exp.Mul(this=year, expression=terms.whole(of_a_year)), expression=terms.whole(more))

    passed = place(most + 1, 0)
    for at in range(most):
        change = engine.number_at(changes, place(most, at))
        has_passed = cast(exp.Paren(this=exp.GTE(this=micros, expression=change)), "INT")
        passed = exp.Add(this=passed, expression=has_passed)
    return engine.instant(exp.Sub(this=micros, expression=engine.number_at(offsets, passed)))


@cache
def _by_year(zone: ZoneInfo) -> tuple[list[int], list[int]]:
    """The changes (microseconds since 1970 on the wall) and the offsets (microseconds east of UTC)."""
    several = _steps(zone)
    within = [[(at, offset) for at, offset in several[1:] if at.year == FIRST.year + year] for year in range(_YEARS)]
    most = max(map(len, within))
    changes, offsets, offset = list[int](), list[int](), several[0][1]
    for year in within:
        passed = [offset, *(each for _, each in year)]
        offset = passed[-1]
        changes += [*((at - FIRST) // _MICROSECOND for at, _ in year), *[_NEVER] * (most - len(year))]
        offsets += [*passed, *[offset] * (most - len(year))]
    return changes, offsets


def _steps(zone: ZoneInfo) -> list[tuple[datetime.datetime, int]]:
    """From which wall clock time on which offset holds, in order."""
    found = [(FIRST, _offset(FIRST, zone))]
    at = FIRST
    while at < LAST:
        after = at + _STEP
        if _offset(after, zone) != found[-1][1]:
            after = _change(at, after, zone)
            found.append((after, _offset(after, zone)))
        at = after
    return found


def _offset(wall: datetime.datetime, zone: ZoneInfo) -> int:
    found = zone.utcoffset(wall)
    return found // _MICROSECOND if found else 0


def _change(before: datetime.datetime, after: datetime.datetime, zone: ZoneInfo) -> datetime.datetime:
    """The first wall clock time with another offset."""
    old = _offset(before, zone)
    span = (after - before) // _MICROSECOND
    return before + first_that(0, span, lambda at: _offset(before + at * _MICROSECOND, zone) != old) * _MICROSECOND
