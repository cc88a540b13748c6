"""W219: a `disqualify` inside a group, of whose points it is no part."""

from collections.abc import Iterator

from scoreline.dsl.diagnostics import Edit, Fix
from scoreline.dsl.messages import code, say
from scoreline.dsl.span import Span
from scoreline.tools.lint.edits import safe
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.project import ProjectView, RuleView
from scoreline.tools.lint.texts import indentation


def find(project: ProjectView) -> Iterator[Finding]:
    """Rules below a group's heading that disqualify."""
    for model in project.models:
        for _, _, rules in model.groups:
            last = max((index for index, each in enumerate(rules) if each.made.points is not None), default=-1)
            for index, rule in enumerate(rules):
                if rule.made.points is None:
                    yield Finding(
                        rule.place,
                        say("`disqualify` is in a group, but a group limits points and `disqualify` gives none"),
                        say("put it above the first group, or below a line `group none`"),
                        (_fix(rules[last + 1]),) if index > last else (),
                    )


def _fix(rule: RuleView) -> Fix:
    """A heading above the first of such rules, where only they follow in the group."""
    start = rule.node.span.start
    indent = indentation(rule.source, start)
    heading = code("group none\n{indent}", indent=indent)
    return safe(say("put `group none` above it"), Edit(Span(start, start), heading))


LINT = hint("W219", find)
