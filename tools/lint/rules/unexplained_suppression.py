"""W254: a comment that silences something and does not say why."""

from collections.abc import Iterator

from scoreline.dsl.diagnostics import Severity
from scoreline.dsl.messages import say
from scoreline.tools.lint.lints import Finding, Lint
from scoreline.tools.lint.project import ProjectView


def find(project: ProjectView) -> Iterator[Finding]:
    """Suppressions that are of use and have no reason."""
    for each in project.suppressions:
        if not each.reason and any((each.place, code) in project.of_use for code, _ in each.codes):
            yield Finding(
                each.place,
                say("this comment gives no reason"),
                say(
                    "write the reason in parentheses, as in `# scoreline: ignore {code} (agreed with sales)`",
                    code=each.codes[0][0],
                ),
            )


LINT = Lint("W254", Severity.HINT, find, last=True)
