"""What readers make of the values of the data, and in which words they refuse one."""

import datetime
from decimal import Decimal
from enum import Enum
from zoneinfo import ZoneInfo

import pytest
from reference.hostile import Hostile
from scoreline.compiler.instants import as_datetime
from scoreline.compiler.schema.fields import FieldSpec
from scoreline.compiler.values import read_instant, reader

BERLIN = ZoneInfo("Europe/Berlin")
NUMBER = FieldSpec(type="number")
BOUNDED = FieldSpec(type="number", min=0, max=1000)
YES_NO = FieldSpec(type="yes/no")
DATE = FieldSpec(type="date")
DATETIME = FieldSpec(type="datetime")
TEXT = FieldSpec(type="text")
CHOICE = FieldSpec(type="choice", values=("Software", "ΟΔΟΣ", "IT & Co"))
CHOICES = FieldSpec(type="choices", values=("AI", "Cloud", "Data"))


class Industry(Enum):
    SOFTWARE = "software"


def read(spec: FieldSpec, raw: object, zone: ZoneInfo = BERLIN) -> tuple[object, list[tuple[str, str]]]:
    told: list[tuple[str, str]] = []
    return reader(spec, zone)(raw, lambda value, reason: told.append((value, reason))), told


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("12", 12), (" +1. ", 1), (".5", 0.5), ("-3", -3), ("1e3", 1000), ("1E-2", 0.01), ("007", 7)),
        *(("\u20031\u00a0", 1), ("-0", 0), ("0.1", 0.1)),
    ],
)
def test_numbers_are_read_as_json_writes_them_and_a_little_more(text: str, number: float):
    assert read(NUMBER, text) == (number, [])


@pytest.mark.parametrize("text", ["inf", "-Infinity", "1,5", "0x10", "1_000", "１２", "+", ".", "1 2", "--1", "1e"])
def test_other_numbers_are_refused(text: str):
    assert read(NUMBER, text) == (None, [(text, "is not a number")])


def test_numbers_without_bound_are_refused():
    assert read(NUMBER, "1e400") == (None, [("1e400", "is too large for a number")])
    assert read(NUMBER, 10**400)[1][0][1] == "is too large for a number"
    assert read(NUMBER, 10**5000)[1][0][1] == "is too large for a number"
    assert read(NUMBER, float("inf"))[1] == [("inf", "is not a number that can be counted with")]


@pytest.mark.parametrize("raw", ["NaN", "nan", "nAn", float("nan"), Decimal("NaN"), Decimal("sNaN")])
def test_nan_is_missing_without_a_report(raw: object):
    assert read(NUMBER, raw) == (None, [])


@pytest.mark.parametrize("spec", [TEXT, CHOICE, CHOICES, YES_NO, DATE, DATETIME])
def test_a_typed_nan_is_missing_in_every_field(spec: FieldSpec):
    assert read(spec, float("nan")) == (None, [])


def test_typed_numbers_are_taken_as_they_are():
    assert read(NUMBER, 5) == (5.0, [])
    assert type(read(NUMBER, 5)[0]) is float
    assert read(NUMBER, Decimal("2.5")) == (2.5, [])
    assert read(NUMBER, True) == (None, [("true", "is not a number")])


def test_a_number_outside_its_range_is_refused():
    assert read(BOUNDED, "0") == (0, [])
    assert read(BOUNDED, 1000) == (1000, [])
    assert read(BOUNDED, "-0.5") == (None, [("-0.5", "is below the minimum 0")])
    assert read(BOUNDED, 1001) == (None, [("1001", "is above the maximum 1000")])


@pytest.mark.parametrize(
    ("raw", "yes"),
    [
        *(("yes", True), ("TRUE", True), ("y", True), ("T", True), ("1", True), (True, True), (1, True)),
        *(("No", False), ("false", False), ("N", False), ("f", False), (" 0 ", False), (False, False), (0, False)),
    ],
)
def test_yes_and_no_are_read(raw: object, yes: bool):
    known, told = read(YES_NO, raw)
    assert known is yes
    assert told == []


@pytest.mark.parametrize("raw", ["2", "ja", "yes!", 2, "on"])
def test_anything_else_is_neither_yes_nor_no(raw: object):
    assert read(YES_NO, raw) == (None, [(str(raw), "is neither yes nor no")])


def test_dates_are_days():
    day = datetime.date(2026, 1, 31)
    assert read(DATE, "2026-01-31") == (day.toordinal(), [])
    assert read(DATE, day) == (day.toordinal(), [])


