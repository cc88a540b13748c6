"""Every engine says of every case what was worked out by hand."""

import datetime
import re
from pathlib import Path

import pytest
from conformance.cases import Case, GermanCase, Row, all_cases, key_of
from conformance.engines import ENGINES, write_project
from scoreline.tools.cli.main import app
from typer.testing import CliRunner

CASES = all_cases()
TOLD = [case for case in CASES if any("\nexample " in text for text in case.rules.values())]
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT")


def comparable(value: object) -> object:
    """Lists and tuples alike, and days and instants as such, whether written or typed."""
    match value:
        case tuple() | list():
            return [comparable(item) for item in value]
        case datetime.datetime():
            return value.astimezone(datetime.UTC).isoformat()
        case datetime.date():
            return value.isoformat()
        case str() if INSTANT.match(value):
            return comparable(datetime.datetime.fromisoformat(value))
        case _:
            return value


def alike(found: object, expected: object) -> bool:
    """Whether a value is as expected; of an action, the parts that are told."""
    if isinstance(found, list) and isinstance(expected, list) and len(found) == len(expected):
        return all(alike(*pair) for pair in zip(found, expected, strict=True))
    if isinstance(found, dict) and isinstance(expected, dict):
        return all(alike(found[part], expected[part]) for part in expected)
    return comparable(found) == comparable(expected)


def differences(case: Case, expected: Row, found: Row) -> list[str]:
    """The columns in which a row is not as expected."""
    key = case.tables["leads"]["key"]
    ignored = {key, "why"} if "actions" in found else {key, "why", "actions"}
    return [
        f"{expected[key]}: {column} is {found[column]!r}, expected {value!r} ({expected.get('why')})"
        for column, value in expected.items()
        if column not in ignored and not alike(found[column], value)
    ]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_engine_agrees_with_the_arithmetic(case: Case, engine: str) -> None:
    found, expected = ENGINES[engine](case), case.rows("expected")
    assert len(found) == len(expected)
    wrong = [line for want, got in zip(expected, found, strict=True) for line in differences(case, want, got)]
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_rules_in_german_give_the_same(case: Case) -> None:
    german = GermanCase(case.folder)
    assert all(text.startswith("# language: de\n") for text in german.rules.values())
    assert list(german.rules) == list(case.rules)
    assert ENGINES["closures"](german) == ENGINES["closures"](case)


@pytest.mark.parametrize(
    "case", [case for case in CASES if "\nexample " in "".join(case.rules.values())], ids=lambda case: case.name
)
def test_the_examples_of_a_case_hold(case: Case, tmp_path: Path) -> None:
    write_project(case, tmp_path)
    result = CliRunner().invoke(app, ["test", "--project", str(tmp_path)])
    assert result.exit_code == 0, result.output


def test_every_numbered_meaning_has_a_case() -> None:
    assert {int(case.name[:2]) for case in CASES} >= set(range(1, 15))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_speaks_of_its_own_leads_and_columns(case: Case) -> None:
    """A misspelled column or a lead out of order would compare nothing."""
    key = case.tables["leads"]["key"]
    assert [key_of(row, key) for row in case.rows("expected")] == list(case.keyed("leads"))
    columns = set(ENGINES["reference"](case)[0]) | {"why", key, "actions"}
    for row in case.rows("expected"):
        assert set(row) <= columns
        assert set(row) - {"why", key}, "an expectation that expects nothing"
    for row in case.rows("previous"):
        assert set(row) <= columns
        assert key_of(row, key) in case.keyed("leads")
