"""The words of Spark's SQL that hold names and values: printed by sqlglot, so that none is ever taken for SQL."""

from collections.abc import Iterable

from scoreline.compiler.backends.query import terms
from scoreline.compiler.folding import WHITE_SPACE


def quoted(name: str) -> str:
    """A name."""
    return terms.name(name).sql("spark")


def literal(value: str | float | bool) -> str:
    """A constant."""
    match value:
        case str():
            return terms.text(value).sql("spark")
        case bool():
            return terms.yes_no(value).sql("spark")
        case int():
            return terms.whole(value).sql("spark")
        case float():
            return terms.number(value).sql("spark")


def listed(values: Iterable[str | float]) -> str:
    """Constants for `in`; of none, a list in which nothing is."""
    return ", ".join(map(literal, values)) or "null"


def trimmed(text: str) -> str:
    """A text without White_Space at its ends, NULL if nothing is left; few texts take more than a look at two signs."""
    seen = f"{text} >= '!' and {text} < {_DELETE} and right({text}, 1) between '!' and '~'"
    return f"case when {seen} then {text} else nullif(trim(both {_SPACE} from {text}), '') end"


_SPACE, _DELETE = literal(WHITE_SPACE), literal("\x7f")
