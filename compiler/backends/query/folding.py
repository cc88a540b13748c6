"""Texts as rules compare them: trimmed, and lower-cased character by character, the same on every engine.

Engines' own lower-casing differs by Unicode's version, by locale and for single letters (`İ`, final sigma). Where a
dialect has none that is the language's, a text of ASCII alone is lower-cased by a table of its 26 letters, and any
other by a table of all letters that there are, kept in one place of the query.
"""

import string
import sys
from functools import cache

from scoreline.compiler.backends.query import terms
from scoreline.compiler.backends.query.dialect import Dialect
from scoreline.compiler.backends.query.relations import Step
from scoreline.compiler.backends.query.terms import Expr
from scoreline.compiler.folding import WHITE_SPACE, fold
from sqlglot import exp

LETTERS = "letters"
_UPPER, _LOWER, SPACES = "upper", "lower", "spaces"


@cache
def letters() -> tuple[str, str]:
    """All characters that folding changes, and what each becomes."""
    cased = [each for each in map(chr, range(sys.maxunicode + 1)) if each.lower() != each or each == "ς"]
    return "".join(cased), "".join(map(fold, cased))


def steps(dialect: Dialect) -> list[Step]:
    """The one row that folding looks characters up in; no step where the dialect folds without it."""
    if dialect.lowered is not None:
        return []
    upper, lower = letters()
    row = exp.select(terms.called(terms.text(upper), _UPPER), terms.called(terms.text(lower), _LOWER))
    return [(LETTERS, row)]


def with_spaces(row: exp.Select | None) -> exp.Select:
    """The one row of characters, with white space among them."""
    return (exp.select() if row is None else row).select(terms.called(terms.text(WHITE_SPACE), SPACES))


def is_spaces(node: Expr) -> bool:
    """Whether this is the text of all white space."""
    return isinstance(node, exp.Literal) and node.is_string and node.this == WHITE_SPACE


def looked_up(of: str) -> exp.Subquery:
    """A column of the one row of characters, wherever an expression may stand."""
    return exp.Subquery(this=exp.select(terms.column(of)).from_(terms.table(LETTERS)))


def folded(value: Expr, dialect: Dialect) -> Expr:
    """A text folded."""
    if dialect.lowered is not None:
        return dialect.lowered(value)
    plain = terms.equal(dialect.byte_length(value), exp.Length(this=value.copy()))
    ascii_only = _translated(value.copy(), terms.text(string.ascii_uppercase), terms.text(string.ascii_lowercase))
    return terms.case([(plain, ascii_only)], _translated(value.copy(), looked_up(_UPPER), looked_up(_LOWER)))


def trimmed(value: Expr) -> Expr:
    """A text without White_Space at its ends, and missing if nothing is left."""
    return exp.Nullif(this=exp.Trim(this=value, expression=terms.text(WHITE_SPACE)), expression=terms.text(""))


def _translated(value: Expr, upper: Expr, lower: Expr) -> Expr:
    return exp.Translate(this=value, from_=upper, to=lower)
