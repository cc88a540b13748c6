"""Runs the lints over a project: what they find, without what a comment or the project file silences.

Promises the same findings in the same order for the same project and day: by file, then by place, then by code. A file
that has an error is not looked at, and while there is any error only lints that look at one statement speak, so that
one mistake makes no second message.
"""

from bisect import bisect_right
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
    covering = _Covering(project.suppressions)
    result = _Silenced()
    for diagnostic in found:
        by = covering.first(diagnostic)
        if by is None:
            result.left.append(diagnostic)
        else:
            result.of_use.add((by.place, diagnostic.code))
    return result


class _Covering:
    """The suppressions by what they speak of: the statement that they cover, and themselves."""

    def __init__(self, listed: Iterable[Suppression]) -> None:
        self._themselves = {(each.place.file, code, each.place.span): each for each in listed for code, _ in each.codes}
        self._by_statement: dict[tuple[str, str, Span], Suppression] = {}
        statements: dict[tuple[str, str], set[Span]] = defaultdict(set)
        for each in listed:
            if each.covers is None:
                continue
            for code, _ in each.codes:
                self._by_statement.setdefault((each.place.file, code, each.covers), each)
                statements[each.place.file, code].add(each.covers)
        self._statements = {key: sorted(spans) for key, spans in statements.items()}

    def first(self, diagnostic: Diagnostic) -> Suppression | None:
        """The suppression that silences a diagnostic; the statements of a file do not overlap."""
        file, code, span = diagnostic.place.file, diagnostic.code, diagnostic.place.span
        statements = self._statements.get((file, code), [])
        at = bisect_right(statements, span.start, key=lambda each: each.start) - 1
        if at >= 0 and span.start < statements[at].end:
            return self._by_statement[file, code, statements[at]]
        return self._themselves.get((file, code, span))
