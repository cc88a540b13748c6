"""W226: `is` joined by `and`, which no value can fit."""

from collections.abc import Iterator

from scoreline.dsl import nodes
from scoreline.tools.lint.joined import joined_values
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import Project


def find(project: Project) -> Iterator[Finding]:
    """An `and` of two `is` of one field with different values."""
    for each in joined_values(project, nodes.And, negated=False):
        yield Finding(
            each.place,
            f"`{each.path}` has one value: it cannot be {each.first} and {each.second}",
            f"if any of them is meant, write `{each.path} in […]`",
            (),
            each.fixes("in"),
        )


LINT = warning("W226", find, local=True)
