"""W235: one rule whose points are more than all others of its model together can make up for."""

from collections.abc import Iterator
from statistics import median

from scoreline.dsl import nodes
from scoreline.tools.lint.arithmetic import of_rule, shown
from scoreline.tools.lint.edits import offer, put
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import ModelView, Project, RuleView

_TIMES = 10
_FEWEST = 4


def find(project: Project) -> Iterator[Finding]:
    """Rules of ten times the usual points, against which all others of the model together do not count."""
    for model in project.models:
        sizes = [abs(rule.made.points) for rule in model.rules if rule.made.points]
        if len(sizes) < _FEWEST:
            continue
        usual = median(sizes)
        gains = sum(of_rule(rule.made).high for rule in model.rules)
        for rule in model.rules:
            points = rule.made.points or 0
            others = gains - of_rule(rule.made).high
            if abs(points) >= _TIMES * usual and abs(points) > others:
                yield _finding(model, rule, points)


def _finding(model: ModelView, rule: RuleView, points: int) -> Finding:
    down = points < 0 and isinstance(rule.node, nodes.When)
    return Finding(
        rule.place,
        f"{shown(points)} swamps all other rules of `{model.made.name}` together",
        "to keep such leads out say `disqualify`" if down else "to pass such leads on at once use a stage's `when`",
        (),
        (offer("disqualify such leads", put(rule.node.outcome, "disqualify")),)
        if down and isinstance(rule.node, nodes.When)
        else (),
    )


LINT = warning("W235", find)
