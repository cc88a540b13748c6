"""Rules of one model that ask for the same."""

from collections.abc import Iterator

from scoreline.tools.lint.project import ModelView, Project, RuleView

Pair = tuple[RuleView, RuleView]


def alike(project: Project, model: ModelView) -> Iterator[Pair]:
    """Each rule that fires whenever an earlier one does and never else, with the first of those."""
    first: dict[object, RuleView] = {}
    for rule in model.rules:
        if (earlier := first.setdefault(project.meanings.asked(rule.made), rule)) is not rule:
            yield earlier, rule


def opposite(pair: Pair) -> bool:
    """Whether one gives points and the other takes some."""
    first, second = (rule.made.points or 0 for rule in pair)
    return first * second < 0
