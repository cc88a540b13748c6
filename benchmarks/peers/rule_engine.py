"""rule-engine (pure Python): all rules are one expression."""

import operator
from collections.abc import Sequence

import rule_engine

from benchmarks.contract import Case, Prepared
from benchmarks.peers.expressions import Dialect, balanced_sum, choices
from benchmarks.peers.facts import facts
from benchmarks.workload import Rule

NAME = "rule-engine"
PACKAGE = "rule-engine"
KIND = "python"
FORM = (
    "One expression, a balanced sum of `condition ? points : 0`, parsed once, with `operator.getitem` to look names "
    "up; a lead is a dict of the fields and counts that rules use. A `Rule` a rule, `$sum` over a list, the usual "
    "resolver and a context with types were as fast or slower."
)

_DIALECT = Dialect(
    both="and",
    either="or",
    known="{field} != null",
    contains="{text} in {field}",
    starts="{field}.starts_with({text})",
    ends="{field}.ends_with({text})",
)


def prepare(rules: Sequence[Rule], cases: Sequence[Case]) -> Prepared:
    """One parsed sum, and the leads as dicts."""
    context = rule_engine.Context(resolver=operator.getitem)
    rule = rule_engine.Rule(balanced_sum(choices(rules, _DIALECT)), context=context)
    return Prepared(rule.evaluate, facts(rules, cases))
