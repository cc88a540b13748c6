"""Values at which databases are known to differ, each through one query and through the naive interpreter.

Drawn projects reach most of what a rule can be; here stands what they do not: every kind of text that engines fold,
trim or search differently, numbers and times at the ends of their types, clocks that are changed, sets with signs.
"""

import datetime
import itertools
import math
from collections.abc import Callable, Iterable, Sequence
from typing import cast
from zoneinfo import ZoneInfo

import pytest
from databases.database import Database
from properties.test_sql_equals_reference import differences
from reference.drawn_fields import text_literal
from reference.instants import MICROSECOND, UTC, midnight
from reference.strategies import DrawnLead, DrawnProject

Row = dict[str, object]
DATABASES = ["duckdb_database", "postgres", "spark"]
NOON = datetime.datetime(2026, 1, 15, 12, tzinfo=UTC)


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> Database:
    return cast(Database, request.getfixturevalue(request.param))


def project(
    schema: str, rules: Iterable[str], leads: Iterable[DrawnLead], as_of: datetime.datetime = NOON, zone: str = "UTC"
) -> DrawnProject:
    """One model of these lines. The schema tells the fields of leads, and what comes behind them."""
    text = "model Fit for lead\n" + "".join(f"  {rule}\n" for rule in rules)
    whole = f'[lead]\nkey = "lead_id"\n[lead.fields]\n{schema}'
    return DrawnProject(whole, {"fit.score": text}, ZoneInfo(zone), as_of, tuple(leads))


def lead(values: Row | None = None, happened: Sequence[Row] = ()) -> DrawnLead:
    """A lead with these values and interactions, which are its own."""
    rows = tuple({"lead_id": "L"} | row for row in happened)
    return DrawnLead({"lead_id": "L"} | (values or {}), None, rows, {})


def number(value: float) -> str:
    """A number as rules write it: all its digits, and no exponent."""
    text = format(value, ".1100f").rstrip("0")
    return text + "0" if text.endswith(".") else text


def is_short(value: float) -> bool:
    """Whether a number may stand in a rule: of more digits than a float can need there, rules take none."""
    return value == 0 or 1e-9 < abs(value) < 1e24


# Texts

TEXTS = (
    *(
        "straße",
        "STRASSE",
        "STRAẞE",
        "İzmir",
        "i\u0307zmir",
        "ızmir",
        "IZMIR",
        "izmir",
        "ΟΔΟΣ",
        "οδος",
        "οδοσ",
        "ΣΑΣ Σ",
    ),
    *(
        "e\u0301",
        "é",
        "E\u0301",
        "\u0301e",
        "Å",
        "Å",
        "😀",
        "😀😃",
        "\U00010400x",
        "\U00010428X",
        "\U0001e921",
        "ꭰ",
        "Ꭰ",
    ),
    *("ǅ", "ǆ", "Ǆ", "ﬁ", "K", "k", "ſ", "s", "µ", "μ", "Ω", "ω", "ⅷ", "Ⅷ", "ⓐ", "Ⓐ", "Ა", "ა", "Ɐ", "ɐ", "Ꟶ"),
    *(
        "100%",
        "100",
        "a_b",
        "axb",
        "%",
        "_",
        "\\",
        "\\%",
        "a\\",
        "'",
        "''",
        '"',
        '"x"',
        "`",
        "$$",
        "--",
        "/* a */",
        ";",
    ),
    *(
        "a\nb",
        "a b",
        "a\tb",
        "a\r\nb",
        "\u200bx\u200b",
        "x",
        "\u00a0x",
        "x\u3000",
        "x\u1680 \u2028",
        "\x1fx\x1f",
        "x\x1c",
    ),
    *(
        "\ufeffx",
        "x\u180e",
        "\u2060",
        "a\u00a0b",
        "\x85x",
        "\u202fx",
        "?",
        ":name",
        "{x}",
        "%s",
        "null",
        "NULL",
        "true",
    ),
    *("\U0010ffff", "\ue000", "\ufffd", "אב", "\u200fאב", "ไทย", "한글", "\u1112\u1161\u11ab", "한", "0", "00", "0.0"),
)