@pytest.mark.parametrize("text", ["2026-1-3", "20260131", "31.01.2026", "2026-01-31T00:00", "２０２６-01-31"])
def test_other_dates_are_refused(text: str):
    assert read(DATE, text) == (None, [(text, "is not a date such as 2026-01-31")])


def test_a_day_that_the_calendar_lacks_is_refused():
    assert read(DATE, "2026-02-30") == (None, [("2026-02-30", "is no day of the calendar")])
    assert read(DATE, "0000-01-01")[1] == [("0000-01-01", "is no day of the calendar")]


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-01-31T10:00:00Z", "2026-01-31T10:00:00"),
        ("2026-01-31t10:00z", "2026-01-31T10:00:00"),
        ("2026-01-31 10:00:00+01:00", "2026-01-31T09:00:00"),
        ("2026-01-31 10:00+0130", "2026-01-31T08:30:00"),
        ("2026-01-31T10:00:00-05", "2026-01-31T15:00:00"),
        ("2026-01-31 10:00", "2026-01-31T09:00:00"),
        ("2026-01-31", "2026-01-30T23:00:00"),
        ("2026-01-31T10:00:00.1234567Z", "2026-01-31T10:00:00.123456"),
        ("2026-01-31T10:00:00.5Z", "2026-01-31T10:00:00.500000"),
        ("2026-03-29T02:30", "2026-03-29T01:30:00"),  # an hour that does not exist
        ("2026-10-25T02:30", "2026-10-25T00:30:00"),  # an hour that comes twice: the first
    ],
)
def test_datetimes_are_instants(text: str, utc: str):
    known, told = read(DATETIME, text)
    assert told == []
    assert as_datetime(known) == datetime.datetime.fromisoformat(utc + "+00:00")  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["2026-01-31T24:00", "2026-01-31T10:00:60", "2026-02-30T10:00", "2026-01-31 10:00+24"])
def test_times_that_no_clock_shows_are_refused(text: str):
    assert read(DATETIME, text) == (None, [(text, "is no day and time of the calendar")])


@pytest.mark.parametrize("text", ["2026-01-31T10", "2026-01-31T10:00:00 Z", "20260131T100000Z", "now", "2026-01-31Z"])
def test_other_times_are_refused(text: str):
    assert read(DATETIME, text)[1][0][1] == "is not a date and time such as 2026-01-31T12:00:00Z"


def test_typed_times_are_taken_as_they_are():
    noon = datetime.datetime(2026, 7, 1, 12)
    assert read(DATETIME, noon.replace(tzinfo=datetime.UTC)) == read(DATETIME, "2026-07-01T12:00Z")
    assert read(DATETIME, noon) == read(DATETIME, "2026-07-01T12:00")
    assert read(DATETIME, noon.date()) == read(DATETIME, "2026-07-01")
    twice = datetime.datetime(2026, 10, 25, 2, 30)
    assert read(DATETIME, twice.replace(fold=1)) == read(DATETIME, twice)
    assert read(DATETIME, twice.replace(fold=1, tzinfo=BERLIN)) != read(DATETIME, twice.replace(tzinfo=BERLIN))


def test_a_midnight_that_does_not_exist_is_the_days_first_instant():
    toronto = ZoneInfo("America/Toronto")  # on that day clocks went from 23:30 to 00:30
    known, _ = read(DATETIME, "1919-03-31", toronto)
    assert as_datetime(known).astimezone(toronto).isoformat() == "1919-03-31T00:30:00-04:00"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "raw",
    [
        *("0001-01-01", "9999-12-31T23:30:00Z", "9999-12-31T23:00-05:00", "0001-01-01T00:30:00+01:00"),
        *(datetime.datetime.min, datetime.datetime.max.replace(tzinfo=datetime.UTC), datetime.date.min),
    ],
)
def test_instants_without_a_day_in_the_calendar_are_refused(raw: object):
    known, told = read(DATETIME, raw)
    assert known is None
    assert [reason for _, reason in told] == ["is outside the years 1 to 9999"]


def test_choices_are_found_by_folded_value():
    assert read(CHOICE, " SOFTWARE ") == ("Software", [])
    assert read(CHOICE, "οδος") == ("ΟΔΟΣ", [])
    assert read(CHOICE, Industry.SOFTWARE) == ("Software", [])
    reason = "is not one of the values: Software, ΟΔΟΣ, IT & Co"
    assert read(CHOICE, "Retail") == (None, [("Retail", reason)])
    assert read(CHOICE, ["Software"]) == (None, [('["Software"]', reason)])


def test_a_long_list_of_values_is_cut():
    spec = FieldSpec(type="choice", values=tuple(f"v{number}" for number in range(20)))
    assert read(spec, "x")[1] == [("x", "is not one of the values: v0, v1, v2, v3, v4, v5, and 14 more")]


