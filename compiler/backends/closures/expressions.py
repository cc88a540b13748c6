"""Nodes of a plan as Python expressions over the local variables of one function.

A variable of the function is named after what it holds: `f3` the record's slot 3, `c2` a counter, `m1` a moment,
`p0` a property, `n7` a node that several others refer to. Which ones an expression needs is noted, so that the
function reads each once.
"""

import ast
from collections.abc import Callable, Mapping
from typing import assert_never

from scoreline.compiler import plan
from scoreline.compiler.backends.closures import tree
from scoreline.compiler.operators import text_operator
from scoreline.compiler.plan_parts import below, can_miss, joined_by

_OPERATORS: dict[plan.Operator, type[ast.cmpop]] = {
    "==": ast.Eq, "!=": ast.NotEq, "<": ast.Lt, "<=": ast.LtE, ">": ast.Gt, ">=": ast.GtE,
}  # fmt: skip
# A condition nests no deeper than this within one expression; below, it is computed into a variable of its own.
_DEEPEST = 40

NameOf = Callable[[plan.Operand], str]


class Expressions:
    """The expressions of one function.

    `variables` gives the variable of an operand; `shared` are the nodes that get a variable of their own. What has to
    stand before the statement that uses an expression is collected by `prepared`.
    """

    def __init__(self, whole: plan.Plan, variables: NameOf, shared: Mapping[int, int]) -> None:
        self._whole, self._variables, self._shared = whole, variables, shared
        self._made: set[int] = set()
        self._pending: list[ast.stmt] = []

    def condition(self, root: int) -> ast.expr:
        """The expression of a node."""
        expressions: dict[int, ast.expr] = {}
        depths: dict[int, int] = {}
        for index in below(self._whole, root, self._held):
            node = self._whole.nodes[index]
            if index in self._made:
                expressions[index], depths[index] = tree.name(f"n{index}"), 0
            elif isinstance(node, plan.AllOf | plan.AnyOf):
                tests = [expressions[each] for each in node.nodes]
                joined = tree.all_of(tests) if isinstance(node, plan.AllOf) else tree.any_of(tests)
                depth = 1 + max(depths[each] for each in node.nodes)
                expressions[index], depths[index] = self._kept(index, joined, depth)
            else:
                expressions[index], depths[index] = self._kept(index, self._test(node), 0)
        return expressions[root]

    def prepared(self) -> list[ast.stmt]:
        """The statements that the expressions made so far rely on; each is given once."""
        pending, self._pending = self._pending, []
        return pending

    def _held(self, index: int) -> tuple[int, ...]:
        """The nodes that a node joins; none, if a variable holds it."""
        return () if index in self._made else joined_by(self._whole.nodes[index])

    def _kept(self, index: int, expression: ast.expr, depth: int) -> tuple[ast.expr, int]:
        """The expression, or a variable that holds it, if it is shared or too deep."""
        if self._shared.get(index, 0) < 2 and depth < _DEEPEST:
            return expression, depth
        self._made.add(index)
        self._pending.append(tree.assign(f"n{index}", expression))
        return tree.name(f"n{index}"), 0

    def operand(self, operand: plan.Operand) -> ast.expr:
        """The expression of an operand."""
        match operand:
            case plan.Number() | plan.Text() | plan.YesNo() | plan.Day() | plan.Instant():
                return tree.constant(operand.value)
            case plan.Sum():
                return self._sum(operand)
            case _:
                return tree.name(self._variables(operand))

    def _sum(self, operand: plan.Sum) -> ast.expr:
        total: ast.expr | None = None
        for weight, part in operand.parts:
            value = self.operand(part)
            weighted = value if weight == 1 else ast.BinOp(tree.constant(weight), ast.Mult(), value)
            total = weighted if total is None else ast.BinOp(total, ast.Add(), weighted)
        return tree.constant(0) if total is None else total

    def _known(self, *operands: plan.Operand) -> list[ast.expr]:
        """What must hold for operands to be known; nothing for those that never are missing."""
        names: dict[str, None] = {}
        for operand in operands:
            for part in (part for _, part in operand.parts) if isinstance(operand, plan.Sum) else (operand,):
                if can_miss(part):
                    names[self._variables(part)] = None
        return [tree.known(tree.name(each)) for each in names]

    def _test(self, node: plan.Node) -> ast.expr:
        match node:
            case plan.Compare():
                return self._compare(node)
            case plan.OneOf():
                return self._one_of(node)
            case plan.Match():
                return self._match(node)
            case plan.Has():
                inside = tree.compare(
                    self.operand(node.value), ast.NotIn() if node.negated else ast.In(), self.operand(node.left)
                )
                return tree.all_of([*self._known(node.left, node.value), inside])
            case plan.IsKnown():
                known = tree.all_of(self._known(node.operand))
                return tree.negative(known) if node.negated else known
            case plan.Disqualified() | plan.Fired() | plan.AllOf() | plan.AnyOf():
                raise AssertionError(f"{node.kind} is no test of a rule")
            case _:
                assert_never(node)

    def _compare(self, node: plan.Compare) -> ast.expr:
        plain = tree.compare(self.operand(node.left), _OPERATORS[node.operator](), self.operand(node.right))
        if node.operator == "==" and not isinstance(node.left, plan.Sum) and not can_miss(node.right):
            return plain  # None equals no constant, count or moment
        return tree.all_of([*self._known(node.left, node.right), plain])

    def _one_of(self, node: plan.OneOf) -> ast.expr:
        values = frozenset(each.value for each in node.values)
        left = self.operand(node.left)
        if not node.negated and not isinstance(node.left, plan.Sum):
            return tree.compare(left, ast.In(), tree.constant(values))
        inside = tree.compare(left, ast.NotIn() if node.negated else ast.In(), tree.constant(values))
        return tree.all_of([*self._known(node.left), inside])

    def _match(self, node: plan.Match) -> ast.expr:
        left, operator = self.operand(node.left), text_operator(node.how)
        match operator.position:
            case "anywhere":
                found = tree.any_of([tree.compare(self.operand(each), ast.In(), left) for each in node.needles])
            case "start":
                found = tree.method(left, "startswith", self._ends(node.needles))
            case "end":
                found = tree.method(left, "endswith", self._ends(node.needles))
            case None:
                holds = tree.name(operator.function)
                found = tree.any_of([tree.call(holds, left, self.operand(each)) for each in node.needles])
            case _:
                assert_never(operator.position)
        known = self._known(node.left, *node.needles)
        return tree.all_of([*known, tree.negative(found) if node.negated else found])

    def _ends(self, needles: tuple[plan.Operand, ...]) -> ast.expr:
        texts = tuple(each.value for each in needles if isinstance(each, plan.Text))
        return tree.constant(texts) if len(texts) == len(needles) else self.operand(needles[0])
