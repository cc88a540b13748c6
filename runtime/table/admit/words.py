"""The words of SQL that hold names and values: printed by sqlglot, so that none is ever taken for SQL."""

from collections.abc import Iterable

from scoreline.compiler.backends.query import terms
from scoreline.compiler.folding import WHITE_SPACE
from scoreline.runtime.table.read.parquet_rows import identifier as identifier


def literal(value: str | float | bool) -> str:
    """A constant."""
    match value:
        case str():
            # A query is not read beyond a NUL.
            return " || chr(0) || ".join(terms.text(part).sql("duckdb") for part in value.split("\0")).join("()")
        case bool():
            return terms.yes_no(value).sql("duckdb")
        case int():
            return terms.whole(value).sql("duckdb")
        case float():
            return terms.number(value).sql("duckdb")


def listed(values: Iterable[str | float]) -> str:
    """Constants for `in`; of none, a list in which nothing is."""
    return ", ".join(map(literal, values)) or "null"


def trimmed(text: str) -> str:
    """A text without White_Space at its ends, NULL if nothing is left; few texts take more than a look at two signs."""
    return f"case when {has_no_ends(text)} then {text} else nullif(trim({text}, {_SPACE}), '') end"


def has_no_ends(text: str) -> str:
    """Whether a text begins and ends with a visible ASCII sign, so that there is nothing to trim."""
    return f"({text} >= '!' and {text} < chr(127) and {text}[-1] >= '!' and {text}[-1] < chr(127))"


_SPACE = literal(WHITE_SPACE)
