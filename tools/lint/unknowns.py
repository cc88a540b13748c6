"""Whether it makes a difference that a test is false for leads of whom it was unknown before.

It makes none where what is asked fires on true alone and no `not` stands between, since `and` and `or` keep the order
unknown and false have below true. A `let` may stand below a `not` wherever it is used, also in other projects.
"""

from scoreline.dsl import nodes
from scoreline.tools.lint.project import Project


def below_not(project: Project, test: nodes.Test) -> bool:
    """Whether a `not` stands before a test, here or further out; what is in `where (…)` is asked by itself."""
    return any(isinstance(each, nodes.Not) for each in _around(project, test))


def in_let(project: Project, test: nodes.Test) -> bool:
    """Whether a test is part of a let, and so of whatever uses that."""
    return any(isinstance(each, nodes.Let) for each in _around(project, test))


def _around(project: Project, test: nodes.Test) -> list[nodes.Node]:
    found: list[nodes.Node] = []
    around = project.around(test)
    while around is not None and not isinstance(around, nodes.Term | nodes.Happening):
        found.append(around)
        around = project.around(around)
    return found
