"""Runs the lints over a project, and leaves out what a comment or the project file silences.

Promises the same findings in the same order for the same project and day: by file, then by place, then by code. A file
with an error is not linted. While any file has an error, only lints that look at one statement run, so that one mistake
causes no second message.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from scoreline.compiler import checked
from scoreline.compiler.pipeline import Compiled
from scoreline.compiler.schema import Schema
from scoreline.dsl.diagnostics import Diagnostic, Severity
from scoreline.dsl.source import Place
from scoreline.dsl.span import Span
from scoreline.tools.lint.lints import Lint, lints
from scoreline.tools.lint.memory import LintMemory
from scoreline.tools.lint.project import ProjectView, RuleView
from scoreline.tools.lint.settings import LintSettings
from scoreline.tools.lint.suppressions import Suppression


def lint(
    compiled: Compiled, schema: Schema, settings: LintSettings, memory: LintMemory | None = None
) -> tuple[Diagnostic, ...]:
    """The findings of all lints in rules that were compiled. With the `memory` of the last run, findings that follow
    from one rule alone are worked out anew only for rules that changed since."""
    memory = memory or LintMemory()
    memory.begin(schema, settings)
    project = ProjectView.of(compiled, schema, settings, memory)
    errors = {each.place.file for each in compiled.diagnostics if each.severity is Severity.ERROR}
    wide = (each for each in lints().values() if not each.local and not each.last and not errors)
    reported = (*_local(project), *(told for each in wide for told in _findings(each, project)))
    found = _silenced(project, compiled.files.in_documents(reported))
    judged = replace(project, of_use=frozenset(found.of_use))
    late = [told for each in lints().values() if each.last and not errors for told in each.diagnostics(judged)]
    rest = (*found.left, *_silenced(judged, late).left)
    kept = (each for each in rest if each.code not in settings.ignore and each.place.file not in errors)
    return tuple(sorted(kept, key=lambda each: each.sort_key))


def _local(project: ProjectView) -> Iterator[Diagnostic]:
    """The findings of lints that look at one statement; for a rule that has not changed, those of the last run."""
    memory = project.memory.findings
    rules = [(rule, meaning) for _, rule in project.rules if (meaning := _meaning(rule))]
    part = project.part(rule.node for rule, meaning in rules if memory.known(meaning) is None)
    places = _Places(rule for rule, _ in rules)
    new: dict[int, list[Diagnostic]] = defaultdict(list)
    for lint in lints().values():
        for told in _findings(lint, part) if lint.local else ():
            rule = places.rule(told.place)
            if rule is None:
                yield told
            else:
                new[id(rule.node)].append(told)
    for rule, meaning in rules:
        yield from memory.of(meaning, lambda _, rule=rule: tuple(new[id(rule.node)]))


def _meaning(rule: RuleView) -> checked.Condition | checked.Count | None:
    """What a rule tests or counts."""
    return rule.made.count if rule.made.condition is None else rule.made.condition


class _Places:
    """Where rules stand, so that the rule around a place is found."""

    def __init__(self, rules: Iterable[RuleView]) -> None:
        by_file: dict[str, list[RuleView]] = defaultdict(list)
        for rule in rules:
            by_file[rule.file.name].append(rule)
        self._by_file = {name: sorted(found, key=lambda rule: rule.node.span.start) for name, found in by_file.items()}

    def rule(self, place: Place) -> RuleView | None:
        """The rule in which something stands, if it is one."""
        rules = self._by_file.get(place.file, [])
        at = bisect_right(rules, place.span.start, key=lambda rule: rule.node.span.start) - 1
        return rules[at] if at >= 0 and place.span.start < rules[at].node.span.end else None


def _findings(lint: Lint, project: ProjectView) -> Iterable[Diagnostic]:
    """The findings of a lint, one for each place: a test in a let is met as often as the let is used."""
    first: dict[tuple[str, Span], Diagnostic] = {}
    for each in lint.diagnostics(project):
        first.setdefault((each.place.file, each.place.span), each)
    return first.values()


class _Silenced:
    """The findings that no suppression silences, and which suppressions silenced which code."""

    def __init__(self) -> None:
        self.left: list[Diagnostic] = []
        self.of_use: set[tuple[Place, str]] = set()


def _silenced(project: ProjectView, found: Iterable[Diagnostic]) -> _Silenced:
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
    """The suppressions by the statement that they cover, and by their own place."""

    def __init__(self, listed: Iterable[Suppression]) -> None:
        self._themselves = {(each.place.file, code, each.place.span): each for each in listed for code, _ in each.codes}
        self._by_statement: dict[tuple[str, str, Span], Suppression] = {}
        statements: dict[tuple[str, str], set[Span]] = defaultdict(set)
        inside: dict[tuple[str, str], list[Suppression]] = defaultdict(list)
        for each in listed:
            if each.misspelled is not None:
                continue
            if each.inside:
                for code, _ in each.codes:
                    inside[each.place.file, code].append(each)
            if each.covers is None:
                continue
            for code, _ in each.codes:
                self._by_statement.setdefault((each.place.file, code, each.covers), each)
                statements[each.place.file, code].add(each.covers)
        self._statements = {key: sorted(spans) for key, spans in statements.items()}
        self._inside = {key: sorted(found, key=_start) for key, found in inside.items()}

    def first(self, diagnostic: Diagnostic) -> Suppression | None:
        """The suppression that silences a diagnostic; the statements of a file do not overlap."""
        file, code, span = diagnostic.place.file, diagnostic.code, diagnostic.place.span
        statements = self._statements.get((file, code), [])
        at = bisect_right(statements, span.start, key=lambda each: each.start) - 1
        if at >= 0 and span.start < statements[at].end:
            return self._by_statement[file, code, statements[at]]
        return self._in_comment(diagnostic) or self._themselves.get((file, code, span))

    def _in_comment(self, diagnostic: Diagnostic) -> Suppression | None:
        """The suppression that stands inside of the comment that a diagnostic is about."""
        place = diagnostic.place
        found = self._inside.get((place.file, diagnostic.code), [])
        at = bisect_right(found, place.span.start, key=_start)
        inside = at < len(found) and _start(found[at]) < place.span.end and place.text.startswith("#")
        return found[at] if inside else None


def _start(suppression: Suppression) -> int:
    return suppression.place.span.start
