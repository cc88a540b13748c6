"""From a plan to functions that run."""

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import cast
from zoneinfo import ZoneInfo

from scoreline.compiler import plan
from scoreline.compiler.backends.closures.counting import counting_function
from scoreline.compiler.backends.closures.layout import Layout, layout
from scoreline.compiler.backends.closures.models import model_function, qualification_function
from scoreline.compiler.calendar import PERIODS, period_of

Value = str | float | bool | int | frozenset[str] | None
Record = Sequence[Value]
"""One value a slot of the layout: texts and choices folded, None where missing."""

Event = tuple[int, int, Sequence[Value]]
"""An interaction: its instant, its origin (1 the lead's, 2 its contact's, 3 both), its properties by slot."""

Counts = Sequence[int]
Moments = Sequence[int]
ModelVerdict = tuple[int, list[str], list[str]]
Count = Callable[[Sequence[Sequence[Event]], Moments], Counts]
ScoreModel = Callable[[Record, Counts, Moments], ModelVerdict | None]
JudgeStages = Callable[
    [Record, Counts, Moments, Mapping[str, int | None], Mapping[str, str | None]],
    tuple[tuple[bool, ...], tuple[bool, ...]] | None,
]


@dataclass(frozen=True)
class Closures:
    """The functions of a plan, and the layout of what they take. Models and qualifications are in the plan's order."""

    layout: Layout
    count: Count
    models: tuple[ScoreModel, ...]
    qualifications: tuple[JudgeStages, ...]


def build(whole: plan.Plan) -> Closures:
    """Compiles a plan. Pure: equal plans give functions that do the same."""
    laid_out = layout(whole)
    functions = [counting_function(whole, laid_out)]
    functions.extend(model_function(whole, laid_out, each, f"model_{n}") for n, each in enumerate(whole.models))
    functions.extend(
        qualification_function(whole, laid_out, each, f"qualification_{n}")
        for n, each in enumerate(whole.qualifications)
    )
    found = _run(functions, _names(ZoneInfo(whole.timezone)))
    return Closures(
        laid_out,
        cast(Count, found["count"]),
        tuple(cast(ScoreModel, found[f"model_{n}"]) for n in range(len(whole.models))),
        tuple(cast(JudgeStages, found[f"qualification_{n}"]) for n in range(len(whole.qualifications))),
    )


def _run(functions: Sequence[ast.FunctionDef], names: dict[str, object]) -> dict[str, object]:
    """Defines the functions in a namespace that holds nothing but `names`."""
    module = ast.fix_missing_locations(ast.Module(list(functions), []))
    namespace: dict[str, object] = {"__builtins__": {}, **names}
    exec(compile(module, "<scoreline rules>", "exec"), namespace)  # the tree is ours; texts are constants in it
    return namespace


def _names(zone: ZoneInfo) -> dict[str, object]:
    """What the functions may call."""
    periods = {f"{period}_of": partial(period_of, period=period, zone=zone) for period in PERIODS}
    return {"len": len, "keep_newest": _keep_newest, "points_by_age": _points_by_age, **periods}


def _keep_newest(newest: dict[Value, int], key: Value, at: int) -> None:
    known = newest.get(key)
    if known is None or known < at:
        newest[key] = at


def _points_by_age(newest: Mapping[Value, int], steps: Sequence[tuple[int, int]]) -> int:
    """The points of each key's newest event, by the step in which it lies."""
    return sum(next((points for after, points in steps if at > after), 0) for at in newest.values())
