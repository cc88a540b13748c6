"""What was worked out of rules, for whoever lints a project again after an edit.

Promises that only what belongs to the very same nodes and checked rules is recalled, under the same schema and
settings. What is not asked for in one run is forgotten in the next.
"""

from scoreline.compiler import checked
from scoreline.compiler.checked_parts import negated_in
from scoreline.compiler.schema import Schema
from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Diagnostic
from scoreline.tools.lint.index import IndexedStatement, Key, piece_of, tests_of_condition
from scoreline.tools.lint.meanings import Meanings
from scoreline.tools.lint.recalling import Recalled
from scoreline.tools.lint.settings import LintSettings
from scoreline.tools.lint.unsettled import unsettled

_MOST_NODES = 100_000

Told = tuple[Diagnostic, ...]


class Memory:
    """What the last run worked out: pieces, tests, meanings, and what local lints found in a rule."""

    def __init__(self) -> None:
        self._schema: Schema | None = None
        self._settings: LintSettings | None = None
        self._forget()

    def begin(self, schema: Schema, settings: LintSettings) -> None:
        """A run under this schema and these settings begins."""
        if schema is not self._schema or settings != self._settings or self.meanings.size > _MOST_NODES:
            self._forget()
            self._schema, self._settings = schema, settings
        self._told_before, self._told = self._told, {}
        for each in (self.pieces, self.tests, self.negated, self.unsettled, self.ranges, self.meanings):
            each.turn()

    def recall(self, node: nodes.Rule, made: checked.Rule) -> Told | None:
        """What local lints found in a rule the last time, if it means the same now."""
        known = self._told_before.get(id(node))
        return known[2] if known is not None and known[1] is _asked(made) else None

    def keep(self, node: nodes.Rule, made: checked.Rule, told: Told) -> None:
        """Remember what local lints found in a rule."""
        self._told[id(node)] = (node, _asked(made), told)

    def _forget(self) -> None:
        self.pieces: Recalled[nodes.Node, IndexedStatement] = Recalled(piece_of)
        self.tests: Recalled[checked.Condition, tuple[tuple[Key, checked.Test], ...]] = Recalled(tests_of_condition)
        self.negated: Recalled[checked.Condition, frozenset[int]] = Recalled(negated_in)
        self.unsettled: Recalled[checked.Condition, frozenset[Key]] = Recalled(unsettled)
        self.ranges: Recalled[checked.Condition, object] = Recalled()
        self.meanings = Meanings()
        self._told: dict[int, tuple[nodes.Rule, object, Told]] = {}
        self._told_before: dict[int, tuple[nodes.Rule, object, Told]] = {}


def _asked(made: checked.Rule) -> checked.Condition | checked.Count | None:
    """What of a checked rule stays the same object while it means the same."""
    return made.count if made.condition is None else made.condition
