"""W218: a rule that gives more than its group may give at all."""

import math
from collections.abc import Iterator

from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Edit, Label
from scoreline.dsl.messages import say
from scoreline.tools.lint.arithmetic import of_rule
from scoreline.tools.lint.edits import offer, put
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import ModelView, ProjectView, RuleView


def find(project: ProjectView) -> Iterator[Finding]:
    """Rules above the `at most` of a group in which nothing is taken away."""
    for model in project.models:
        for group, _, rules in model.groups:
            bound = next((each for each in group.bounds if each.side == "most"), None)
            if bound is None or any((rule.made.points or 0) < 0 for rule in rules):
                continue
            for rule in rules:
                if _gives(rule) > bound.value.value > 0:
                    yield _finding(model, rule, bound)


def _gives(rule: RuleView) -> float:
    high = of_rule(rule.made).high
    return (rule.made.points or 0) if math.isinf(high) else high


def _finding(model: ModelView, rule: RuleView, bound: nodes.GroupBound) -> Finding:
    most = bound.value.value
    return Finding(
        rule.place,
        say(
            "{rule} gives up to {points:.0f} points, but its group gives at most {most}",
            rule=rule.name,
            points=_gives(rule),
            most=most,
        ),
        say("raise the `at most` of the group, or lower the points"),
        labels=(Label(model.at(bound), say("the group's limit")),),
        fixes=(offer(say("give at most {most}", most=most), *_edits(rule, most)),),
    )


def _edits(rule: RuleView, most: int) -> Iterator[Edit]:
    node = rule.node
    if isinstance(node, nodes.When):
        yield put(node.outcome, f"+{most}")
        return
    if node.points.value > most:
        yield put(node.points, f"+{most}")
    if node.cap is not None:
        yield put(node.cap, str(most))


LINT = warning("W218", find)
