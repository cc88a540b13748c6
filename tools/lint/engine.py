"""Runs the lints over a project: what they find, without what a comment or the project file silences.

Promises the same findings in the same order for the same project and day: by file, then by place, then by code. A file
that has an error is not looked at, and while there is any error only lints that look at one statement speak, so that
one mistake makes no second message.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from scoreline.compiler.pipeline import Compiled
from scoreline.compiler.schema import Schema
from scoreline.dsl.diagnostics import Diagnostic, Severity
from scoreline.dsl.source import Place
from scoreline.dsl.span import Span
from scoreline.tools.lint.lints import Lint
from scoreline.tools.lint.project import Project
from scoreline.tools.lint.registry import lints
from scoreline.tools.lint.settings import Settings
from scoreline.tools.lint.suppressions import Suppression


def lint(compiled: Compiled, schema: Schema, settings: Settings) -> tuple[Diagnostic, ...]:
    """What the lints have to say about rules that were compiled."""
    project = Project(compiled.files, compiled.statements, schema, settings, compiled.plan)
    errors = {each.place.file for each in compiled.diagnostics if each.severity is Severity.ERROR}
    known = [each for each in lints().values() if each.local or not errors]
    found = _silenced(project, [told for each in known if not each.last for told in _told(each, project)])
    judged = replace(project, of_use=frozenset(found.of_use))
    late = [told for each in known if each.last for told in each.told(judged)]
    rest = (*found.left, *_silenced(judged, late).left)
    kept = (each for each in rest if each.code not in settings.ignore and each.place.file not in errors)
    return tuple(sorted(kept, key=lambda each: each.sort_key))


def _told(lint: Lint, project: Project) -> Iterable[Diagnostic]:
    """What a lint finds, at each place once (a test of a let is met as often as the let is used)."""
    first: dict[tuple[str, Span], Diagnostic] = {}
    for each in lint.told(project):
        first.setdefault((each.place.file, each.place.span), each)
    return first.values()


class _Silenced:
    """What is left of the findings, and which suppressions were of use for which code."""

    def __init__(self) -> None:
        self.left: list[Diagnostic] = []
        self.of_use: set[tuple[Place, str]] = set()


def _silenced(project: Project, found: Iterable[Diagnostic]) -> _Silenced:
    by_code: dict[tuple[str, str], list[Suppression]] = defaultdict(list)
    for each in project.suppressions:
        for code, _ in each.codes:
            by_code[each.place.file, code].append(each)
    result = _Silenced()
    for diagnostic in found:
        by = next((each for each in by_code[diagnostic.place.file, diagnostic.code] if _covers(each, diagnostic)), None)
        if by is None:
            result.left.append(diagnostic)
        else:
            result.of_use.add((by.place, diagnostic.code))
    return result


def _covers(suppression: Suppression, diagnostic: Diagnostic) -> bool:
    span = suppression.covers
    inside = span is not None and span.start <= diagnostic.place.span.start < span.end
    return inside or suppression.place.span == diagnostic.place.span
