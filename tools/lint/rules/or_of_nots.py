"""W225: `is not` joined by `or`, which holds for every value."""

from collections.abc import Iterator

from scoreline.dsl import nodes
from scoreline.tools.lint.joined import Joined, joined_values
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import Project


def find(project: Project) -> Iterator[Finding]:
    """An `or` of two `is not` of one field with different values."""
    for each in joined_values(project, nodes.Or, negated=True):
        yield _finding(each)


def _finding(each: Joined) -> Finding:
    return Finding(
        each.place,
        f"this holds whatever `{each.path}` is: every value is another one than {each.first}, or than {each.second}",
        f"if none of them is meant, write `{each.path} not in […]`",
        (),
        each.fixes("not in"),
    )


LINT = warning("W225", find, local=True)
