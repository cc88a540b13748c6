"""A lead's next change: the instant before which its results stay as they are if nothing new happens (DuckDB).

They change when a moment that moves with `as_of` reaches something (`compiler/reach.py`): an interaction that leaves a
window or a step of a decay, or that is still to come; a date or a time that rules compare with a moment. As when they
are counted (`packed.py`), interactions get a class, the number of bounds that they lie behind. How much later than at
its own time an interaction is reached is the same for all of a class.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from scoreline.compiler import plan
from scoreline.compiler.backends.query import names, terms
from scoreline.compiler.backends.query.admitted import AdmittedRelations
from scoreline.compiler.backends.query.build import with_steps
from scoreline.compiler.backends.query.context import Context
from scoreline.compiler.backends.query.counting import day_of, grouped, owner_column
from scoreline.compiler.backends.query.features import value_of
from scoreline.compiler.backends.query.relations import CONTACT, INTERACTION, LEAD, Step
from scoreline.compiler.backends.query.terms import Expr
from scoreline.compiler.plan_parts import below, moments_of
from scoreline.compiler.reach import Reach, reaches
from sqlglot import exp

NEXT = "next change"
"""The column: microseconds since 1970 UTC, `NEVER` if nothing is to change."""

NEVER = 2**62

_DAY = 86_400_000_000
_FIRST_DAY = datetime.date(1970, 1, 1).toordinal()
_AT, _BEHIND, _ADD, _SOONEST = "at in microseconds", "behind", "add", "soonest"

_Timed = tuple[plan.Field | plan.DayOf, int]
"""A field that is compared with a moment, and the moment's number."""


def next_changes(context: Context, relations: AdmittedRelations) -> exp.Select:
    """Each lead's key and next change."""
    return _NextChanges(context, relations).query()


@dataclass(frozen=True)
class _NextChanges:
    context: Context
    relations: AdmittedRelations

    @cached_property
    def reaches(self) -> Sequence[Reach]:
        return reaches(self.context.whole.moments, self.context.moments[0], self.context.zone)

    def query(self) -> exp.Select:
        steps: list[Step] = [(LEAD, self.relations.leads())]
        if self.context.has_contacts:
            steps.append((CONTACT, self.relations.contacts()))
        soonest = [self.reached(value_of(self.context, each), each, moment) for each, moment in self._timed_fields()]
        query = exp.select(terms.column(names.LEAD, LEAD)).from_(terms.table(LEAD), copy=False)
        if self.context.has_contacts:
            query = terms.left_join(query, CONTACT, terms.same(names.CONTACT, LEAD, CONTACT))
        if self.context.whole.counters:
            steps.append((INTERACTION, self.relations.all_interactions()))
        origins: tuple[plan.Origin, ...] = ("lead", "contact")
        for origin in origins:
            if counters := [each for each in self.context.whole.counters if each.origin in (origin, "both")]:
                made = f"next change of {origin}"
                steps.extend(_OfInteractions(self, origin, counters).steps(made))
                query = terms.left_join(query, made, terms.same(owner_column(origin), LEAD, made))
                soonest.append(terms.column(_SOONEST, made))
        return with_steps(query.select(terms.called(_least(soonest), NEXT)), steps)

    def _timed_fields(self) -> Iterator[_Timed]:
        found = (each for node in self.context.whole.nodes for each in _timed(node))
        yield from (each for each in dict.fromkeys(found) if each[0].owner != "interaction")

    def reached(self, value: Expr, field: plan.Field | plan.DayOf, moment: int) -> Expr:
        """When a moment reaches a field's value, or goes beyond it; nothing if it has gone beyond it already."""
        reach = self.reaches[moment]
        is_day = self.context.whole.moments[moment].of == "day"
        micros = _micros_of_day(value) if is_day else _micros(value)
        # A value that is reached just now is still to be left behind.
        ahead = terms.at_least(micros, terms.whole(reach.now + (_DAY if is_day else 1)))
        return terms.case(
            [(exp.GTE(this=micros.copy(), expression=terms.whole(reach.now)), _later(ahead, reach))], None
        )


