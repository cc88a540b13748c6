"""Queries of the largest rules that there may be, on DuckDB; and stages of last time that are called otherwise now."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from databases.database import Database
from properties.test_sql_equals_reference import differences
from reference.instants import UTC
from reference.strategies import DrawnLead, DrawnProject

NOON = datetime.datetime(2026, 1, 15, 12, tzinfo=UTC)
DEEPEST, RULES, VALUES = 200, 3_000, 5_000
SCHEMA = """
[lead]
key = "lead_id"
unit = "region"
[lead.fields]
n = { type = "number" }
m = { type = "number" }
t = { type = "text" }
region = { type = "text" }
[interactions."mail".properties]
size = { type = "number" }
"""


def project(text: str, *leads: DrawnLead) -> DrawnProject:
    return DrawnProject(SCHEMA, {"rules.score": text}, ZoneInfo("UTC"), NOON, leads)


def lead(mails: int = 0, **values: object) -> DrawnLead:
    days = [NOON - datetime.timedelta(days=day) for day in range(mails)]
    return DrawnLead(
        {"lead_id": "L"} | values, None, tuple({"lead_id": "L", "type": "mail", "at": at} for at in days), {}
    )


LEADS = (*(lead(n=n, m=n % 7, t=f"Text {n}") for n in range(-2, 260, 13)), lead(), lead(5, n=3, t="TEXT 4999"))


def nested(form: str, deepest: int = DEEPEST) -> str:
    """A condition as deep as there may be: `{0}` of the form is the next level, `{1}` its number."""
    condition = "n > 1"
    for level in range(deepest // (1 + form.count("not ("))):
        condition = form.format(condition, level)
    return condition


FORMS = (
    "n is {1} or ({0})",
    "not (m is {1} and {0})",
    "m is {1} and ({0}) or n > {1}",
    "no mail and ({0})",
    "not ({0})",
)


@pytest.mark.parametrize("form", FORMS)
def test_the_deepest_nesting(form: str, duckdb_database: Database) -> None:
    sizes = nested("size is {1} or ({0})", DEEPEST - 1).replace("n > 1", "size > 1")
    text = f"model Fit for lead\n  when {nested(form)} then +1\n  when mail where ({sizes}) then +2\n"
    assert differences(project(text, *LEADS), duckdb_database) == []


@pytest.mark.parametrize(("rules", "quick"), [(RULES, True), (RULES // 4, False)])
def test_a_model_of_very_many_rules(rules: int, quick: bool, duckdb_database: Database) -> None:
    lines = [f"  when n >= {number} and m < {number % 5} then +{number + 1}\n" for number in range(rules - 2)]
    lines.append('  for each mail then +3\n  when t ends with "9" then -1_000_000\n')
    text = "model Fit for lead\n" + "".join(lines)
    assert differences(project(text, *LEADS), duckdb_database, ways=[quick]) == []


def test_lists_of_very_many_values(duckdb_database: Database) -> None:
    texts = ", ".join(f'"text {number}"' for number in range(VALUES))
    numbers = ", ".join(str(number * 3) for number in range(VALUES))
    text = f"let texts = [{texts}]\nmodel Fit for lead\n  when t in texts then +1\n  when t not in texts then +2\n"
    text += "  when t contains any of texts then +3\n  when t not contains all of texts then +4\n"
    text += f"  when n in [{numbers}] then +5\n  when t ends with any of texts then +6\n"
    assert differences(project(text, *LEADS), duckdb_database) == []


QUALIFIED = """
model Fit for lead
  when n is known then +10
qualification Cold "Not of this unit" for unit "İzmir"
  stage "Όλα ΟΔΟΣ" when Fit >= 1
qualification Warm
  stage "Marketing  qualified" when Fit >= 0 until n > 5
  stage "Straße" when Fit > 10
"""


@pytest.mark.parametrize("before", ["straße", " STRAßE\u3000", "STRASSE", "marketing  QUALIFIED", "όλα οδος", "", None])
def test_stages_of_last_time_by_their_names(before: str | None, duckdb_database: Database) -> None:
    previous = {"Cold": (before, 3), "Warm": (before, 0)}
    leads = [
        DrawnLead({"lead_id": "L", "n": n, "region": unit}, None, (), previous) for n in (1, 9, None) for unit in UNITS
    ]
    assert differences(project(QUALIFIED, *leads), duckdb_database, closures=True) == []


UNITS = ("İZMIR", " izmir ", "ızmir", None, "elsewhere")
