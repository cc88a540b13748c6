"""Readers never raise, and what one writes down they read back."""

import datetime
import json
import math
from typing import get_args
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from scoreline.compiler.instants import as_datetime
from scoreline.compiler.schema.fields import FieldSpec, FieldType
from scoreline.compiler.values import reader

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Sao_Paulo")
VALUES = ("AI", "Cloud", "Straße", "ΟΔΟΣ")

zones = st.sampled_from(ZONES).map(ZoneInfo)
specs = st.builds(
    FieldSpec,
    type=st.sampled_from(get_args(FieldType)),
    values=st.just(VALUES),
    missing=st.sampled_from([(), ("Select", "-")]),
    required=st.booleans(),
)
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.text()
    | st.binary()
    | st.datetimes()
    | st.datetimes(timezones=st.timezones())
    | st.dates()
    | st.times()
    | st.timedeltas()
    | st.fractions()
    | st.uuids()
    | st.complex_numbers()
    | st.sampled_from(["2026-01-31", "2026-01-31T10:00Z", "[1]", "AI;x", "select", "1e999", "NaN"])
)
anything = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=5)


def read(spec: FieldSpec, raw: object, zone: ZoneInfo) -> object:
    def refuse(value: str, reason: str) -> None:
        raise AssertionError((value, reason))

    return reader(spec, zone)(raw, refuse)


@given(specs, zones, anything)
def test_no_reader_ever_raises_and_each_gives_its_kind(spec: FieldSpec, zone: ZoneInfo, raw: object):
    told: list[tuple[str, str]] = []
    known = reader(spec, zone)(raw, lambda value, reason: told.append((value, reason)))
    kind = {"number": float, "yes/no": bool, "date": int, "datetime": int, "choices": tuple}.get(spec.type, str)
    assert known is None or type(known) is kind
    assert all(isinstance(part, str) for report in told for part in report)
    assert all(reason for _, reason in told)
    if spec.required and known is None:
        assert told


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_come_back(number: float):
    spec = FieldSpec(type="number")
    for raw in (number, repr(number), json.dumps(number), f" {number!r}\n"):
        assert read(spec, raw, ZoneInfo("UTC")) == number


@given(st.integers(min_value=-(2**53), max_value=2**53))
def test_whole_numbers_come_back(number: int):
    spec = FieldSpec(type="number")
    assert read(spec, number, ZoneInfo("UTC")) == number == read(spec, f"{number:+d}", ZoneInfo("UTC"))


@given(st.floats(), st.floats(allow_nan=False, allow_infinity=False), st.floats(allow_nan=False, allow_infinity=False))
def test_no_number_outside_its_range_comes_through(number: float, one: float, other: float):
    spec = FieldSpec(type="number", min=min(one, other), max=max(one, other))
    known = reader(spec, ZoneInfo("UTC"))(number, lambda value, reason: None)
    inside = not math.isnan(number) and min(one, other) <= number <= max(one, other)
    assert known == (number if inside else None)


@given(st.dates(), zones)
def test_days_come_back(day: datetime.date, zone: ZoneInfo):
    spec = FieldSpec(type="date")
    assert read(spec, day, zone) == read(spec, day.isoformat(), zone) == day.toordinal()


moments = st.datetimes(datetime.datetime(2, 1, 1), datetime.datetime(9998, 12, 31))


@given(moments, zones, zones, st.sampled_from("T t"))
def test_instants_come_back_from_any_offset(moment: datetime.datetime, there: ZoneInfo, zone: ZoneInfo, between: str):
    aware = moment.replace(tzinfo=datetime.UTC).astimezone(there)
    offset = aware.utcoffset()
    assert offset is not None
    spec = FieldSpec(type="datetime")
    assert as_datetime(read(spec, aware, zone)) == aware  # type: ignore[arg-type]
    if offset.total_seconds() % 60 == 0:  # ISO 8601 has no seconds in an offset
        text = aware.isoformat(sep=between)
        assert as_datetime(read(spec, text, zone)) == aware  # type: ignore[arg-type]


# Wall-clock times of years with a summer time, so that gaps and repeated hours are met often.
walls = st.datetimes(datetime.datetime(2025, 1, 1), datetime.datetime(2027, 1, 1)) | st.builds(
    lambda day, minutes: datetime.datetime(2026, *day) + datetime.timedelta(minutes=minutes),
    st.sampled_from([(3, 29), (10, 25), (3, 8), (11, 1), (4, 5), (10, 4)]),
    st.integers(0, 300),
)


@given(walls, zones)
def test_a_time_without_offset_is_the_zones_clock_the_first_of_two(wall: datetime.datetime, zone: ZoneInfo):
    spec = FieldSpec(type="datetime")
    expected = wall.replace(tzinfo=zone, fold=0).astimezone(datetime.UTC)
    for raw in (wall, wall.replace(fold=1), wall.isoformat(), wall.isoformat(sep=" ")):
        assert as_datetime(read(spec, raw, zone)) == expected  # type: ignore[arg-type]


@given(st.lists(st.sampled_from(VALUES)))
def test_choices_come_back_from_every_way_to_write_them(members: list[str]):
    spec = FieldSpec(type="choices", values=VALUES)
    expected = tuple(value for value in VALUES if value in members) or None
    texts = (";".join(members), "; ".join(members).lower(), json.dumps(members))
    for raw in (members, tuple(members), set(members), *texts):
        assert read(spec, raw, ZoneInfo("UTC")) == expected
