"""Models: which rules fire, what they give, and what the bounds leave of it (meanings 5, 7, 8, 9, 10)."""

from dataclasses import dataclass, field

from scoreline.dsl import nodes

from .conditions import Here, Verdict, holds, matching, newest_by_value
from .data import Interaction
from .decay import decayed
from .instants import period_of
from .text import kebab


@dataclass
class Pot:
    """The points of the rules under one heading; without a heading there is one pot for all."""

    heading: nodes.Group | None
    fired: list[int] = field(default_factory=list)

    def sum(self) -> int:
        """What the pot adds to the model."""
        if self.heading is None:
            return sum(self.fired)
        total = max(self.fired, default=0) if self.heading.best_only else sum(self.fired)
        for bound in self.heading.bounds:
            total = min(total, bound.value.value) if bound.side == "most" else max(total, bound.value.value)
        return total


def judge(model: nodes.Model, here: Here) -> tuple[Verdict, list[str], list[str]]:
    """A model's verdict, the ids of the rules that fired, and of those the ones that disqualify."""
    if model.where is not None and holds(model.where, here) is not True:
        return (None, None), [], []
    alone = Pot(None)
    pots, pot = [alone], alone
    number, fired, disqualifying = 0, list[str](), list[str]()
    for item in model.items:
        match item:
            case nodes.Group(title=None) | nodes.Grade():
                pot = alone
            case nodes.Group():
                pot = Pot(item)
                pots.append(pot)
            case nodes.When() | nodes.ForEach():
                number += 1
                rule_id = f"{model.name.text}/{number if item.label is None else kebab(item.label.value)}"
                points = _for_each(item, here) if isinstance(item, nodes.ForEach) else _when(item, here)
                if points is None:
                    continue
                fired.append(rule_id)
                if isinstance(item, nodes.When) and isinstance(item.outcome, nodes.Disqualify):
                    disqualifying.append(rule_id)
                else:
                    pot.fired.append(points)
            case nodes.Clamp() | nodes.Include():
                pass
    score = sum(pot.sum() for pot in pots)
    for item in model.items:
        if isinstance(item, nodes.Clamp):
            score = min(max(score, item.low.value), item.high.value)
    return (score, _grade(model, score)), fired, disqualifying


def _grade(model: nodes.Model, score: int) -> str | None:
    grades = [item for item in model.items if isinstance(item, nodes.Grade)]
    reached = [grade for grade in grades if grade.threshold is not None and grade.threshold.value <= score]
    if reached:
        return max(reached, key=lambda grade: grade.threshold.value if grade.threshold else 0).name.value
    return next((grade.name.value for grade in grades if grade.threshold is None), None)


def _when(rule: nodes.When, here: Here) -> int | None:
    """The points of a rule, None if it does not fire."""
    if holds(rule.condition, here) is not True:
        return None
    return rule.outcome.value if isinstance(rule.outcome, nodes.Points) else 0


def _for_each(rule: nodes.ForEach, here: Here) -> int | None:
    occurrences = _occurrences(rule, here)
    if not occurrences:
        return None
    points = sum(decayed(rule.points.value, one.at, rule.decay, here.as_of, here.zone) for one in occurrences)
    if rule.cap is not None:
        points = max(-rule.cap.value, min(points, rule.cap.value))
    return points


def _occurrences(rule: nodes.ForEach, here: Here) -> list[Interaction]:
    """One interaction for each time that the points are given: where several count once, the newest."""
    found = matching(rule.happening, here)
    if rule.each is None:
        return found
    if rule.each == "distinct":
        return newest_by_value(found, rule.happening.path, here)
    newest: dict[object, Interaction] = {}
    for row in sorted(found, key=lambda row: row.at):
        newest[period_of(row.at, rule.each, here.zone)] = row
    return list(newest.values())
