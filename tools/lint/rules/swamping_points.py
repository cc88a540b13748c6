"""W235: one rule whose points are more than all other rules of its model together can outweigh."""

from collections.abc import Iterator
from statistics import median

from scoreline.dsl import nodes
from scoreline.dsl.messages import code, say
from scoreline.tools.lint.arithmetic import Range, of_group, of_rule, shown
from scoreline.tools.lint.edits import offer, put
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import GroupView, ModelView, ProjectView, RuleView

_TIMES = 10
_FEWEST = 3


def find(project: ProjectView) -> Iterator[Finding]:
    """Rules of ten times the usual points, against which all others of the model together do not count."""
    for model in project.models:
        sizes = sorted(abs(rule.made.points) for rule in model.rules if rule.made.points)
        if len(sizes) < _FEWEST:
            continue
        usual = median(sizes[:-1])
        gains = sum(of_rule(rule.made).high for rule in model.rules)
        spans = [each.high - each.low for each in map(_range, model.groups)]
        for rule in model.rules:
            points = rule.made.points or 0
            group = rule.made.group
            weight = abs(points) if group is None else min(abs(points), spans[group])
            if weight >= _TIMES * usual and weight > gains - of_rule(rule.made).high:
                yield _finding(model, rule, points)


def _range(group: GroupView) -> Range:
    """The lowest and the highest sum of a group: no rule in it can move a score by more than lies between them."""
    return of_group(group.made, (rule.made for rule in group.rules))


def _finding(model: ModelView, rule: RuleView, points: int) -> Finding:
    down = points < 0 and isinstance(rule.node, nodes.When)
    return Finding(
        rule.place,
        say("{points} outweighs all other rules of `{model}` together", points=shown(points), model=model.made.name),
        say("to exclude such leads, write `disqualify`")
        if down
        else say("to pass such leads on at once, use the `when` of a stage"),
        (offer(say("disqualify such leads"), put(rule.node.outcome, code("disqualify"))),)
        if down and isinstance(rule.node, nodes.When)
        else (),
    )


LINT = warning("W235", find)
