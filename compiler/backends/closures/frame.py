"""The local variables of one function: what it reads, each once, and the conditions over it."""

import ast
from collections import Counter
from collections.abc import Iterable
from typing import assert_never

from scoreline.compiler import plan
from scoreline.compiler.backends.closures import tree
from scoreline.compiler.backends.closures.expressions import Expressions
from scoreline.compiler.backends.closures.layout import Layout
from scoreline.compiler.plan_parts import below, joined_by, operands


class FunctionFrame:
    """A function over a record `r`, counters `c`, moments `m` and, in a qualification, verdicts `v`.

    `roots` are the nodes that it asks for, `more` what else it reads.
    """

    def __init__(
        self, whole: plan.Plan, layout: Layout, roots: Iterable[int], more: Iterable[plan.Operand] = ()
    ) -> None:
        uses = Counter(index for root in roots for index in _uses(whole, root))
        self._layout = layout
        self._read: dict[str, tuple[str, int]] = {}
        self._verdicts: dict[str, ast.expr] = {}
        for operand in more:
            self._reads(operand)
        for index in sorted(uses):
            for operand in operands(whole.nodes[index]):
                self._reads(operand)
        self._sizes = {"r": len(layout.fields), "c": len(whole.counters), "m": len(whole.moments)}
        self.expressions = Expressions(whole, self.variable, uses)

    def reads(self) -> list[ast.stmt]:
        """The statements that read the values: one by one, or all at once where most are needed."""
        body: list[ast.stmt] = []
        for of, size in self._sizes.items():
            names = {place: name for name, (source, place) in self._read.items() if source == of}
            if len(names) > 2 and len(names) * 2 >= size:
                targets = [ast.Name(names.get(place, "_"), ast.Store()) for place in range(size)]
                body.append(ast.Assign([ast.Tuple(list(targets), ast.Store())], tree.name(of)))
            else:
                body.extend(tree.assign(name, tree.item(of, place)) for place, name in sorted(names.items()))
        return [*body, *(tree.assign(name, value) for name, value in self._verdicts.items())]

    def audience(self, node: int | None) -> list[ast.stmt]:
        """Leave the function for a lead outside the audience."""
        if node is None:
            return []
        inside = self.expressions.condition(node)
        return [*self.expressions.prepared(), tree.if_(tree.negative(inside), ast.Return(tree.constant(None)))]

    def variable(self, operand: plan.Operand) -> str:
        """The variable that holds an operand."""
        match operand:
            case plan.Field() | plan.DayOf():
                return f"f{self._layout.slot(operand)}"
            case plan.CountRef():
                return f"c{operand.index}"
            case plan.MomentRef():
                return f"m{operand.index}"
            case plan.Score() | plan.Grade():
                return f"{operand.kind}_{self._layout.model_numbers[operand.model]}"
            case plan.Number() | plan.Text() | plan.YesNo() | plan.Day() | plan.Instant() | plan.Sum() | plan.Stage():
                raise AssertionError(f"{operand.kind} has no variable")
            case _:
                assert_never(operand)

    def _reads(self, operand: plan.Operand) -> None:
        match operand:
            case plan.Field() | plan.DayOf():
                self._read[self.variable(operand)] = ("r", self._layout.slot(operand))
            case plan.CountRef():
                self._read[self.variable(operand)] = ("c", operand.index)
            case plan.MomentRef():
                self._read[self.variable(operand)] = ("m", operand.index)
            case plan.Score() | plan.Grade():
                verdict = tree.item("v", self._layout.model_numbers[operand.model])
                part = ast.Subscript(verdict, tree.constant(0 if operand.kind == "score" else 1), ast.Load())
                of_grade = tree.call(tree.name("folded"), part)
                self._verdicts[self.variable(operand)] = part if operand.kind == "score" else of_grade
            case plan.Number() | plan.Text() | plan.YesNo() | plan.Day() | plan.Instant() | plan.Sum() | plan.Stage():
                pass
            case _:
                assert_never(operand)


def _uses(whole: plan.Plan, root: int) -> list[int]:
    """A root and the nodes below it, each as often as it is referred to. What is referred to twice is shared."""
    uses: list[int] = [root]
    for index in below(whole, root):
        uses.extend(joined_by(whole.nodes[index]))
    return uses
