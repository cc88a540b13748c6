"""What lints look at: the files as they are written, what the checker knows of them, and the settings.

Promises each test, list and statement with the file in which it stands, and what is resolved beside what is written;
everything is indexed once, so that a lint costs no more than what it looks at. Examples are no part of `written`:
what they give is data, not a rule.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import NamedTuple, TypeVar, cast

from scoreline.compiler import checked
from scoreline.compiler.plan import Plan
from scoreline.compiler.schema import Schema
from scoreline.compiler.sources import RuleFile, RuleFiles
from scoreline.dsl import nodes
from scoreline.dsl.messages import say
from scoreline.dsl.source import Place
from scoreline.dsl.span import Span
from scoreline.tools.lint.resolved import tests_of
from scoreline.tools.lint.settings import Settings
from scoreline.tools.lint.suppressions import Suppression, suppressions

N = TypeVar("N", bound=nodes.Node)
T = TypeVar("T")
Key = tuple[str, Span]


class Written(NamedTuple):
    """A node and the file in which it stands."""

    file: RuleFile
    node: nodes.Node

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.file.parsed.source.at(self.node.span)


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule as it is written and as it is checked, and the group that it belongs to."""

    file: RuleFile
    node: nodes.Rule
    made: checked.Rule
    group: nodes.Group | None

    @property
    def place(self) -> Place:
        """The place of its points (or of `disqualify`): what most lints speak of."""
        outcome = self.node.outcome if isinstance(self.node, nodes.When) else self.node.points
        return self.at(outcome)

    @property
    def name(self) -> str:
        """What messages call it: its label, or the line on which it stands."""
        label = self.node.label
        if label is not None:
            return f"`{label.value}`"
        return say("the rule in line {line}", line=self.at(self.node).start.line)

    def at(self, node: nodes.Node) -> Place:
        """The place of a node of the same file."""
        return self.file.parsed.source.at(node.span)


@dataclass(frozen=True, slots=True)
class ModelView:
    """A model as it is written and as it is checked; only the rules that are right."""

    file: RuleFile
    node: nodes.Model
    made: checked.Model
    rules: tuple[RuleView, ...]

    def at(self, node: nodes.Node) -> Place:
        """The place of a node of the same file."""
        return self.file.parsed.source.at(node.span)

    @property
    def groups(self) -> "Iterator[tuple[nodes.Group, tuple[RuleView, ...]]]":
        """Each group that has a title, with its rules."""
        members: dict[int, list[RuleView]] = defaultdict(list)
        for rule in self.rules:
            members[id(rule.group)].append(rule)
        for item in self.node.items:
            if isinstance(item, nodes.Group) and item.title is not None:
                yield item, tuple(members[id(item)])


