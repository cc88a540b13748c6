"""A query made ready to be read: the same rows, in a text that people can follow.

Promises that every step stands at the top, that invisible characters (white space, line ends) stand in one place or as
`CHR(…)`, that there are no needless parentheses, and that the columns of the result have names as the database has
them.
"""

import re
from collections.abc import Iterator

from scoreline.compiler.backends.query import folding, terms
from scoreline.compiler.backends.query.choices import joined
from scoreline.compiler.backends.query.dialect import Dialect
from scoreline.compiler.backends.query.printing import REMARK
from scoreline.compiler.backends.query.terms import Expr
from scoreline.compiler.backends.warehouse.tables import RAW, outside
from sqlglot import exp

_CONTROLS = re.compile("([\x01-\x1f\x7f])")
_VARIABLE = re.compile(r"(?<=\$)(?=\{)")
"""Where `${name}` can be taken apart, for which some databases put a setting of the session."""

_COMPARISONS = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Is, exp.In, exp.Between, exp.Like)
_JOINED = (exp.And, exp.Or, exp.Add)

_MOST_IN_A_CHAIN = 64
"""Engines refuse deep chains."""


def tidied(query: exp.Select, dialect: Dialect) -> exp.Select:
    """The query as people read it; the one that is given is used up."""
    _spaces_in_one_place(query)
    steps = [*_steps(query)]
    query.set("with_", None)
    for node in [node for _, step in steps for node in step.walk()] + [*query.walk()]:
        if isinstance(node, exp.Literal) and node.is_string and len(pieces := _pieces(node.this, dialect)) > 1:
            node.replace(exp.Paren(this=joined(*map(_piece, pieces))))
        elif isinstance(node, exp.Literal) and node.is_string and _CONTROLS.match(node.this):
            node.replace(_piece(node.this))
        elif isinstance(node, exp.Paren) and _needless(node):
            node.replace(node.this)
        elif isinstance(node, exp.Alias) and node.comments:
            node.meta[REMARK] = _seen(" ".join(node.pop_comments() or ()), dialect)
    for column in query.expressions:
        if isinstance(column, exp.Alias):
            column.set("alias", terms.name(outside(column.alias, dialect)))
    for name, step in steps:
        query = query.with_(terms.name(name), as_=step, copy=False)
    if dialect.not_in_names or dialect.replaces_settings:
        _rename(query, dialect)
    return query


def _rename(query: exp.Select, dialect: Dialect) -> None:
    """Names of columns and steps of our own without what the database's cannot have."""
    theirs = {id(each.args["alias"]) for each in query.expressions if isinstance(each, exp.Alias)}
    for node in query.find_all(exp.Table, exp.Column):
        if isinstance(node, exp.Table) and node.alias:
            theirs.update(id(each) for each in node.parts)
        elif isinstance(node, exp.Column) and node.table == RAW:
            theirs.add(id(node.this))
    ours = [each for each in query.find_all(exp.Identifier) if id(each) not in theirs]
    taken = {each.name.casefold() for each in ours}
    renamed: dict[str, str] = {}
    for each in ours:
        if each.name not in renamed and (wanted := _plainer(each.name, dialect)) != each.name:
            renamed[each.name] = _unique(wanted, taken)
        each.set("this", renamed.get(each.name, each.name))


def _plainer(name: str, dialect: Dialect) -> str:
    return "".join("_" if each in dialect.not_in_names else each for each in unreplaced(name, dialect))


def _unique(wanted: str, taken: set[str]) -> str:
    name = wanted
    number = 1
    while name.casefold() in taken:
        number += 1
        name = f"{wanted} {number}"
    taken.add(name.casefold())
    return name


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


def _seen(text: str, dialect: Dialect) -> str:
    """The text with a sign in the place of each character that nobody sees."""
    seen = "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text)
    return unreplaced(seen, dialect)


def unreplaced(text: str, dialect: Dialect) -> str:
    """The text without anything that the database would replace by a setting."""
    return _VARIABLE.sub(" ", text) if dialect.replaces_settings else text


def _pieces(text: str, dialect: Dialect) -> list[str]:
    """The parts of a text that stand by themselves, so that no tool on the way changes or replaces them."""
    pieces = [each for each in _CONTROLS.split(text) if each]
    return [part for each in pieces for part in _VARIABLE.split(each)] if dialect.replaces_settings else pieces


def _piece(text: str) -> Expr:
    """A text; line ends and the like are written by number."""
    return exp.Chr(expressions=[terms.whole(ord(text))]) if _CONTROLS.fullmatch(text) else terms.text(text)


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
