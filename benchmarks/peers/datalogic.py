"""datalogic (JsonLogic in Rust): all rules are one compiled sum."""

from collections.abc import Sequence

import datalogic_py

from benchmarks.contract import Case, Prepared
from benchmarks.peers.facts import facts
from benchmarks.peers.logic import Logic, condition, variable
from benchmarks.workload import Rule

NAME = "datalogic-py"
PACKAGE = "datalogic-py"
KIND = "native"
FORM = (
    'One rule, `{"+": [{"if": [condition, points, 0]}, …]}`, compiled once; a lead is a dict of the fields and counts '
    "that rules use. `condition × points`, a session, and `val` for `var` were slower or no faster."
)


def logic(rules: Sequence[Rule]) -> Logic:
    """All rules as one sum."""
    return {"+": [{"if": [condition(rule, _text_ends), rule.points, 0]} for rule in rules]}


def prepare(rules: Sequence[Rule], cases: Sequence[Case]) -> Prepared:
    """One compiled sum, and the leads as dicts."""
    return Prepared(datalogic_py.Engine().compile(logic(rules)).evaluate, facts(rules, cases))


def _text_ends(field: str, how: str, needle: str) -> Logic:
    return {how.replace(" ", "_"): [variable(field), needle]}
