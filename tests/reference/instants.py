"""Days and instants: steps of the calendar, midnights, and the windows of meaning 4.

Instants are aware datetimes in UTC, always: Python compares two datetimes of one time zone by their clocks,
which is wrong in the hour that a zone repeats.
"""

import datetime
from zoneinfo import ZoneInfo

from scoreline.dsl import nodes

UTC = datetime.UTC
FIRST = datetime.datetime.min.replace(tzinfo=UTC)
LAST = datetime.datetime.max.replace(tzinfo=UTC)
MICROSECOND = datetime.timedelta(microseconds=1)

SECONDS = {nodes.Unit.MINUTE: 60, nodes.Unit.HOUR: 3600, nodes.Unit.DAY: 86400, nodes.Unit.WEEK: 7 * 86400}
MONTHS = {nodes.Unit.MONTH: 1, nodes.Unit.YEAR: 12}
DAYS = {nodes.Unit.DAY: 1, nodes.Unit.WEEK: 7}


def from_clock(clock: datetime.datetime, zone: ZoneInfo) -> datetime.datetime:
    """The instant at which the zone's clocks show this; the earlier reading where there are two."""
    return clock.replace(tzinfo=zone, fold=0).astimezone(UTC)


def day_of(at: datetime.datetime, zone: ZoneInfo) -> datetime.date:
    """The calendar day of an instant in the zone."""
    return at.astimezone(zone).date()


def midnight(day: datetime.date, zone: ZoneInfo) -> datetime.datetime:
    """The day's midnight, or its first instant where the clocks jump over midnight."""
    clock = datetime.datetime(day.year, day.month, day.day)
    at = from_clock(clock, zone)
    if at.astimezone(zone).replace(tzinfo=None) == clock:
        return at
    early = at - datetime.timedelta(days=1)
    while at - early > MICROSECOND:  # halve the span between an instant before the day and one in or after it
        middle = early + (at - early) // 2
        if day_of(middle, zone) < day:
            early = middle
        else:
            at = middle
    return at


def months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day of another month; the month's last where it has no such day. OverflowError outside the calendar."""
    count = day.year * 12 + (day.month - 1) + months
    year, month = count // 12, count % 12 + 1
    if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        raise OverflowError(f"year {year}")
    for last in (day.day, 30, 29, 28):
        try:
            return datetime.date(year, month, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def step(at: datetime.datetime, duration: nodes.Duration, zone: ZoneInfo, times: int) -> datetime.datetime:
    """The instant so many durations after `at` (before it, if negative)."""
    amount = duration.amount * times
    try:
        if duration.unit in SECONDS:
            return at + datetime.timedelta(seconds=SECONDS[duration.unit] * amount)
        clock = at.astimezone(zone).replace(tzinfo=None)
        day = months_later(clock.date(), MONTHS[duration.unit] * amount)
        return from_clock(datetime.datetime.combine(day, clock.time()), zone)
    except OverflowError:
        return FIRST if times < 0 else LAST


def step_days(day: datetime.date, duration: nodes.Duration, times: int) -> datetime.date:
    """The day so many durations after `day`."""
    amount = duration.amount * times
    try:
        if duration.unit in DAYS:
            return day + datetime.timedelta(days=DAYS[duration.unit] * amount)
        return months_later(day, MONTHS[duration.unit] * amount)
    except OverflowError:
        return datetime.date.min if times < 0 else datetime.date.max


def instant_within(at: datetime.datetime, window: nodes.Window, as_of: datetime.datetime, zone: ZoneInfo) -> bool:
    """Whether an instant lies in the window."""
    match window:
        case nodes.Within(duration=duration, ahead=False):
            return step(as_of, duration, zone, -1) < at <= as_of
        case nodes.Within(duration=duration, ahead=True):
            return as_of <= at < step(as_of, duration, zone, +1)
        case nodes.Since(date=date):
            return midnight(date.value, zone) <= at <= as_of
        case nodes.MoreThan(duration=duration):
            return at <= step(as_of, duration, zone, -1)
    raise AssertionError(window)


def day_within(day: datetime.date, window: nodes.Window, today: datetime.date) -> bool:
    """Whether a calendar day lies in the window."""
    match window:
        case nodes.Within(duration=duration, ahead=False):
            return step_days(today, duration, -1) < day <= today
        case nodes.Within(duration=duration, ahead=True):
            return today <= day < step_days(today, duration, +1)
        case nodes.Since(date=date):
            return date.value <= day <= today
        case nodes.MoreThan(duration=duration):
            return day <= step_days(today, duration, -1)
    raise AssertionError(window)


def period_of(at: datetime.datetime, period: str, zone: ZoneInfo) -> datetime.date:
    """The first day of the calendar day, week (from Monday), month or year in which an instant lies."""
    day = day_of(at, zone)
    match period:
        case "day":
            return day
        case "week":
            return day - datetime.timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "year":
            return day.replace(month=1, day=1)
    raise AssertionError(period)
