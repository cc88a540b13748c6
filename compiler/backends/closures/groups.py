"""What groups make of points: rules pay into the model, or into a group whose bounds are settled at the end."""

import ast
from collections.abc import Callable, Iterable
from itertools import chain

from scoreline.compiler import plan
from scoreline.compiler.backends.closures import tree


def group_of(model: plan.Model, rule: plan.Rule) -> int | None:
    """The group that a rule pays into; None where it pays into the model, as do rules of groups without any bound."""
    if rule.group is None or (isinstance(rule, plan.WhenRule) and rule.points is None):
        return None
    group = model.groups[rule.group]
    bounded = group.best_only or group.at_most is not None or group.at_least is not None
    return rule.group if bounded else None


def begin(model: plan.Model) -> list[int | None]:
    """The points of each group before any rule fires; None in a `best only`."""
    return [None if group.best_only else 0 for group in model.groups]


def pay(model: plan.Model, rule: plan.Rule, points: ast.expr) -> ast.stmt:
    """Give points to the model or to a group."""
    index = group_of(model, rule)
    if index is None:
        return tree.add_to("total", points)
    variable = f"g{index}"
    if not model.groups[index].best_only:
        return tree.add_to(variable, points)
    nothing = tree.compare(tree.name(variable), ast.Is(), tree.constant(None))
    less = tree.compare(tree.name(variable), ast.Lt(), points)
    return tree.if_(tree.any_of([nothing, less]), tree.assign(variable, points))


def close(index: int, group: plan.Group) -> list[ast.stmt]:
    """Bound the points of a group and give them to the model."""
    variable = f"g{index}"
    body: list[ast.stmt] = []
    if group.best_only:
        empty = tree.compare(tree.name(variable), ast.Is(), tree.constant(None))
        body.append(tree.if_(empty, tree.assign(variable, tree.constant(0))))
    return [*body, *bounded(variable, group.at_most, group.at_least), tree.add_to("total", tree.name(variable))]


def bounded(variable: str, most: int | None, least: int | None) -> list[ast.stmt]:
    """Keep a variable between bounds."""
    body: list[ast.stmt] = []
    for bound, operator in ((most, ast.Gt()), (least, ast.Lt())):
        if bound is not None:
            beyond = tree.compare(tree.name(variable), operator, tree.constant(bound))
            body.append(tree.if_(beyond, tree.assign(variable, tree.constant(bound))))
    return body


def settling(model: plan.Model) -> Callable[[Iterable[Iterable[int]]], list[int | None]]:
    """A function that gives the points of each group, of the rules that fired, by bunches of their numbers."""
    nothing = begin(model)
    best_only = frozenset(index for index, group in enumerate(model.groups) if group.best_only)
    worth = {
        number: (group, rule.points)
        for number, rule in enumerate(model.rules)
        if rule.points is not None and (group := group_of(model, rule)) is not None
    }

    def settle(fired: Iterable[Iterable[int]]) -> list[int | None]:
        points = nothing.copy()
        for number in chain.from_iterable(fired):
            if number in worth:
                group, gives = worth[number]
                before = points[group]
                if before is None or (group in best_only and before < gives):
                    points[group] = gives
                elif group not in best_only:
                    points[group] = before + gives
        return points

    return settle
