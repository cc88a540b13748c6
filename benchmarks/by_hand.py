"""Hand-written Python as an engine of each form: the reference that all others are compared with."""

import datetime
from collections.abc import Callable, Sequence

from benchmarks.contract import Case, Engine, FormName, Prepared
from benchmarks.handwritten import History, Interactions, compiled, counts_source, history_source, rows_source
from benchmarks.workload import AS_OF, Lead, Rule

NAME = "hand-written Python"


def _counts(rules: Sequence[Rule], cases: Sequence[Case]) -> Prepared:
    return Prepared(_run(counts_source(rules), "lead, counts"), [(case.fields, case.counts) for case in cases])


def _rows(rules: Sequence[Rule], cases: Sequence[Case]) -> Prepared:
    inputs = [(case.fields, rows(case.lead), AS_OF) for case in cases]
    return Prepared(_run(rows_source(rules), "lead, interactions, as_of"), inputs)


def _history(rules: Sequence[Rule], cases: Sequence[Case]) -> Prepared:
    inputs = [(case.fields, history(case.lead), AS_OF) for case in cases]
    return Prepared(_run(history_source(rules), "lead, history, as_of"), inputs)


def rows(lead: Lead) -> Interactions:
    """The interactions as rows with `type` and `at`."""
    return [{"type": type_, "at": at} for type_, at in lead.interactions]


def history(lead: Lead) -> History:
    """The instants of each type that happened, newest first."""
    kept: dict[str, list[datetime.datetime]] = {}
    for type_, at in lead.interactions:
        kept.setdefault(type_, []).append(at)
    return kept


def _run(source: str, names: str) -> Callable[[object], int]:
    """The function with one argument, unpacked within: a wrapper's call would be charged to the reference."""
    return compiled(source.replace(f"def score({names}):", f"def score(each):\n    {names} = each", 1))


def _engine(form: str, prepare: Callable[[Sequence[Rule], Sequence[Case]], Prepared]) -> Engine:
    return Engine(NAME, None, "hand-written", form, prepare)


BY_HAND: dict[FormName, Engine] = {
    "counts": _engine(
        "One readable function, an `if` a rule, compiled by Python; it reads each field and count once and lower-cases "
        "texts itself. It returns a bare number.",
        _counts,
    ),
    "rows": _engine(
        "The same function, which counts the interactions itself: one loop over all rows, a branch a type.", _rows
    ),
    "history": _engine(
        "The same function, given a mapping from type to instants, newest first: a loop a type that ends at the widest "
        "window's bound, or `len` where no window is asked for.",
        _history,
    ),
}
