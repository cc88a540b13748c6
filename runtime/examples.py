"""The examples of a rule set, run on the very rules that score leads."""

import datetime
from dataclasses import dataclass

from scoreline.compiler import plan
from scoreline.compiler.calendar import moment_values
from scoreline.compiler.instants import as_datetime, instant_of_datetime
from scoreline.runtime.evaluate import Evaluator
from scoreline.runtime.explain import Explanation, TestSeen, explain, tests_seen
from scoreline.runtime.results import StageState
from scoreline.runtime.rules import Rules

DEFAULT_DAY = datetime.date(2026, 1, 15)
"""The day of an example that gives none; its `as_of` is that day's noon in the project's zone."""


@dataclass(frozen=True, slots=True)
class Missed:
    """An expectation that does not hold, and what its tests saw."""

    text: str
    place: plan.Place
    tests: tuple[TestSeen, ...]


@dataclass(frozen=True, slots=True)
class ExampleOutcome:
    """How an example went; it passes if nothing is `missed`."""

    title: str
    place: plan.Place
    missed: tuple[Missed, ...]
    explanation: Explanation

    @property
    def passed(self) -> bool:
        """Whether all that is expected holds."""
        return not self.missed


def run_examples(rules: Rules) -> tuple[ExampleOutcome, ...]:
    """Runs every example, in the order of the files."""
    return tuple(run_example(rules, example) for example in rules.plan.examples)


def run_example(rules: Rules, example: plan.Example) -> ExampleOutcome:
    """Runs one example."""
    day = DEFAULT_DAY if example.today is None else datetime.date.fromordinal(example.today)
    noon = instant_of_datetime(datetime.datetime.combine(day, datetime.time(12)), rules.zone)
    session = rules.session(noon)
    previous = {name: StageState(example.previous, 1) for name in rules.qualification_names if example.previous}
    interactions = _interactions(example, moment_values(rules.plan.moments, noon, rules.zone))
    read_lead = rules.read_lead(_given(rules, example), interactions, _contact(example))
    evaluated = session.evaluate(read_lead, previous)
    evaluator = Evaluator(rules.plan, rules.layout, evaluated)
    explanation = explain(rules.scorer, read_lead, evaluated)
    missed = tuple(
        Missed(each.text, each.place, tests_seen(rules.scorer, read_lead, evaluated, each.tests))
        for each in example.expectations
        if not evaluator.holds(each.node)
    )
    return ExampleOutcome(example.title, example.place, missed, explanation)


def _given(rules: Rules, example: plan.Example) -> dict[str, object]:
    """The lead that an example gives: with a contact, where the example gives something of it."""
    has_contact = example.contact is not None or any(each.origin == "contact" for each in example.happened)
    relations = rules.plan.schema.lead.relations.values() if has_contact else ()
    lead: dict[str, object] = {relation.column: "example" for relation in relations}
    return {**lead, **{fact.field: fact_value(fact) for fact in example.lead}}


def _contact(example: plan.Example) -> dict[str, object] | None:
    return None if example.contact is None else {fact.field: fact_value(fact) for fact in example.contact}


def _interactions(example: plan.Example, moments: tuple[int, ...]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for given in example.happened:
        owner = "lead_id" if given.origin == "lead" else "contact_id"
        row: dict[str, object] = {"type": given.type, "at": as_datetime(moments[given.at]), owner: "example"}
        row.update({fact.field: fact_value(fact) for fact in given.properties})
        rows.extend([row] * given.times)
    return rows


def fact_value(fact: plan.Fact) -> object:
    """A given value as a caller of the library would hand it in."""
    match fact.value:
        case None:
            return None
        case plan.Day():
            return datetime.date.fromordinal(fact.value.value)
        case plan.Values():
            return fact.value.values
        case _:
            return fact.value.value
