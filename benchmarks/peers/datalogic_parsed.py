"""datalogic, with leads turned into its own values before the clock starts."""

import functools
from collections.abc import Sequence

import datalogic_py

from benchmarks.contract import Case, Prepared
from benchmarks.peers import datalogic as unparsed
from benchmarks.peers.facts import facts
from benchmarks.workload import Rule

NAME = "datalogic-py (parsed)"
PACKAGE = "datalogic-py"
KIND = "native"
FORM = (
    "The same rule; each lead was made a `DataHandle` beforehand, so turning Python values into Rust's is free, "
    "and one session's memory is used again for every lead."
)


def prepare(rules: Sequence[Rule], cases: Sequence[Case]) -> Prepared:
    """One compiled sum in a session, and the leads as handles."""
    engine = datalogic_py.Engine()
    rule = engine.compile(unparsed.logic(rules))
    run = functools.partial(engine.session().evaluate_int, rule)
    return Prepared(run, [datalogic_py.DataHandle(each) for each in facts(rules, cases)])
