"""Rules of one model that ask for the same."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from scoreline.compiler import plan
from scoreline.tools.lint.project import ModelView, Project, RuleView


class Alike(NamedTuple):
    """Two rules of a model that fire together always."""

    model: ModelView
    first: RuleView
    second: RuleView

    @property
    def opposite(self) -> bool:
        """Whether one gives points and the other takes some."""
        return (self.first.made.points or 0) * (self.second.made.points or 0) < 0


def alike(project: Project) -> tuple[Alike, ...]:
    """Each rule that fires whenever an earlier one of its model does and never else, with the first of those.

    The plan knows: equal conditions are one node there, however they are written, but for the order of their parts.
    """
    if project.plan is None:
        return ()
    meanings = _meanings(project.plan.nodes)
    planned = {model.name: model.rules for model in project.plan.models}
    return tuple(
        Alike(model, *pair) for model in project.models for pair in _pairs(model, planned[model.made.name], meanings)
    )


def _pairs(
    model: ModelView, planned: Iterable[plan.Rule], meanings: Sequence[int]
) -> Iterator[tuple[RuleView, RuleView]]:
    by_id = {rule.made.id: rule for rule in model.rules}
    first: dict[tuple[object, ...], RuleView] = {}
    for rule in planned:
        view = by_id.get(rule.id)
        if view is not None and (earlier := first.setdefault(_asked(rule, meanings), view)) is not view:
            yield earlier, view


def _meanings(nodes: Sequence[plan.Node]) -> list[int]:
    """For each node a number that it shares with the nodes that say the same in another order."""
    numbers: dict[object, int] = {}
    found: list[int] = []
    for node in nodes:
        match node:
            case plan.AllOf(nodes=parts) | plan.AnyOf(nodes=parts):
                key = (node.kind, frozenset(found[part] for part in parts))
            case plan.OneOf(values=values):
                key = (replace(node, values=()), frozenset(values))
            case plan.Match(needles=needles):
                key = (replace(node, needles=()), frozenset(needles))
            case _:
                key = node
        found.append(numbers.setdefault(key, len(numbers)))
    return found


def _asked(rule: plan.Rule, meanings: Sequence[int]) -> tuple[object, ...]:
    if isinstance(rule, plan.WhenRule):
        return ("when", meanings[rule.condition], rule.points is None)
    return ("each", rule.count, rule.decayed is None)
