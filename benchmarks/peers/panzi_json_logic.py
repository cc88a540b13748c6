"""panzi-json-logic (JsonLogic in pure Python): a condition a rule, the points added up outside."""

from collections.abc import Mapping, Sequence

from json_logic.apply import apply

from benchmarks.contract import Case, Prepared
from benchmarks.peers.facts import facts
from benchmarks.peers.logic import Logic, condition, variable
from benchmarks.workload import Raw, Rule

NAME = "panzi-json-logic"
PACKAGE = "panzi-json-logic"
KIND = "python"
FORM = (
    "A condition a rule, the points added up in a Python loop (one sum over all rules was slower); a lead is a dict of "
    'the fields and counts that rules use. "Ends with" is said by `substr`. json-logic-qubit, which cannot be '
    "installed beside it, was slower."
)


def prepare(rules: Sequence[Rule], cases: Sequence[Case]) -> Prepared:
    """The conditions with their points, and the leads as dicts."""
    conditions = [(condition(rule, _text_ends), rule.points) for rule in rules]

    def run(lead: Mapping[str, Raw]) -> int:
        points = 0
        for logic, worth in conditions:
            if apply(logic, lead):
                points += worth
        return points

    return Prepared(run, facts(rules, cases))


def _text_ends(field: str, how: str, needle: str) -> Logic:
    part = [0, len(needle)] if how == "starts with" else [-len(needle)]
    return {"===": [{"substr": [variable(field), *part]}, needle]}
