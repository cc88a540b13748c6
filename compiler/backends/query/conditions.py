"""Conditions of a plan as conditions of SQL.

A node of a plan is two-valued, SQL's may be unknown. Since `not` stands at tests only, an unknown test is as good as a
false one wherever a condition is asked at its root (`case when`, `where`), and no test needs to be made two-valued.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, assert_never

from scoreline.compiler import plan
from scoreline.compiler.backends.query import choices, terms
from scoreline.compiler.backends.query.dialect import Dialect
from scoreline.compiler.backends.query.terms import Expr
from scoreline.compiler.backends.query.text_operators import text_condition
from scoreline.compiler.plan_parts import below, can_miss, joined_by
from sqlglot import exp

Named = plan.Field | plan.DayOf | plan.CountRef | plan.Score | plan.Grade
_OPERATORS: dict[plan.Operator, type[exp.Binary]] = {
    "==": exp.EQ, "!=": exp.NEQ, "<": exp.LT, "<=": exp.LTE, ">": exp.GT, ">=": exp.GTE,
}  # fmt: skip
_Parts = tuple[Sequence[Expr], Sequence[int]]


class QuickTests(Protocol):
    """A quick way to ask conditions. It declines each that it is not made for."""

    def takes(self, index: int) -> bool:
        """Whether it has a condition for a node; if not, the node goes the plain way."""
        ...

    def condition(self, index: int) -> Expr:
        """The condition of a node that it takes, never unknown."""
        ...

    def grouped(self, nodes: Sequence[int], together: bool) -> tuple[list[Expr], list[int]]:
        """Some nodes of an `and` (`together`) or an `or`: conditions that say the same as several of them, never
        unknown, and the nodes that are left."""
        ...


@dataclass(frozen=True)
class Conditions:
    """The conditions of one plan at one `as_of`; `value_of` gives the column of whatever has a name."""

    whole: plan.Plan
    moments: Sequence[int]
    dialect: Dialect
    value_of: Callable[[Named], Expr]
    quick: QuickTests | None = None

    @cached_property
    def _sign(self) -> str:
        return choices.separator(self.whole.schema)

    def of(self, index: int) -> Expr:
        """The condition of a node. Nothing recurses: conditions nest deeper than Python's own stack."""
        parts = self._parts_below(index)
        made: dict[int, Expr] = {}
        used: set[int] = set()
        for each in sorted(parts):
            made[each] = self._made(each, parts[each], made, used)
        return made[index]

    def holds(self, index: int) -> Expr:
        """The condition of a node as yes or no."""
        condition = self.of(index)
        return condition if self._is_never_unknown(index) else terms.or_else(condition, terms.yes_no(False))

    def _parts_below(self, root: int) -> dict[int, _Parts]:
        """A node and those that it is made of, each with what it joins: nothing, for a test and for a quick way."""
        found: dict[int, _Parts] = {}

        def held(index: int) -> Sequence[int]:
            found[index] = self._parts(index)
            return found[index][1]

        below(self.whole, root, held)
        return found

    def _parts(self, index: int) -> _Parts:
        """Conditions that a quick way has for several nodes; and the nodes that are left."""
        node = self.whole.nodes[index]
        if not isinstance(node, plan.AllOf | plan.AnyOf) or self._is_quick(index):
            return [], []
        if self.quick is None:
            return [], node.nodes
        return self.quick.grouped(node.nodes, isinstance(node, plan.AllOf))

    def _is_quick(self, index: int) -> bool:
        return self.quick is not None and self.quick.takes(index)

    def _made(self, index: int, parts: _Parts, made: Mapping[int, Expr], used: set[int]) -> Expr:
        """The condition of a node whose parts are made. An expression stands in one place: another use takes a copy."""
        if self.quick is not None and self.quick.takes(index):
            return self.quick.condition(index)
        tests, nodes = parts
        joined = list(tests)
        for each in nodes:
            joined.append(made[each].copy() if each in used else made[each])
            used.add(each)
        node = self.whole.nodes[index]
        match node:
            case plan.AllOf():
                return terms.all_of(joined)
            case plan.AnyOf():
                return terms.any_of(joined)
            case _:
                return self._test(node)

    def _test(self, node: plan.Test) -> Expr:
        match node:
            case plan.Compare():
                return self._compare(node)
            case plan.OneOf():
                listed = exp.In(this=self.operand(node.left), expressions=[self.operand(each) for each in node.values])
                return exp.Not(this=listed) if node.negated else listed
            case plan.Match():
                return self._match(node)
            case plan.Has():
                return self._has(node)
            case plan.IsKnown():
                value = self.operand(node.operand)
                return terms.unknown(value) if node.negated else terms.known(value)
            case plan.Disqualified() | plan.Fired():
                raise AssertionError("asked in examples only")
            case _:
                assert_never(node)

    def _is_never_unknown(self, root: int) -> bool:
        def held(index: int) -> Sequence[int]:
            return () if self._is_quick(index) else joined_by(self.whole.nodes[index])

        found = (index for index in below(self.whole, root, held) if not held(index))
        return all(self._is_quick(index) or _is_test_of_known(self.whole.nodes[index]) for index in found)

    def operand(self, operand: plan.Operand) -> Expr:
        """The value of an operand."""
        match operand:
            case plan.Number():
                return terms.number(operand.value)
            case plan.Text():
                return terms.text(operand.value)
            case plan.YesNo():
                return terms.yes_no(operand.value)
            case plan.Day():
                return terms.day(operand.value)
            case plan.Instant():
                return terms.instant(operand.value)
            case plan.MomentRef():
                value = self.moments[operand.index]
                return terms.instant(value) if self._is_instant(operand) else terms.day(value)
            case plan.Field() | plan.DayOf() | plan.CountRef() | plan.Score() | plan.Grade():
                return self.value_of(operand)
            case plan.Sum():
                parts = [(weight, self.value_of(part)) for weight, part in operand.parts]
                return terms.total([_weighted(weight, value) for weight, value in parts])
            case plan.Stage():
                raise AssertionError("asked in examples only")
            case _:
                assert_never(operand)

    def _is_instant(self, moment: plan.MomentRef) -> bool:
        return self.whole.moments[moment.index].of == "instant"

    def _compare(self, node: plan.Compare) -> Expr:
        if isinstance(node.right, plan.MomentRef) and not self._is_instant(node.right):
            bound = self.moments[node.right.index]
            if not terms.is_day(bound):
                return self._beyond_calendar(node.left, node.operator, above=bound > 0)
        left, right = self.operand(node.left), self.operand(node.right)
        if isinstance(left, exp.Binary):
            left = exp.Paren(this=left)
        return _OPERATORS[node.operator](this=left, expression=right)

    def _beyond_calendar(self, left: plan.Operand, operator: plan.Operator, above: bool) -> Expr:
        """A known day compared with a bound beyond all days that there are."""
        holds = operator == "!=" or ((operator in ("<", "<=")) == above and operator != "==")
        return terms.known(self.operand(left)) if holds else terms.yes_no(False)

    def _match(self, node: plan.Match) -> Expr:
        several = terms.any_of(
            [text_condition(node.how, self.operand(node.left), self.operand(n), self.dialect) for n in node.needles]
        )
        return terms.negated(several) if node.negated else several

    def _has(self, node: plan.Has) -> Expr:
        members, value = self.operand(node.left), self.operand(node.value)
        held = text_condition("contains", members, choices.member(value, self._sign), self.dialect)
        if isinstance(node.value, plan.Text):
            return terms.negated(held) if node.negated else held
        several = text_condition("contains", value.copy(), terms.text(self._sign), self.dialect)
        held = terms.all_of([held, terms.negated(several)])  # `a|b` is in the text of a set that has `a` and `b`
        return terms.all_of([terms.known(members.copy()), terms.negated(held)]) if node.negated else held


def _is_test_of_known(node: plan.Node) -> bool:
    """Whether a test asks nothing that may be missing."""
    match node:
        case plan.Compare():
            return not can_miss(node.left) and not can_miss(node.right)
        case plan.OneOf():
            return not can_miss(node.left)
        case plan.IsKnown():
            return True
        case _:
            return False


def _weighted(weight: int, value: Expr) -> Expr:
    return value if weight == 1 else exp.Mul(this=terms.whole(weight), expression=value)
