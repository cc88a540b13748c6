"""W224: several tests of one field joined by `or`, which a list says at once."""

from collections.abc import Iterator
from itertools import groupby

from scoreline.compiler.folding import fold, trim
from scoreline.compiler.operators import text_operator
from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Edit
from scoreline.dsl.messages import QuotedCode, code, say
from scoreline.dsl.source import Source
from scoreline.dsl.span import Span
from scoreline.tools.lint.edits import safe
from scoreline.tools.lint.joined import bare_path, runs
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.literals import values_of
from scoreline.tools.lint.project import ProjectView
from scoreline.tools.lint.texts import free_of_comments, written


def find(project: ProjectView) -> Iterator[Finding]:
    """Two or more tests in a row that ask the same of one field, each for a value."""
    for at, joined in project.written(nodes.Or):
        source = at.source
        for run in runs(joined.conditions):
            for how, alike in groupby(run, _how):
                tests = list(alike)
                if how is not None and len(tests) > 1:
                    yield _finding(source, how, tests)


def _how(test: nodes.Test) -> QuotedCode | None:
    """How a list would be asked for; None where none fits."""
    match test.comparison:
        case nodes.Is(value=nodes.Text() | nodes.Number() | nodes.Date(), negated=False):
            return code("in")
        case nodes.In(values=nodes.List(), negated=False):
            return code("in")
        case nodes.Match(how=how, argument=nodes.Text() | nodes.AnyOf(values=nodes.List()), negated=False):
            return code(text_operator(how).name + " any of")
        case _:
            return None


def _read(value: nodes.Node, *, trimmed: bool) -> object:
    """The value as the language reads it, however it is written."""
    match value:
        case nodes.Text():
            return fold(trim(value.value) if trimmed else value.value)
        case nodes.Number() | nodes.Date():
            return value.value
        case _:
            return value


def _finding(source: Source, how: QuotedCode, tests: list[nodes.Test]) -> Finding:
    span = tests[0].span.through(tests[-1].span)
    path = bare_path(tests[0]) or ""
    different: dict[object, nodes.Node] = {}
    for value in (value for test in tests for value in values_of(test.comparison)):
        different.setdefault(_read(value, trimmed=not isinstance(tests[0].comparison, nodes.Match)), value)
    values = ", ".join(written(source, value) for value in different.values())
    title = say("write `{path} {how} […]`", path=path, how=how)
    fix = safe(title, Edit(Span(*span), code("{path} {how} [{values}]", path=path, how=how, values=values)))
    return Finding(
        source.at(span),
        say("`or` joins {tests} tests of `{path}`: one list can replace them", tests=len(tests), path=path),
        title,
        (fix,) if free_of_comments(source, span) else (),
    )


LINT = hint("W224", find, local=True)
