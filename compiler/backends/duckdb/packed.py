"""Counters as columns, the quick way on one machine: several counts in one number, so that little is added up.

What makes counting slow is not the tests of an interaction but the width of what is kept for each of a million leads.
So each interaction gets a class first, the number of bounds in time that it lies behind. A small table says what each
class of each type adds to a few 64-bit words, and these are summed: a word holds several counts side by side, each in
so many `bits` that no lead has more interactions than fit. The run checks that with the largest `ROWS`, and counts
again with more bits if it is too large.

What is no count of interactions and no sum of points goes the plain way, as an aggregate of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from scoreline.compiler import plan
from scoreline.compiler.backends.query import names, terms
from scoreline.compiler.backends.query.context import Context
from scoreline.compiler.backends.query.counting import (
    Counting,
    aged_by_key,
    aged_steps,
    counted_types,
    grouped,
    owner_column,
)
from scoreline.compiler.backends.query.features import ROWS
from scoreline.compiler.backends.query.relations import Step
from scoreline.compiler.backends.query.terms import Expr
from scoreline.compiler.plan_parts import moments_of
from sqlglot import exp

_WORD = 60
_CLASS = "class"
_OF_TYPE, _OF_CLASS = "of type", "of class"


@dataclass(frozen=True)
class _Slot:
    """Where a count is: in which word, behind how many bits; a sum of points has a word for itself."""

    word: int
    shift: int
    alone: bool = False


@dataclass(frozen=True)
class PackedCounts:
    """The counters of a plan packed into words, with `bits` for each count: no lead and no contact may have 2**bits
    interactions."""

    context: Context
    bits: int

    def steps(self, origin: plan.Origin, source: str, made: str) -> list[Step]:
        """The steps from interactions to one row for each owner."""
        packing = _Packing(Counting(self.context), self.bits, origin)
        classes, classed, words = (f"{what} of {origin}" for what in ("classes", "classed", "words"))
        return [
            (classes, packing.classes()),
            (classed, packing.classed(source)),
            (words, packing.words(classed, classes)),
            (made, packing.counts(words)),
            *aged_steps(packing.counting, origin, source),
        ]


@dataclass(frozen=True)
class _Packing:
    """The packing of the counters of one owner."""

    counting: Counting
    bits: int
    origin: plan.Origin

    @property
    def _context(self) -> Context:
        return self.counting.context

    @cached_property
    def _counters(self) -> list[tuple[int, plan.Counter]]:
        return [each for each in self.counting.counters(self.origin) if not aged_by_key(each[1])]

    @cached_property
    def _types(self) -> list[str]:
        return counted_types(self._context.whole, self.origin)

    @cached_property
    def _bounds(self) -> list[int]:
        """All bounds in time, ascending: an instant lies behind so many of them."""
        return sorted({bound for _, counter in self._by_class for bound in self._ends(counter)})

    @property
    def _by_class(self) -> list[tuple[int, plan.Counter]]:
        return [each for each in self._counters if _is_by_class(each[1])]

    @property
    def _by_row(self) -> list[tuple[int, plan.Counter]]:
        """Those that look at properties."""
        return [each for each in self._counters if each[1].where is not None and _is_packed(each[1])]

    def _ends(self, counter: plan.Counter) -> Iterator[int]:
        """The bounds of a counter: it is one thing up to each, included, and another behind it."""
        if counter.since is not None:
            yield counter.since - 1
        yield from (self._context.moments[each] for each in moments_of(counter) if each != 0)

    @cached_property
    def _places(self) -> dict[int, _Slot]:
        """The place of each counter; those of one type beside each other."""
        places: dict[int, _Slot] = {}
        word, used = 0, 0
        for group in (self._by_class, self._by_row):
            for number, counter in sorted(group, key=lambda each: self._types.index(each[1].type)):
                if counter.yields == "points":
                    continue
                if used + self.bits > _WORD:
                    word, used = word + 1, 0
                places[number] = _Slot(word, used)
                used += self.bits
            word, used = word + (used > 0), 0
        for number, counter in (*self._by_class, *self._by_row):
            if counter.yields == "points":
                places[number] = _Slot(word, 0, alone=True)
                word += 1
        return places

    def classes(self) -> exp.Query:
        """What an interaction of each class adds to each word."""
        words = sorted({self._places[number].word for number, _ in self._by_class})
        rows = [
            [terms.text(type_), terms.whole(behind), *(terms.long(self._added(word, type_, behind)) for word in words)]
            for type_, behind in self._all_classes()
        ]
        return terms.rows([_OF_TYPE, _OF_CLASS, *map(_word, words)], rows)

    def _all_classes(self) -> Iterator[tuple[str, int]]:
        for type_ in self._types:
            for behind in range(len(self._bounds) + 1):
                yield type_, behind

    def _added(self, word: int, type_: str, behind: int) -> int:
        added = 0
        for number, counter in self._by_class:
            place = self._places[number]
            if place.word == word and counter.type == type_:
                added += self._worth(counter, behind) << place.shift
        return added

    def _worth(self, counter: plan.Counter, behind: int) -> int:
        """What an interaction counts that lies behind so many bounds: 1 or 0, or the points of its step."""

        def is_behind(bound: int) -> bool:
            return behind > self._bounds.index(bound)

        moments = self._context.moments
        inside = (
            (counter.after is None or is_behind(moments[counter.after]))
            and (counter.since is None or is_behind(counter.since - 1))
            and (counter.until == 0 or not is_behind(moments[counter.until]))
        )
        if not inside:
            return 0
        if counter.yields == "count":
            return 1
        return next((step.points for step in counter.steps or () if is_behind(moments[step.after])), 0)

    def classed(self, source: str) -> exp.Query:
        """Each interaction with the number of bounds that it lies behind."""
        bounds = (exp.GT(this=terms.column(names.AT), expression=terms.instant(each)) for each in self._bounds)
        made = terms.called(terms.cast(terms.how_many(bounds), "INT"), _CLASS)
        return exp.select(exp.Star(), made).from_(terms.table(source), copy=False)

    def words(self, classed: str, classes: str) -> exp.Query:
        """The sums of each owner."""
        owner = owner_column(self.origin)
        columns: list[Expr] = [terms.column(owner), terms.called(exp.Count(this=exp.Star()), ROWS)]
        by_class = {self._places[number].word for number, _ in self._by_class}
        for word in sorted(by_class):
            columns.append(terms.called(exp.Sum(this=terms.column(_word(word), classes)), _word(word)))
        for word in sorted({self._places[number].word for number, _ in self._by_row}):
            columns.append(terms.called(exp.Sum(this=self._row_word(word)), _word(word)))
        for number, counter in self._counters:
            if not _is_packed(counter):
                columns.append(terms.called(self.counting.aggregate(counter), self._context.counter_columns[number]))
        query = exp.select(*columns).from_(terms.table(classed), copy=False)
        if by_class:
            pairs = ((names.TYPE, _OF_TYPE), (_CLASS, _OF_CLASS))
            both = [terms.equal(terms.column(one), terms.column(other)) for one, other in pairs]
            query = query.join(terms.table(classes), on=terms.all_of(both), copy=False)
        else:
            query = query.where(terms.is_one_of(terms.column(names.TYPE), self._types), copy=False)
        return grouped(query, owner)

    def _row_word(self, word: int) -> Expr:
        """What one interaction adds to a word of counters that look at its properties."""
        by_type: dict[str, list[Expr]] = {}
        for number, counter in self._by_row:
            place = self._places[number]
            if place.word != word:
                continue
            worth: Expr = terms.whole(1 << place.shift)
            if counter.yields == "points":
                worth = self.counting.stepped(counter)
            asked = terms.all_of(self.counting.tests(counter))
            by_type.setdefault(counter.type, []).append(terms.case([(asked, worth)], terms.whole(0)))
        branches = [
            (terms.equal(terms.column(names.TYPE), terms.text(type_)), terms.total(added))
            for type_, added in by_type.items()
        ]
        return terms.cast(terms.case(branches, terms.whole(0)), "BIGINT")

    def counts(self, words: str) -> exp.Query:
        """The words taken apart again."""
        columns: list[Expr] = [terms.column(owner_column(self.origin)), terms.column(ROWS)]
        for number, counter in self._counters:
            if not _is_packed(counter):
                columns.append(terms.column(self._context.counter_columns[number]))
                continue
            place = self._places[number]
            # A word that ran over is no number here, and ROWS shows it.
            value: Expr = exp.TryCast(this=terms.column(_word(place.word)), to=exp.DataType.build("BIGINT"))
            if not place.alone:
                if place.shift:
                    value = exp.BitwiseRightShift(this=value, expression=terms.whole(place.shift))
                value = exp.BitwiseAnd(this=exp.Paren(this=value), expression=terms.whole((1 << self.bits) - 1))
                value = terms.cast(exp.Paren(this=value), self._kind)
            columns.append(terms.called(value, self._context.counter_columns[number]))
        return exp.select(*columns).from_(terms.table(words), copy=False)

    @property
    def _kind(self) -> str:
        """The narrowest type for a count: there may be a hundred of them for each of millions of leads."""
        return next((kind for most, kind in ((15, "SMALLINT"), (31, "INT")) if self.bits <= most), "BIGINT")


def _is_by_class(counter: plan.Counter) -> bool:
    """Whether the type and the time of an interaction alone settle what it counts."""
    return counter.where is None and _is_packed(counter)


def _is_packed(counter: plan.Counter) -> bool:
    """Whether a counter's part in a word is a plain sum over interactions; any other is aggregated as it stands."""
    return not counter.keyed and counter.yields in ("count", "points")


def _word(number: int) -> str:
    return f"word {number}"
