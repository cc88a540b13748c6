"""Operators on texts: each is declared once, and no part of the engine answers for one that it does not know."""

import datetime
import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from databases.database import Database
from databases.typed_tables import Tabled, found, load
from scoreline.compiler import plan
from scoreline.compiler.backends.closures.dispatch.choice import Dispatch
from scoreline.compiler.backends.query.text_operators import SQL
from scoreline.compiler.operators import TEXT_OPERATORS, Position, TextOperator, UnknownOperatorError
from scoreline.compiler.schema.reading import read_schema
from scoreline.dsl.source import Source
from scoreline.runtime import Rules, from_texts
from scoreline.runtime import load as load_rules
from sqlglot import exp

NOON = datetime.datetime(2026, 1, 15, 12, tzinfo=datetime.UTC)
SCHEMA = """
[lead]
key = "id"
[lead.fields]
title = "text"
other = "text"
size = "number"
"""
NEEDLES = [f"ab{letter}" for letter in "cdefghijklmnopqr"]
MIRRORS = TextOperator("mirrors", lambda text, needle: text == needle[::-1])
TEXTS = (None, "", "abc", "CBA", "rbA ", "zzz", "cba cba", *(needle[::-1] for needle in NEEDLES))


def rules_text() -> str:
    """16 rules of the operator to come, as `contains`; others of other kinds, on the same field and beside them."""
    mirrored = [f'  when title contains "{needle}" then +{2**at}' for at, needle in enumerate(NEEDLES)]
    others = [f'  when title contains "{needle[::-1]}" then +{10**6 - at}' for at, needle in enumerate(NEEDLES)]
    return "\n".join(
        [
            "model Fit for lead",
            *mirrored,
            *(each.replace("contains", "ends with") for each in others),
            '  when size > 3 and title contains "abc" then -7',
            '  when not title contains "abd" then +100_000',
            '  when title contains any of ["abe", "abf", "abg"] or title contains other then +500_000',
        ]
    )


def mirroring() -> plan.Plan:
    """The plan with `mirrors` in the place of `contains`."""
    schema, _ = read_schema(Source("s.toml", SCHEMA))
    assert schema is not None
    whole = from_texts({"fit.score": rules_text()}, schema).plan
    nodes = (
        replace(node, how=MIRRORS.name) if isinstance(node, plan.Match) and node.how == "contains" else node
        for node in whole.nodes
    )
    return replace(whole, nodes=tuple(nodes))


@pytest.fixture
def mirrors(monkeypatch: pytest.MonkeyPatch) -> plan.Plan:
    """A plan with an operator that is declared and that no quick way is fit for."""
    monkeypatch.setitem(TEXT_OPERATORS, MIRRORS.name, MIRRORS)
    return mirroring()


def leads() -> list[dict[str, object]]:
    several = itertools.product(TEXTS, (None, "cba"), (None, 3, 5))
    return [
        {"id": str(number), "title": title, "other": other, "size": size}
        for number, (title, other, size) in enumerate(several)
    ]


def interpreted(rules: Rules, lead: dict[str, object]) -> tuple[int, list[str]]:
    """The score and the rules that hold, test by test, and not by the compiled functions."""
    (model,) = rules.explain(lead, as_of=NOON).models
    held = [rule for rule in model.rules if _holds(rule.text, [test.holds for test in rule.tests])]
    return sum(_points(rule.text) for rule in held), [rule.id for rule in held]


def _holds(text: str, tests: list[bool]) -> bool:
    return any(tests) if " or " in text else all(tests)


def _points(text: str) -> int:
    return int(text.rpartition(" then ")[2].replace("_", ""))


def test_the_index_takes_the_plain_way_for_an_operator_that_it_does_not_know(mirrors: plan.Plan) -> None:
    several = {dispatch: Rules(mirrors, dispatch) for dispatch in Dispatch}
    scores: set[int] = set()
    for lead in leads():
        expected = interpreted(several[Dispatch.NEVER], lead)
        scores.add(expected[0])
        for rules in several.values():
            result = rules.score(lead, as_of=NOON).models["Fit"]
            assert (result.score, sorted(result.rules)) == (expected[0], sorted(expected[1]))
    assert len(scores) > len(NEEDLES)


@pytest.mark.parametrize("quick", [False, True])
def test_a_query_is_refused_for_an_operator_without_sql(
    quick: bool, mirrors: plan.Plan, duckdb_database: Database
) -> None:
    load(duckdb_database, mirrors, Tabled(leads()))
    with pytest.raises(UnknownOperatorError, match="`mirrors` cannot be asked in SQL"):
        found(duckdb_database, mirrors, NOON, previous=False, quick=quick)


@pytest.mark.parametrize("quick", [False, True])
def test_a_query_takes_the_sql_that_an_operator_is_given(
    quick: bool, mirrors: plan.Plan, duckdb_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(
        SQL,
        MIRRORS.name,
        lambda text, needle: exp.EQ(this=text, expression=exp.func("reverse", needle)),
    )
    load(duckdb_database, mirrors, Tabled(leads()))
    rows = found(duckdb_database, mirrors, NOON, previous=False, quick=quick)
    rules = Rules(mirrors, Dispatch.NEVER)
    for lead in leads():
        row, expected = rows[str(lead["id"])], interpreted(rules, lead)
        assert row["Fit_score"] == expected[0]


def test_a_saved_plan_with_an_operator_of_another_version_is_refused(mirrors: plan.Plan, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    Rules(mirrors).save(file)
    assert load_rules(file).score({"id": "1", "title": "cba"}, as_of=NOON).models["Fit"].score
    del TEXT_OPERATORS[MIRRORS.name]
    try:
        with pytest.raises(ValueError, match="`mirrors` is no operator on texts that this version knows"):
            load_rules(file)
    finally:
        TEXT_OPERATORS[MIRRORS.name] = MIRRORS


def test_rules_of_an_unknown_operator_are_not_compiled() -> None:
    with pytest.raises(UnknownOperatorError):
        Rules(mirroring())


def test_every_operator_has_sql() -> None:
    assert SQL.keys() == TEXT_OPERATORS.keys()


@pytest.mark.parametrize("operator", TEXT_OPERATORS.values(), ids=TEXT_OPERATORS.keys())
def test_a_position_says_what_the_operator_means(operator: TextOperator) -> None:
    texts = ["", *map("".join, itertools.product("ab", repeat=1)), *map("".join, itertools.product("ab", repeat=3))]
    means: dict[Position, Callable[[str, str], bool]] = {
        "anywhere": lambda text, needle: needle in text,
        "start": lambda text, needle: text[: len(needle)] == needle,
        "end": lambda text, needle: text[len(text) - len(needle) :] == needle and len(needle) <= len(text),
    }
    for text, needle in itertools.product(texts, texts):
        if operator.position is not None:
            assert operator.holds(text, needle) == means[operator.position](text, needle)
