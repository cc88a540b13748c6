"""W211: a `for each` whose `up to` is what a single occurrence gives, so that it pays once."""

from collections.abc import Iterator

from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Edit, Fix
from scoreline.dsl.messages import code, say
from scoreline.dsl.span import Span
from scoreline.tools.lint.edits import safe
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.project import Project, RuleView
from scoreline.tools.lint.texts import free_of_comments


def find(project: Project) -> Iterator[Finding]:
    """`for each` rules without a decay that say what `when` says more simply."""
    for model in project.models:
        for rule in model.rules:
            node = rule.node
            if not isinstance(node, nodes.ForEach) or node.cap is None or node.decay is not None:
                continue
            if node.cap.value == abs(node.points.value):
                yield Finding(
                    rule.at(node.cap),
                    say(
                        "this rule gives its points only once, because `up to {cap}` is no more than that",
                        cap=node.cap.value,
                    ),
                    say("write `when` instead of `for each`"),
                    (),
                    _fixes(rule, node, node.cap),
                )


def _fixes(rule: RuleView, node: nodes.ForEach, cap: nodes.Int) -> tuple[Fix, ...]:
    start = Span(node.span.start, node.happening.span.start)
    end = Span(node.points.span.end, cap.span.end)
    source = rule.file.parsed.source
    if not free_of_comments(source, start) or not free_of_comments(source, end):
        return ()
    opening = code("when distinct ") if node.each == "distinct" else code("when ")
    return (safe(say("write `when`"), Edit(start, opening), Edit(end, "")),)


LINT = hint("W211", find, local=True)
