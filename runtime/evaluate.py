"""Tests of a plan, evaluated one by one for one lead: what explanations and examples need and scoring does not.

Agrees with the compiled functions on every node (tests hold the two against each other); slower, and it remembers
the truth of each node.
"""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from scoreline.compiler import plan
from scoreline.compiler.backends.closures.build import Value
from scoreline.compiler.backends.closures.layout import Layout
from scoreline.compiler.folding import fold
from scoreline.compiler.operators import text_operator
from scoreline.compiler.plan_parts import below
from scoreline.runtime.scoring import Evaluated

_COMPARE: dict[plan.Operator, Callable[[Any, Any], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


@dataclass(frozen=True)
class Evaluator:
    """Judges the nodes of a plan for one lead that was scored."""

    whole: plan.Plan
    layout: Layout
    evaluated: Evaluated

    def holds(self, root: int) -> bool:
        """Whether a node holds."""
        truth: dict[int, bool] = {}
        for index in below(self.whole, root):
            node = self.whole.nodes[index]
            match node:
                case plan.AllOf():
                    truth[index] = all(truth[each] for each in node.nodes)
                case plan.AnyOf():
                    truth[index] = any(truth[each] for each in node.nodes)
                case _:
                    truth[index] = self._test(node)
        return truth[root]

    def value(self, operand: plan.Operand) -> Value:
        """The value of an operand; None if it is missing."""
        result = self.evaluated.result
        match operand:
            case plan.Number() | plan.Text() | plan.YesNo() | plan.Day() | plan.Instant():
                return operand.value
            case plan.Field() | plan.DayOf():
                return self.evaluated.inputs.record[self.layout.slot(operand)]
            case plan.MomentRef():
                return self.evaluated.inputs.moments[operand.index]
            case plan.CountRef():
                return self.evaluated.inputs.counts[operand.index]
            case plan.Score():
                return result.models[operand.model].score
            case plan.Grade():
                grade = result.models[operand.model].grade
                return None if grade is None else fold(grade)
            case plan.Stage():
                return None if result.stage is None else fold(result.stage)
            case plan.Sum():
                return self._sum(operand)

    def _sum(self, operand: plan.Sum) -> int | None:
        total = 0
        for weight, part in operand.parts:
            value = self.value(part)
            if not isinstance(value, int):
                return None
            total += weight * value
        return total

    def _test(self, node: plan.Test) -> bool:
        match node:
            case plan.Compare():
                left, right = self.value(node.left), self.value(node.right)
                return left is not None and right is not None and _COMPARE[node.operator](left, right)
            case plan.OneOf():
                left = self.value(node.left)
                return left is not None and (left in [each.value for each in node.values]) != node.negated
            case plan.Match():
                return self._match(node)
            case plan.Has():
                left, value = self.value(node.left), self.value(node.value)
                return isinstance(left, frozenset) and value is not None and (value in left) != node.negated
            case plan.IsKnown():
                return (self.value(node.operand) is not None) != node.negated
            case plan.Disqualified():
                return self.evaluated.result.disqualified != node.negated
            case plan.Fired():
                model = self.evaluated.result.models[node.model]
                return model.score is not None and (node.rule in model.rules) != node.negated

    def _match(self, node: plan.Match) -> bool:
        left = self.value(node.left)
        needles = [self.value(each) for each in node.needles]
        if not isinstance(left, str) or None in needles:
            return False
        holds = text_operator(node.how).holds
        return any(holds(left, each) for each in needles if isinstance(each, str)) != node.negated
