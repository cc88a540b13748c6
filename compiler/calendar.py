"""Bounds in time: a plan's moments as numbers, for one `as_of`.

All of a run's bounds are computed here, once, so that no engine's own calendar is trusted. Months and years are
calendar steps of the wall clock in the project's zone (a day that the month lacks becomes its last); all else
is exact.
"""

import calendar
import datetime
from collections.abc import Sequence
from typing import assert_never
from zoneinfo import ZoneInfo

from scoreline.compiler.instants import as_datetime, instant_of_date, instant_of_datetime
from scoreline.compiler.plan import Moment, Period

_EPOCH = datetime.datetime(1970, 1, 1)
_MICROSECOND = datetime.timedelta(microseconds=1)
_SECOND = 1_000_000
_TENTHS = 10
# A day inside the calendar's ends, so that every instant between them has a day in every zone.
EARLIEST = (datetime.datetime(1, 1, 2) - _EPOCH) // _MICROSECOND
LATEST = (datetime.datetime(9999, 12, 31) - _EPOCH) // _MICROSECOND


def moment_values(moments: Sequence[Moment], as_of: int, zone: ZoneInfo) -> tuple[int, ...]:
    """The instants (microseconds since 1970 UTC) and days (ordinals) of a plan's moments."""
    today: int | None = None
    values: list[int] = []
    for moment in moments:
        if moment.of == "instant":
            values.append(_instant(moment, as_of, zone))
        else:
            today = day_of(as_of, zone) if today is None else today
            values.append(_day(moment, today))
    return tuple(values)


def midnight(day: datetime.date, zone: ZoneInfo) -> int:
    """The first instant of a day in a zone; at the calendar's ends, the nearest there is."""
    try:
        return instant_of_date(day, zone)
    except (ValueError, OverflowError):
        return EARLIEST if day.year == datetime.MINYEAR else LATEST


def day_of(instant: int, zone: ZoneInfo) -> int:
    """The calendar day of an instant in a zone, as an ordinal."""
    return as_datetime(instant).astimezone(zone).toordinal()


def period_of(instant: int, period: Period, zone: ZoneInfo) -> int:
    """A number that two instants share if they lie in the same `day`, `week` (Monday to Sunday), `month` or `year`."""
    day = as_datetime(instant).astimezone(zone)
    match period:
        case "week":
            return (day.toordinal() - 1) // 7
        case "month":
            return day.year * 12 + day.month
        case "year":
            return day.year
        case "day":
            return day.toordinal()
        case _:
            assert_never(period)


def _instant(moment: Moment, as_of: int, zone: ZoneInfo) -> int:
    moved = as_of
    if moment.months:
        wall = as_datetime(as_of).astimezone(zone).replace(tzinfo=None)
        day = _months_later(wall.date(), moment.months)
        if day is None:
            return EARLIEST if moment.months < 0 else LATEST
        try:
            moved = instant_of_datetime(datetime.datetime.combine(day, wall.time()), zone)
        except (ValueError, OverflowError):
            return EARLIEST if moment.months < 0 else LATEST
    moved += moment.seconds * _SECOND
    if moment.tenths != _TENTHS:
        moved = as_of + (moved - as_of) * moment.tenths // _TENTHS
    return min(max(moved, EARLIEST), LATEST)


def _day(moment: Moment, today: int) -> int:
    day: datetime.date | None = datetime.date.fromordinal(today)
    if moment.months:
        day = _months_later(datetime.date.fromordinal(today), moment.months)
    if day is None:
        return 0 if moment.months < 0 else datetime.date.max.toordinal() + 1
    return day.toordinal() + moment.days


def _months_later(day: datetime.date, months: int) -> datetime.date | None:
    """The same day of another month, or its last; None outside the years 1 to 9999."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        return None
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
