"""W220: a rule of no points that has no label either."""

from collections.abc import Iterator

from scoreline.dsl.messages import say
from scoreline.tools.lint.edits import without_rule
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.project import ProjectView


def find(project: ProjectView) -> Iterator[Finding]:
    """Rules of `+0` that no report can call by a name."""
    for model, rule in project.rules:
        if rule.made.points == 0 and rule.node.label is None:
            yield Finding(
                rule.place,
                say("this rule gives no points and has no label"),
                say('give it points, or a label (`as "…"`) if reports should only show that it fired'),
                without_rule(project, model, rule, say("remove the rule")),
            )


LINT = hint("W220", find)
