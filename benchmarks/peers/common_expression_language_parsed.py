"""The Common Expression Language in Rust, with leads turned into its own values before the clock starts."""

from collections.abc import Sequence

import cel

from benchmarks.contract import Case, Prepared
from benchmarks.peers import common_expression_language as unparsed
from benchmarks.peers.facts import facts
from benchmarks.workload import Rule

NAME = "common-expression-language (parsed)"
PACKAGE = "common-expression-language"
KIND = "native"
FORM = "The same expression; each lead was made a `Context` beforehand, so turning Python values into Rust's is free."


def prepare(rules: Sequence[Rule], cases: Sequence[Case]) -> Prepared:
    """One compiled sum, and the leads as contexts."""
    return Prepared(unparsed.program(rules).execute, [cel.Context(each) for each in facts(rules, cases)])
