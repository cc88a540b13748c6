"""Rules of one model that test the same."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from scoreline.tools.lint.project import ModelView, ProjectView, RuleView


class Alike(NamedTuple):
    """Two rules of a model that always fire together."""

    model: ModelView
    first: RuleView
    second: RuleView

    @property
    def opposite(self) -> bool:
        """Whether one gives points and the other takes some."""
        return (self.first.made.points or 0) * (self.second.made.points or 0) < 0


def alike(project: ProjectView) -> tuple[Alike, ...]:
    """Each rule that fires exactly when an earlier rule of its model does, with the first such rule."""
    return project.once(_alike)


def _alike(project: ProjectView) -> tuple[Alike, ...]:
    return tuple(pair for model in project.models for pair in _pairs(project, model))


def _pairs(project: ProjectView, model: ModelView) -> Iterator[Alike]:
    rough: dict[object, list[RuleView]] = defaultdict(list)
    for rule in model.rules:
        rough[project.meanings.roughly(rule.made)].append(rule)
    for rules in rough.values():
        first: dict[object, RuleView] = {}
        for rule in rules if len(rules) > 1 else ():
            if (earlier := first.setdefault(project.meanings.asked(rule.made), rule)) is not rule:
                yield Alike(model, earlier, rule)
