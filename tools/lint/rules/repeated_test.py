"""W201: two rules of a model that test the same, so that a lead gets points twice."""

from collections.abc import Iterator

from scoreline.dsl.diagnostics import Label
from scoreline.dsl.messages import say
from scoreline.tools.lint.alike import alike
from scoreline.tools.lint.edits import without_rule
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import ModelView, ProjectView, RuleView


def find(project: ProjectView) -> Iterator[Finding]:
    """The later ones of rules that fire together always."""
    for pair in alike(project):
        if not pair.opposite:
            yield _finding(project, *pair)


def _finding(project: ProjectView, model: ModelView, first: RuleView, second: RuleView) -> Finding:
    spare, title = second, say("leave out the second rule")
    if first.rivals(second) and (second.made.points or 0) > (first.made.points or 0):
        spare, title = first, say("leave out the first rule")
    return Finding(
        second.at(second.node),
        *_words(first, second),
        labels=(Label(first.at(first.node), say("the first one")),),
        fixes=without_rule(project, model, spare, title),
    )


def _words(first: RuleView, second: RuleView) -> tuple[str, str]:
    """The message and the help."""
    if second.made.points is None:
        return (
            say("this rule asks for the same as {rule}: a lead that matches is disqualified anyway", rule=first.name),
            say("leave one of them out"),
        )
    if first.rivals(second):
        return (
            say("this rule asks for the same as {rule}, and only the better one counts", rule=first.name),
            say("leave out the one that gives less"),
        )
    return (
        say("this rule asks for the same as {rule}: a lead that matches gets points from both", rule=first.name),
        say("remove one of them; if both should count, give the other one the points of both"),
    )


LINT = warning("W201", find)
