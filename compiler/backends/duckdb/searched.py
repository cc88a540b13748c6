"""Many searches in one text field, the quick way: each different text is searched once, however many leads have it.

The searches of a field are bits of 64-bit words, which stand in a table by text and are joined to the leads. A test is
then `word & bit <> 0`, and never unknown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scoreline.compiler import plan
from scoreline.compiler.backends.query import names, terms
from scoreline.compiler.backends.query.matching import found
from scoreline.compiler.backends.query.relations import CONTACT, LEAD, Step, table
from scoreline.compiler.backends.query.terms import Expr
from sqlglot import exp

_FEWEST = 16
"""A field with fewer searches is searched lead by lead."""

_WORD = 60
_DUCKDB = "duckdb"


@dataclass(frozen=True)
class _Place:
    field: plan.Field
    word: int
    bit: int


class Searches:
    """The searches of the fields of one plan that have many."""

    def __init__(self, whole: plan.Plan, nodes: Sequence[int]) -> None:
        self._whole = whole
        by_field: dict[plan.Field, list[int]] = {}
        for index in nodes:
            if (field := _searched(whole.nodes[index])) is not None:
                by_field.setdefault(field, []).append(index)
        self._by_field = {field: several for field, several in by_field.items() if len(several) >= _FEWEST}
        self._places = {
            index: _Place(field, at // _WORD, at % _WORD)
            for field, several in self._by_field.items()
            for at, index in enumerate(several)
        }

    def test(self, index: int) -> Expr | None:
        """A search that has its place in a word; None for any other condition."""
        place = self._places.get(index)
        if place is None:
            return None
        masked = exp.BitwiseAnd(
            this=terms.column(_word(place.field, place.word)), expression=terms.whole(1 << place.bit)
        )
        return exp.NEQ(this=exp.Paren(this=masked), expression=terms.whole(0))

    def steps(self) -> Iterator[Step]:
        """The different texts of each field, with their words."""
        for field, several in self._by_field.items():
            source = LEAD if field.owner == "lead" else CONTACT
            text = terms.column(field.name)
            different = (
                exp.select(terms.called(text, _TEXT)).distinct().from_(table(source)).where(terms.known(text.copy()))
            )
            columns: list[Expr] = [terms.column(_TEXT)]
            for word in range(_words(several)):
                bits = [
                    terms.case([(self._search(index), _long(1 << bit))], _long(0))
                    for bit, index in enumerate(several[word * _WORD : (word + 1) * _WORD])
                ]
                columns.append(terms.called(terms.total(bits), _word(field, word)))
            texts = exp.Subquery(this=different, alias=exp.TableAlias(this=terms.name("different")))
            yield _table_name(field), exp.select(*columns).from_(texts, copy=False)

    def columns(self) -> Iterator[Expr]:
        """The words as columns of the features; 0 where there is no text."""
        for field, several in self._by_field.items():
            for word in range(_words(several)):
                name = _word(field, word)
                yield terms.called(terms.or_else(terms.column(name, _table_name(field)), terms.whole(0)), name)

    def joined(self, query: exp.Select, value_of: "dict[plan.Field | plan.DayOf, Expr]") -> exp.Select:
        """The query with the searched texts joined to it."""
        for field in self._by_field:
            name = _table_name(field)
            same = exp.EQ(this=value_of[field].copy(), expression=terms.column(_TEXT, name))
            query = query.join(table(name), on=same, join_type="left", copy=False)
        return query

    def _search(self, index: int) -> Expr:
        node = self._whole.nodes[index]
        assert isinstance(node, plan.Match)
        needles = [terms.text(each.value) for each in node.needles if isinstance(each, plan.Text)]
        any_found = terms.any_of([found(node.how, terms.column(_TEXT), each, _DUCKDB) for each in needles])
        return terms.negated(any_found) if node.negated else any_found


_TEXT = "text"


def _searched(node: plan.Node) -> plan.Field | None:
    """The text field that a test searches for constants."""
    if not isinstance(node, plan.Match) or not isinstance(node.left, plan.Field) or node.left.owner == "interaction":
        return None
    return node.left if all(isinstance(each, plan.Text) for each in node.needles) else None


def _words(several: Sequence[int]) -> int:
    return -(-len(several) // _WORD)


def _word(field: plan.Field, number: int) -> str:
    return f"searches of {names.field_column(field)} {number}"


def _table_name(field: plan.Field) -> str:
    return f"texts of {names.field_column(field)}"


def _long(value: int) -> Expr:
    return terms.whole_number(terms.whole(value))
