"""What the checker found of rules, for whoever checks a project again after an edit.

Promises that a rule is recalled only if it is the same node and everything that its meaning depends on is as it was:
the schema, the lets, the names of models, whether the contact counts. Only the last check is remembered. What is
recalled speaks of places in the file as it was then; their spans hold in every later version (`dsl/edited.py`).
"""

from typing import NamedTuple

from scoreline.compiler import checked
from scoreline.compiler.check.symbols import LetKey, Symbols
from scoreline.compiler.schema import Schema
from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Diagnostic


class KnownRule(NamedTuple):
    """A rule's node, what it means (None after a mistake), what is wrong with it, and the lets that it uses."""

    node: nodes.Rule
    rule: checked.Rule | None
    diagnostics: tuple[Diagnostic, ...]
    used: frozenset[LetKey]


Scope = tuple[str, bool]
"""The file of a rule, and whether its model includes the contact's interactions."""


class KnownRules:
    """The rules of one check, and those of the one before, as far as they hold."""

    def __init__(self, before: "KnownRules | None") -> None:
        self._before = before.rules if before else {}
        self.rules: dict[tuple[int, Scope], KnownRule] = {}

    def recall(self, node: nodes.Rule, scope: Scope) -> KnownRule | None:
        """What was found of a rule the last time."""
        return self._before.get((id(node), scope))

    def keep(self, node: nodes.Rule, scope: Scope, known: KnownRule) -> None:
        """Remember what was found of a rule; that it holds the node keeps the node's identity its own."""
        self.rules[id(node), scope] = known


class Memory:
    """What the last check found."""

    def __init__(self) -> None:
        self._schema: Schema | None = None
        self._names: object = None
        self._last: KnownRules | None = None

    def of(self, symbols: Symbols) -> KnownRules:
        """What is known of rules among these symbols, and where to keep what is found now."""
        names = _names(symbols)
        holds = self._schema is symbols.schema and self._names == names
        known = KnownRules(self._last if holds else None)
        self._schema, self._names, self._last = symbols.schema, names, known
        return known


class _Same:
    """A value that equals itself alone, and is kept, so that nothing else can take its identity."""

    def __init__(self, value: object) -> None:
        self._value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self._value is other._value

    __hash__ = None  # pyright: ignore[reportAssignmentType]


def _names(symbols: Symbols) -> object:
    """Everything but the schema that a rule can see."""
    lets = {
        file: {name: (let.key, _Same(let.value)) for name, let in visible.items()}
        for file, visible in symbols.lets.items()
    }
    return lets, tuple(symbols.models), symbols.lacking
