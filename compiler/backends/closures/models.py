"""The function of a model and of a qualification.

    model(r, c, m)               → (score, ids of the rules that fired, those of them that disqualify)
    qualification(r, c, m, s, g) → (whether each stage holds, whether each is lost)

Either gives None for a lead outside the audience.
`r` is a record, `c` the counters, `m` the moments, `s` the scores and `g` the folded grades by model name.
"""

import ast
from collections import Counter
from collections.abc import Iterable

from scoreline.compiler import plan
from scoreline.compiler.backends.closures import tree
from scoreline.compiler.backends.closures.expressions import Expressions
from scoreline.compiler.backends.closures.layout import Layout, below, operands


def model_function(whole: plan.Plan, layout: Layout, model: plan.Model, name: str) -> ast.FunctionDef:
    """The function of a model."""
    conditions = [rule.condition for rule in model.rules if isinstance(rule, plan.WhenRule)]
    roots = [*conditions, *(() if model.audience is None else (model.audience,))]
    counts = {index for rule in model.rules if isinstance(rule, plan.EachRule) for index in (rule.count, rule.decayed)}
    frame = _Frame(whole, layout, roots, {each for each in counts if each is not None})
    body = [*frame.reads(), *frame.audience(model.audience), tree.assign("fired", ast.List([], ast.Load()))]
    body.append(tree.assign("refused", ast.List([], ast.Load())))
    body.append(tree.assign("total", tree.constant(0)))
    for index, group in enumerate(model.groups):
        body.append(tree.assign(f"g{index}", tree.constant(None if group.best_only else 0)))
    for rule in model.rules:
        body.extend(_rule(frame, model, rule))
    for index, group in enumerate(model.groups):
        body.extend(_group(index, group))
    body.extend(_bounded("total", model.highest, model.lowest))
    body.append(ast.Return(tree.tuple_of(tree.name(each) for each in ("total", "fired", "refused"))))
    return tree.function(name, ("r", "c", "m"), body)


def qualification_function(whole: plan.Plan, layout: Layout, item: plan.Qualification, name: str) -> ast.FunctionDef:
    """The function of a qualification."""
    untils = [stage.until for stage in item.stages if stage.until is not None]
    roots = [*(stage.when for stage in item.stages), *untils, *(() if item.audience is None else (item.audience,))]
    frame = _Frame(whole, layout, roots, set())
    body = [*frame.reads(), *frame.audience(item.audience)]
    holds = [_truth(frame, stage.when) for stage in item.stages]
    lost = [tree.constant(False) if stage.until is None else _truth(frame, stage.until) for stage in item.stages]
    body.extend(frame.expressions.prepared())
    body.append(ast.Return(tree.tuple_of((tree.tuple_of(holds), tree.tuple_of(lost)))))
    return tree.function(name, ("r", "c", "m", "s", "g"), body)


def _truth(frame: "_Frame", node: int) -> ast.expr:
    """A condition as True or False, whatever truth it has in Python."""
    return ast.IfExp(frame.expressions.condition(node), tree.constant(True), tree.constant(False))


