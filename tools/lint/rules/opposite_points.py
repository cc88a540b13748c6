"""W202: two rules of a model that ask for the same and give points of opposite sign."""

from collections.abc import Iterator

from scoreline.dsl.diagnostics import Label
from scoreline.tools.lint.alike import alike, opposite
from scoreline.tools.lint.arithmetic import shown
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import Project


def find(project: Project) -> Iterator[Finding]:
    """The later ones of rules that fire together always, and work against each other."""
    for model in project.models:
        for pair in alike(project, model):
            if not opposite(pair):
                continue
            first, second = pair
            gives = shown(second.made.points or 0)
            yield Finding(
                second.at(second.node),
                f"this rule gives {gives} for what {first.name} gives {shown(first.made.points or 0)} for",
                "both fire together always: decide for one of them, or change what one of them asks",
                (Label(first.at(first.node), "the first one"),),
            )


LINT = warning("W202", find)
