"""The rules of admission that look at several rows, as queries for engines: each key once, each id once, references.

The same rules row by row: `keys.py`, `interaction_rows.py`, `engines/python/interactions.py`. Rows are numbered by a
column `row`; the columns of interactions are those of `names` in the compiler's queries.
"""

from scoreline.compiler.backends.query import names, terms
from scoreline.compiler.backends.query.terms import Expr
from scoreline.runtime.table.read.queries import columns, count, inner, join, over, same, select, table
from sqlglot import exp

ROW = "row"
KEY = "key"

MOMENT, SAME, IDENTITY = "moment", "same", "identity"
"""Columns of interactions that have an id: the time, a text that is the same for equal properties, the id."""

_ORDER = (MOMENT, names.TYPE, names.LEAD, names.CONTACT)
"""What decides which of the rows with one id counts; a missing key is an empty text there, which comes first."""


def rows_without_own_key(keys: exp.Query) -> exp.Select:
    """Of rows with `row` and `key`, those without a key or with that of an earlier row."""
    first = terms.called(exp.Min(this=terms.column(ROW)), "first")
    repeated = select(
        [terms.column(KEY), first], inner(keys.copy(), "k"), where=terms.known(terms.column(KEY)),
        group=columns([KEY]), having=_several(),
    )  # fmt: skip
    later = exp.NEQ(this=terms.column(ROW, "a"), expression=terms.column("first", "b"))
    lost = terms.any_of([terms.unknown(terms.column(KEY, "a")), later])
    joined = join(inner(repeated, "b"), same(KEY, "b", "a"), "LEFT")
    return select(columns([ROW, KEY], "a"), inner(keys, "a"), joined, where=lost)


def repeated_ids(identities: exp.Query) -> exp.Select:
    """The ids that stand in several rows."""
    is_known = terms.known(terms.column(IDENTITY))
    return select(
        columns([IDENTITY]), inner(identities, "i"), where=is_known, group=columns([IDENTITY]), having=_several()
    )


def rows_of_other_ids(rows: str) -> exp.Select:
    """The rows that another row of their id leaves out."""
    turn = over(exp.RowNumber(), columns([IDENTITY]), columns([*_ORDER, ROW]))
    turns = select([terms.column(ROW), terms.called(turn, "turn")], table(rows))
    return select(columns([ROW]), inner(turns, "t"), where=exp.GT(this=terms.column("turn"), expression=terms.whole(1)))


def clashes(rows: str) -> exp.Select:
    """Each row with the one of its id that counted so far, unless they are surely alike.

    The columns: the id, both rows, whether this one is earlier, whether they are alike but for their properties, their
    type, and both texts of these.
    """
    struct = exp.Struct(
        expressions=[
            exp.PropertyEQ(this=terms.name(label), expression=terms.column(each))
            for label, each in zip("mtlcrs", (*_ORDER, ROW, SAME), strict=True)
        ]
    )
    before = exp.WindowSpec(
        kind="ROWS", start="UNBOUNDED", start_side="PRECEDING", end=terms.whole(1), end_side="PRECEDING"
    )
    counted = terms.called(over(exp.Min(this=struct), columns([IDENTITY]), columns([ROW]), before), "b")
    pairs = inner(select([exp.Star(), counted], table(rows)), "p")
    theirs: dict[str, Expr] = {
        label: exp.Dot(this=terms.column("b"), expression=terms.name(label)) for label in "mtlcrs"
    }
    own = dict(zip("mtlc", columns(_ORDER), strict=True))
    is_earlier, is_tied = (
        _is_before(own, theirs, "mtlc"),
        terms.all_of([_eq(own[each], theirs[each]) for each in "mtlc"]),
    )
    is_alike = terms.all_of([is_tied, _eq(terms.column(SAME), theirs["s"])])
    chosen = [
        terms.column(IDENTITY), theirs["r"], terms.column(ROW), terms.called(is_earlier, "earlier"),
        terms.called(is_tied, "tied"), terms.column(names.TYPE), theirs["s"], terms.column(SAME),
    ]  # fmt: skip
    differ = terms.any_of([is_earlier.copy(), terms.negated(is_alike)])
    return select(chosen, pairs, where=terms.all_of([terms.known(terms.column("b")), differ]))


def leads_that_are_not_there(interactions: str, leads: str) -> exp.Select:
    """The keys of leads that interactions name and no row of the leads has."""
    named = select(
        columns([names.LEAD]), table(interactions), where=terms.known(terms.column(names.LEAD)), distinct=True
    )
    return select(
        columns([names.LEAD], "i"), inner(named, "i"), join(table(leads, "l"), same(names.LEAD, "l", "i"), "LEFTANTI")
    )


def interactions_of_unknown_leads(interactions: str, leads: str, unknown: str, row: str) -> exp.Select:
    """The rows of such leads (the table `unknown`), and of contacts that no lead has: their numbers and leads."""
    contact = terms.column(names.CONTACT)
    contacts = select([contact], table(leads), where=terms.known(contact), distinct=True)
    return select(
        columns([row, names.LEAD], "i"),
        table(interactions, "i"),
        join(table(unknown, "u"), same(names.LEAD, "u", "i"), "LEFTSEMI"),
        join(inner(contacts, "c"), same(names.CONTACT, "c", "i"), "LEFTANTI"),
        order=columns([row], "i"),
    )


def _is_before(one: dict[str, Expr], other: dict[str, Expr], labels: str) -> Expr:
    """Whether a row comes before another, by one column after the other."""
    holds = [
        terms.all_of(
            [*(_eq(one[each], other[each]) for each in labels[:at]), exp.LT(this=one[label], expression=other[label])]
        )
        for at, label in enumerate(labels)
    ]
    return terms.any_of(holds)


def _eq(one: Expr, other: Expr) -> Expr:
    return exp.EQ(this=one, expression=other)


def _several() -> Expr:
    return exp.GT(this=count(), expression=terms.whole(1))
