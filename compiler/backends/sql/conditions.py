"""Conditions of a plan as conditions of SQL.

A node of a plan is two-valued, SQL's may be unknown. Since `not` stands at tests only, an unknown test is as good as a
false one wherever a condition is asked at its root (`case when`, `where`), and no test needs to be made two-valued.
"""

from collections.abc import Callable, Sequence
from typing import assert_never

from scoreline.compiler import plan
from scoreline.compiler.backends.sql import choices, terms
from scoreline.compiler.backends.sql.coded import Coding
from scoreline.compiler.backends.sql.matching import found
from scoreline.compiler.backends.sql.terms import Expr
from sqlglot import exp

Named = plan.Field | plan.DayOf | plan.CountRef | plan.Score | plan.Grade
_OPERATORS: dict[plan.Operator, type[exp.Binary]] = {
    "==": exp.EQ, "!=": exp.NEQ, "<": exp.LT, "<=": exp.LTE, ">": exp.GT, ">=": exp.GTE,
}  # fmt: skip


class Conditions:
    """The conditions of one plan at one `as_of`; `value_of` gives the column of whatever has a name."""

    def __init__(
        self,
        whole: plan.Plan,
        moments: Sequence[int],
        dialect: str,
        value_of: Callable[[Named], Expr],
        coding: Coding | None = None,
    ) -> None:
        self._whole, self._moments, self._dialect, self._value_of = whole, moments, dialect, value_of
        self._coding = coding
        self._sign = choices.separator(whole.schema)

    def of(self, index: int) -> Expr:
        """The condition of a node."""
        if self._coding is not None and (coded := self._coding.test(index)) is not None:
            return coded
        node = self._whole.nodes[index]
        match node:
            case plan.AllOf():
                return terms.all_of(self._parts(node, together=True))
            case plan.AnyOf():
                return terms.any_of(self._parts(node, together=False))
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

    def holds(self, index: int) -> Expr:
        """The condition of a node as yes or no."""
        condition = self.of(index)
        return condition if self._is_never_unknown(index) else terms.or_else(condition, terms.yes_no(False))

    def _parts(self, node: plan.AllOf | plan.AnyOf, together: bool) -> list[Expr]:
        """What is joined; of tests of one field that has a code, one test."""
        if self._coding is None:
            return [self.of(each) for each in node.nodes]
        coded, left = self._coding.grouped(node.nodes, together)
        return [*coded, *(self.of(each) for each in left)]

    def _is_never_unknown(self, index: int) -> bool:
        if self._coding is not None and self._coding.is_coded(index):
            return True
        node = self._whole.nodes[index]
        match node:
            case plan.AllOf() | plan.AnyOf():
                return all(self._is_never_unknown(each) for each in node.nodes)
            case plan.Compare():
                return all(_is_always_known(each) for each in (node.left, node.right))
            case plan.OneOf():
                return _is_always_known(node.left)
            case plan.IsKnown():
                return True
            case _:
                return False

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
                value = self._moments[operand.index]
                return terms.instant(value) if self._is_instant(operand) else terms.day(value)
            case plan.Field() | plan.DayOf() | plan.CountRef() | plan.Score() | plan.Grade():
                return self._value_of(operand)
            case plan.Sum():
                parts = [(weight, self._value_of(part)) for weight, part in operand.parts]
                return terms.total([_weighted(weight, value) for weight, value in parts])
            case plan.Stage():
                raise AssertionError("asked in examples only")
            case _:
                assert_never(operand)

    def _is_instant(self, moment: plan.MomentRef) -> bool:
        return self._whole.moments[moment.index].of == "instant"

    def _compare(self, node: plan.Compare) -> Expr:
        if isinstance(node.right, plan.MomentRef) and not self._is_instant(node.right):
            bound = self._moments[node.right.index]
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
            [found(node.how, self.operand(node.left), self.operand(n), self._dialect) for n in node.needles]
        )
        return terms.negated(several) if node.negated else several

    def _has(self, node: plan.Has) -> Expr:
        needle = choices.member(self.operand(node.value), self._sign)
        member = found("contains", self.operand(node.left), needle, self._dialect)
        return terms.negated(member) if node.negated else member


def _is_always_known(operand: plan.Operand) -> bool:
    match operand:
        case plan.CountRef() | plan.Number() | plan.Text() | plan.YesNo() | plan.Day() | plan.Instant():
            return True
        case plan.Sum():
            return all(isinstance(part, plan.CountRef) for _, part in operand.parts)
        case _:
            return False


def _weighted(weight: int, value: Expr) -> Expr:
    return value if weight == 1 else exp.Mul(this=terms.whole(weight), expression=value)
