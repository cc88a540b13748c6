"""The Common Expression Language in pure Python: one expression, compiled to Python by the library itself."""

from collections.abc import Sequence

import celpy
from celpy.adapter import json_to_cel

from benchmarks.contract import Case, Prepared
from benchmarks.peers.expressions import Dialect, balanced_sum, choices
from benchmarks.peers.facts import facts
from benchmarks.workload import NUMBERS, Raw, Rule

NAME = "cel-python"
PACKAGE = "cel-python"
KIND = "python"
FORM = (
    "One expression, a balanced sum of `condition ? points : 0`, made ready by the library's `CompiledRunner` (its "
    "interpreter and an expression a rule were slower); leads were turned into its own values beforehand, with a "
    "`…_known` for each number, since it has no comparison of a number with null."
)

_DIALECT = Dialect(
    both="&&",
    either="||",
    known="{field}_known",
    contains="{field}.contains({text})",
    starts="{field}.startsWith({text})",
    ends="{field}.endsWith({text})",
)


def prepare(rules: Sequence[Rule], cases: Sequence[Case]) -> Prepared:
    """One compiled sum, and the leads as the library's values."""
    environment = celpy.Environment(runner_class=celpy.CompiledRunner)
    program = environment.program(environment.compile(balanced_sum(choices(rules, _DIALECT))))
    return Prepared(program.evaluate, [_context(each) for each in facts(rules, cases)])


def _context(lead: dict[str, Raw]) -> dict[str, object]:
    known = {f"{field}_known": lead[field] is not None for field in NUMBERS if field in lead}
    return {name: json_to_cel(value) for name, value in (lead | known).items()}