@pytest.mark.parametrize(
    "raw",
    ["cloud;AI", " ai ; Cloud ; ai;", '["Cloud", "AI"]', ["AI", "cloud", None, ""], {"AI", "Cloud"}, ("ai", "cloud")],
)
def test_sets_of_choices_are_read_from_lists_and_texts(raw: object):
    assert read(CHOICES, raw) == (("AI", "Cloud"), [])


def test_an_unknown_member_is_dropped_and_the_others_stay():
    reason = "is not one of the values: AI, Cloud, Data"
    assert read(CHOICES, "AI;xyz") == (("AI",), [("xyz", reason)])
    assert read(CHOICES, "xyz") == (None, [("xyz", reason)])
    assert read(CHOICES, [5, "data"]) == (("Data",), [("5", reason)])


@pytest.mark.parametrize("raw", ["", " ; ", "[]", [], set()])
def test_no_choices_are_missing(raw: object):
    assert read(CHOICES, raw) == (None, [])


@pytest.mark.parametrize("spec", [TEXT, NUMBER, YES_NO, DATE, DATETIME, CHOICE, CHOICES])
@pytest.mark.parametrize("raw", [None, "", " \t\u2003", "n/a", " N/A "])
def test_nothing_blanks_and_placeholders_are_missing_without_a_report(spec: FieldSpec, raw: object):
    assert read(spec.model_copy(update={"missing": (" n/A",)}), raw) == (None, [])


def test_placeholders_hold_for_typed_values_too():
    spec = FieldSpec(type="number", missing=("-1",))
    assert [read(spec, raw) for raw in (-1, -1.0, "-1", Decimal(-1))] == [(None, [])] * 4
    assert read(spec, -2) == (-2, [])
    assert read(FieldSpec(type="choices", values=("AI",), missing=("none",)), ["None", "AI"]) == (("AI",), [])


def test_the_default_stands_in_for_missing_and_refused_values():
    spec = FieldSpec(type="yes/no", default=False, missing=("?",))
    assert read(spec, None) == (False, [])
    assert read(spec, "?") == (False, [])
    assert read(spec, "maybe") == (False, [("maybe", "is neither yes nor no")])
    assert read(FieldSpec(type="date", default=datetime.date(2026, 1, 1)), "") == (739617, [])
    assert read(FieldSpec(type="text", default="-", missing=("-",)), "-") == ("-", [])


def test_a_required_value_that_is_missing_is_reported_once():
    spec = FieldSpec(type="number", required=True, missing=("?",))
    assert read(spec, None) == (None, [("", "is required, but missing")])
    assert read(spec, " ? ") == (None, [(" ? ", "is required, but missing")])
    assert read(spec, "abc") == (None, [("abc", "is not a number")])
    assert read(spec.model_copy(update={"default": 1.0}), None) == (1.0, [])


def test_texts_are_trimmed_and_other_values_go_through_their_text():
    assert read(TEXT, "\u00a0 Ann \n") == ("Ann", [])
    assert read(TEXT, 7) == ("7", [])
    assert read(TEXT, True) == ("true", [])
    assert read(TEXT, ["a", 1]) == ('["a", 1]', [])
    assert read(TEXT, b"caf\xc3\xa9") == ("café", [])
    assert read(TEXT, b"\xff")[1][0][1] == "cannot be read"


@pytest.mark.parametrize("spec", [TEXT, NUMBER, YES_NO, DATE, DATETIME, CHOICE, CHOICES])
@pytest.mark.parametrize("missing", [(), ("x",)])
def test_a_hostile_object_is_reported_and_not_raised(spec: FieldSpec, missing: tuple[str, ...]):
    known, told = read(spec.model_copy(update={"missing": missing}), Hostile())
    assert known is None
    assert told == [("(a value without a text)", "cannot be read")]


def test_a_hostile_member_leaves_the_others():
    assert read(CHOICES, [Hostile(), "AI"]) == (("AI",), [("(a value without a text)", "cannot be read")])


def test_an_instant_is_read_by_itself():
    assert read_instant("1970-01-01T00:00:01Z", BERLIN) == 1_000_000
    assert read_instant(datetime.date(1970, 1, 2), ZoneInfo("UTC")) == 86_400_000_000
    assert read_instant(None, BERLIN) is None
    assert read_instant(" ", BERLIN) is None
    for bad in ("soon", 5, Hostile(), [1]):
        with pytest.raises(ValueError, match="is not a date and time"):
            read_instant(bad, BERLIN)
