"""The results that linting a project again after an edit can use.

Promises that a result is used again only for the very same nodes and checked conditions, under the same schema and
settings. A result that one run does not need is forgotten in the next.
"""

from scoreline.compiler import checked
from scoreline.compiler.recalled import Recalled
from scoreline.compiler.schema import Schema
from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Diagnostic
from scoreline.tools.lint.index import IndexedStatement, Key
from scoreline.tools.lint.meanings import Meanings
from scoreline.tools.lint.settings import LintSettings

_MOST_NODES = 100_000


class LintMemory:
    """What the last run worked out: pieces, tests, meanings, and what local lints found in a rule.

    Of a checked rule its condition, or what it counts, stays the same object while it means the same: findings in a
    rule are kept by that."""

    def __init__(self) -> None:
        self._for: tuple[Schema, LintSettings] | None = None
        self._forget()

    def begin(self, schema: Schema, settings: LintSettings) -> None:
        """A run under this schema and these settings begins."""
        same = self._for is not None and self._for[0] is schema and self._for[1] == settings
        if not same or self.meanings.size > _MOST_NODES:
            self._forget()
            self._for = (schema, settings)
        for each in (self.pieces, self.tests, self.negated, self.unsettled, self.ranges, self.findings, self.meanings):
            each.turn()

    def _forget(self) -> None:
        self.pieces: Recalled[nodes.Node, IndexedStatement] = Recalled()
        self.tests: Recalled[checked.Condition, tuple[tuple[Key, checked.Test], ...]] = Recalled()
        self.negated: Recalled[checked.Condition, frozenset[int]] = Recalled()
        self.unsettled: Recalled[checked.Condition, frozenset[Key]] = Recalled()
        self.ranges: Recalled[checked.Condition, object] = Recalled()
        self.findings: Recalled[checked.Condition | checked.Count, tuple[Diagnostic, ...]] = Recalled()
        self.meanings = Meanings()