@dataclass(frozen=True)
class Project:
    """Everything that a lint may look at. `plan` is None where there are errors; `of_use` are the suppressions (by
    place) and codes that silenced something, known to the lints that run last."""

    files: RuleFiles
    statements: checked.Checked
    schema: Schema
    settings: Settings
    plan: Plan | None = None
    of_use: frozenset[tuple[Place, str]] = frozenset()
    _done: "dict[Callable[[Project], object], object]" = field(
        default_factory=dict["Callable[[Project], object]", object], compare=False, repr=False
    )

    def once(self, work: "Callable[[Project], T]") -> T:
        """What a function finds in this project; it is called once, however many lints ask."""
        if work not in self._done:
            self._done[work] = work(self)
        return cast(T, self._done[work])

    @cached_property
    def all_files(self) -> tuple[RuleFile, ...]:
        """The project's own files, then those that are only used."""
        return (*self.files.own, *self.files.used)

    @cached_property
    def models(self) -> tuple[ModelView, ...]:
        """The models."""
        made = {(each.place.file, each.place.span): each for each in self.statements.models}
        found: list[ModelView] = []
        for file in self.files.own:
            for item in file.parsed.file.items:
                model = made.get((file.name, item.name.span)) if isinstance(item, nodes.Model) else None
                if model is not None and isinstance(item, nodes.Model):
                    found.append(ModelView(file, item, model, tuple(_rules(file, item, model))))
        return tuple(found)

    @cached_property
    def tests(self) -> Mapping[Key, checked.Test]:
        """What the checker knows of the tests that rules, audiences and stages are made of, by where they are written
        (those of lets where the let is)."""
        return {(each.place.file, each.place.span): each for each in tests_of(self.statements)}

    def test(self, written: Written) -> checked.Test | None:
        """What the checker knows of a test; None for one that nothing uses."""
        return self.tests.get((written.file.name, written.node.span))

    @cached_property
    def tested(self) -> "tuple[tuple[Written, nodes.Test, checked.Test | None], ...]":
        """Every test that is written in models, qualifications and lets, and what the checker knows of it."""
        return tuple((at, test, self.test(at)) for at, test in self.written(nodes.Test))

    def written(self, kind: type[N]) -> Iterator[tuple[Written, N]]:
        """Every node of a kind in models, qualifications and lets, in text order."""
        for file, node in self._index.by_kind.get(kind, ()):
            yield Written(file, node), cast(N, node)

    def around(self, node: nodes.Node) -> nodes.Node | None:
        """The node that directly holds another one."""
        return self._index.around.get(id(node))

    @property
    def suppressions(self) -> tuple[Suppression, ...]:
        """The comments that silence lints."""
        return self.once(_suppressions)

    @cached_property
    def today(self) -> datetime.date:
        """The day on which the rules are looked at."""
        return self.settings.today

    @cached_property
    def _index(self) -> "_Index":
        index = _Index(defaultdict(list), {})
        for file in self.all_files:
            _fill(index, file)
        return index


class _Index(NamedTuple):
    """The nodes by their kind, and for each (by its id) the one that directly holds it."""

    by_kind: dict[type[nodes.Node], list[Written]]
    around: dict[int, nodes.Node]


def _fill(index: _Index, file: RuleFile) -> None:
    """Index all nodes of a file but those of examples; the names in paths, which nobody asks for, are left out."""
    by_kind, around = index
    items = file.parsed.file.items
    waiting: list[nodes.Node] = [item for item in reversed(items) if not isinstance(item, nodes.Example)]
    while waiting:
        node = waiting.pop()
        kind = type(node)
        by_kind[kind].append(Written(file, node))
        if kind is nodes.Path or not (names := _SLOTS[kind]):
            continue
        below = _held(node, names)
        for part in below:
            around[id(part)] = node
        below.reverse()
        waiting += below


def _suppressions(project: Project) -> tuple[Suppression, ...]:
    return tuple(each for file in project.all_files for each in suppressions(file.parsed))


def _rules(file: RuleFile, model: nodes.Model, made: checked.Model) -> Iterator[RuleView]:
    by_span = {rule.place.span: rule for rule in made.rules}
    group: nodes.Group | None = None
    for item in model.items:
        match item:
            case nodes.Group():
                group = None if item.title is None else item
            case nodes.Grade():
                group = None
            case nodes.When() | nodes.ForEach():
                if (rule := by_span.get(item.span)) is not None:
                    yield RuleView(file, item, rule, group)
            case _:
                pass


def parts(node: nodes.Node) -> list[nodes.Node]:
    """The nodes that a node directly holds, in text order."""
    return _held(node, _SLOTS[type(node)])


def _held(node: nodes.Node, names: tuple[str, ...]) -> list[nodes.Node]:
    held: list[nodes.Node] = []
    for name in names:
        value = getattr(node, name)
        if value.__class__ is tuple:
            held += value
        elif value is not None and isinstance(value, nodes.Node):
            held.append(value)
    return held


class _Slots(dict[type[nodes.Node], tuple[str, ...]]):
    """The names of a node's parts that may be nodes, found once a kind."""

    def __missing__(self, kind: type[nodes.Node]) -> tuple[str, ...]:
        self[kind] = tuple(each.name for each in fields(kind) if each.name != "span" and each.type not in _PLAIN)
        return self[kind]


_PLAIN = (str, int, bool, datetime.date, nodes.Unit)
_SLOTS = _Slots()


def within(node: nodes.Node) -> Iterator[nodes.Node]:
    """A node and everything below it, outer ones first, in text order."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(reversed(parts(current)))
