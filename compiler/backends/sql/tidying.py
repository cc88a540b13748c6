"""A query made ready to be read: the same rows, in a text that people can follow.

Promises that every step stands at the top, that the characters which cannot be seen (white space, line ends) stand in
one place or as `CHR(…)`, that there are no parentheses without need, and that the columns of the result are called as
the database has its names.
"""

import re
from collections.abc import Iterator

from scoreline.compiler.backends.sql import folding, terms
from scoreline.compiler.backends.sql.choices import joined
from scoreline.compiler.backends.sql.printing import REMARK
from scoreline.compiler.backends.sql.terms import Expr
from scoreline.compiler.backends.sql.warehouse import outside
from sqlglot import exp

_CONTROLS = re.compile("([\x00-\x1f\x7f])")
_COMPARISONS = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Is, exp.In, exp.Between, exp.Like)
_JOINED = (exp.And, exp.Or, exp.Add)
_MOST_IN_A_CHAIN = 64
"""Engines refuse deep chains."""


def tidied(query: exp.Select, dialect: str) -> exp.Select:
    """The query as people read it; the one that is given is used up."""
    _spaces_in_one_place(query)
    steps = [*_steps(query)]
    query.set("with_", None)
    for node in [node for _, step in steps for node in step.walk()] + [*query.walk()]:
        if isinstance(node, exp.Literal) and node.is_string and _CONTROLS.search(node.this):
            node.replace(_with_controls(node.this))
        elif isinstance(node, exp.Paren) and _needless(node):
            node.replace(node.this)
        elif isinstance(node, exp.Alias) and node.comments:
            node.meta[REMARK] = _seen(" ".join(node.pop_comments() or ()))
    for column in query.expressions:
        if isinstance(column, exp.Alias):
            column.set("alias", terms.name(outside(column.alias, dialect)))
    for name, step in steps:
        query = query.with_(terms.name(name), as_=step, copy=False)
    return query


def _steps(query: exp.Query) -> Iterator[tuple[str, exp.Query]]:
    """The steps of a query, those of a step before it."""
    for each in query.ctes:
        step = each.this
        yield from _steps(step)
        step.set("with_", None)
        yield each.alias, step


def _spaces_in_one_place(query: exp.Select) -> None:
    """All white space is a column of the one row of characters, and is looked up there."""
    found = [node for node in query.find_all(exp.Literal) if folding.is_spaces(node)]
    if not found:
        return
    for node in found:
        node.replace(folding.looked_up(folding.SPACES))
    row = next((each for each in query.ctes if each.alias == folding.LETTERS), None)
    if row is not None:
        row.set("this", folding.with_spaces(row.this))
        return
    made = exp.CTE(this=folding.with_spaces(None), alias=exp.TableAlias(this=terms.name(folding.LETTERS)))
    clause = query.args["with_"]
    clause.set("expressions", [made, *clause.expressions])


def _seen(text: str) -> str:
    """The text with a sign in the place of each character that nobody sees."""
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text)


def _with_controls(text: str) -> Expr:
    """A text whose line ends and the like are told by number: no tool on the way may change them."""
    pieces = [each for each in _CONTROLS.split(text) if each]
    made = [
        exp.Chr(expressions=[terms.whole(ord(each))]) if _CONTROLS.match(each) else terms.text(each) for each in pieces
    ]
    return made[0] if len(made) == 1 else exp.Paren(this=joined(*made))


def _needless(paren: exp.Paren) -> bool:
    """Whether parentheses change nothing: round a test between `and` and `or`, or round a part of the same chain."""
    inside, outside_ = paren.this, paren.parent
    if isinstance(outside_, exp.Connector):
        if isinstance(inside, _COMPARISONS):
            return True
        return type(inside) is type(outside_) and _short(outside_)
    return isinstance(outside_, exp.Add) and isinstance(inside, exp.Add) and _short(outside_)


def _short(chain: Expr) -> bool:
    while isinstance(chain.parent, exp.Paren | type(chain)):
        chain = chain.parent
    return sum(1 for node in chain.walk() if isinstance(node, _JOINED)) <= _MOST_IN_A_CHAIN
