"""Zone-less times as instants: the wall clock of the project's zone, without any engine's own time zones.

Which offset a wall clock time has in a zone is read out of Python's `zoneinfo` (a time that exists twice is the first
of the two, one that does not exist is taken as `zoneinfo` takes it) and becomes a table of steps.
"""

import datetime
from functools import cache
from zoneinfo import ZoneInfo

from scoreline.compiler.instants import first_that

Steps = tuple[tuple[datetime.datetime, int], ...]
"""From which wall clock time on which offset holds (seconds east of UTC), in order."""

FIRST, LAST = datetime.datetime(1970, 1, 1), datetime.datetime(2050, 1, 1)
"""Times outside are left to the exact reader."""

_STEP = datetime.timedelta(hours=6)
_MICROSECOND = datetime.timedelta(microseconds=1)


def is_utc(zone: ZoneInfo) -> bool:
    """Whether the zone's clocks have always shown UTC."""
    return zone.key in ("UTC", "Etc/UTC", "Zulu", "Etc/Zulu", "Universal", "Etc/Universal", "UCT", "Etc/UCT")


def instant_of(wall: str, zone: ZoneInfo) -> str:
    """The SQL of the instant of a wall clock time between `FIRST` and `LAST`."""
    return wall if is_utc(zone) else _moved(wall, steps(zone))


@cache
def steps(zone: ZoneInfo) -> Steps:
    """The offsets of a zone."""
    found = [(FIRST, _offset(FIRST, zone))]
    at = FIRST
    while at < LAST:
        after = at + _STEP
        if _offset(after, zone) != found[-1][1]:
            after = _change(at, after, zone)
            found.append((after, _offset(after, zone)))
        at = after
    return tuple(found)


def _offset(wall: datetime.datetime, zone: ZoneInfo) -> int:
    found = zone.utcoffset(wall)
    return int(found.total_seconds()) if found else 0


def _change(before: datetime.datetime, after: datetime.datetime, zone: ZoneInfo) -> datetime.datetime:
    """The first wall clock time with another offset."""
    old = _offset(before, zone)
    span = (after - before) // _MICROSECOND
    return before + first_that(0, span, lambda at: _offset(before + at * _MICROSECOND, zone) != old) * _MICROSECOND


def _moved(wall: str, several: Steps) -> str:
    """The offset is found by halving."""
    if len(several) == 1:
        return f"{wall} - to_seconds({several[0][1]})"
    middle = len(several) // 2
    earlier, later = _moved(wall, several[:middle]), _moved(wall, several[middle:])
    return f"case when {wall} >= timestamp '{several[middle][0]}' then {later} else {earlier} end"
