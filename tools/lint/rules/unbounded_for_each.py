"""W251: a `for each` without any bound, so that one busy lead outweighs all others."""

from collections.abc import Iterator

from scoreline.compiler import checked
from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Edit, Fix
from scoreline.dsl.messages import code, say
from scoreline.dsl.span import Span
from scoreline.tools.lint.edits import offer
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.project import ModelView, ProjectView, RuleView

_TIMES = 5


def find(project: ProjectView) -> Iterator[Finding]:
    """`for each` rules without `up to`, in no group and no model that has a bound on that side."""
    for model, rule, node in project.for_each_rules:
        if node.cap is None and not _bounded(project, model, rule, node):
            most = _TIMES * abs(node.points.value)
            end = node.points.span.end
            yield Finding(
                rule.place,
                say("nothing limits the points of this rule: a hundred interactions count a hundred times"),
                say("limit the points with `up to`, or limit the group or the model"),
                (_fix(end, _TIMES, most),),
            )


def _fix(end: int, times: int, most: int) -> Fix:
    title = say("at most {times} times: `up to {most}`", times=times, most=most)
    return offer(title, Edit(Span(end, end), code(" up to {most}", most=most)))


def _bounded(project: ProjectView, model: ModelView, rule: RuleView, node: nodes.ForEach) -> bool:
    points = node.points.value
    side = "most" if points > 0 else "least"
    of_group = rule.group is not None and any(bound.side == side for bound in rule.group.bounds)
    of_period = node.each not in (None, "distinct") and isinstance(node.happening.window, nodes.Within)
    return points == 0 or model.made.clamp is not None or of_group or of_period or _few(project, rule.made.count)


def _few(project: ProjectView, count: checked.Count | None) -> bool:
    """Whether different values of a choice or a yes/no are counted, of which there are few."""
    if count is None or count.distinct is None:
        return False
    return project.schema.interactions[count.type].properties[count.distinct].type in ("choice", "yes/no")


LINT = hint("W251", find)
