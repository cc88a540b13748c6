"""What lints look at: the files as they are written, what the checker knows of them, and the settings.

Promises each test, list and statement with the file in which it stands, and what is resolved beside what is written;
everything is indexed once, so that a lint costs no more than what it looks at. Examples are no part of `written`:
what they give is data, not a rule.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypeVar, cast

from scoreline.compiler import checked
from scoreline.compiler.pipeline import Compiled
from scoreline.compiler.schema import Schema
from scoreline.compiler.sources import RuleFile, RuleFiles
from scoreline.dsl import nodes
from scoreline.dsl.messages import say
from scoreline.dsl.source import Place
from scoreline.tools.lint.index import GATHERED, Index
from scoreline.tools.lint.meanings import Meanings
from scoreline.tools.lint.memory import Memory
from scoreline.tools.lint.settings import Settings
from scoreline.tools.lint.suppressions import Suppression, suppressions

N = TypeVar("N", bound=nodes.Node)
T = TypeVar("T")
_RULES = (nodes.When, nodes.ForEach)


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
    """Everything that a lint may look at. `of_use` are the suppressions (by place) and codes that silenced something,
    known to the lints that run last. With `only`, the nodes and rules to look at are those of these rules (by identity)
    and of everything that is no rule."""

    files: RuleFiles
    statements: checked.Checked
    schema: Schema
    settings: Settings
    memory: Memory
    index: Index
    models: tuple[ModelView, ...]
    suppressions: tuple[Suppression, ...]
    of_use: frozenset[tuple[Place, str]] = frozenset()
    only: frozenset[int] | None = None
    _done: dict[object, object] = field(default_factory=dict[object, object], compare=False, repr=False)

    @classmethod
    def of(cls, compiled: Compiled, schema: Schema, settings: Settings, memory: Memory) -> "Project":
        """The project of rules that were compiled, indexed."""
        files, statements = compiled.files, compiled.statements
        index = Index(files, statements, memory.pieces, memory.tests)
        silencing = tuple(each for file in (*files.own, *files.used) for each in suppressions(file.parsed))
        return cls(files, statements, schema, settings, memory, index, tuple(_models(files, statements)), silencing)

    def once(self, work: "Callable[[Project], T]") -> T:
        """What a function finds in this project; it is called once, however many lints ask."""
        if work not in self._done:
            self._done[work] = work(self)
        return cast(T, self._done[work])

    def part(self, rules: Iterable[nodes.Rule]) -> "Project":
        """The same for lints that look at each statement by itself: these rules alone, and all that is no rule."""
        only = frozenset(map(id, rules))
        models = tuple(
            replace(each, rules=tuple(rule for rule in each.rules if id(rule.node) in only)) for each in self.models
        )
        return replace(self, models=models, only=only, _done={})

    @property
    def all_files(self) -> tuple[RuleFile, ...]:
        """The project's own files, then those that are only used."""
        return (*self.files.own, *self.files.used)

    @property
    def meanings(self) -> Meanings:
        """What rules ask, as numbers."""
        return self.memory.meanings

    @property
    def today(self) -> datetime.date:
        """The day on which the rules are looked at."""
        return self.settings.today

    @property
    def tested(self) -> "tuple[tuple[Written, nodes.Test, checked.Test | None], ...]":
        """Every test that is written in models, qualifications and lets, and what the checker knows of it."""
        return self.once(_tested)

    def test(self, written: Written) -> checked.Test | None:
        """What the checker knows of a test; None for one that nothing uses."""
        return self.index.tests.get((written.file.name, written.node.span))

    def written(self, kind: type[N]) -> Iterator[tuple[Written, N]]:
        """Every node of a kind (one of those that are gathered) in models, qualifications and lets."""
        assert kind in GATHERED, kind
        for file, piece in self.index.by_kind.get(kind, ()):
            if self.only is None or id(piece.node) in self.only or type(piece.node) not in _RULES:
                for node in piece.by_kind[kind]:
                    yield Written(file, node), cast(N, node)

    def around(self, node: nodes.Node) -> nodes.Node | None:
        """The node that directly holds another one."""
        return self.index.around.get(id(node))

    def outwards(self, node: nodes.Node) -> Iterator[nodes.Node]:
        """The nodes that hold another one, from the nearest to the whole statement."""
        around = self.around(node)
        while around is not None:
            yield around
            around = self.around(around)


def _tested(project: Project) -> tuple[tuple[Written, nodes.Test, checked.Test | None], ...]:
    return tuple((at, test, project.test(at)) for at, test in project.written(nodes.Test))


def _models(files: RuleFiles, statements: checked.Checked) -> Iterator[ModelView]:
    made = {(each.place.file, each.place.span): each for each in statements.models}
    for file in files.own:
        for item in file.parsed.file.items:
            model = made.get((file.name, item.name.span)) if isinstance(item, nodes.Model) else None
            if model is not None and isinstance(item, nodes.Model):
                yield ModelView(file, item, model, tuple(_rules(file, item, model)))


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
