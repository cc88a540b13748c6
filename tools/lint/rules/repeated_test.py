"""W201: two rules of a model that ask for the same, so that whoever fits is paid twice."""

from collections.abc import Iterator

from scoreline.dsl.diagnostics import Label
from scoreline.tools.lint.alike import alike, opposite
from scoreline.tools.lint.edits import without_rule
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import Project


def find(project: Project) -> Iterator[Finding]:
    """The later ones of rules that fire together always."""
    for model in project.models:
        for pair in alike(project, model):
            if opposite(pair):
                continue
            first, second = pair
            yield Finding(
                second.at(second.node),
                f"this rule asks for the same as {first.name}: whoever fits is counted twice",
                "leave one of them out, and give the other the points of both if that is meant",
                (Label(first.at(first.node), "the first one"),),
                without_rule(project, model, second, "leave out the second rule"),
            )


LINT = warning("W201", find)
