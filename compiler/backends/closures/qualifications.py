"""The function of a qualification.

    qualification(r, c, m, v) → (whether each stage holds, whether each is lost), or None outside the audience

`r` is a record, `c` the counters, `m` the moments, `v` the score and the grade of each model, in their order.
"""

import ast

from scoreline.compiler import plan
from scoreline.compiler.backends.closures import tree
from scoreline.compiler.backends.closures.frame import Frame
from scoreline.compiler.backends.closures.layout import Layout


def qualification_function(whole: plan.Plan, layout: Layout, item: plan.Qualification, name: str) -> ast.FunctionDef:
    """The function as a tree."""
    untils = [stage.until for stage in item.stages if stage.until is not None]
    roots = [*(stage.when for stage in item.stages), *untils, *(() if item.audience is None else (item.audience,))]
    frame = Frame(whole, layout, roots)
    body = [*frame.reads(), *frame.audience(item.audience)]
    holds = [_truth(frame, stage.when) for stage in item.stages]
    lost = [tree.constant(False) if stage.until is None else _truth(frame, stage.until) for stage in item.stages]
    body.extend(frame.expressions.prepared())
    body.append(ast.Return(tree.tuple_of((tree.tuple_of(holds), tree.tuple_of(lost)))))
    return tree.function(name, ("r", "c", "m", "v"), body)


def _truth(frame: Frame, node: int) -> ast.expr:
    """A condition as True or False, whatever truth it has in Python."""
    return ast.IfExp(frame.expressions.condition(node), tree.constant(True), tree.constant(False))
