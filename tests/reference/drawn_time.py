"""Drawn moments: an `as_of` in a time zone, durations, and the days and instants at their borders."""

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from scoreline.dsl import nodes
from scoreline.dsl.span import Span

from .instants import FIRST, LAST, MICROSECOND, UTC, day_of, midnight, step, step_days
from .pen import Pen

# Moments at which calendars and clocks do something: month ends, leap days, changes of the clock in the night, at
# midnight and by half an hour, a day that a zone left out, and zones far from UTC.
MOMENTS = (
    ("UTC", "2026-01-15T12:00:00+00:00", ()),
    ("Europe/Berlin", "2026-03-31T12:00:00+02:00", ((1, "month"), (13, "months"))),
    ("Europe/Berlin", "2026-05-31T12:00:00+02:00", ((1, "month"), (3, "months"))),
    ("Europe/Berlin", "2026-03-29T03:30:00+02:00", ((1, "day"), (1, "month"))),
    ("Europe/Berlin", "2026-10-25T02:30:00+02:00", ((1, "day"), (1, "year"))),
    ("Europe/Berlin", "2026-10-25T02:30:00+01:00", ((1, "hour"), (1, "month"))),
    ("Europe/Berlin", "2026-04-29T02:30:00+02:00", ((1, "month"),)),
    ("Europe/Berlin", "2026-11-25T02:30:00.000001+01:00", ((1, "month"),)),
    ("Europe/Berlin", "2027-01-01T00:00:00+01:00", ((1, "week"), (1, "year"))),
    ("UTC", "2024-02-29T23:59:59.999999+00:00", ((1, "year"), (4, "years"))),
    ("UTC", "2025-02-28T00:00:00+00:00", ((1, "month"), (1, "year"))),
    ("America/New_York", "2026-03-08T12:00:00-04:00", ((1, "day"), (36, "hours"))),
    ("America/New_York", "2021-01-03T23:30:00-05:00", ((1, "week"), (2, "weeks"))),
    ("America/Havana", "2026-03-08T01:00:00-04:00", ((1, "day"), (1, "month"))),
    ("America/Havana", "2026-04-08T00:00:00-04:00", ((1, "month"), (30, "days"))),
    ("America/Havana", "2026-12-01T00:30:00-05:00", ((1, "month"), (30, "days"))),
    ("America/Sao_Paulo", "2017-10-15T01:00:00-02:00", ((1, "week"), (1, "month"))),
    ("America/Sao_Paulo", "2017-11-15T00:00:00-02:00", ((1, "month"), (1, "day"))),
    ("Asia/Beirut", "2025-03-30T01:00:00+03:00", ((1, "day"), (1, "year"))),
    ("Africa/Cairo", "2024-05-26T00:00:00+03:00", ((1, "month"),)),
    ("Australia/Lord_Howe", "2026-11-04T02:15:00+11:00", ((1, "month"), (30, "days"))),
    ("Pacific/Apia", "2012-01-30T08:00:00+14:00", ((1, "month"), (4, "weeks"))),
    ("Asia/Kathmandu", "2026-05-31T00:00:00+05:45", ((3, "months"),)),
    ("Pacific/Kiritimati", "2026-12-31T23:00:00+14:00", ((1, "day"), (1, "year"))),
    ("Europe/Dublin", "2026-10-25T01:30:00+00:00", ((1, "hour"), (7, "months"))),
    ("America/St_Johns", "2000-04-02T12:00:00-02:30", ((1, "day"), (90, "minutes"))),
)
DURATIONS = (
    (1, "day"),
    (30, "days"),
    (1, "month"),
    (1, "week"),
    (1, "year"),
    (90, "minutes"),
    (1, "hour"),
    (36, "hours"),
    (2, "weeks"),
    (6, "months"),
    (13, "months"),
    (4, "years"),
    (7, "days"),
    (1, "minute"),
    (100, "years"),
)
NOWHERE = Span(0, 0)


@dataclass(frozen=True)
class Moment:
    """When and where a project is scored. `borders` are instants next to which answers change."""

    zone_name: str
    as_of: datetime.datetime
    durations: tuple[tuple[int, str], ...]
    days: tuple[datetime.date, ...]
    borders: tuple[datetime.datetime, ...]

    @property
    def zone(self) -> ZoneInfo:
        """The project's time zone."""
        return ZoneInfo(self.zone_name)


def draw_moment(pen: Pen) -> Moment:
    """A moment, one of the tricky ones more often than not."""
    zone_name, text, telling = pen.pick(MOMENTS)
    as_of = datetime.datetime.fromisoformat(text).astimezone(UTC)
    if pen.chance(30):
        as_of += datetime.timedelta(days=pen.number(-400, 400), seconds=pen.number(0, 86399))
    durations = tuple(pen.some(telling, 1, 1) + pen.some(DURATIONS, 1, 2))
    zone = ZoneInfo(zone_name)
    days = _days(day_of(as_of, zone), durations)
    return Moment(zone_name, as_of, durations, days, _borders(as_of, durations, days, zone))


def _nodes(durations: tuple[tuple[int, str], ...]) -> list[nodes.Duration]:
    return [
        nodes.Duration(span=NOWHERE, amount=amount, unit=nodes.Unit(unit.rstrip("s"))) for amount, unit in durations
    ]


def _days(today: datetime.date, durations: tuple[tuple[int, str], ...]) -> tuple[datetime.date, ...]:
    near = [today + datetime.timedelta(days=days) for days in (0, -1, 1, -7, -30)]
    for duration in _nodes(durations):
        if duration.unit not in (nodes.Unit.MINUTE, nodes.Unit.HOUR):
            near += [step_days(today, duration, -1), step_days(today, duration, +1)]
    return (*near, today.replace(day=1), today.replace(month=1, day=1))


def _borders(
    as_of: datetime.datetime, durations: tuple[tuple[int, str], ...], days: tuple[datetime.date, ...], zone: ZoneInfo
) -> tuple[datetime.datetime, ...]:
    found = [as_of]
    for duration in _nodes(durations):
        back = [step(as_of, duration, zone, -times) for times in (1, 2, 3)]
        tenths = [as_of - (as_of - back[0]) * tenth // 10 for tenth in (1, 5, 9)]
        found += [*back, back[0], back[0], *tenths, *[step(as_of, duration, zone, +1)] * 2]
    found += [midnight(day, zone) for day in days]
    return tuple(at for at in found if FIRST + 400 * _DAY < at < LAST - 400 * _DAY)


_DAY = datetime.timedelta(days=1)


def near(pen: Pen, border: datetime.datetime) -> datetime.datetime:
    """A border, or an instant next to it."""
    return border + pen.pick((0, 0, 0, 0, 1, -1, 3_600_000_000, -3_600_000_000, -1_800_000_000)) * MICROSECOND
