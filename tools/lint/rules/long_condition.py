"""W241: a condition with so many tests that it is hard to read."""

from collections.abc import Iterator

from scoreline.dsl import nodes
from scoreline.dsl.messages import say
from scoreline.dsl.walk import conditions_in
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.project import ProjectView


def find(project: ProjectView) -> Iterator[Finding]:
    """Rules and stages that join more tests than the project allows."""
    most = project.settings.most_tests
    for kind in (nodes.When, nodes.Stage):
        for at, node in project.written(kind):
            condition = node.condition if isinstance(node, nodes.When) else node.when
            tests = sum(isinstance(each, nodes.Test | nodes.No) for each in conditions_in(condition))
            if tests > most:
                yield Finding(
                    at.source.at(condition.span),
                    say("this condition has {tests} tests", tests=tests),
                    say(
                        "give parts of it a name with `let`, "
                        "such as `let quiet = no email.opened and no website.visited`"
                    ),
                )


LINT = hint("W241", find, local=True)
