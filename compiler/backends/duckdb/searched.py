"""Many searches in one text field, the quick way: each different text is searched once, however many leads have it.

The searches of a field are bits of 64-bit words, which stand in a table by text and are joined to the leads. A test is
then `word & bit <> 0`, and never unknown. Any operator on texts that has SQL is fit for it; a test that compares a text
with anything but constants is declined, and so are the tests of a field that has few of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from scoreline.compiler import plan
from scoreline.compiler.backends.query import names, terms
from scoreline.compiler.backends.query.context import Values
from scoreline.compiler.backends.query.dialect import DUCKDB
from scoreline.compiler.backends.query.relations import CONTACT, LEAD, Step
from scoreline.compiler.backends.query.terms import Expr
from scoreline.compiler.backends.query.text_operators import text_condition
from sqlglot import exp

_FEWEST = 16
"""A field with fewer searches is searched lead by lead."""

_WORD = 60
_TEXT = "text"


@dataclass(frozen=True)
class SearchedTexts:
    """The searches of the fields of one plan that have many, among some nodes."""

    whole: plan.Plan
    nodes: Sequence[int]

    @cached_property
    def _by_field(self) -> dict[plan.Field, list[int]]:
        by_field: dict[plan.Field, list[int]] = {}
        for index in self.nodes:
            if (field := _searched(self.whole.nodes[index])) is not None:
                by_field.setdefault(field, []).append(index)
        return {field: several for field, several in by_field.items() if len(several) >= _FEWEST}

    @cached_property
    def _bits(self) -> dict[int, tuple[str, int]]:
        """The word of each search, by its node, and the bit in it."""
        return {
            index: (_word(field, at // _WORD), 1 << at % _WORD)
            for field, several in self._by_field.items()
            for at, index in enumerate(several)
        }

    def takes(self, index: int) -> bool:
        """Whether a condition is a search that has a bit in a word."""
        return index in self._bits

    def condition(self, index: int) -> Expr:
        """The condition of a node that it takes."""
        word, bit = self._bits[index]
        return terms.any_bit(terms.column(word), bit)

    def steps(self) -> Iterator[Step]:
        """The different texts of each field, with their words."""
        for field, several in self._by_field.items():
            source = LEAD if field.owner == "lead" else CONTACT
            text = terms.column(field.name)
            different = exp.select(terms.called(text, _TEXT)).distinct().from_(terms.table(source))
            different = different.where(terms.known(text.copy()))
            columns: list[Expr] = [terms.column(_TEXT)]
            for word in range(_words(several)):
                bits = [
                    terms.case([(self._search(index), terms.long(1 << bit))], terms.long(0))
                    for bit, index in enumerate(several[word * _WORD : (word + 1) * _WORD])
                ]
                columns.append(terms.called(terms.total(bits), _word(field, word)))
            texts = exp.Subquery(this=different, alias=exp.TableAlias(this=terms.name("different")))
            yield _table_name(field), exp.select(*columns).from_(texts, copy=False)

    def columns(self, values: Values) -> Iterator[Expr]:
        """The words as columns of the features; 0 where there is no text."""
        for field, several in self._by_field.items():
            for word in range(_words(several)):
                name = _word(field, word)
                yield terms.called(terms.or_else(terms.column(name, _table_name(field)), terms.whole(0)), name)

    def joined(self, query: exp.Select, values: Values) -> exp.Select:
        """The query with the searched texts joined to it."""
        for field in self._by_field:
            name = _table_name(field)
            query = terms.left_join(query, name, terms.equal(values[field].copy(), terms.column(_TEXT, name)))
        return query

    def _search(self, index: int) -> Expr:
        node = self.whole.nodes[index]
        assert isinstance(node, plan.Match)
        needles = [terms.text(each.value) for each in node.needles if isinstance(each, plan.Text)]
        found = terms.any_of([text_condition(node.how, terms.column(_TEXT), each, DUCKDB) for each in needles])
        return terms.negated(found) if node.negated else found


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
