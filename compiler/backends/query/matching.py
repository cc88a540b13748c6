"""How a text is searched in SQL: each operator on texts by its name, exactly and by code points."""

from collections.abc import Callable

from scoreline.compiler.backends.query import terms
from scoreline.compiler.backends.query.terms import Expr
from scoreline.compiler.operators import UnknownOperatorError
from sqlglot import exp


def found(how: str, text: Expr, needle: Expr, dialect: str) -> Expr:
    """Whether an operator holds of a text and a needle; unknown if either is missing.

    UnknownOperatorError for an operator that has no SQL.
    """
    made = SQL.get(how)
    if made is None:
        raise UnknownOperatorError(f"`{how}` cannot be asked in SQL: score lead by lead, without a query")
    return made(text, needle, dialect)


def _contains(text: Expr, needle: Expr, dialect: str) -> Expr:
    if dialect == "duckdb":
        return exp.Contains(this=text, expression=needle)
    return exp.GT(this=exp.StrPosition(this=text, substr=needle), expression=terms.whole(0))


def _starts_with(text: Expr, needle: Expr, dialect: str) -> Expr:
    return exp.StartsWith(this=text, expression=needle)


def _ends_with(text: Expr, needle: Expr, dialect: str) -> Expr:
    if dialect != "postgres":
        return exp.EndsWith(this=text, expression=needle)
    end = exp.Right(this=text, expression=exp.Length(this=needle))
    return exp.EQ(this=end, expression=needle.copy())


SQL: dict[str, Callable[[Expr, Expr, str], Expr]] = {
    "contains": _contains, "starts with": _starts_with, "ends with": _ends_with,
}  # fmt: skip