QUOTES = ("'", '"', "$", "--")
UNWRITTEN = "\r\x1c\x1f\x85\u2028"
"""Characters that end a line somewhere, and so stand in data only."""


def texts(quotes: bool) -> DrawnProject:
    """Each text in a rule (those with quotes, or all others) beside each in the data, which is beside another's."""
    several = [each for each in TEXTS if not any(sign in each for sign in UNWRITTEN)]
    needles = [text_literal(each) for each in several if quotes or not any(sign in each for sign in QUOTES)]
    forms = ("is {}", "contains {}", "starts with {}", "ends with {}")
    asked = [each for each in needles if any(sign in each[1:-1] for sign in QUOTES)] if quotes else needles
    rules = [f"when t {form.format(each)} then +1" for each in asked for form in forms]
    rules += [f"when t {form.format('u')} then +1" for form in forms]
    rules += [f"when t not {form.format('u')} then +1" for form in forms[1:]]
    rules += ["when t is not u then +1", f"when t in [{', '.join(needles)}] then +1"]
    rules += [f"when t not contains any of [{', '.join(needles[40:])}] then +1"]
    others = itertools.cycle((*TEXTS[1:7], "x", "", None))
    leads = [lead({"t": each, "u": next(others)}) for each in (*TEXTS, "", " \u3000", None)]
    return project('t = { type = "text", missing = ["Null", "É"] }\nu = { type = "text" }\n', rules, leads)


# Numbers

NUMBERS = (
    *(
        0.0,
        -0.0,
        1.0,
        -1.0,
        0.1,
        0.2,
        0.3,
        0.1 + 0.2,
        0.30000000000000010,
        2.5,
        -2.5,
        1e15,
        1e16 + 2,
        123456789.123456789,
    ),
    *(2.0**53 - 1, 2.0**53, 2.0**53 + 2, 2.0**63, -(2.0**63), 2.0**64, 1e22, 1e23, 1e300, 1e308, -1e308),
    *(math.nextafter(math.inf, 0), -math.nextafter(math.inf, 0), 5e-324, -5e-324, 2.2250738585072014e-308, 1e-7, 1e-30),
)


def numbers() -> DrawnProject:
    """Each number in a rule, beside each in the data, within bounds and without."""
    rules = [
        f"when n {sign} {number(each)} then +1"
        for each in NUMBERS
        if is_short(each)
        for sign in (">=", ">", "is", "is not")
    ]
    rules += [f"when n {sign} m then +1" for sign in (">=", "<", "is", "is not")]
    low, high = -2.5, 2.0**53
    rules += [f"when n {sign}between {number(low)} and {number(high)} then +1" for sign in ("", "not ")]
    rules += [f"when {field} is {known} then +1" for field in "nbcd" for known in ("known", "unknown")]
    rules += [f"when n in [{', '.join(map(number, NUMBERS[4:9]))}] then +1", "when d is 2.5 then +1"]
    schema = 'n = { type = "number" }\nm = { type = "number" }\nb = { type = "number", min = 0, max = 0.3 }\n'
    schema += 'c = { type = "number", max = 1e308 }\nd = { type = "number", default = 2.5, min = -1 }\n'
    others = itertools.cycle(NUMBERS[:7])
    values = [*NUMBERS, math.nan, math.inf, -math.inf, None]
    leads = [lead({"n": each, "m": next(others), "b": each, "c": each, "d": each}) for each in values]
    return project(schema, rules, leads)


# Times

