"""GoRules ZEN (Rust): all rules are one compiled expression, a sum over a list."""

from collections.abc import Sequence

import zen

from benchmarks.contract import Case, Prepared
from benchmarks.peers.expressions import Dialect, choices
from benchmarks.peers.facts import facts
from benchmarks.workload import Rule

NAME = "zen-engine"
PACKAGE = "zen-engine"
KIND = "native"
FORM = (
    "One expression, `sum([condition ? points : 0, …])`, compiled once; a lead is a dict of the fields and counts that "
    "rules use. A decision table with hit policy `collect`, an expression a rule, a nested sum and several shorter "
    "ones were slower; leads written as JSON text beforehand were a little faster with few rules only."
)

_DIALECT = Dialect(
    both="and",
    either="or",
    known="{field} != null",
    contains="contains({field}, {text})",
    starts="startsWith({field}, {text})",
    ends="endsWith({field}, {text})",
)


def prepare(rules: Sequence[Rule], cases: Sequence[Case]) -> Prepared:
    """One compiled sum, and the leads as dicts."""
    expression = zen.compile_expression(f"sum([{', '.join(choices(rules, _DIALECT))}])")
    return Prepared(expression.evaluate, facts(rules, cases))
