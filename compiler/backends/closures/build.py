"""From a plan to functions that run: those that count, and one for each model and each qualification.

A model and a qualification give None outside the audience.


    model(r, c, m) → (score, grade, numbers of the rules that fired)
    qualification(r, c, m, v) → (whether each stage holds, whether each is lost)

`r` is a record, `c` the counters, `m` the moments, `v` the score and the grade of each model, in their order. Rules are
numbered in the model from 0 on; their numbers come in bunches and in no particular order, each once.
"""

import ast
import datetime
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import cast
from zoneinfo import ZoneInfo

from scoreline.compiler import plan
from scoreline.compiler.backends.closures import groups, tree
from scoreline.compiler.backends.closures.counting import counting_function, least_asked
from scoreline.compiler.backends.closures.dispatch.choice import Dispatch, RuleChoice, choose
from scoreline.compiler.backends.closures.dispatch.rows import Rows
from scoreline.compiler.backends.closures.dispatch.statements import Dispatching, Names
from scoreline.compiler.backends.closures.frame import FunctionFrame
from scoreline.compiler.backends.closures.layout import Layout, layout
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
        functions.extend(_model_function(whole, laid_out, number, choose(model, taken_apart, dispatch), names))
    functions.extend(
        _qualification_function(whole, laid_out, each, f"qualification_{n}")
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


def _model_function(
    whole: plan.Plan, layout: Layout, number: int, choice: RuleChoice, names: Names
) -> tuple[ast.stmt, ...]:
    """The statements that define a model's functions, its own last; `names` takes the tables that they look into."""
    model = whole.models[number]
    dispatching = Dispatching(whole, layout, number, choice, names)
    asked = [model.rules[each] for each in choice.asked]
    conditions = [rule.condition for rule in asked if isinstance(rule, plan.WhenRule)]
    roots = [*conditions, *(() if model.audience is None else (model.audience,))]
    counts = (each for rule in asked if isinstance(rule, plan.EachRule) for each in (rule.count, rule.decayed))
    counted = [plan.CountRef(each) for each in counts if each is not None]
    frame = FunctionFrame(whole, layout, roots, (*counted, *dispatching.reads))
    body = [*frame.reads(), *frame.audience(model.audience), tree.assign("fired", ast.List([], ast.Load()))]
    body.append(tree.assign("fire", ast.Attribute(tree.name("fired"), "append", ast.Load())))
    body.append(tree.assign("total", tree.constant(0)))
    body.extend(dispatching.statements(frame))
    body.extend(_groups_begin(model, dispatching.settles))
    for each in choice.asked:
        body.extend(_rule(frame, model, each))
    for index, group in enumerate(model.groups):
        body.extend(groups.close(index, group))
    body.extend(groups.bounded("total", model.highest, model.lowest))
    body.extend(_grade(model.grades))
    body.append(ast.Return(tree.tuple_of(tree.name(each) for each in ("total", "grade", "fired"))))
    return (*dispatching.functions, tree.function(f"model_{number}", ("r", "c", "m"), body))


def _qualification_function(whole: plan.Plan, layout: Layout, item: plan.Qualification, name: str) -> ast.FunctionDef:
    """The function as a tree."""
    untils = [stage.until for stage in item.stages if stage.until is not None]
    roots = [*(stage.when for stage in item.stages), *untils, *(() if item.audience is None else (item.audience,))]
    frame = FunctionFrame(whole, layout, roots)
    body = [*frame.reads(), *frame.audience(item.audience)]
    holds = [_truth(frame, stage.when) for stage in item.stages]
    lost = [tree.constant(False) if stage.until is None else _truth(frame, stage.until) for stage in item.stages]
    body.extend(frame.expressions.prepared())
    body.append(ast.Return(tree.tuple_of((tree.tuple_of(holds), tree.tuple_of(lost)))))
    return tree.function(name, ("r", "c", "m", "v"), body)


def _truth(frame: FunctionFrame, node: int) -> ast.expr:
    """A condition as True or False, whatever truth it has in Python."""
    return ast.IfExp(frame.expressions.condition(node), tree.constant(True), tree.constant(False))


def _groups_begin(model: plan.Model, settles: str | None) -> list[ast.stmt]:
    """The points of each group so far: those of dispatched rules, if any are in groups."""
    if not model.groups:
        return []
    if settles is not None:
        target = ast.Tuple([ast.Name(f"g{index}", ast.Store()) for index in range(len(model.groups))], ast.Store())
        return [ast.Assign([target], tree.call(tree.name(settles), tree.name("fired")))]
    return [tree.assign(f"g{index}", tree.constant(each)) for index, each in enumerate(groups.begin(model))]


def _rule(frame: FunctionFrame, model: plan.Model, number: int) -> list[ast.stmt]:
    rule = model.rules[number]
    fire = tree.fire(tree.constant((number,)))
    if isinstance(rule, plan.EachRule):
        worth = tree.assign("points", _worth(rule))
        capped = groups.bounded("points", rule.cap, None if rule.cap is None else -rule.cap)
        paid = groups.pay(model, rule, tree.name("points"))
        return [tree.if_(tree.name(f"c{rule.count}"), fire, worth, *capped, paid)]
    test = frame.expressions.condition(rule.condition)
    body: list[ast.stmt] = [fire]
    if rule.points is not None:
        body.append(groups.pay(model, rule, tree.constant(rule.points)))
    return [*frame.expressions.prepared(), tree.if_(test, *body)]


def _worth(rule: plan.EachRule) -> ast.expr:
    """The points of a `for each` before its cap."""
    if rule.decayed is not None:
        return tree.name(f"c{rule.decayed}")
    return ast.BinOp(tree.name(f"c{rule.count}"), ast.Mult(), tree.constant(rule.points))


def _grade(steps: Iterable[plan.GradeStep]) -> list[ast.stmt]:
    """The grade, from the lowest step up: each one reached takes the place of the one below."""
    lowest_first = sorted(steps, key=lambda step: (step.threshold is not None, step.threshold or 0))
    otherwise = next((step.name for step in lowest_first if step.threshold is None), None)
    body: list[ast.stmt] = [tree.assign("grade", tree.constant(otherwise))]
    for step in lowest_first:
        if step.threshold is not None:
            reached = tree.compare(tree.name("total"), ast.GtE(), tree.constant(step.threshold))
            body.append(tree.if_(reached, tree.assign("grade", tree.constant(step.name))))
    return body


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
