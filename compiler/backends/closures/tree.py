"""Small pieces of Python syntax trees. Every name that goes in is ours; every text is a constant."""

import ast
from collections.abc import Iterable, Sequence


def name(identifier: str) -> ast.Name:
    """A variable that is read."""
    return ast.Name(identifier, ast.Load())


def constant(value: object) -> ast.Constant:
    """A constant: text, number, yes/no, None, or a tuple or frozenset of them."""
    return ast.Constant(value)  # pyright: ignore[reportArgumentType]


def item(of: str, index: int) -> ast.Subscript:
    """`of[index]`"""
    return ast.Subscript(name(of), constant(index), ast.Load())


def assign(identifier: str, value: ast.expr) -> ast.Assign:
    """`identifier = value`"""
    return ast.Assign([ast.Name(identifier, ast.Store())], value)


def add_to(identifier: str, value: ast.expr) -> ast.AugAssign:
    """`identifier += value`"""
    return ast.AugAssign(ast.Name(identifier, ast.Store()), ast.Add(), value)


def call(function: ast.expr, *arguments: ast.expr) -> ast.Call:
    """`function(arguments)`"""
    return ast.Call(function, list(arguments), [])


def method(of: ast.expr, attribute: str, *arguments: ast.expr) -> ast.Call:
    """`of.attribute(arguments)`"""
    return call(ast.Attribute(of, attribute, ast.Load()), *arguments)


def fire(bunch: ast.expr) -> ast.stmt:
    """`fire(bunch)`: note the numbers of rules that fire"""
    return ast.Expr(call(name("fire"), bunch))


def compare(left: ast.expr, operator: ast.cmpop, right: ast.expr) -> ast.Compare:
    """`left operator right`"""
    return ast.Compare(left, [operator], [right])


def known(value: ast.expr) -> ast.Compare:
    """`value is not None`"""
    return compare(value, ast.IsNot(), constant(None))


def negative(value: ast.expr) -> ast.UnaryOp:
    """`not value`"""
    return ast.UnaryOp(ast.Not(), value)


def all_of(parts: Sequence[ast.expr]) -> ast.expr:
    """`a and b`; the part itself if there is but one, True if there is none."""
    return _joined(ast.And(), parts, True)


def any_of(parts: Sequence[ast.expr]) -> ast.expr:
    """`a or b`; the part itself if there is but one, False if there is none."""
    return _joined(ast.Or(), parts, False)


def _joined(operator: ast.boolop, parts: Sequence[ast.expr], empty: bool) -> ast.expr:
    if not parts:
        return constant(empty)
    return parts[0] if len(parts) == 1 else ast.BoolOp(operator, list(parts))


def if_(test: ast.expr, *body: ast.stmt) -> ast.If:
    """`if test: body`"""
    return ast.If(test, list(body), [])


def tuple_of(parts: Iterable[ast.expr]) -> ast.Tuple:
    """`(a, b)`"""
    return ast.Tuple(list(parts), ast.Load())


def function(identifier: str, parameters: Sequence[str], body: Sequence[ast.stmt]) -> ast.FunctionDef:
    """`def identifier(parameters): body`"""
    arguments = ast.arguments(
        posonlyargs=[], args=[ast.arg(each) for each in parameters], kwonlyargs=[], kw_defaults=[], defaults=[]
    )
    made = ast.FunctionDef(identifier, arguments, list(body), [])
    if "type_params" in ast.FunctionDef._fields:
        made.type_params = []  # pyright: ignore[reportAttributeAccessIssue]
    return made
