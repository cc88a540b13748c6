"""durable_rules (Rete in C, actions in Python): a lead is asserted as a fact, and actions note the points.

A fact, unlike an event, fires every rule it matches. A rule whose alternatives match twice fires twice, so actions note
points by rule instead of adding them.
"""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from durable.engine import MessageNotHandledException, Ruleset

from benchmarks.contract import Case, Prepared
from benchmarks.handwritten import name_of
from benchmarks.peers.facts import facts
from benchmarks.workload import AtLeast, Below, Between, Count, Equals, OneOf, Raw, Rule, Test, TextTest

NAME = "durable_rules"
PACKAGE = "durable_rules"
KIND = "native"
FORM = (
    "Rulesets of 100 rules; a lead is asserted as a fact in each of them, and retracted afterwards; actions note "
    "points in a Python dict. Larger rulesets are somewhat faster, but end in its error 303 (its stack is full) for "
    "leads that many rules match; a state a lead, deleted afterwards, was slower and made it corrupt its memory. Texts "
    "are tested by its regular expressions. The threads of its host, which only wait for timers and messages, are not "
    "started."
)

# One ruleset fails with error 303 once too many rules match: 150 rules were too many for some of the leads.
_RULES_AT_ONCE = 100

Noted = dict[int, int]
Fact = dict[str, Any]


def prepare(rules: Sequence[Rule], cases: Sequence[Case]) -> Prepared:
    """The rulesets, and the leads as facts without what is missing."""
    noted: Noted = {}
    numbered = list(enumerate(rules))
    rulesets = [
        Ruleset(f"leads{start}", None, dict(_rule(*each, noted) for each in numbered[start : start + _RULES_AT_ONCE]))
        for start in range(0, len(rules), _RULES_AT_ONCE)
    ]
    inputs = [_fact(each) for each in facts(rules, cases)]
    return Prepared(_runner(rulesets, noted), inputs)


def _runner(rulesets: Sequence[Ruleset], noted: Noted) -> Callable[[Fact], int]:
    def run(lead: Fact) -> int:
        noted.clear()
        for ruleset in rulesets:
            _score(ruleset, lead)
        return sum(noted.values())

    return run


def _score(ruleset: Ruleset, lead: Fact) -> None:
    """Asserts a lead, lets all actions run, and forgets the lead; the engine raises an exception if no rule matches."""
    with contextlib.suppress(MessageNotHandledException):
        ruleset.do_actions(ruleset.assert_fact(lead), _finished)
    with contextlib.suppress(MessageNotHandledException):
        ruleset.retract_fact(lead)


def _finished(error: BaseException | None, _state: object) -> None:
    if error is not None:
        raise error


def _fact(lead: Mapping[str, Raw]) -> Fact:
    return {"id": 1} | {name: value for name, value in lead.items() if value is not None}


def _rule(number: int, rule: Rule, noted: Noted) -> tuple[str, Fact]:
    def note(_closure: object) -> None:
        noted[number] = rule.points

    tests = [each for test in rule.tests for each in _tests(test)]
    pattern = tests[0] if len(tests) == 1 else {"$and": tests}
    return f"rule{number}", {"all": [{"m": pattern}], "run": note}


def _tests(test: Test) -> list[Fact]:
    match test:
        case Count(_, _, times):
            return [{"$gte": {name_of(test): times}}]
        case Equals(field, value):
            return [{field: value}]
        case OneOf(field, values):
            return [{"$or": [{field: value} for value in values]}]
        case AtLeast(field, low):
            return [{"$gte": {field: low}}]
        case Below(field, high):
            return [{"$lt": {field: high}}]
        case Between(field, low, high):
            return [{"$gte": {field: low}}, {"$lte": {field: high}}]
        case TextTest(field, how, needles):
            # An alternative within one expression missed texts that it should have matched.
            found = [{"$mt": {field: _expression(how, needle.lower())}} for needle in needles]
            return found if len(found) == 1 else [{"$or": found}]


def _expression(how: str, needle: str) -> str:
    escaped = needle.replace(".", "[.]")
    before = "" if how == "starts with" else ".*"
    after = "" if how == "ends with" else ".*"
    return f"{before}{escaped}{after}"
