"""When a bound that moves with `as_of` reaches a value: the way back from `calendar.py`.

Scores change without a new interaction only when a moment of the plan comes to a value of the data. Promises a time
that is never too late, and exact but where a month or a clock change makes it less than four days too early.
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from zoneinfo import ZoneInfo

from scoreline.compiler.calendar import EARLIEST, LATEST, day_of, midnight, moment_values
from scoreline.compiler.instants import as_datetime
from scoreline.compiler.plan import Moment

DAYS = 400
"""The number of days ahead for which the calendar is read. What is reached later is said to be reached then."""

_DAY = 86_400_000_000
_EPOCH = datetime.date(1970, 1, 1).toordinal()
_MICROSECOND = datetime.timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class ReachPiece:
    """A value (microseconds; a day is its midnight in UTC) of `first` or more is reached `add` microseconds later."""

    first: int
    add: int


@dataclass(frozen=True, slots=True)
class Reach:
    """When a moment reaches the values that it has yet to reach.

    `now` is its value, in microseconds; `pieces` ascend, and the first begins with all values. Nothing is said to be
    reached behind `latest` (an instant).
    """

    now: int
    pieces: tuple[ReachPiece, ...]
    latest: int

    def of(self, value: int) -> int:
        """The instant before which a value behind `now` is not reached."""
        add = next(piece.add for piece in reversed(self.pieces) if value >= piece.first)
        return min(value + add, self.latest)


def reaches(moments: Sequence[Moment], as_of: int, zone: ZoneInfo) -> tuple[Reach, ...]:
    """The reach of each moment, at an `as_of` (microseconds since 1970 UTC)."""
    days = _days(as_of, zone)
    values = moment_values(moments, as_of, zone)
    return tuple(_reach(moment, value, days, zone) for moment, value in zip(moments, values, strict=True))


def micros_of_day(day: int) -> int:
    """A calendar day (an ordinal) as microseconds: its midnight in UTC."""
    return (day - _EPOCH) * _DAY


def _days(as_of: int, zone: ZoneInfo) -> tuple[int, ...]:
    """`as_of`, and the midnights that follow it."""
    today = day_of(as_of, zone)
    last = datetime.date.max.toordinal()
    later = (midnight(datetime.date.fromordinal(min(today + n, last)), zone) for n in range(1, DAYS + 1))
    return (as_of, *(each for each in later if as_of < each < LATEST)) if as_of < LATEST else (as_of,)


def _reach(moment: Moment, value: int, days: Sequence[int], zone: ZoneInfo) -> Reach:
    if moment.of == "day":
        return Reach(micros_of_day(value), _day_pieces(moment, value, days, zone), days[-1])
    if moment.months == 0:
        return Reach(value, (ReachPiece(EARLIEST, days[0] - value),), LATEST)
    return Reach(value, _month_pieces(moment, value, days, zone), days[-1])


def _day_pieces(moment: Moment, value: int, days: Sequence[int], zone: ZoneInfo) -> tuple[ReachPiece, ...]:
    """From each midnight on the moment is one day, and has reached all up to that."""
    found: list[ReachPiece] = []
    before = value
    for start in days[1:]:
        (now,) = moment_values([moment], start, zone)
        if now > before:
            found.append(ReachPiece(micros_of_day(before + 1), start - micros_of_day(now)))
            before = now
    return _merged(found, days)


def _month_pieces(moment: Moment, value: int, days: Sequence[int], zone: ZoneInfo) -> tuple[ReachPiece, ...]:
    """In a day a moment is as far behind `as_of` at the end as at the start, or else at least so far but for what
    clocks are changed by."""

    def value_at(instant: int) -> int:
        return moment_values([moment], instant, zone)[0]

    unshortened = replace(moment, seconds=0, tenths=10)

    def changed(start: int, end: int) -> int:
        far = moment_values([unshortened], start, zone)[0], moment_values([unshortened], end, zone)[0]
        return abs(_offset(end, zone) - _offset(start, zone)) + abs(_offset(far[1], zone) - _offset(far[0], zone))

    return _merged(list(_behind(value, days, value_at, changed)), days)


def _behind(
    value: int, days: Sequence[int], value_at: Callable[[int], int], changed: Callable[[int, int], int]
) -> list[ReachPiece]:
    found: list[ReachPiece] = []
    before = value
    for start, following in pairwise(days):
        end = following - 1
        behind = min(start - value_at(start), end - value_at(end)) - changed(start, end)
        if end - behind > before:
            found.append(ReachPiece(before + 1, behind))
            before = end - behind
    return found


def _merged(pieces: Sequence[ReachPiece], days: Sequence[int]) -> tuple[ReachPiece, ...]:
    """Neighbours that add the same as one; the first for all values, and the last for all that are reached later."""
    if not pieces:
        return (ReachPiece(EARLIEST, days[-1] - EARLIEST),)
    kept = [pieces[0]]
    kept.extend(piece for before, piece in pairwise(pieces) if piece.add != before.add)
    return (ReachPiece(EARLIEST, kept[0].add), *kept[1:])


def _offset(instant: int, zone: ZoneInfo) -> int:
    """How far clocks are from UTC, in microseconds."""
    found = as_datetime(instant).astimezone(zone).utcoffset()
    return 0 if found is None else found // _MICROSECOND
