"""What a lint is, and what it finds.

A lint looks at a project that is right and tells what is probably not meant. Each is a file of `rules/`, which gives a
`LINT`; its code, its page and its test have the same name. A finding has no code of its own, so that the code stands
in one place.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from scoreline.dsl.diagnostics import Diagnostic, Fix, Label, Severity
from scoreline.dsl.source import Place
from scoreline.tools.lint.edits import spaced
from scoreline.tools.lint.project import Project


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a lint has something to say: a diagnostic without code and severity."""

    place: Place
    message: str
    help: str | None = None
    labels: tuple[Label, ...] = ()
    fixes: tuple[Fix, ...] = ()


@dataclass(frozen=True, slots=True)
class Lint:
    """A lint: its code, how bad what it finds is, and how it is found.

    `local`: each finding follows from one statement and the schema, so that mistakes elsewhere cannot make it
    wrong. `last`: it judges suppressions, and so needs to know which of them were of use.
    """

    code: str
    severity: Severity
    find: Callable[[Project], Iterable[Finding]]
    local: bool = False
    last: bool = False

    def told(self, project: Project) -> Iterable[Diagnostic]:
        """What it finds, as diagnostics."""
        for each in self.find(project):
            fixes = tuple(spaced(each.place.source, fix) for fix in each.fixes)
            yield Diagnostic(self.code, each.message, each.place, each.help, each.labels, fixes, self.severity)


def warning(code: str, find: Callable[[Project], Iterable[Finding]], *, local: bool = False) -> Lint:
    """A lint whose findings are probably mistakes."""
    return Lint(code, Severity.WARNING, find, local)


def hint(code: str, find: Callable[[Project], Iterable[Finding]], *, local: bool = False) -> Lint:
    """A lint whose findings may well be meant, or are matters of style."""
    return Lint(code, Severity.HINT, find, local)
