"""Lists of texts in a result: the ids of the rules that fired, in the order of the text."""

from collections.abc import Sequence

from scoreline.compiler.backends.query import terms
from scoreline.compiler.backends.query.terms import Expr
from sqlglot import exp

_TEXTS = exp.DataType.build("ARRAY<TEXT>")


def those_that(fired: Sequence[tuple[Expr, str]], dialect: str) -> Expr:
    """The texts whose condition holds, as a list, empty if there are none."""
    if not fired:
        return exp.cast(exp.Array(expressions=[]), _TEXTS.copy())
    some = exp.Array(expressions=[terms.case([(condition, terms.text(one))]) for condition, one in fired])
    match dialect:
        case "postgres":
            return exp.Anonymous(this="ARRAY_REMOVE", expressions=[some, terms.null()])
        case "bigquery":
            return _in_bigquery(some)
        case _:
            return exp.ArrayCompact(this=some)


def in_one_text(texts: Sequence[Expr]) -> Expr:
    """Texts that hold several, each behind a comma, as one: on DuckDB, where lists of mostly missing texts are slow."""
    if len(texts) < 2:
        return texts[0] if texts else terms.text("")
    return exp.Anonymous(this="CONCAT", expressions=list(texts))


def _in_bigquery(some: Expr) -> Expr:
    """BigQuery has no function for it, and a list from a query has no order unless it is asked for."""
    alias = exp.TableAlias(columns=[terms.name("rule")])
    source = exp.Unnest(expressions=[some], alias=alias, offset=terms.name("place"))
    query = exp.select(terms.column("rule")).from_(source).where(terms.known(terms.column("rule")))
    return exp.Array(expressions=[query.order_by(terms.column("place"))])
