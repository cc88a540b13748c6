"""Counters as columns, the quick way on one machine: several counts in one number, so that little is added up.

What makes counting slow is not the tests of an interaction but the width of what is kept for each of a million
subjects. So an interaction is first told behind how many bounds in time it lies, its class; a small table says what
each class of each type adds to a few 64-bit words, and these are summed: a word holds several counts side by side, each
of so many `bits` that no subject has more interactions than fit. Whoever runs it asks for the largest `ROWS` then.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from scoreline.compiler import plan
from scoreline.compiler.backends.query import names, terms
from scoreline.compiler.backends.query.counting import Counting, aged_by_key, aged_steps, subject_column
from scoreline.compiler.backends.query.relations import Step, table
from scoreline.compiler.backends.query.terms import Expr
from scoreline.compiler.plan_parts import moments_of
from sqlglot import exp

ROWS = "interactions"
"""The column of how many interactions a subject has, of `counted_types`."""

_WORD = 60
_CLASS, _CLASSES, _CLASSED = "class", "classes", "classed"
_OF_TYPE, _OF_CLASS = "of type", "of class"


def counted_types(whole: plan.Plan, origin: plan.Origin) -> list[str]:
    """The types of interactions that `ROWS` counts for one owner; none if there is no such table."""
    return list(dict.fromkeys(each.type for each in whole.counters if each.origin == origin and not aged_by_key(each)))


@dataclass(frozen=True)
class Place:
    """Where a count is: in which word, behind how many bits; a sum of points has a word for itself."""

    word: int
    shift: int
    alone: bool = False


class Packed:
    """Counters of one plan packed into words."""

    def __init__(self, counting: Counting, bits: int) -> None:
        """`bits` for each count: a subject may have fewer than 2**bits interactions."""
        self._counting, self._bits = counting, bits

    def steps(self, origin: plan.Origin, happened: str, made: str) -> list[Step]:
        """The steps from interactions to one row for each subject."""
        counters = self._counting.counters(origin)
        packing = _Packing(self._counting, self._bits, counters)
        words = f"words of {origin}"
        prefix = f"{_CLASSES} of {origin}"
        return [
            (prefix, packing.classes()),
            (f"{_CLASSED} of {origin}", packing.classed(happened)),
            (words, packing.words(subject_column(origin), f"{_CLASSED} of {origin}", prefix)),
            (made, packing.counts(subject_column(origin), words)),
            *aged_steps(self._counting, origin, happened),
        ]


class _Packing:
    """The packing of the counters of one owner."""

    def __init__(self, counting: Counting, bits: int, counters: Sequence[tuple[int, plan.Counter]]) -> None:
        self._counting, self._bits = counting, bits
        self._counters = [each for each in counters if not aged_by_key(each[1])]
        self._columns = names.counter_columns(counting.whole)

    @cached_property
    def _types(self) -> list[str]:
        return list(dict.fromkeys(counter.type for _, counter in self._counters))

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
        yield from (self._counting.moments[each] for each in moments_of(counter) if each != 0)

    @cached_property
    def _places(self) -> dict[int, Place]:
        """The place of each counter; those of one type beside each other."""
        places: dict[int, Place] = {}
        word, used = 0, 0
        for group in (self._by_class, self._by_row):
            for number, counter in sorted(group, key=lambda each: self._types.index(each[1].type)):
                if counter.yields == "points":
                    continue
                if used + self._bits > _WORD:
                    word, used = word + 1, 0
                places[number] = Place(word, used)
                used += self._bits
            word, used = word + (used > 0), 0
        for number, counter in (*self._by_class, *self._by_row):
            if counter.yields == "points":
                places[number] = Place(word, 0, alone=True)
                word += 1
        return places

    def classes(self) -> exp.Query:
        """What an interaction of each class adds to each word."""
        words = sorted({self._places[number].word for number, _ in self._by_class})
        rows = [
            exp.Tuple(
                expressions=[
                    terms.text(type_),
                    terms.whole(behind),
                    *(_wide(self._added(word, type_, behind)) for word in words),
                ]
            )
            for type_, behind in self._all_classes()
        ]
        columns = [terms.name(each) for each in (_OF_TYPE, _OF_CLASS, *map(_word, words))]
        values = exp.Values(expressions=rows, alias=exp.TableAlias(this=terms.name("rows"), columns=columns))
        return exp.select(exp.Star()).from_(values, copy=False)

    def _all_classes(self) -> Iterator[tuple[str, int]]:
        for type_ in self._types:
            for behind in range(len(self._bounds) + 1):
                yield type_, behind

    def _added(self, word: int, type_: str, behind: int) -> int:
        added = 0
        for number, counter in self._by_class:
            place = self._places[number]
            if place.word == word and counter.type == type_:
                added += (
                    self._worth(counter, behind) << place.shift if not place.alone else self._worth(counter, behind)
                )
        return added

    def _worth(self, counter: plan.Counter, behind: int) -> int:
        """What an interaction counts that lies behind so many bounds: 1 or 0, or the points of its step."""

        def is_behind(bound: int) -> bool:
            return behind > self._bounds.index(bound)

        moments = self._counting.moments
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

    def classed(self, happened: str) -> exp.Query:
        """Each interaction with the number of bounds that it lies behind."""
        bounds = (exp.GT(this=terms.column(names.AT), expression=terms.instant(each)) for each in self._bounds)
        made = terms.called(terms.cast(terms.how_many(bounds), "INT"), _CLASS)
        return exp.select(exp.Star(), made).from_(table(happened), copy=False)

    def words(self, subject: str, classed: str, classes: str) -> exp.Query:
        """The sums of one subject."""
        columns: list[Expr] = [terms.column(subject), terms.called(exp.Count(this=exp.Star()), ROWS)]
        by_class = {self._places[number].word for number, _ in self._by_class}
        for word in sorted(by_class):
            columns.append(terms.called(exp.Sum(this=terms.column(_word(word), classes)), _word(word)))
        for word in sorted({self._places[number].word for number, _ in self._by_row}):
            columns.append(terms.called(exp.Sum(this=self._row_word(word)), _word(word)))
        for number, counter in self._counters:
            if not _is_packed(counter):
                columns.append(terms.called(self._counting.aggregate(counter), self._columns[number]))
        query = exp.select(*columns).from_(table(classed), copy=False)
        if by_class:
            pairs = ((names.TYPE, _OF_TYPE), (_CLASS, _OF_CLASS))
            both = [exp.EQ(this=terms.column(one), expression=terms.column(other)) for one, other in pairs]
            query = query.join(table(classes), on=terms.all_of(both), copy=False)
        else:
            types = [terms.text(each) for each in self._types]
            query = query.where(exp.In(this=terms.column(names.TYPE), expressions=types), copy=False)
        return query.where(terms.known(terms.column(subject)), copy=False).group_by(terms.column(subject), copy=False)

    def _row_word(self, word: int) -> Expr:
        """What one interaction adds to a word of counters that look at its properties."""
        by_type: dict[str, list[Expr]] = {}
        for number, counter in self._by_row:
            place = self._places[number]
            if place.word != word:
                continue
            worth: Expr = terms.whole(1 << place.shift)
            if counter.yields == "points":
                worth = self._counting.stepped(counter)
            asked = terms.all_of(self._counting.tests(counter))
            by_type.setdefault(counter.type, []).append(terms.case([(asked, worth)], terms.whole(0)))
        branches = [
            (exp.EQ(this=terms.column(names.TYPE), expression=terms.text(type_)), terms.total(added))
            for type_, added in by_type.items()
        ]
        return terms.cast(terms.case(branches, terms.whole(0)), "BIGINT")

    def counts(self, subject: str, words: str) -> exp.Query:
        """The words taken apart again."""
        columns: list[Expr] = [terms.column(subject), terms.column(ROWS)]
        for number, counter in self._counters:
            if not _is_packed(counter):
                columns.append(terms.column(self._columns[number]))
                continue
            place = self._places[number]
            # A word that ran over is no number here, and ROWS tells.
            value: Expr = exp.TryCast(this=terms.column(_word(place.word)), to=exp.DataType.build("BIGINT"))
            if not place.alone:
                if place.shift:
                    value = exp.BitwiseRightShift(this=value, expression=terms.whole(place.shift))
                value = exp.BitwiseAnd(this=exp.Paren(this=value), expression=terms.whole((1 << self._bits) - 1))
                value = terms.cast(exp.Paren(this=value), self._kind)
            columns.append(terms.called(value, self._columns[number]))
        return exp.select(*columns).from_(table(words), copy=False)

    @property
    def _kind(self) -> str:
        """The narrowest type for a count: there may be a hundred of them for each of millions of subjects."""
        return next((kind for most, kind in ((15, "SMALLINT"), (31, "INT")) if self._bits <= most), "BIGINT")


def _is_by_class(counter: plan.Counter) -> bool:
    """Whether its type and its time alone tell what an interaction counts."""
    return counter.where is None and _is_packed(counter)


def _is_packed(counter: plan.Counter) -> bool:
    """Whether a counter's part in a word is a plain sum over interactions; any other is aggregated as it stands."""
    return not counter.keyed and counter.yields in ("count", "points")


def _wide(number: int) -> Expr:
    return terms.cast(terms.whole(number), "BIGINT")


def _word(number: int) -> str:
    return f"word {number}"
