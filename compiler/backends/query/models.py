"""Rules and models as columns: which rules fire, what they pay, groups and bounds, scores and grades."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, Protocol

from scoreline.compiler import plan
from scoreline.compiler.backends.query import terms
from scoreline.compiler.backends.query.conditions import Conditions
from scoreline.compiler.backends.query.terms import Expr
from sqlglot import exp

FEWER_THAN_ANY = -(10**17)
"""Less than any rule pays: at most 1,000,000 points for each of fewer than 10**11 interactions."""

Counted = Callable[[int], Expr]
"""The column of a counter, by its number."""


def fires(rule: plan.Rule, conditions: Conditions, counted: Counted) -> Expr:
    """Whether a rule fires."""
    if isinstance(rule, plan.WhenRule):
        return conditions.holds(rule.condition)
    return exp.NEQ(this=counted(rule.count), expression=terms.whole(0))


class Paid(NamedTuple):
    """What a rule, or several of one group, pay: whether any of those fires that pay, their points together (0 if none
    fires), and the highest that one of them pays (`FEWER_THAN_ANY` if none fires)."""

    group: int | None
    fired: Expr
    points: Expr
    best: Expr


class RuleColumns(Protocol):
    """How rules become columns: those of the step `rules`, and what the next step makes of them."""

    def columns(self, model: plan.Model) -> Iterable[Expr]:
        """The columns that tell which rules of a model fire."""
        ...

    def paid(self, model: plan.Model) -> list[Paid]:
        """What the rules of a model pay, one by one or several together."""
        ...

    def any_fired(self, model: plan.Model, numbers: Sequence[int]) -> list[Expr]:
        """Conditions of which one holds if any of these rules fired."""
        ...

    def ids(self, model: plan.Model, numbers: Sequence[int], inside: Expr | None = None) -> list[Expr]:
        """Parts of a list: the ids of those of these rules that fired. They are left out unless `inside` holds."""
        ...

    def as_list(self, parts: Sequence[Expr]) -> Expr:
        """The list that the parts make."""
        ...


def paid(rule: plan.Rule, fired: Expr, counted: Counted) -> Paid | None:
    """What a rule pays; None if it disqualifies."""
    if isinstance(rule, plan.EachRule):
        return paid_each(rule, fired, counted)
    if rule.points is None:
        return None
    points = terms.case([(fired, terms.whole(rule.points))], terms.whole(0))
    best = terms.case([(fired.copy(), terms.whole(rule.points))], terms.whole(FEWER_THAN_ANY))
    return Paid(rule.group, fired, points, best)


def paid_each(rule: plan.EachRule, fired: Expr, counted: Counted) -> Paid:
    """What a `for each` pays."""
    if rule.decayed is not None:
        points = counted(rule.decayed)
    else:
        points = exp.Mul(this=counted(rule.count), expression=terms.whole(rule.points))
    if rule.cap is not None:
        points = terms.at_least(terms.at_most(points, terms.whole(rule.cap)), terms.whole(-rule.cap))
    best = terms.case([(fired, points.copy())], terms.whole(FEWER_THAN_ANY))
    return Paid(rule.group, fired, points, best)


def score(model: plan.Model, several: Sequence[Paid]) -> Expr:
    """The score of a model that the lead is inside of: groups, each within its bounds, and lone rules."""
    parts: list[Expr] = []
    for index, group in enumerate(model.groups):
        members = [each for each in several if each.group == index]
        parts.append(_bounded(_of_group(group, members), group.at_least, group.at_most))
    parts.extend(each.points for each in several if each.group is None)
    return _bounded(terms.total(parts), model.lowest, model.highest)


def grade(model: plan.Model, score_column: Expr, spelled: Callable[[str], str] = str) -> Expr:
    """The grade of a score, missing where the score is; `spelled` as asked."""
    steps = [each for each in model.grades if each.threshold is not None]
    branches: list[tuple[Expr, Expr]] = [
        (exp.GTE(this=score_column.copy(), expression=terms.whole(each.threshold or 0)), terms.text(spelled(each.name)))
        for each in steps
    ]
    otherwise = next((each for each in model.grades if each.threshold is None), None)
    if otherwise is not None:
        branches.append((terms.known(score_column.copy()), terms.text(spelled(otherwise.name))))
    return terms.case(branches) if branches else terms.cast(terms.null(), "TEXT")


def _of_group(group: plan.Group, members: Sequence[Paid]) -> Expr:
    if not group.best_only or not members:
        return terms.total([each.points for each in members])
    best = [each.best for each in members]
    highest = best[0] if len(best) == 1 else exp.Anonymous(this="GREATEST", expressions=best)
    return terms.case([(terms.any_of([each.fired.copy() for each in members]), highest)], terms.whole(0))


def _bounded(points: Expr, least: int | None, most: int | None) -> Expr:
    if most is not None:
        points = terms.at_most(points, terms.whole(most))
    return points if least is None else terms.at_least(points, terms.whole(least))
