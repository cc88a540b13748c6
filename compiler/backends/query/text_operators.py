"""The SQL of the operators on texts, each by its name: exact, by code points, unknown if the text or needle is missing.

A dialect may have its own SQL for an operator. An operator without any is refused, since a query could only answer
wrong.
"""

from scoreline.compiler.backends.query import terms
from scoreline.compiler.backends.query.dialect import Dialect, TextSql
from scoreline.compiler.backends.query.terms import Expr
from scoreline.compiler.operators import UnknownOperatorError
from sqlglot import exp


def text_condition(operator: str, text: Expr, needle: Expr, dialect: Dialect) -> Expr:
    """Whether an operator holds of a text and a needle. UnknownOperatorError if it has no SQL."""
    made = dialect.text_operators.get(operator) or SQL.get(operator)
    if made is None:
        raise UnknownOperatorError(f"`{operator}` cannot be asked in SQL")
    return made(text, needle)


def _contains(text: Expr, needle: Expr) -> Expr:
    return exp.GT(this=exp.StrPosition(this=text, substr=needle), expression=terms.whole(0))


def _starts_with(text: Expr, needle: Expr) -> Expr:
    return exp.StartsWith(this=text, expression=needle)


def _ends_with(text: Expr, needle: Expr) -> Expr:
    return exp.EndsWith(this=text, expression=needle)


SQL: dict[str, TextSql] = {"contains": _contains, "starts with": _starts_with, "ends with": _ends_with}
