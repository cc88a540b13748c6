"""Rules and models as columns: which rules fire, what they pay, groups and bounds, scores and grades."""

from collections.abc import Callable, Sequence

from scoreline.compiler import plan
from scoreline.compiler.backends.sql import terms
from scoreline.compiler.backends.sql.conditions import Conditions
from scoreline.compiler.backends.sql.terms import Expr
from sqlglot import exp

_FEWER_THAN_ANY = -(10**17)
"""Less than any rule pays: at most 1,000,000 points for each of fewer than 10**11 interactions."""

Counted = Callable[[int], Expr]
"""The column of a counter, by its number."""


def fires(rule: plan.Rule, conditions: Conditions, counted: Counted) -> Expr:
    """Whether a rule fires."""
    if isinstance(rule, plan.WhenRule):
        return conditions.holds(rule.condition)
    return exp.NEQ(this=counted(rule.count), expression=terms.whole(0))


def pays(rule: plan.Rule, fired: Expr, counted: Counted) -> Expr | None:
    """The points of a rule; None if it disqualifies."""
    if isinstance(rule, plan.WhenRule):
        return None if rule.points is None else terms.case([(fired, terms.whole(rule.points))], terms.whole(0))
    if rule.decayed is not None:
        points = counted(rule.decayed)
    else:
        points = exp.Mul(this=counted(rule.count), expression=terms.whole(rule.points))
    if rule.cap is None:
        return points
    return terms.at_least(terms.at_most(points, terms.whole(rule.cap)), terms.whole(-rule.cap))


def score(model: plan.Model, fired: Sequence[Expr], paid: Sequence[Expr | None]) -> Expr:
    """The score of a model that the lead is inside of: groups, each within its bounds, and lone rules."""
    parts: list[Expr] = []
    for index, group in enumerate(model.groups):
        members = [
            (fired[number], points)
            for number, points in enumerate(paid)
            if points is not None and model.rules[number].group == index
        ]
        parts.append(_bounded(_of_group(group, members), group.at_least, group.at_most))
    parts.extend(
        points for number, points in enumerate(paid) if points is not None and model.rules[number].group is None
    )
    return _bounded(terms.total(parts), model.lowest, model.highest)


def grade(model: plan.Model, score_column: Expr) -> Expr:
    """The grade of a score, missing where the score is."""
    steps = [each for each in model.grades if each.threshold is not None]
    branches: list[tuple[Expr, Expr]] = [
        (exp.GTE(this=score_column.copy(), expression=terms.whole(each.threshold or 0)), terms.text(each.name))
        for each in steps
    ]
    otherwise = next((each for each in model.grades if each.threshold is None), None)
    if otherwise is not None:
        branches.append((terms.known(score_column.copy()), terms.text(otherwise.name)))
    return terms.case(branches, exp.cast(terms.null(), exp.DataType.build("TEXT")))


def _of_group(group: plan.Group, members: Sequence[tuple[Expr, Expr]]) -> Expr:
    if not group.best_only or not members:
        return terms.total([points for _, points in members])
    best = [terms.case([(fired.copy(), points)], terms.whole(_FEWER_THAN_ANY)) for fired, points in members]
    highest = best[0] if len(best) == 1 else exp.Anonymous(this="GREATEST", expressions=best)
    return terms.case([(terms.any_of([fired.copy() for fired, _ in members]), highest)], terms.whole(0))


def _bounded(points: Expr, least: int | None, most: int | None) -> Expr:
    if most is not None:
        points = terms.at_most(points, terms.whole(most))
    return points if least is None else terms.at_least(points, terms.whole(least))
