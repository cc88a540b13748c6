"""The Common Expression Language in Rust: all rules are one compiled expression."""

from collections.abc import Sequence

import cel

from benchmarks.contract import Case, Prepared
from benchmarks.peers.expressions import Dialect, balanced_sum, choices
from benchmarks.peers.facts import facts
from benchmarks.workload import Rule

NAME = "common-expression-language"
PACKAGE = "common-expression-language"
KIND = "native"
FORM = (
    "One expression, a balanced sum of `condition ? points : 0`, compiled once; a lead is a dict of the fields and "
    "counts that rules use. An expression a rule, several shorter sums and a list summed in Python were slower."
)

_DIALECT = Dialect(
    both="&&",
    either="||",
    known="{field} != null",
    contains="{field}.contains({text})",
    starts="{field}.startsWith({text})",
    ends="{field}.endsWith({text})",
)


def program(rules: Sequence[Rule]) -> cel.Program:
    """All rules as one compiled expression."""
    return cel.compile(balanced_sum(choices(rules, _DIALECT)))


def prepare(rules: Sequence[Rule], cases: Sequence[Case]) -> Prepared:
    """One compiled sum, and the leads as dicts."""
    return Prepared(program(rules).execute, facts(rules, cases))
