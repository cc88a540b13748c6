"""W224: several tests of one field joined by `or`, which a list says at once."""

from collections.abc import Iterator
from itertools import groupby

from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Edit
from scoreline.dsl.source import Source
from scoreline.dsl.span import Span
from scoreline.tools.lint.chains import bare_path, runs
from scoreline.tools.lint.edits import safe
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.project import Project
from scoreline.tools.lint.texts import free_of_comments, written


def find(project: Project) -> Iterator[Finding]:
    """Two or more tests in a row that ask the same of one field, each for a value."""
    for at, joined in project.written(nodes.Or):
        source = at.file.parsed.source
        for run in runs(joined.conditions):
            for how, alike in groupby(run, _how):
                tests = list(alike)
                if how is not None and len(tests) > 1:
                    yield _finding(source, how, tests)


def _how(test: nodes.Test) -> str | None:
    """How a list would be asked for; None where none fits."""
    match test.comparison:
        case nodes.Is(value=nodes.Text() | nodes.Number() | nodes.Date(), negated=False):
            return "in"
        case nodes.In(values=nodes.List(), negated=False):
            return "in"
        case nodes.Match(how=how, argument=nodes.Text(), negated=False):
            return f"{how} any of"
        case nodes.Match(how=how, argument=nodes.AnyOf(values=nodes.List()), negated=False):
            return f"{how} any of"
        case _:
            return None


def _values(test: nodes.Test) -> tuple[nodes.Node, ...]:
    match test.comparison:
        case nodes.Is(value=value):
            return (value,)
        case nodes.In(values=nodes.List(items=items)):
            return items
        case nodes.Match(argument=nodes.AnyOf(values=nodes.List(items=items))):
            return items
        case nodes.Match(argument=argument):
            return (argument,)
        case _:
            return ()


def _finding(source: Source, how: str, tests: list[nodes.Test]) -> Finding:
    span = tests[0].span.through(tests[-1].span)
    path = bare_path(tests[0]) or ""
    values = ", ".join(written(source, value) for test in tests for value in _values(test))
    fix = safe(f"write `{path} {how} […]`", Edit(Span(*span), f"{path} {how} [{values}]"))
    return Finding(
        source.at(span),
        f"`or` joins {len(tests)} tests of `{path}` that one list says at once",
        f"write `{path} {how} […]`",
        (),
        (fix,) if free_of_comments(source, span) else (),
    )


LINT = hint("W224", find, local=True)
