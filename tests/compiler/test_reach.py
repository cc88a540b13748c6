"""A moment reaches no value before it is said to, and moments of days and hours exactly then."""

import datetime
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st
from scoreline.compiler.calendar import moment_values
from scoreline.compiler.plan import Moment
from scoreline.compiler.reach import DAYS, micros_of_day, reaches

_HOUR = 3_600_000_000
_DAY = 24 * _HOUR
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
ZONES = st.sampled_from(
    tuple(map(ZoneInfo, ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca",
                         "Pacific/Apia", "America/Havana", "Asia/Kolkata")))
)  # fmt: skip
MOMENTS = st.one_of(
    st.builds(Moment, st.just("instant"), seconds=st.sampled_from((0, -3600, -86400 * 30, 86400 * 7, -1))),
    st.builds(
        Moment,
        st.just("instant"),
        months=st.sampled_from((-1, -2, -3, -12, -24, 1, 6)),
        tenths=st.sampled_from((10, 10, 3, 7)),
    ),
    st.builds(
        Moment, st.just("day"), months=st.sampled_from((0, 0, -1, -3, -12, 1)), days=st.sampled_from((0, -30, 7))
    ),
)
TIMES = st.datetimes(datetime.datetime(2020, 1, 1), datetime.datetime(2032, 1, 1)).map(
    lambda at: (at.replace(tzinfo=datetime.UTC) - _EPOCH) // datetime.timedelta(microseconds=1)
)


def value_at(moment: Moment, at: int, zone: ZoneInfo) -> int:
    (value,) = moment_values([moment], at, zone)
    return micros_of_day(value) if moment.of == "day" else value


@given(MOMENTS, TIMES, ZONES, st.integers(0, (DAYS + 5) * _DAY), st.integers(1, 400 * _DAY))
@example(Moment("instant", months=-1), 1_774_656_000_000_000, ZoneInfo("Europe/Berlin"), 27 * _HOUR, 26 * _HOUR)
def test_what_is_said_to_be_reached_later_is_not_reached(
    moment: Moment, as_of: int, zone: ZoneInfo, later: int, behind: int
) -> None:
    (reach,) = reaches([moment], as_of, zone)
    then = value_at(moment, as_of + later, zone)
    assert reach.now == value_at(moment, as_of, zone)
    step = _DAY if moment.of == "day" else 1
    value = reach.now + max(behind // step, 1) * step
    if then >= value:
        assert reach.of(value) <= as_of + later
    if then > reach.now:
        assert reach.of(then) <= as_of + later


@given(MOMENTS, TIMES, ZONES, st.integers(1, 300 * _DAY))
def test_it_is_not_said_to_be_much_earlier(moment: Moment, as_of: int, zone: ZoneInfo, behind: int) -> None:
    (reach,) = reaches([moment], as_of, zone)
    step = _DAY if moment.of == "day" else 1
    value = reach.now + max(behind // step, 1) * step
    told = reach.of(value)
    if told < reach.latest:
        exact = moment.of == "instant" and not moment.months
        assert value_at(moment, told + (0 if exact else 4 * _DAY), zone) >= value
