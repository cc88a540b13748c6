"""Everything that lints look for in a project, indexed once.

Promises each statement once (a heading counts without the statements below it), its nodes by kind in text order, and
the checked tests by the place where they are written. Examples are left out: what they give is data, not a rule. What
was indexed in the last run is only looked up (`memory.py`).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from scoreline.compiler import checked
from scoreline.compiler.checked_parts import conditions_of, tests_in
from scoreline.compiler.recalled import Recalled
from scoreline.compiler.sources import RuleFile, RuleFiles
from scoreline.dsl import nodes
from scoreline.dsl.headings import below
from scoreline.dsl.span import Span
from scoreline.dsl.walk import descend, parts

Key = tuple[str, Span]


GATHERED = frozenset(
    (
        nodes.Test, nodes.Not, nodes.And, nodes.Or, nodes.Happening, nodes.Since,
        nodes.List, nodes.Path, nodes.When, nodes.Stage,
    )
)  # fmt: skip
"""The kinds of nodes that lints ask for."""


class IndexedStatement(NamedTuple):
    """A statement, or a heading without what stands below it: its nodes by kind, and what directly holds each."""

    node: nodes.Node
    by_kind: Mapping[type[nodes.Node], Sequence[nodes.Node]]
    around: Mapping[int, nodes.Node]


def piece_of(statement: nodes.Node) -> IndexedStatement:
    """A statement, indexed. Kinds that no lint looks for are not gathered, and the names in paths are left out."""
    apart = frozenset(map(id, below(statement))) if isinstance(statement, nodes.FileItem) else frozenset[int]()
    by_kind: dict[type[nodes.Node], list[nodes.Node]] = defaultdict(list)
    around: dict[int, nodes.Node] = {}

    def held(node: nodes.Node) -> list[nodes.Node]:
        if isinstance(node, nodes.Path):
            return []
        found = parts(node) if node is not statement else [each for each in parts(node) if id(each) not in apart]
        around.update((id(each), node) for each in found)
        return found

    for node in descend(statement, held):
        if type(node) in GATHERED:
            by_kind[type(node)].append(node)
    return IndexedStatement(statement, by_kind, around)


def tests_of_condition(condition: checked.Condition) -> tuple[tuple[Key, checked.Test], ...]:
    """The tests of a checked condition, each with the file and span at which it is written."""
    return tuple(((each.place.file, each.place.span), each) for each in tests_in(condition))


@dataclass(frozen=True)
class Index:
    """The pieces of a project's files, and what the checker knows of the tests in them."""

    files: RuleFiles
    statements: checked.Checked
    pieces: Recalled[nodes.Node, IndexedStatement]
    tests_in: Recalled[checked.Condition, tuple[tuple[Key, checked.Test], ...]]

    def piece(self, statement: nodes.Node) -> IndexedStatement:
        """The piece of a statement."""
        return self.pieces.of(statement, piece_of)

    def tests_of(self, condition: checked.Condition) -> tuple[tuple[Key, checked.Test], ...]:
        """The tests of a checked condition, each with where it is written."""
        return self.tests_in.of(condition, tests_of_condition)

    @cached_property
    def by_kind(self) -> Mapping[type[nodes.Node], Sequence[tuple[RuleFile, IndexedStatement]]]:
        """The pieces that hold nodes of a kind."""
        found: dict[type[nodes.Node], list[tuple[RuleFile, IndexedStatement]]] = defaultdict(list)
        for file, piece in self._all:
            for kind in piece.by_kind:
                found[kind].append((file, piece))
        return found

    @cached_property
    def around(self) -> Mapping[int, nodes.Node]:
        """The node that directly holds another one, by the other one's identity."""
        found: dict[int, nodes.Node] = {}
        for _, piece in self._all:
            found.update(piece.around)
        return found

    @cached_property
    def tests(self) -> Mapping[Key, checked.Test]:
        """The checked tests of rules, audiences and stages, by the place where they are written (a test of a let by its
        place in the let)."""
        found: dict[Key, checked.Test] = {}
        for condition in conditions_of(self.statements):
            found.update(self.tests_of(condition))
        for model in self.statements.models:
            for rule in model.rules:
                if rule.count is not None and rule.count.where is not None:
                    found.update(self.tests_of(rule.count.where))
        return found

    @cached_property
    def _all(self) -> Sequence[tuple[RuleFile, IndexedStatement]]:
        return tuple(
            (file, self.piece(statement))
            for file in (*self.files.own, *self.files.used)
            for item in file.parsed.file.items
            if not isinstance(item, nodes.Example)
            for statement in (item, *below(item))
        )
