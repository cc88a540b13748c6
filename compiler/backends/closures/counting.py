"""The function that counts: all counters of a plan in one pass over the interactions.

    count(events, m) → (counter 0, counter 1, …)

`events` has one list for each interaction type of the layout; an event is (at, origin, properties), `origin` 1 for
the lead's, 2 for its contact's, 3 for both. Each type's counters are updated together in one loop.
"""

import ast

from scoreline.compiler import plan
from scoreline.compiler.backends.closures import tree
from scoreline.compiler.backends.closures.expressions import Expressions
from scoreline.compiler.backends.closures.layout import FieldSlot, Layout

ORIGINS = {"lead": 1, "contact": 2, "both": 3}


def counting_function(whole: plan.Plan, layout: Layout) -> ast.FunctionDef:
    """The function as a tree; it is called `count`."""
    body: list[ast.stmt] = []
    body.extend(tree.assign(f"m{index}", tree.item("m", index)) for index in range(len(whole.moments)))
    body.extend(_begin(index, counter) for index, counter in enumerate(whole.counters))
    for place, type_ in enumerate(layout.types):
        body.append(_loop(whole, layout, place, type_))
    body.extend(_total(index, counter) for index, counter in enumerate(whole.counters) if keyed(counter))
    body.append(ast.Return(tree.tuple_of(tree.name(f"c{index}") for index in range(len(whole.counters)))))
    return tree.function("count", ("events", "m"), body)


def keyed(counter: plan.Counter) -> bool:
    """Whether a counter counts different keys (values or calendar units) and not interactions."""
    return counter.distinct is not None or counter.period is not None


def _begin(index: int, counter: plan.Counter) -> ast.stmt:
    return tree.assign(f"c{index}", ast.Dict([], []) if keyed(counter) else tree.constant(0))


def _loop(whole: plan.Plan, layout: Layout, place: int, type_: str) -> ast.For:
    """The loop over one type's events; those after `as_of` do not exist yet."""
    names = [f"p{slot}" for slot in range(len(layout.properties[type_]))]
    target = ast.Tuple([ast.Name(each, ast.Store()) for each in ("at", "origin", "properties")], ast.Store())
    body: list[ast.stmt] = [tree.if_(tree.compare(tree.name("at"), ast.Gt(), tree.name("m0")), ast.Continue())]
    body.extend(tree.assign(name, tree.item("properties", slot)) for slot, name in enumerate(names))
    slots = layout.properties[type_]

    def variable(operand: plan.Operand) -> str:
        if isinstance(operand, plan.MomentRef):
            return f"m{operand.index}"
        assert isinstance(operand, plan.Field | plan.DayOf)
        return f"p{slots.index(operand)}"

    expressions = Expressions(whole.nodes, variable, {})
    for index, counter in enumerate(whole.counters):
        if counter.type == type_:
            body.extend(_step(index, counter, expressions, slots))
    return ast.For(target, tree.item("events", place), body, [])


def _step(index: int, counter: plan.Counter, expressions: Expressions, slots: tuple[FieldSlot, ...]) -> list[ast.stmt]:
    """What one event adds to one counter."""
    tests: list[ast.expr] = []
    at = tree.name("at")
    if counter.origin != "both":
        tests.append(ast.BinOp(tree.name("origin"), ast.BitAnd(), tree.constant(ORIGINS[counter.origin])))
    if counter.after is not None:
        tests.append(tree.compare(at, ast.Gt(), tree.name(f"m{counter.after}")))
    if counter.since is not None:
        tests.append(tree.compare(at, ast.GtE(), tree.constant(counter.since)))
    if counter.until != 0:
        tests.append(tree.compare(at, ast.LtE(), tree.name(f"m{counter.until}")))
    key: ast.expr | None = None
    if counter.distinct is not None:
        key = tree.name(f"p{slots.index(plan.Field('interaction', counter.distinct))}")
        tests.append(tree.known(key))
    if counter.where is not None:
        tests.append(expressions.condition(counter.where))
    if counter.period is not None:
        key = tree.call(tree.name(f"{counter.period}_of"), at)
    added = _add(index, counter) if key is None else [_newest(index, key)]
    return [*expressions.prepared(), tree.if_(tree.all_of(tests), *added)]


def _newest(index: int, key: ast.expr) -> ast.stmt:
    """Keep the newest event of each key."""
    return ast.Expr(tree.call(tree.name("keep_newest"), tree.name(f"c{index}"), key, tree.name("at")))


def _add(index: int, counter: plan.Counter) -> list[ast.stmt]:
    if counter.steps is None:
        return [tree.add_to(f"c{index}", tree.constant(1))]
    return _stepped(index, counter.steps)


def _stepped(index: int, steps: tuple[plan.Step, ...]) -> list[ast.stmt]:
    """The points of the step in which `at` lies, newest step first."""
    otherwise: list[ast.stmt] = []
    for step in reversed(steps):
        test = tree.compare(tree.name("at"), ast.Gt(), tree.name(f"m{step.after}"))
        otherwise = [ast.If(test, [tree.add_to(f"c{index}", tree.constant(step.points))], otherwise)]
    return otherwise or [ast.Pass()]


def _total(index: int, counter: plan.Counter) -> ast.stmt:
    """From the newest event of each key to a number of keys, or their points."""
    variable = f"c{index}"
    if counter.steps is None:
        return tree.assign(variable, tree.call(tree.name("len"), tree.name(variable)))
    steps = ast.Tuple(
        [ast.Tuple([tree.name(f"m{step.after}"), tree.constant(step.points)], ast.Load()) for step in counter.steps],
        ast.Load(),
    )
    return tree.assign(variable, tree.call(tree.name("points_by_age"), tree.name(variable), steps))
