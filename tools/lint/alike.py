"""Rules of one model that ask for the same."""

from collections.abc import Iterator

from scoreline.compiler import plan
from scoreline.tools.lint.project import ModelView, Project, RuleView

Pair = tuple[RuleView, RuleView]


def alike(project: Project, model: ModelView) -> Iterator[Pair]:
    """Each rule that fires whenever an earlier one does and never else, with the first of those.

    The plan knows: equal conditions are one node there, however they are written.
    """
    by_id = {rule.made.id: rule for rule in model.rules}
    first: dict[tuple[object, ...], RuleView] = {}
    for planned in project.plan.models if project.plan is not None else ():
        for rule in planned.rules if planned.name == model.made.name else ():
            view = by_id.get(rule.id)
            if view is not None and (earlier := first.setdefault(_asked(rule), view)) is not view:
                yield earlier, view


def opposite(pair: Pair) -> bool:
    """Whether one gives points and the other takes some."""
    first, second = (rule.made.points or 0 for rule in pair)
    return first * second < 0


def _asked(rule: plan.Rule) -> tuple[object, ...]:
    if isinstance(rule, plan.WhenRule):
        return ("when", rule.condition, rule.points is None)
    return ("each", rule.count, rule.decayed is None)
