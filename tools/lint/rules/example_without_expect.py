"""W239: an example that expects nothing, and so can never fail."""

from collections.abc import Iterator

from scoreline.dsl import nodes
from scoreline.dsl.messages import say
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import ProjectView


def find(project: ProjectView) -> Iterator[Finding]:
    """Examples without `expect`."""
    for file, item in project.items(nodes.Example):
        if not item.broken and not any(isinstance(each, nodes.Expect) for each in item.statements):
            yield Finding(
                file.parsed.source.at(item.title.span),
                say("this example expects nothing, so it always passes"),
                say("add what the lead should get, as in `expect Fit is 40`"),
            )


LINT = warning("W239", find, local=True)