MAIL = '[interactions."mail".properties]\nsent_on = { type = "date" }\nread_at = { type = "datetime" }\n'
CLOCKS = (
    ("Africa/Casablanca", "2026-04-02T12:00:00+00:00", ("2026-02-15", "2026-03-22", "2026-03-29")),
    ("Pacific/Apia", "2012-01-30T08:00:00+00:00", ("2011-12-29", "2011-12-30", "2011-12-31", "2012-01-01")),
    ("America/Sao_Paulo", "2019-02-20T12:00:00+00:00", ("2018-11-04", "2019-02-16", "2019-02-17")),
    ("Europe/Berlin", "2027-01-04T12:00:00+00:00", ("2026-03-29", "2026-10-25", "2026-12-28", "2027-01-01")),
    ("America/Scoresbysund", "2024-04-03T12:00:00+00:00", ("2024-03-30", "2024-03-31", "2024-04-01")),
    ("Africa/Monrovia", "1972-02-01T12:00:00+00:00", ("1972-01-06", "1972-01-07", "1972-01-08")),
    ("Europe/Amsterdam", "1937-08-01T12:00:00+00:00", ("1937-06-30", "1937-07-01", "1937-07-02")),
    ("Asia/Manila", "1845-03-01T12:00:00+00:00", ("1844-12-30", "1845-01-01")),
)


def clocks(zone: str, as_of: str, days: Sequence[str]) -> DrawnProject:
    """Days, weeks, months and years of instants on both sides of midnights and of changes of the clock."""
    key, moment = ZoneInfo(zone), datetime.datetime.fromisoformat(as_of)
    starts = [midnight(datetime.date.fromisoformat(day), key) for day in days]
    hours = [datetime.timedelta(hours=hours) for hours in (0, 1, 2, 3, 4, 23, 24, 25)]
    instants = sorted(
        {start + hour + tick for start in starts for hour in hours for tick in (-MICROSECOND, 0 * MICROSECOND)}
    )
    rules = [f"for each {period} with mail then +{points}" for period, points in PERIODS.items()]
    rules += [
        "for each day with mail then +1000 halving every 30 days",
        "for each month with mail then +1000 fading over 1 year",
    ]
    rules += [f"when mail where (read_at {sign} {day}) then +1" for day in days for sign in ("is", ">=", "<")]
    rules += [f"when seen_at {sign} {day} then +1" for day in days for sign in ("is", ">")]
    rules += [f"when mail >= 1 since {day} then +1" for day in days]
    rules += [
        "when seen_at is seen_on then +1",
        "when seen_at > seen_on then +1",
        "when mail where (read_at is sent_on) then +1",
    ]
    rules += [
        f"when {path} within {length} then +1"
        for path in ("seen_at", "mail", "seen_on")
        for length in ("1 month", "40 days")
    ]
    leads = [
        lead(
            {"seen_at": at, "seen_on": at.astimezone(key).date()},
            [{"type": "mail", "at": each, "read_at": at, "sent_on": at.date()} for each in (at, other)],
        )
        for at, other in zip(instants, instants[1:] + instants[:1], strict=True)
    ]
    return project('seen_at = { type = "datetime" }\nseen_on = { type = "date" }\n' + MAIL, rules, leads, moment, zone)


PERIODS = {"day": 1, "week": 10, "month": 100, "year": 1000}


def ends(year: int) -> DrawnProject:
    """Windows whose bounds lie beyond the years that there are."""
    as_of = datetime.datetime(year, 6, 15, 12, tzinfo=UTC)
    rules: list[str] = []
    for length in ("1 day", "1 month", "100 years", "5200 weeks", "1200 months"):
        for window in (f"within {length}", f"more than {length} ago", f"within the next {length}"):
            rules += [f"when {field} {window} then +1" for field in ("seen_at", "seen_on")]
        rules += [f"when mail {window} then +1" for window in (f"within {length}", f"more than {length} ago")]
        rules.append(f"for each mail then +1000 fading over {length}")
    rules += [
        f"when {field} {sign} {day} then +1"
        for day in ("0001-01-01", "9999-12-31")
        for field in ("seen_on",)
        for sign in ("is", ">", "<")
    ]
    rules += [
        "when mail >= 1 since 0001-01-02 then +1",
        "when seen_on is other then +1",
        "when seen_on > other then +1",
    ]
    days = [
        datetime.date(1, 1, 1),
        datetime.date(1, 1, 2),
        datetime.date(9999, 12, 31),
        datetime.date(9999, 12, 30),
        as_of.date(),
        datetime.date(1582, 10, 10),
        datetime.date(1900, 2, 28),
    ]
    leads = [
        lead({"seen_on": day, "other": days[0], "seen_at": _noon(day)}, [{"type": "mail", "at": _noon(day)}])
        for day in days
    ]
    return project(
        'seen_at = { type = "datetime" }\nseen_on = { type = "date" }\nother = { type = "date" }\n' + MAIL,
        rules,
        leads,
        as_of,
    )


