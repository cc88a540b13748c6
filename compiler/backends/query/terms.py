"""The small words of which queries are made: names, constants, joins of conditions, sums.

Promises that nothing is ever written as text: names are identifiers that are always quoted, constants are literals, and
sqlglot prints both as the dialect wants them. Long chains are balanced, since engines refuse deep ones.
"""

import datetime
from collections.abc import Callable, Iterable, Sequence

from scoreline.compiler.instants import as_datetime
from sqlglot import exp

Expr = exp.Expr

_EXACT = 2**53
_FIRST_DAY, _LAST_DAY = 1, datetime.date.max.toordinal()


def name(text: str) -> exp.Identifier:
    """A name, whatever it holds."""
    return exp.to_identifier(text, quoted=True)


def column(of: str, table: str | None = None) -> exp.Column:
    """A column, by its name and perhaps its table's."""
    return exp.Column(this=name(of), table=None if table is None else name(table))


def table(of: str, alias: str | None = None) -> exp.Table:
    """A step of a query, or a table of ours, by its name."""
    return exp.Table(this=name(of), alias=None if alias is None else exp.TableAlias(this=name(alias)))


def rows(columns: Sequence[str], several: Sequence[Sequence[Expr]]) -> exp.Select:
    """A small table of constants."""
    alias = exp.TableAlias(this=name("rows"), columns=[name(each) for each in columns])
    values = exp.Values(expressions=[exp.Tuple(expressions=list(row)) for row in several], alias=alias)
    return exp.select(exp.Star()).from_(values, copy=False)


def called(what: Expr, as_name: str) -> exp.Alias:
    """An expression under a name."""
    return exp.Alias(this=what, alias=name(as_name))


def text(value: str) -> Expr:
    """A text."""
    return exp.Literal.string(value)


def whole(value: int) -> Expr:
    """A whole number."""
    return exp.Literal.number(value) if value >= 0 else exp.Neg(this=exp.Literal.number(-value))


def number(value: float) -> Expr:
    """A 64-bit float, to the last digit: engines take a plain `0.1` for a decimal."""
    if value.is_integer() and abs(value) < _EXACT:
        return whole(int(value))
    return cast(text(repr(value)), "DOUBLE")


def yes_no(value: bool) -> Expr:
    """Yes or no."""
    return exp.Boolean(this=value)


def null() -> Expr:
    """A missing value."""
    return exp.Null()


def instant(micros: int) -> Expr:
    """An instant (microseconds since 1970 UTC) as a zone-less time in UTC."""
    moment = as_datetime(micros).replace(tzinfo=None)
    shown = f"{moment.year:04}-" + moment.strftime("%m-%d %H:%M:%S")
    shown += f".{moment.microsecond:06}" if moment.microsecond else ""
    return cast(text(shown), "TIMESTAMPNTZ")


def day(ordinal: int) -> Expr:
    """A calendar day, between the years 1 and 9999."""
    return cast(text(datetime.date.fromordinal(ordinal).isoformat()), "DATE")


def is_day(ordinal: int) -> bool:
    """Whether a day lies within the years 1 to 9999."""
    return _FIRST_DAY <= ordinal <= _LAST_DAY


def whole_number(value: Expr) -> Expr:
    """As a 64-bit whole number: engines make sums of them something else."""
    return cast(value, "BIGINT")


def long(value: int) -> Expr:
    """A whole number as one of 64 bits, also where it would fit into fewer."""
    return whole_number(whole(value))


def equal(one: Expr, other: Expr) -> Expr:
    """Whether two known values are the same."""
    return exp.EQ(this=one, expression=other)


def same(of: str, one: str, other: str) -> Expr:
    """Whether two tables have the same value in a column."""
    return equal(column(of, one), column(of, other))


def any_bit(of: Expr, mask: int) -> Expr:
    """Whether any bit of a mask is set in a number."""
    masked = exp.BitwiseAnd(this=of, expression=whole(mask))
    return exp.NEQ(this=exp.Paren(this=masked), expression=whole(0))


