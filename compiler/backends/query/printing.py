"""A query as text in a dialect: on one line for engines, or laid out for people.

For people, what fits on a line stands on one. Either way no text and no name can end early: sqlglot quotes both, and
the mark that it prints in the place of line ends is one that no text holds.
"""

import sys
from collections.abc import Generator as Yields
from contextlib import contextmanager
from functools import cache
from typing import Any, cast

from scoreline.compiler.backends.query.dialect import Dialect
from scoreline.compiler.backends.query.terms import Expr
from sqlglot import Dialect as Printing
from sqlglot import exp
from sqlglot.generator import Generator

_FRAMES = 20_000
"""Conditions nest up to 200 deep, and printing takes some ten calls for each level."""

REMARK = "remark"
"""The part of an expression's `meta` that is printed as a comment above it."""

_WIDTH = 100
_MOST_NODES = 60
"""Nodes of an expression that may still fit on a line."""

_ON_A_LINE = (exp.Paren, exp.Connector, exp.Func, exp.Subquery, exp.In, exp.Window, exp.Binary, exp.Array, exp.Ordered)


def printed(query: Expr, dialect: Dialect, *, pretty: bool = False) -> str:
    """The text of a query, on many lines if it is for people."""
    if not dialect.keeps_steps:
        _keep_steps(query)
    with _deep():
        if not pretty:
            return query.sql(dialect=dialect.name, copy=False)
        used = Printing.get_or_raise(dialect.name)
        maker = _laid_out(used.generator_class, _unused(query))
        return maker(dialect=used, pretty=True, max_text_width=_WIDTH).generate(query, copy=False)


def _keep_steps(query: Expr) -> None:
    """A planner that puts steps into each other multiplies their expressions, until it comes to no end."""
    for step in query.find_all(exp.CTE):
        step.set("materialized", True)


@contextmanager
def _deep() -> Yields[None]:
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, _FRAMES))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def _unused(query: Expr) -> str:
    """A mark that stands in no text, name or comment of a query."""
    told = [node.name for node in query.find_all(exp.Literal, exp.Identifier)]
    told += [comment for node in query.walk() for comment in node.comments or ()]
    mark = "\N{SYMBOL FOR NEWLINE}"
    while any(mark in each for each in told):
        mark += "\N{SYMBOL FOR NEWLINE}"
    return mark


@cache
def _laid_out(base: type[Generator], mark: str) -> type[Generator]:
    """A dialect's generator that breaks no line without need; `mark` stands for line ends while it prints."""

    class LaidOut(base):
        SENTINEL_LINE_BREAK: Any = mark
        sizes: dict[int, int]

        def generate(self, expression: exp.Expr, copy: bool = True) -> str:
            self.sizes = _sizes(expression)
            return super().generate(expression, copy)

        def sql(self, expression: Any, key: str | None = None, comment: bool = True) -> str:
            if not self.pretty or key is not None:
                return super().sql(expression, key, comment)
            if isinstance(expression, _ON_A_LINE) and self.sizes.get(id(expression), 0) <= _MOST_NODES:
                self.pretty = False
                line = super().sql(expression, key, comment)
                self.pretty = True
                if _is_line(line):
                    return line
            made = super().sql(expression, key, comment)
            remark = expression.meta.get(REMARK) if isinstance(expression, exp.Alias) else None
            return made if remark is None else f"/*{self.sanitize_comment(remark)}*/\n{made}"

        def case_sql(self, expression: exp.Case) -> str:
            if not self.pretty or expression.this is not None:
                return super().case_sql(expression)
            lines = [self.branch(each) for each in expression.args["ifs"]]
            if (otherwise := expression.args.get("default")) is not None:
                lines.append(f"ELSE {self.sql(otherwise)}")
            return "\n".join(["CASE", *(self.indent(line) for line in lines), "END"])

        def branch(self, branch: exp.If) -> str:
            asked, given = self.sql(branch, "this"), self.sql(branch, "true")
            line = f"WHEN {asked} THEN {given}"
            if _is_line(line):
                return line
            asked = self.indent(asked, level=1, pad=0, skip_first=True)
            return f"WHEN {asked}\nTHEN {given}"

        def order_sql(self, expression: exp.Order, flat: bool = False) -> str:
            line = super().order_sql(expression, flat)
            return line if not flat or len(line) <= _WIDTH else super().order_sql(expression).lstrip()

        def not_sql(self, expression: exp.Not) -> str:
            inside = expression.this
            if isinstance(inside, exp.Is) and isinstance(inside.expression, exp.Null):
                return f"{self.sql(inside, 'this')} IS NOT NULL"
            return super().not_sql(expression)

        def add_sql(self, expression: exp.Add) -> str:
            line = super().add_sql(expression)
            if not self.pretty or _is_line(line):
                return line
            return "\n+ ".join(self.sql(part) for part in _summands(expression))

    return cast("type[Generator]", LaidOut)


def _is_line(text: str) -> bool:
    return len(text) <= _WIDTH and "\n" not in text


def _summands(total: exp.Add) -> list[Expr]:
    found: list[Expr] = []
    waiting: list[Expr] = [total]
    while waiting:
        node = waiting.pop()
        if isinstance(node, exp.Add):
            waiting += [node.right, node.left]
        else:
            found.append(node)
    return found


def _sizes(query: Expr) -> dict[int, int]:
    """How many nodes each expression has, itself included."""
    sizes: dict[int, int] = {}
    for node in reversed([*query.walk(bfs=False)]):
        sizes[id(node)] = 1 + sum(sizes.get(id(child), 0) for child in node.iter_expressions())
    return sizes
