"""Findings as workflow commands of GitHub Actions: GitHub shows each beside its line.

Promises one command a line whatever rule files contain: no text of theirs ends a command or a property, or begins a
command. GitHub shows ten of each kind for a step; all of them are in the job summary (`github_summary.py`) and in the
log.
"""

from collections.abc import Iterable

from scoreline.dsl.diagnostics import Diagnostic, Severity
from scoreline.tools.render.pages import name_of
from scoreline.tools.render.places import repository_path
from scoreline.tools.render.terminal import visible

_KINDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}


def github_commands(diagnostics: Iterable[Diagnostic]) -> str:
    """A workflow command for each diagnostic, a line each."""
    return "".join(f"{_command(one)}\n" for one in diagnostics)


def _command(diagnostic: Diagnostic) -> str:
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in _properties(diagnostic).items())
    text = f"{diagnostic.message}\n{diagnostic.help}" if diagnostic.help else diagnostic.message
    return f"::{_KINDS[diagnostic.severity]} {properties}::{_data(text)}"


def _properties(diagnostic: Diagnostic) -> dict[str, str | int]:
    """The place for the command; GitHub takes columns only where the place lies on one line."""
    place, start, end = diagnostic.place, diagnostic.place.start, diagnostic.place.end
    one_line = start.line == end.line
    return {
        "file": repository_path(place.file),
        "line": start.line,
        **({"col": start.column} if one_line else {}),
        "endLine": end.line,
        **({"endColumn": end.column} if one_line else {}),
        "title": f"{diagnostic.code} {name_of(diagnostic.code)}",
    }


def _data(text: str) -> str:
    return _percent(text, "%\r\n")


def _property(text: str) -> str:
    return _percent(text, "%\r\n:,")


def _percent(text: str, special: str) -> str:
    """A text with its special characters as their numbers; what cannot be seen is shown as a picture."""
    return "".join(f"%{ord(each):02X}" if each in special else each for each in visible(text))