def left_join(query: exp.Select, of: str | exp.Table, on: Expr) -> exp.Select:
    """The query with a step joined to it, whose columns are missing where it has no row."""
    return query.join(table(of) if isinstance(of, str) else of, on=on, join_type="left", copy=False)


def is_one_of(value: Expr, texts: Iterable[str]) -> Expr:
    """Whether a text is one of these."""
    return exp.In(this=value, expressions=[text(each) for each in texts])


def known(value: Expr) -> Expr:
    """Whether there is a value."""
    return exp.Not(this=exp.Is(this=value, expression=exp.Null()))


def unknown(value: Expr) -> Expr:
    """Whether there is none."""
    return exp.Is(this=value, expression=exp.Null())


def negated(condition: Expr) -> Expr:
    """Not."""
    return exp.Not(this=exp.Paren(this=condition))


def all_of(conditions: Sequence[Expr]) -> Expr:
    """All of them; of none, true."""
    return _balanced(conditions, lambda one, other: exp.And(this=one, expression=other), yes_no(True))


def any_of(conditions: Sequence[Expr]) -> Expr:
    """Any of them; of none, false."""
    return _balanced(conditions, lambda one, other: exp.Or(this=one, expression=other), yes_no(False))


def total(values: Sequence[Expr]) -> Expr:
    """The sum; of none, 0."""
    return _balanced(values, lambda one, other: exp.Add(this=one, expression=other), whole(0))


def how_many(conditions: Iterable[Expr]) -> Expr:
    """How many of some known conditions hold."""
    return total([cast(exp.Paren(this=each), "INT") for each in conditions])


def _balanced(parts: Sequence[Expr], joined: Callable[[Expr, Expr], Expr], nothing: Expr) -> Expr:
    """A tree of as little depth as there can be; parts in parentheses where they join others themselves."""
    if not parts:
        return nothing
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    sides = (_balanced(parts[:middle], joined, nothing), _balanced(parts[middle:], joined, nothing))
    return joined(*(_enclosed(side) for side in sides))


def _enclosed(side: Expr) -> Expr:
    return exp.Paren(this=side) if isinstance(side, exp.Connector | exp.Binary) else side


def case(branches: Iterable[tuple[Expr, Expr]], otherwise: Expr | None = None) -> Expr:
    """The value of the first branch whose condition holds; else `otherwise`, or nothing."""
    ifs = [exp.If(this=condition, true=value) for condition, value in branches]
    if not ifs:
        return otherwise or null()
    return exp.Case(ifs=ifs, default=otherwise)


def cast(value: Expr, type_: str) -> Expr:
    """A value as one of a type, which is named as sqlglot does."""
    return exp.Cast(this=value, to=exp.DataType(this=exp.DataType.Type[type_]))


def or_else(value: Expr, otherwise: Expr) -> Expr:
    """The value, or another where it is missing."""
    return exp.Coalesce(this=value, expressions=[otherwise])


def at_most(value: Expr, bound: Expr) -> Expr:
    """The smaller of two known numbers."""
    return exp.Anonymous(this="LEAST", expressions=[value, bound])


def at_least(value: Expr, bound: Expr) -> Expr:
    """The greater of two known numbers."""
    return exp.Anonymous(this="GREATEST", expressions=[value, bound])


def with_comment(made: Expr, comment: str) -> Expr:
    """The same with a comment, which ends nowhere but at its end and opens no other.

    DuckDB 2.0 looks for texts in comments too: behind a quote that is not closed there, it takes the inside of texts
    for the outside and changes their white space. So quotes that may not be closed are printed as typographic ones.
    """
    safe = " ".join(comment.split()).replace("*/", "* /").replace("/*", "/ *").replace("--", "- -")
    if "'" in safe or "$" in safe or safe.count('"') % 2:
        safe = safe.translate({ord("'"): "’", ord('"'): "”", ord("$"): "＄"})
    made.add_comments([safe])
    return made
