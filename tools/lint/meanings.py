"""Numbers for what rules test: two rules get the same number if they surely test the same.

Lowering already makes one node of equal conditions, however they are written. Here conditions also count as equal that
differ in the order of their parts (in `where (…)`, in brackets and in sums too), or in how a whole number is bounded:
for a count, `>= 3` is `> 2`. A rule that was seen before is only looked up.
"""

import math
from collections import Counter
from collections.abc import Hashable
from dataclasses import replace
from itertools import islice
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from scoreline.compiler import checked, plan
from scoreline.compiler.checked_parts import counts_in, operands, tests_in
from scoreline.compiler.folding import fold, trim
from scoreline.compiler.lower.conditions import ConditionLowering
from scoreline.compiler.lower.tables import PlanTables
from scoreline.compiler.recalled import Recalled
from scoreline.dsl import nodes

N = TypeVar("N")


class Meanings:
    """Numbers for what conditions mean. Days begin in one time zone for all, so which one it is makes no difference."""

    def __init__(self) -> None:
        self._tables = PlanTables()
        self._lowering = ConditionLowering(self._tables, ZoneInfo("UTC"))
        self._numbers: dict[Hashable, int] = {}
        self._keys: list[Hashable] = []
        self._of_nodes: list[int] = []
        self._counters: list[plan.Counter] = []
        self._of_counters: list[Hashable] = []
        self._of_counts = Recalled[checked.Count, Hashable]()
        self._of_conditions = Recalled[checked.Condition, Hashable]()
        self._of_hints = Recalled[checked.Condition, Hashable]()

    @property
    def size(self) -> int:
        """How many nodes there are, those of conditions that are no more included."""
        return len(self._of_nodes)

    def asked(self, rule: checked.Rule) -> Hashable:
        """What a rule tests, and whether it gives points, disqualifies or counts."""
        if rule.condition is not None:
            return "when", self.of(rule.condition), rule.points is None
        return "each", rule.count and self._of_counts.of(rule.count, self._counted), rule.decay is None

    def of(self, condition: checked.Condition) -> Hashable:
        """What a condition tests."""
        return self._of_conditions.of(condition, self._meaning)

    def roughly(self, rule: checked.Rule) -> Hashable:
        """A quicker and less exact answer: where it differs, so does what the rules test."""
        return None if rule.condition is None else self._of_hints.of(rule.condition, _hint)

    def turn(self) -> None:
        """Begin anew, knowing what was asked since the last time."""
        self._of_counts.turn()
        self._of_conditions.turn()
        self._of_hints.turn()

    def _meaning(self, condition: checked.Condition) -> Hashable:
        node = self._lowering.node(condition)
        self._catch_up()
        return None if node is None else self._of_nodes[node]

    def _counted(self, count: checked.Count) -> Hashable:
        index = self._lowering.count(count)
        self._catch_up()
        return self._counter(index)

    def _catch_up(self) -> None:
        """Gives numbers to the nodes that lowering has added. The nodes that a node refers to come before it."""
        self._counters += _last(self._tables.counters, len(self._tables.counters) - len(self._counters))
        for each in _last(self._tables.nodes, len(self._tables.nodes) - len(self._of_nodes)):
            self._of_nodes.append(self._number(self._key(each)))

    def _number(self, key: Hashable) -> int:
        if isinstance(key, _Joined) and len(key.parts) == 1:
            return next(iter(key.parts))
        number = self._numbers.setdefault(key, len(self._numbers))
        if number == len(self._keys):
            self._keys.append(key)
        return number

    def _key(self, node: plan.Node) -> Hashable:
        match node:
            case plan.AllOf(nodes=parts) | plan.AnyOf(nodes=parts):
                return self._joined(node.kind, parts)
            case plan.OneOf(left=left, values=values):
                return node.kind, self._operand(left), frozenset(values), node.negated
            case plan.Match(needles=needles):
                return replace(node, needles=()), frozenset(needles)
            case plan.Compare():
                return self._compared(node)
            case _:
                return node

    def _joined(self, kind: str, parts: tuple[int, ...]) -> "_Joined":
        """The parts of an `and` or an `or`, with those of a part that is joined in the same way."""
        found = set[int]()
        for part in parts:
            number = self._of_nodes[part]
            key = self._keys[number]
            found.update(key.parts if isinstance(key, _Joined) and key.kind == kind else (number,))
        return _Joined(kind, frozenset(found))

    def _compared(self, node: plan.Compare) -> Hashable:
        left, operator, right = self._operand(node.left), node.operator, node.right
        if isinstance(right, plan.YesNo) and operator == "!=":
            return left, "==", plan.YesNo(not right.value)
        if isinstance(right, plan.Number) and isinstance(node.left, plan.CountRef | plan.Sum):
            return left, *_whole(operator, right.value, least=isinstance(node.left, plan.CountRef))
        return left, operator, self._operand(right)

    def _operand(self, operand: plan.Operand) -> Hashable:
        match operand:
            case plan.CountRef(index=index):
                return self._counter(index)
            case plan.Sum(parts=parts):
                weights = Counter[Hashable]()
                for weight, part in parts:
                    weights[self._operand(part)] += weight
                return frozenset(weights.items())
            case _:
                return operand

    def _counter(self, index: int) -> Hashable:
        """What a counter counts; its `where` by its number, which was given before."""
        for each in self._counters[len(self._of_counters) : index + 1]:
            where = None if each.where is None else self._of_nodes[each.where]
            self._of_counters.append((replace(each, where=None), where))
        return self._of_counters[index]


def _last(entries: dict[N, int], number: int) -> list[N]:
    """So many entries that came last, in their order."""
    return list(islice(reversed(entries), number))[::-1]


class _Joined(NamedTuple):
    """Conditions that are joined by `and` or by `or`, in any order."""

    kind: str
    parts: frozenset[int]


def _whole(operator: plan.Operator, value: float, *, least: bool) -> tuple[plan.Operator, float]:
    """A comparison of a whole number (of one from 0 on, if `least`), in one way of several."""
    match operator:
        case ">":
            return ">=", math.floor(value) + 1
        case ">=":
            return ">=", math.ceil(value)
        case "<":
            return "<=", math.ceil(value) - 1
        case "<=":
            return "<=", math.floor(value)
        case "==" if least and value == 0:
            return "<=", 0
        case "!=" if least and value == 0:
            return ">=", 1
        case _:
            return operator, value


def _hint(condition: checked.Condition) -> Hashable:
    """The names and values in a condition, in any order."""
    return frozenset(
        _name_or_value(each) for test in tests_in(condition) for each in (list(counts_in(test)) or operands(test))
    )


def _name_or_value(operand: checked.Operand) -> Hashable:
    match operand:
        case checked.Field():
            return operand.owner, operand.name
        case checked.Count():
            return operand.origin, operand.type
        case nodes.Text():
            return fold(trim(operand.value))
        case nodes.Number() | nodes.Date():
            return operand.value
        case _:
            return None
