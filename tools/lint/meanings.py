"""What rules ask, as numbers: two rules have the same one where they surely ask for the same.

Lowered conditions know: equal ones are one node there, however they are written. Here those that differ in the order of
their parts are one too. A rule that was asked for before costs a look-up.
"""

from collections.abc import Hashable
from dataclasses import replace
from itertools import islice
from zoneinfo import ZoneInfo

from scoreline.compiler import checked, plan
from scoreline.compiler.folding import fold, trim
from scoreline.compiler.lower.conditions import ConditionLowering
from scoreline.compiler.lower.tables import Tables
from scoreline.dsl import nodes
from scoreline.tools.lint.recalling import Recalled
from scoreline.tools.lint.resolved import operands, tests_in


class Meanings:
    """Numbers for what conditions mean. Days begin in one time zone for all, so which one it is makes no difference."""

    def __init__(self) -> None:
        self._tables = Tables()
        self._lowering = ConditionLowering(self._tables, ZoneInfo("UTC"))
        self._numbers: dict[Hashable, int] = {}
        self._of_nodes: list[int] = []
        self._of_counts = Recalled(self._lowering.count)
        self._of_conditions = Recalled(self._meaning)
        self._of_hints = Recalled(_hint)

    @property
    def size(self) -> int:
        """How many nodes there are, those of conditions that are no more included."""
        return len(self._of_nodes)

    def asked(self, rule: checked.Rule) -> Hashable:
        """What a rule asks, and what kind of thing follows."""
        if rule.condition is not None:
            return "when", self._of_conditions.of(rule.condition), rule.points is None
        return "each", rule.count and self._of_counts.of(rule.count), rule.decay is None

    def of(self, condition: checked.Condition) -> Hashable:
        """What a condition asks."""
        return self._of_conditions.of(condition)

    def roughly(self, rule: checked.Rule) -> Hashable:
        """What a rule asks, more quickly and less exactly: where this differs, so does what is asked."""
        return None if rule.condition is None else self._of_hints.of(rule.condition)

    def turn(self) -> None:
        """Begin anew, knowing what was asked since the last time."""
        self._of_counts.turn()
        self._of_conditions.turn()
        self._of_hints.turn()

    def _meaning(self, condition: checked.Condition) -> Hashable:
        node = self._lowering.node(condition)
        new = len(self._tables.nodes) - len(self._of_nodes)
        for each in reversed(list(islice(reversed(self._tables.nodes), new))):
            self._of_nodes.append(self._numbers.setdefault(self._key(each), len(self._numbers)))
        return None if node is None else self._of_nodes[node]

    def _key(self, node: plan.Node) -> Hashable:
        match node:
            case plan.AllOf(nodes=parts) | plan.AnyOf(nodes=parts):
                return node.kind, frozenset(self._of_nodes[part] for part in parts)
            case plan.OneOf(values=values):
                return replace(node, values=()), frozenset(values)
            case plan.Match(needles=needles):
                return replace(node, needles=()), frozenset(needles)
            case _:
                return node


def _hint(condition: checked.Condition) -> Hashable:
    """The names and values that a condition speaks of, in whatever order and however often."""
    return frozenset(_spoken_of(each) for test in tests_in(condition) for each in operands(test))


def _spoken_of(operand: checked.Operand) -> Hashable:
    match operand:
        case checked.Field():
            return operand.owner, operand.name
        case checked.Count():
            return operand.origin, operand.type
        case nodes.Text():
            return fold(trim(operand.value))
        case nodes.Number() | nodes.Date() | nodes.YesNo():
            return operand.value
        case _:
            return None
