"""W225: `is not` joined by `or`, which holds for every value."""

from collections.abc import Iterator

from scoreline.dsl import nodes
from scoreline.dsl.messages import code, say
from scoreline.tools.lint.joined import Joined, joined_values
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import ProjectView


def find(project: ProjectView) -> Iterator[Finding]:
    """An `or` of two `is not` of one field with different values."""
    for each in joined_values(project, nodes.Or, negated=True):
        yield _finding(each)


def _finding(each: Joined) -> Finding:
    return Finding(
        each.place,
        say(
            "this holds for every value of `{path}`: no value is both {first} and {second}",
            path=each.path,
            first=each.first,
            second=each.second,
        ),
        say("if you mean none of them, write `{path} not in […]`", path=each.path),
        each.fixes(code("not in")),
    )


LINT = warning("W225", find, local=True)
