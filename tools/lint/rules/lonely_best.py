"""W223: a `best only` with one rule to choose from."""

from collections.abc import Iterator

from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Edit, Fix
from scoreline.dsl.messages import say
from scoreline.dsl.span import Span
from scoreline.tools.lint.edits import safe
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.project import ModelView, ProjectView
from scoreline.tools.lint.texts import free_of_comments


def find(project: ProjectView) -> Iterator[Finding]:
    """`best only` groups in which at most one rule gives or takes points."""
    for model in project.models:
        for group, _, rules in model.groups:
            if group.best_only and group.title is not None and sum(each.made.points is not None for each in rules) == 1:
                yield Finding(
                    model.at(group.title),
                    say("`best only` chooses the best of several rules, but this group has only one"),
                    say("remove `best only`, or add more rules to the group"),
                    _fixes(model, group, group.title),
                )


def _fixes(model: ModelView, group: nodes.Group, title: nodes.Text) -> tuple[Fix, ...]:
    source = model.source
    end = group.bounds[0].span.start if group.bounds else group.span.end
    span = Span(title.span.end, end)
    if not free_of_comments(source, span):
        return ()
    return (safe(say("leave it out"), Edit(span, " " if group.bounds else "")),)


LINT = hint("W223", find)