class _Frame:
    """The local variables of one function: what it reads, each once."""

    def __init__(self, whole: plan.Plan, layout: Layout, roots: Iterable[int], counts: set[int]) -> None:
        roots = tuple(roots)
        uses = Counter(index for root in roots for index in _uses(whole, root))
        self._layout = layout
        self._names: dict[str, ast.expr] = {f"c{index}": tree.item("c", index) for index in sorted(counts)}
        for index in sorted(uses):
            for operand in operands(whole.nodes[index]):
                self._read(operand)
        self.expressions = Expressions(whole.nodes, self._variable, uses)

    def reads(self) -> list[ast.stmt]:
        """The statements that read the values."""
        return [tree.assign(name, value) for name, value in self._names.items()]

    def audience(self, node: int | None) -> list[ast.stmt]:
        """Leave the function for a lead outside the audience."""
        if node is None:
            return []
        inside = self.expressions.condition(node)
        return [*self.expressions.prepared(), tree.if_(tree.negative(inside), ast.Return(tree.constant(None)))]

    def _read(self, operand: plan.Operand) -> None:
        match operand:
            case plan.Field() | plan.DayOf():
                self._names[self._variable(operand)] = tree.item("r", self._layout.slot(operand))
            case plan.CountRef():
                self._names[self._variable(operand)] = tree.item("c", operand.index)
            case plan.MomentRef():
                self._names[self._variable(operand)] = tree.item("m", operand.index)
            case plan.Score() | plan.Grade():
                of = "s" if isinstance(operand, plan.Score) else "g"
                found = ast.Subscript(tree.name(of), tree.constant(operand.model), ast.Load())
                self._names[self._variable(operand)] = found
            case _:
                pass

    def _variable(self, operand: plan.Operand) -> str:
        match operand:
            case plan.Field() | plan.DayOf():
                return f"f{self._layout.slot(operand)}"
            case plan.CountRef():
                return f"c{operand.index}"
            case plan.MomentRef():
                return f"m{operand.index}"
            case plan.Score() | plan.Grade():
                return f"{operand.kind}_{self._model_number(operand.model)}"
            case _:
                raise AssertionError(f"{operand.kind} has no variable")

    def _model_number(self, model: str) -> int:
        return self._layout.models.index(model)


def _uses(whole: plan.Plan, root: int) -> list[int]:
    """The nodes below a root, itself too: how often each is referred to, over all roots, tells what is shared."""
    uses: list[int] = [root]
    for index in below(whole, root):
        node = whole.nodes[index]
        if isinstance(node, plan.AllOf | plan.AnyOf):
            uses.extend(node.nodes)
    return uses


def _rule(frame: _Frame, model: plan.Model, rule: plan.WhenRule | plan.EachRule) -> list[ast.stmt]:
    fire = ast.Expr(tree.method(tree.name("fired"), "append", tree.constant(rule.id)))
    if isinstance(rule, plan.EachRule):
        worth = tree.assign("points", _worth(rule))
        capped = _bounded("points", rule.cap, None if rule.cap is None else -rule.cap)
        points = _points(model, rule.group, tree.name("points"))
        return [tree.if_(tree.name(f"c{rule.count}"), fire, worth, *capped, points)]
    test = frame.expressions.condition(rule.condition)
    body: list[ast.stmt] = [fire]
    if rule.points is None:
        body.append(ast.Expr(tree.method(tree.name("refused"), "append", tree.constant(rule.id))))
    else:
        body.append(_points(model, rule.group, tree.constant(rule.points)))
    return [*frame.expressions.prepared(), tree.if_(test, *body)]


def _worth(rule: plan.EachRule) -> ast.expr:
    """The points of a `for each` before its cap."""
    if rule.decayed is not None:
        return tree.name(f"c{rule.decayed}")
    return ast.BinOp(tree.name(f"c{rule.count}"), ast.Mult(), tree.constant(rule.points))


def _points(model: plan.Model, group: int | None, points: ast.expr) -> ast.stmt:
    """Give points to the model or to a group."""
    if group is None:
        return tree.add_to("total", points)
    variable = f"g{group}"
    if not model.groups[group].best_only:
        return tree.add_to(variable, points)
    better = tree.any_of(
        [
            tree.compare(tree.name(variable), ast.Is(), tree.constant(None)),
            tree.compare(tree.name(variable), ast.Lt(), points),
        ]
    )
    return tree.if_(better, tree.assign(variable, points))


def _group(index: int, group: plan.Group) -> list[ast.stmt]:
    variable = f"g{index}"
    body: list[ast.stmt] = []
    if group.best_only:
        empty = tree.compare(tree.name(variable), ast.Is(), tree.constant(None))
        body.append(tree.if_(empty, tree.assign(variable, tree.constant(0))))
    return [*body, *_bounded(variable, group.at_most, group.at_least), tree.add_to("total", tree.name(variable))]


def _bounded(variable: str, most: int | None, least: int | None) -> list[ast.stmt]:
    body: list[ast.stmt] = []
    for bound, operator in ((most, ast.Gt()), (least, ast.Lt())):
        if bound is not None:
            beyond = tree.compare(tree.name(variable), operator, tree.constant(bound))
            body.append(tree.if_(beyond, tree.assign(variable, tree.constant(bound))))
    return body
