"""Rules of one model that ask for the same."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from scoreline.compiler import plan
from scoreline.tools.lint.project import ModelView, Project, RuleView

Pair = tuple[RuleView, RuleView]


def alike(project: Project, model: ModelView) -> Iterator[Pair]:
    """Each rule that fires whenever an earlier one does and never else, with the first of those.

    The plan knows: equal conditions are one node there, however they are written, but for the order of their parts.
    """
    if project.plan is None:
        return
    by_id = {rule.made.id: rule for rule in model.rules}
    meanings = _meanings(project.plan.nodes)
    first: dict[tuple[object, ...], RuleView] = {}
    for planned in project.plan.models:
        for rule in planned.rules if planned.name == model.made.name else ():
            view = by_id.get(rule.id)
            if view is not None and (earlier := first.setdefault(_asked(rule, meanings), view)) is not view:
                yield earlier, view


def opposite(pair: Pair) -> bool:
    """Whether one gives points and the other takes some."""
    first, second = (rule.made.points or 0 for rule in pair)
    return first * second < 0


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
