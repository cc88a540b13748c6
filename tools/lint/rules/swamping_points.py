"""W235: one rule whose points are more than all others of its model together can make up for."""

from collections.abc import Iterator
from statistics import median

from scoreline.dsl import nodes
from scoreline.dsl.messages import code, say
from scoreline.tools.lint.arithmetic import of_rule, shown
from scoreline.tools.lint.edits import offer, put
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import ModelView, Project, RuleView

_TIMES = 10
_FEWEST = 3


def find(project: Project) -> Iterator[Finding]:
    """Rules of ten times the usual points, against which all others of the model together do not count."""
    for model in project.models:
        sizes = sorted(abs(rule.made.points) for rule in model.rules if rule.made.points)
        if len(sizes) < _FEWEST:
            continue
        usual = median(sizes[:-1])
        gains = sum(of_rule(rule.made).high for rule in model.rules)
        for rule in model.rules:
            points = rule.made.points or 0
            if abs(points) >= _TIMES * usual and abs(points) > gains - of_rule(rule.made).high:
                yield _finding(model, rule, points)


def _finding(model: ModelView, rule: RuleView, points: int) -> Finding:
    down = points < 0 and isinstance(rule.node, nodes.When)
    return Finding(
        rule.place,
        say("{points} swamps all other rules of `{model}` together", points=shown(points), model=model.made.name),
        say("to keep such leads out say `disqualify`")
        if down
        else say("to pass such leads on at once use a stage's `when`"),
        (),
        (offer(say("disqualify such leads"), put(rule.node.outcome, code("disqualify"))),)
        if down and isinstance(rule.node, nodes.When)
        else (),
    )


LINT = warning("W235", find)
