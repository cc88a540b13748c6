"""Venmo's business-rules (pure Python): its rules, variables and one action that adds points."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from business_rules import run_all
from business_rules.actions import BaseActions, rule_action
from business_rules.fields import FIELD_NUMERIC
from business_rules.variables import (
    BaseVariables,
    boolean_rule_variable,
    numeric_rule_variable,
    string_rule_variable,
)

from benchmarks.contract import Case, Prepared
from benchmarks.handwritten import name_of
from benchmarks.peers.facts import facts
from benchmarks.workload import FLAGS, NUMBERS, AtLeast, Below, Between, Count, Equals, OneOf, Raw, Rule, Test, TextTest

NAME = "business-rules"
PACKAGE = "business-rules"
KIND = "python"
FORM = (
    "Its own rules, run by `run_all` with one action that adds points; numbers were made `Decimal` beforehand. It "
    "knows no missing values: a missing number is minus infinity where a rule asks for at least so much and plus "
    "infinity where it asks for at most so much, and a yes/no field is two variables."
)

Condition = dict[str, Any]
Values = Mapping[str, Any]


class _Actions(BaseActions):
    def __init__(self) -> None:
        self.points = 0

    @rule_action(params={"points": FIELD_NUMERIC})
    def add(self, points: int) -> None:
        self.points += points


def prepare(rules: Sequence[Rule], cases: Sequence[Case]) -> Prepared:
    """The rules as the library reads them, and the values of its variables for each lead."""
    inputs = [_values(each) for each in facts(rules, cases)]
    variables = _variables(inputs[0])
    own_rules = [
        {"conditions": _all(rule), "actions": [{"name": "add", "params": {"points": rule.points}}]} for rule in rules
    ]

    def run(values: Values) -> int:
        actions = _Actions()
        run_all(own_rules, variables(values), actions)
        return actions.points

    return Prepared(run, inputs)


def _values(lead: Mapping[str, Raw]) -> Values:
    values: dict[str, Any] = {}
    for name, value in lead.items():
        if name in NUMBERS:
            values[name] = Decimal("-Infinity" if value is None else value)
            values[f"{name}_at_most"] = Decimal("Infinity" if value is None else value)
        elif name in FLAGS:
            values[name] = value is True
            values[f"{name}_denied"] = value is False
        else:
            values[name] = Decimal(value) if isinstance(value, int) else value
    return values


def _variables(values: Values) -> Callable[[Values], BaseVariables]:
    methods = {name: _variable(name, value) for name, value in values.items()}
    return type("Variables", (BaseVariables,), {"__init__": _remember, **methods})


def _remember(self: Any, values: Values) -> None:
    self.values = values


def _variable(name: str, value: object) -> Callable[[Any], object]:
    if isinstance(value, bool):
        decorate = boolean_rule_variable()
    else:
        decorate = numeric_rule_variable() if isinstance(value, Decimal) else string_rule_variable()
    return decorate(lambda self: self.values[name])


def _all(rule: Rule) -> Condition:
    conditions = [each for test in rule.tests for each in _conditions(test)]
    return conditions[0] if len(conditions) == 1 else {"all": conditions}


def _conditions(test: Test) -> list[Condition]:
    match test:
        case Count(_, _, times):
            return [_condition(name_of(test), "greater_than_or_equal_to", Decimal(times))]
        case Equals(field, bool(value)):
            return [_condition(field if value else f"{field}_denied", "is_true", None)]
        case Equals(field, value):
            return [_condition(field, "equal_to", value)]
        case OneOf(field, values):
            return [{"any": [_condition(field, "equal_to", value) for value in values]}]
        case TextTest(field, how, needles):
            found = [_condition(field, how.replace(" ", "_"), needle.lower()) for needle in needles]
            return found if len(found) == 1 else [{"any": found}]
        case AtLeast(field, low):
            return [_condition(field, "greater_than_or_equal_to", Decimal(low))]
        case Below(field, high):
            return [_condition(f"{field}_at_most", "less_than", Decimal(high))]
        case Between(field, low, high):
            return [
                _condition(field, "greater_than_or_equal_to", Decimal(low)),
                _condition(f"{field}_at_most", "less_than_or_equal_to", Decimal(high)),
            ]


def _condition(name: str, operator: str, value: object) -> Condition:
    return {"name": name, "operator": operator, "value": value}