def _noon(day: datetime.date) -> datetime.datetime:
    return datetime.datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


# Sets

BARRED = ("a", "b", "a|b", "|", "ab", "b|", "Straße", "ΟΔΟΣ", "İ")
PLAIN = ("a", "b", "ab", "abc", "b a", "%", "_", "'", "Straße", "ΟΔΟΣ")


def sets(values: Sequence[str]) -> DrawnProject:
    """Each value asked of each set; and whatever a text says, asked of the set."""
    names = ", ".join(text_literal(each) for each in values)
    rules = [f"when topics {sign}contains {text_literal(each)} then +1" for each in values for sign in ("", "not ")]
    rules += [f"when topics {sign}contains {field} then +1" for sign in ("", "not ") for field in ("t", "c")]
    rules += [
        f"when topics {sign}contains {many} of [{names}] then +1" for sign in ("", "not ") for many in ("any", "all")
    ]
    rules += ["when topics is known then +1", "when topics is unknown then +1", 'when others contains "a" then +1']
    schema = f'topics = {{ type = "choices", values = [{names}] }}\nt = {{ type = "text" }}\n'
    schema += f'c = {{ type = "choice", values = [{names}] }}\n'
    schema += f'others = {{ type = "choices", values = [{names}], default = [{text_literal(values[0])}] }}\n'
    texts = itertools.cycle(("a", "a|b", "|", "b|a", "nobody", "a\x1fb", "%", None, "STRASSE", "STRAßE", "οδος"))
    members = [
        [],
        None,
        *([each] for each in values),
        *(list(pair) for pair in itertools.combinations(values, 2)),
        list(values),
    ]
    leads = [
        lead({"topics": some, "others": some, "t": next(texts), "c": each})
        for some, each in zip(members, itertools.cycle((*values, None)))
    ]
    return project(schema, rules, leads)


CASES: dict[str, Callable[[], DrawnProject]] = {
    "texts": lambda: texts(quotes=False),
    "texts with quotes": lambda: texts(quotes=True),
    "numbers": numbers,
    **{f"clocks of {clock[0]}": lambda clock=clock: clocks(*clock) for clock in CLOCKS},
    "the first years": lambda: ends(3),
    "the last years": lambda: ends(9998),
    "sets": lambda: sets(PLAIN),
    "sets with bars": lambda: sets(BARRED),
}


SLOW = tuple(f"clocks of {zone}" for zone, _, _ in CLOCKS if zone != "Pacific/Apia")
"""On Spark, which compiles the table of each zone for half a minute."""


@pytest.mark.parametrize("case", CASES)
def test_a_query_says_what_the_interpreter_says(case: str, database: Database, request: pytest.FixtureRequest) -> None:
    if database.dialect == "spark" and case in SLOW:
        pytest.skip("slow on Spark, and the same on other databases")
    drawn = CASES[case]()
    wrong = differences(drawn, database, closures="years" in case)
    assert not wrong, "\n".join(told(drawn, query, reference) for query, reference in wrong[:5])


def told(drawn: DrawnProject, query: Row | str, reference: Row) -> str:
    """A lead of which two different things are said, and the rules in question."""
    one = drawn.leads[int(str(reference["lead_id"]).split("/")[0])]
    if isinstance(query, str):
        return query[:2000]
    differing = set(cast(list[str], query["Fit_rules"])) ^ set(cast(list[str], reference["Fit_rules"]))
    rules = drawn.files["fit.score"].splitlines()
    shown = [f"{each}: {rules[int(each.split('/')[1])]}" for each in sorted(differing)]
    scores = {name: (query[name], value) for name, value in reference.items() if query[name] != value}
    return f"{one}\n  {shown or scores}"
