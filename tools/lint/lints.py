"""What a lint is, what it finds, and which lints there are.

A lint looks at a project without mistakes and reports what its author probably did not mean. Each lint is a file in
`rules/`, which defines a `LINT` and is found because it lies there; its code, its page and its test have the same name.
A finding has no code of its own, so that the code stands in one place.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from scoreline.dsl.codes import CODES
from scoreline.dsl.diagnostics import Diagnostic, Fix, Label, Severity
from scoreline.dsl.source import Place
from scoreline.tools.lint import rules
from scoreline.tools.lint.edits import spaced
from scoreline.tools.lint.project import ProjectView


@dataclass(frozen=True, slots=True)
class Finding:
    """One place that a lint reports: a diagnostic without code and severity."""

    place: Place
    message: str
    help: str | None = None
    fixes: tuple[Fix, ...] = ()
    labels: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Lint:
    """A lint: its code, its severity, and how it finds what it reports.

    `local`: each finding follows from one statement and the schema, so that mistakes elsewhere cannot make it wrong.
    `last`: it looks at suppressions, and so needs to know which of them silenced something.
    """

    code: str
    severity: Severity
    find: Callable[[ProjectView], Iterable[Finding]]
    local: bool = False
    last: bool = False

    def diagnostics(self, project: ProjectView) -> Iterable[Diagnostic]:
        """What the lint finds, as diagnostics."""
        for each in self.find(project):
            fixes = tuple(spaced(each.place.source, fix) for fix in each.fixes)
            yield Diagnostic(self.code, each.message, each.place, each.help, each.labels, fixes, self.severity)


def warning(code: str, find: Callable[[ProjectView], Iterable[Finding]], *, local: bool = False) -> Lint:
    """A lint whose findings are probably mistakes."""
    return Lint(code, Severity.WARNING, find, local)


def hint(code: str, find: Callable[[ProjectView], Iterable[Finding]], *, local: bool = False) -> Lint:
    """A lint whose findings may be intended, or are a matter of style."""
    return Lint(code, Severity.HINT, find, local)


@cache
def lints() -> dict[str, Lint]:
    """Every lint by its code, in the order of the codes."""
    found = (_lint(module.name) for module in iter_modules(rules.__path__))
    return {each.code: each for each in sorted(found, key=lambda each: each.code)}


def _lint(name: str) -> Lint:
    """The lint of a file of `rules/`, whose name must be that of its code."""
    lint = getattr(import_module(f"{rules.__name__}.{name}"), "LINT", None)
    if not isinstance(lint, Lint):
        raise TypeError(f"rules/{name}.py gives no LINT")
    if lint.code not in CODES or CODES[lint.code].name != name.replace("_", "-"):
        raise ValueError(f"rules/{name}.py is about {lint.code}, which has another name")
    return lint
