"""From a plan to functions that run."""

import ast
import datetime
from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import cast
from zoneinfo import ZoneInfo

from scoreline.compiler import plan
from scoreline.compiler.backends.closures.counting import counting_function, least_asked
from scoreline.compiler.backends.closures.dispatch.choice import Dispatch, choose
from scoreline.compiler.backends.closures.dispatch.rows import Rows
from scoreline.compiler.backends.closures.dispatch.statements import Names
from scoreline.compiler.backends.closures.layout import Layout, layout
from scoreline.compiler.backends.closures.models import model_function, qualification_function
from scoreline.compiler.calendar import period_of
from scoreline.compiler.folding import fold
from scoreline.compiler.operators import TEXT_OPERATORS

Value = str | float | bool | int | frozenset[str] | None
Record = Sequence[Value]
"""One value a slot of the layout: texts and choices folded, None where missing."""

Counts = Sequence[int]
Moments = Sequence[int]
Times = Sequence[datetime.datetime | int]
"""Moments of which the instants are times: a function that counts compares them with whatever instants are."""

Fired = Sequence[Collection[int]]
"""The numbers of rules that fired, each once, in bunches and in no order."""

Verdict = tuple[int, str | None, Fired]
"""A score in points, a grade, and the rules that fired."""

Instants = Sequence[Sequence[int] | Sequence[datetime.datetime]]
"""The instants of each column of the layout, ascending."""

Properties = Sequence[Sequence[Sequence[Value]]]
"""The properties, by slot, that go with the instants of each column."""

Count = Callable[[Instants, Properties, Moments | Times], Counts]
ScoreModel = Callable[[Record, Counts, Moments], Verdict | None]
JudgeStages = Callable[
    [Record, Counts, Moments, Sequence[tuple[int | None, str | None]]],
    tuple[tuple[bool, ...], tuple[bool, ...]] | None,
]


@dataclass(frozen=True)
class Closures:
    """The functions of a plan, and the layout of what they take. Models and qualifications are in the plan's order.

    `count_asked` is `count` for scoring, where a count that no rule distinguishes from 0 may be 0.
    """

    layout: Layout
    count: Count
    count_asked: Count
    models: tuple[ScoreModel, ...]
    qualifications: tuple[JudgeStages, ...]


def build(whole: plan.Plan, dispatch: Dispatch = Dispatch.AUTO) -> Closures:
    """Compiles a plan. Pure: equal plans give functions that do the same; so does either way of dispatching."""
    laid_out = layout(whole)
    taken_apart = Rows(whole)
    names = _names(whole)
    functions: list[ast.stmt] = [
        counting_function(whole, laid_out, "count", {}),
        counting_function(whole, laid_out, "count_asked", least_asked(whole)),
    ]
    for number, model in enumerate(whole.models):
        functions.extend(model_function(whole, laid_out, number, choose(model, taken_apart, dispatch), names))
    functions.extend(
        qualification_function(whole, laid_out, each, f"qualification_{n}")
        for n, each in enumerate(whole.qualifications)
    )
    found = run(functions, names)
    return Closures(
        laid_out,
        cast(Count, found["count"]),
        cast(Count, found["count_asked"]),
        tuple(cast(ScoreModel, found[f"model_{n}"]) for n in range(len(whole.models))),
        tuple(cast(JudgeStages, found[f"qualification_{n}"]) for n in range(len(whole.qualifications))),
    )


def run(functions: Sequence[ast.stmt], names: Mapping[str, object]) -> dict[str, object]:
    """Defines the functions in a namespace that holds nothing but `names`."""
    module = ast.fix_missing_locations(ast.Module(list(functions), []))
    namespace: dict[str, object] = {"__builtins__": {}, **names}
    exec(compile(module, "<scoreline rules>", "exec"), namespace)  # the tree is ours; texts are constants in it
    return namespace


def _names(whole: plan.Plan) -> Names:
    """What the functions may call."""
    zone = ZoneInfo(whole.timezone)
    asked: set[plan.Period] = {each.period for each in whole.counters if each.period is not None}
    periods = {f"{period}_of": partial(period_of, period=period, zone=zone) for period in asked}
    grades: dict[str | None, str] = {step.name: fold(step.name) for model in whole.models for step in model.grades}
    own = {"bisect": bisect_right, "folded": grades.get, "points_by_age": _points_by_age}
    holds = {each.function: each.holds for each in TEXT_OPERATORS.values()}
    return {"len": len, "map": map, "sum": sum, "zip": zip, **own, **periods, **holds}


def _points_by_age(newest: Mapping[Value, int], steps: Sequence[tuple[int, int]]) -> int:
    """The points of each key's newest interaction, by the step in which it lies."""
    return sum(next((points for after, points in steps if at > after), 0) for at in newest.values())
