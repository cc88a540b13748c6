"""How a text is searched: whether it contains, starts or ends with another, exactly and by code points."""

from typing import assert_never

from scoreline.compiler import plan
from scoreline.compiler.backends.query import terms
from scoreline.compiler.backends.query.terms import Expr
from sqlglot import exp


def found(how: plan.How, text: Expr, needle: Expr, dialect: str) -> Expr:
    """Whether a needle is found in a text; unknown if either is missing."""
    match how:
        case "contains":
            if dialect == "duckdb":
                return exp.Contains(this=text, expression=needle)
            return exp.GT(this=exp.StrPosition(this=text, substr=needle), expression=terms.whole(0))
        case "starts with":
            return exp.StartsWith(this=text, expression=needle)
        case "ends with":
            if dialect != "postgres":
                return exp.EndsWith(this=text, expression=needle)
            end = exp.Right(this=text, expression=exp.Length(this=needle))
            return exp.EQ(this=end, expression=needle.copy())
        case _:
            assert_never(how)
