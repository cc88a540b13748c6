"""W202: two rules of a model that test the same and give points of opposite sign."""

from collections.abc import Iterator

from scoreline.dsl.diagnostics import Label
from scoreline.dsl.messages import say
from scoreline.tools.lint.alike import alike
from scoreline.tools.lint.arithmetic import shown
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import ProjectView, RuleView


def find(project: ProjectView) -> Iterator[Finding]:
    """The later ones of two rules that always fire together and work against each other."""
    for pair in alike(project):
        if pair.opposite:
            yield _finding(pair.first, pair.second)


def _finding(first: RuleView, second: RuleView) -> Finding:
    return Finding(
        second.at(second.node),
        say(
            "this rule gives {points} for a condition for which {rule} gives {others}",
            points=shown(second.made.points or 0),
            rule=first.name,
            others=shown(first.made.points or 0),
        ),
        say("both always fire together: keep one of them, or change the condition of one"),
        labels=(Label(first.at(first.node), say("the first one")),),
    )


LINT = warning("W202", find)
