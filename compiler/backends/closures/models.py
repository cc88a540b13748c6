"""The function of a model, and that of a qualification. Both give None outside the audience.

    model(r, c, m) → (score, grade, numbers of the rules that fired)
    qualification(r, c, m, v) → (whether each stage holds, whether each is lost)

`r` is a record, `c` the counters, `m` the moments, `v` the score and the grade of each model, in their order. Rules are
numbered in the model from 0 on; their numbers come in bunches and in no particular order, each once.
"""

import ast
from collections.abc import Iterable

from scoreline.compiler import plan
from scoreline.compiler.backends.closures import groups, tree
from scoreline.compiler.backends.closures.dispatch.choice import RuleChoice
from scoreline.compiler.backends.closures.dispatch.statements import Dispatching, Names
from scoreline.compiler.backends.closures.frame import FunctionFrame
from scoreline.compiler.backends.closures.layout import Layout


def model_function(
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


def qualification_function(whole: plan.Plan, layout: Layout, item: plan.Qualification, name: str) -> ast.FunctionDef:
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
