"""W211: a `for each` whose `up to` is what a single occurrence gives, so that it pays once."""

from collections.abc import Iterator

from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Edit, Fix
from scoreline.dsl.messages import code, say
from scoreline.dsl.span import Span
from scoreline.tools.lint.edits import safe
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.project import ProjectView, RuleView
from scoreline.tools.lint.texts import free_of_comments


def find(project: ProjectView) -> Iterator[Finding]:
    """`for each` rules without a decay that say what `when` says more simply."""
    for _, rule, node in project.for_each_rules:
        if node.cap is not None and node.decay is None and node.cap.value == abs(node.points.value):
            yield Finding(
                rule.at(node.cap),
                say(
                    "this rule gives its points only once, because `up to {cap}` is no more than that",
                    cap=node.cap.value,
                ),
                say("write `when` instead of `for each`"),
                _fixes(rule, node, node.cap),
            )


def _fixes(rule: RuleView, node: nodes.ForEach, cap: nodes.Int) -> tuple[Fix, ...]:
    start = Span(node.span.start, node.happening.span.start)
    end = Span(node.points.span.end, cap.span.end)
    source = rule.source
    if not free_of_comments(source, start) or not free_of_comments(source, end):
        return ()
    opening = code("when distinct ") if node.each == "distinct" else code("when ")
    return (safe(say("write `when`"), Edit(start, opening), Edit(end, "")),)


LINT = hint("W211", find, local=True)
