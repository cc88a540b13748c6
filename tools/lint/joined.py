"""Tests of one field that stand side by side in an `and` or an `or`, also those that the word makes no sense of."""

from collections.abc import Iterator
from dataclasses import dataclass

from scoreline.compiler.folding import fold, trim
from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Edit, Fix
from scoreline.dsl.messages import QuotedCode, code, say
from scoreline.dsl.source import Place, Source
from scoreline.dsl.span import Span
from scoreline.tools.lint.edits import offer
from scoreline.tools.lint.project import ProjectView
from scoreline.tools.lint.texts import free_of_comments, written


def bare_path(test: nodes.Condition) -> str | None:
    """The path of a test that is about one path and nothing else: no weight, `where`, `distinct` or window."""
    if not isinstance(test, nodes.Test) or test.window is not None or test.subject.measure is not None:
        return None
    term, *others = test.subject.terms
    plain = not others and term.weight is None and term.where is None
    return term.path.dotted if plain else None


def by_path(conditions: tuple[nodes.Condition, ...]) -> dict[str, list[nodes.Test]]:
    """The tests among conditions that are about one path, by that path."""
    found: dict[str, list[nodes.Test]] = {}
    for each in conditions:
        path = bare_path(each)
        if path is not None and isinstance(each, nodes.Test):
            found.setdefault(path, []).append(each)
    return found


def runs(conditions: tuple[nodes.Condition, ...]) -> Iterator[list[nodes.Test]]:
    """Two or more tests of one path in a row."""
    run: list[nodes.Test] = []
    for each in conditions:
        if run and isinstance(each, nodes.Test) and bare_path(each) == bare_path(run[0]):
            run.append(each)
            continue
        if len(run) > 1:
            yield run
        run = [each] if isinstance(each, nodes.Test) and bare_path(each) is not None else []
    if len(run) > 1:
        yield run


@dataclass(frozen=True, slots=True)
class Joined:
    """Tests of one path, and all conditions that they are joined with."""

    source: Source
    path: str
    tests: tuple[nodes.Test, ...]
    conditions: tuple[nodes.Condition, ...]

    @property
    def place(self) -> Place:
        """From the first to the last of the tests."""
        return self.source.at(self.tests[0].span.through(self.tests[-1].span))

    @property
    def first(self) -> str:
        """The first value, in backticks."""
        return f"`{self._values[0]}`"

    @property
    def second(self) -> str:
        """The second value, in backticks."""
        return f"`{self._values[1]}`"

    @property
    def _values(self) -> list[str]:
        return [
            written(self.source, test.comparison.value) for test in self.tests if isinstance(test.comparison, nodes.Is)
        ]

    def fixes(self, how: QuotedCode) -> tuple[Fix, ...]:
        """One test with a list, where the tests stand in a row."""
        first = self.conditions.index(self.tests[0])
        in_a_row = self.conditions[first : first + len(self.tests)] == self.tests
        span = self.place.span
        if not in_a_row or not free_of_comments(self.source, span):
            return ()
        text = code("{path} {how} [{values}]", path=self.path, how=how, values=", ".join(self._values))
        return (offer(say("write `{path} {how} […]`", path=self.path, how=how), Edit(Span(*span), text)),)


def joined_values(project: ProjectView, kind: "type[nodes.And] | type[nodes.Or]", *, negated: bool) -> Iterator[Joined]:
    """Each `and` or `or` in which a path is compared with several values by `is`, or by `is not` if `negated`."""
    for at, node in project.written(kind):
        for path, tests in by_path(node.conditions).items():
            fitting = tuple(
                test
                for test in tests
                if isinstance(test.comparison, nodes.Is)
                and test.comparison.negated == negated
                and not isinstance(test.comparison.value, nodes.Path)
            )
            if len({_value(test) for test in fitting}) > 1:
                yield Joined(at.source, path, fitting, node.conditions)


def _value(test: nodes.Test) -> object:
    match test.comparison:
        case nodes.Is(value=nodes.Text() as text):
            return fold(trim(text.value))
        case nodes.Is(value=nodes.Number() | nodes.Date() | nodes.YesNo() as literal):
            return literal.value
        case _:
            return None
