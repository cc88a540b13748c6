"""W219: a `disqualify` inside a group, of whose points it is no part."""

from collections.abc import Iterator

from scoreline.dsl.diagnostics import Edit, Fix
from scoreline.dsl.span import Span
from scoreline.tools.lint.edits import safe
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.project import Project, RuleView
from scoreline.tools.lint.texts import indentation


def find(project: Project) -> Iterator[Finding]:
    """Rules below a group's heading that disqualify."""
    for model in project.models:
        for _, rules in model.groups:
            for rule in rules:
                if rule.made.points is None:
                    yield Finding(
                        rule.place,
                        "`disqualify` stands in a group, but a group bounds points and this gives none",
                        "put it above the first group, or below a line `group none`",
                        (),
                        _fixes(rule, rules),
                    )


def _fixes(rule: RuleView, rules: tuple[RuleView, ...]) -> tuple[Fix, ...]:
    """A heading above it, where only such rules follow in the group."""
    last = max((index for index, each in enumerate(rules) if each.made.points is not None), default=-1)
    if rules.index(rule) <= last:
        return ()
    start = rules[last + 1].node.span.start
    indent = indentation(rule.file.parsed.source, start)
    return (safe("put `group none` above it", Edit(Span(start, start), f"group none\n{indent}")),)


LINT = hint("W219", find)
