"""What lints look at: the files as they are written, what the checker knows of them, and the settings.

Promises each test, list and statement with its file, and the checked form beside the written one. Everything is indexed
once, so that a lint costs no more than what it looks at. Examples are not part of `written`: what they give is data,
not a rule.
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
from scoreline.dsl.source import Place, Source
from scoreline.tools.lint.index import GATHERED, Index
from scoreline.tools.lint.meanings import Meanings
from scoreline.tools.lint.memory import LintMemory
from scoreline.tools.lint.settings import LintSettings
from scoreline.tools.lint.suppressions import Suppression, suppressions

N = TypeVar("N", bound=nodes.Node)
T = TypeVar("T")
_RULES = (nodes.When, nodes.ForEach)


class Written(NamedTuple):
    """A node and the file in which it stands."""

    file: RuleFile
    node: nodes.Node

    @property
    def source(self) -> Source:
        """The text of the file."""
        return self.file.parsed.source

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.source.at(self.node.span)


@dataclass(frozen=True, slots=True)
class InFile:
    """Something that stands in a rule file."""

    file: RuleFile

    @property
    def source(self) -> Source:
        """The text of the file."""
        return self.file.parsed.source

    def at(self, node: nodes.Node) -> Place:
        """The place of a node of the same file."""
        return self.source.at(node.span)


@dataclass(frozen=True, slots=True)
class RuleView(InFile):
    """A rule as it is written and as it is checked, and the group that it belongs to."""

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

    def rivals(self, other: "RuleView") -> bool:
        """Whether two rules stand in one `best only` group, so that only the better one of both counts."""
        return self.group is not None and self.group is other.group and self.group.best_only


class GroupView(NamedTuple):
    """A group that has a title, as it is written and as it is checked, with its rules."""

    node: nodes.Group
    made: checked.Group
    rules: tuple[RuleView, ...]


@dataclass(frozen=True, slots=True)
class ModelView(InFile):
    """A model as it is written and as it is checked; only the rules that are right."""

    node: nodes.Model
    made: checked.Model
    rules: tuple[RuleView, ...]

    @property
    def groups(self) -> Iterator[GroupView]:
        """Each group that has a title, in text order."""
        members: dict[int, list[RuleView]] = defaultdict(list)
        for rule in self.rules:
            members[id(rule.group)].append(rule)
        titled = (item for item in self.node.items if isinstance(item, nodes.Group) and item.title is not None)
        for node, made in zip(titled, self.made.groups, strict=True):
            yield GroupView(node, made, tuple(members[id(node)]))

    def items(self, kind: type[N]) -> list[N]:
        """The statements of one kind, in text order."""
        return [item for item in self.node.items if isinstance(item, kind)]


@dataclass(frozen=True)
class ProjectView:
    """Everything that a lint may look at.

    `of_use` are the suppressions (by place) and codes that silenced something; only lints that run last know them. With
    `only`, the project is narrowed to these rules (by identity) and to all statements that are no rules.
    """

    files: RuleFiles
    statements: checked.Checked
    schema: Schema
    settings: LintSettings
    memory: LintMemory
    index: Index
    models: tuple[ModelView, ...]
    suppressions: tuple[Suppression, ...]
    of_use: frozenset[tuple[Place, str]] = frozenset()
    only: frozenset[int] | None = None
    _done: dict[object, object] = field(default_factory=dict[object, object], compare=False, repr=False)

    @classmethod
    def of(cls, compiled: Compiled, schema: Schema, settings: LintSettings, memory: LintMemory) -> "ProjectView":
        """The project of rules that were compiled, indexed."""
        files, statements = compiled.files, compiled.statements
        index = Index(files, statements, memory.pieces, memory.tests)
        silencing = tuple(each for file in (*files.own, *files.used) for each in suppressions(file.parsed))
        return cls(files, statements, schema, settings, memory, index, tuple(_models(files, statements)), silencing)

    def once(self, work: "Callable[[ProjectView], T]") -> T:
        """What a function finds in this project. It is called once, however many lints need the result."""
        if work not in self._done:
            self._done[work] = work(self)
        return cast(T, self._done[work])

    def part(self, rules: Iterable[nodes.Rule]) -> "ProjectView":
        """The same project for lints that look at one statement at a time: these rules, and all statements that are no
        rules."""
        only = frozenset(map(id, rules))
        models = tuple(
            replace(each, rules=tuple(rule for rule in each.rules if id(rule.node) in only)) for each in self.models
        )
        return replace(self, models=models, only=only, _done={})

    @property
    def rules(self) -> Iterator[tuple[ModelView, RuleView]]:
        """Every rule with its model."""
        return ((model, rule) for model in self.models for rule in model.rules)

    @property
    def for_each_rules(self) -> Iterator[tuple[ModelView, RuleView, nodes.ForEach]]:
        """Every `for each` rule with its model, and as it is written."""
        return ((model, rule, rule.node) for model, rule in self.rules if isinstance(rule.node, nodes.ForEach))

    def items(self, kind: type[N], *, used: bool = False) -> Iterator[tuple[RuleFile, N]]:
        """The statements of one kind that are written in the project's own files, and, with `used`, in files that these
        use."""
        for file in self.all_files if used else self.files.own:
            yield from ((file, item) for item in file.parsed.file.items if isinstance(item, kind))

    @property
    def all_files(self) -> tuple[RuleFile, ...]:
        """The project's own files, then those that are only used."""
        return (*self.files.own, *self.files.used)

    @property
    def meanings(self) -> Meanings:
        """Numbers for what rules test."""
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
        """The checked form of a test; None for one that no rule, audience or stage uses."""
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


def _tested(project: ProjectView) -> tuple[tuple[Written, nodes.Test, checked.Test | None], ...]:
    return tuple((at, test, project.test(at)) for at, test in project.written(nodes.Test))


def _models(files: RuleFiles, statements: checked.Checked) -> Iterator[ModelView]:
    made = {(each.place.file, each.place.span): each for each in statements.models}
    for file in files.own:
        for item in file.parsed.file.items:
            if isinstance(item, nodes.Model) and (model := made.get((file.name, item.name.span))) is not None:
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