@dataclass(frozen=True)
class _OfInteractions:
    """The next change of each lead, or of each contact, by its interactions."""

    whole: _NextChanges
    origin: plan.Origin
    counters: Sequence[plan.Counter]

    def steps(self, made: str) -> list[Step]:
        """The steps to one row for each owner of interactions."""
        classes = f"classes of {made}"
        return [(classes, self._classes()), (made, self._soonest(classes))]

    @cached_property
    def _moments(self) -> dict[str, set[int]]:
        """The moments that reach interactions of each type; `as_of` itself reaches those that are to come."""
        found: dict[str, set[int]] = {}
        for counter in self.counters:
            found.setdefault(counter.type, {0}).update(moments_of(counter))
        return found

    @property
    def _used(self) -> set[int]:
        return {each for several in self._moments.values() for each in several}

    @cached_property
    def _bounds(self) -> list[int]:
        """Between two of these it is constant which moments are to reach an instant, and what each adds."""
        found: set[int] = set()
        for moment in self._used:
            reach = self.whole.reaches[moment]
            found.add(reach.now)
            found.update(piece.first - 1 for piece in reach.pieces[1:])
        return sorted(found)

    def _classes(self) -> exp.Query:
        rows = [
            [terms.text(type_), terms.whole(behind), terms.whole(add)]
            for type_, moments in self._moments.items()
            for behind, bound in enumerate(self._bounds, 1)
            if (add := self._add(moments, bound)) is not None
        ]
        return terms.rows([f"of {names.TYPE}", f"of {_BEHIND}", _ADD], rows)

    def _add(self, moments: set[int], bound: int) -> int | None:
        """How much later than at its instant something is reached that lies right behind a bound."""
        ahead = [self.whole.reaches[each] for each in moments if self.whole.reaches[each].now <= bound]
        adds = [next(p.add for p in reversed(reach.pieces) if bound + 1 >= p.first) for reach in ahead]
        return min(adds, default=None)

    def _soonest(self, classes: str) -> exp.Query:
        owner = owner_column(self.origin)
        at = terms.column(_AT)
        found: list[Expr] = [exp.Min(this=exp.Add(this=at, expression=terms.column(_ADD)))]
        found.extend(exp.Min(this=value) for value in self._of_properties())
        pairs = ((names.TYPE, f"of {names.TYPE}"), (_BEHIND, f"of {_BEHIND}"))
        alike = [terms.equal(terms.column(one), terms.column(other)) for one, other in pairs]
        soonest = terms.called(terms.at_most(_least(found), terms.whole(self._latest)), _SOONEST)
        query = exp.select(terms.column(owner), soonest).from_(self._placed(), copy=False)
        return grouped(terms.left_join(query, classes, terms.all_of(alike)), owner)

    @property
    def _latest(self) -> int:
        return min((self.whole.reaches[each].latest for each in self._used), default=NEVER)

    def _placed(self) -> Expr:
        """Interactions with their instant as a number, and the number of bounds that they lie behind."""
        in_micros = terms.called(_micros(terms.column(names.AT)), _AT)
        micros = exp.select(exp.Star(), in_micros).from_(terms.table(INTERACTION), copy=False)
        behind = terms.how_many(exp.GT(this=terms.column(_AT), expression=terms.whole(bound)) for bound in self._bounds)
        made = exp.select(exp.Star(), terms.called(behind, _BEHIND)).from_(micros.subquery("interactions"), copy=False)
        return made.subquery("placed")

    def _of_properties(self) -> Iterator[Expr]:
        """The soonest of dates and times among the properties that rules compare with moments."""
        whole, context = self.whole.context.whole, self.whole.context
        asked = dict.fromkeys((each.type, each.where) for each in self.counters if each.where is not None)
        timed = dict.fromkeys(
            (type_, *pair)
            for type_, where in asked
            for node in below(whole, where)
            for pair in _timed(whole.nodes[node])
        )
        for type_, field, moment in timed:
            value: Expr = terms.column(names.property_column(type_, field.name))
            if isinstance(field, plan.DayOf):
                value = day_of(context, value)
            yield self.whole.reached(value, field, moment)


def _timed(node: plan.Node) -> Iterator[_Timed]:
    """The fields that a test compares with a moment."""
    if isinstance(node, plan.Compare):
        for one, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(one, plan.Field | plan.DayOf) and isinstance(other, plan.MomentRef):
                yield one, other.index


def _later(micros: Expr, reach: Reach) -> Expr:
    """When a value ahead of a moment is reached."""
    adds = [
        (exp.GTE(this=micros.copy(), expression=terms.whole(each.first)), terms.whole(each.add))
        for each in reversed(reach.pieces[1:])
    ]
    add = terms.case(adds, terms.whole(reach.pieces[0].add))
    return terms.at_most(exp.Add(this=micros.copy(), expression=exp.Paren(this=add)), terms.whole(reach.latest))


def _micros(instant: Expr) -> Expr:
    return exp.Anonymous(this="EPOCH_US", expressions=[instant])


def _micros_of_day(day: Expr) -> Expr:
    since = exp.DateDiff(this=day, expression=terms.day(_FIRST_DAY), unit=exp.var("DAY"))
    return exp.Mul(this=exp.Paren(this=since), expression=terms.whole(_DAY))


def _least(values: Sequence[Expr]) -> Expr:
    known = [terms.or_else(value, terms.whole(NEVER)) for value in values]
    found = terms.whole_number(terms.whole(NEVER))
    for value in known:
        found = terms.at_most(found, value)
    return found
