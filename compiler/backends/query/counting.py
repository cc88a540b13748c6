"""Counters as columns: one row for each lead or contact that has any interaction, one number for each counter.

The plain way, for every dialect: each counter is one conditional aggregate. Interactions are those that `relations`
makes: of known types, not later than `as_of`, each once. Counters of different keys (values, calendar units) that give
points by age need the newest interaction of each key first, in a query of their own.
"""

from dataclasses import dataclass
from typing import assert_never

from scoreline.compiler import plan
from scoreline.compiler.backends.query import names, terms
from scoreline.compiler.backends.query.conditions import Conditions, Named
from scoreline.compiler.backends.query.context import Context
from scoreline.compiler.backends.query.relations import Step, points_name
from scoreline.compiler.backends.query.terms import Expr
from scoreline.compiler.backends.query.zones import local_day
from scoreline.compiler.calendar import LATEST
from sqlglot import exp

_FIRST_MONDAY = 1
"""The ordinal of the first day of all, which is a Monday."""
_WEEK = 7


@dataclass(frozen=True)
class Counting:
    """The counters of a plan as aggregates."""

    context: Context

    def counters(self, origin: plan.Origin) -> list[tuple[int, plan.Counter]]:
        """The counters of one owner, with their numbers."""
        return [(number, each) for number, each in enumerate(self.context.whole.counters) if each.origin == origin]

    def counts(self, origin: plan.Origin, source: str) -> exp.Select:
        """One row for each owner of interactions, from those in the step `source`."""
        owner = owner_column(origin)
        made = [
            terms.called(self.aggregate(counter), self.context.counter_columns[number])
            for number, counter in self.counters(origin)
            if not aged_by_key(counter)
        ]
        return grouped(exp.select(terms.column(owner), *made).from_(terms.table(source), copy=False), owner)

    def newest(self, counter: plan.Counter, source: str) -> exp.Select:
        """One row for each owner and key, with its newest interaction."""
        owner = owner_column(counter.origin)
        newest = terms.called(exp.Max(this=terms.column(names.AT)), names.AT)
        query = exp.select(terms.column(owner), terms.called(self._key(counter), "key"), newest)
        query = grouped(query.from_(terms.table(source), copy=False), owner)
        return query.where(self._asked(counter), copy=False).group_by(exp.Literal.number(2), copy=False)

    def points_by_age(self, number: int, counter: plan.Counter, newest: str) -> exp.Select:
        """One row for each owner: the points of its keys, by the age of each one's newest interaction."""
        owner = terms.column(owner_column(counter.origin))
        points = terms.called(self._total(self.stepped(counter)), self.context.counter_columns[number])
        query = exp.select(owner, points).from_(terms.table(newest), copy=False)
        return query.group_by(owner.copy(), copy=False)

    def aggregate(self, counter: plan.Counter) -> Expr:
        """What the interactions of one owner come to."""
        asked = self._asked(counter)
        match counter.yields:
            case "count" if counter.keyed:
                return exp.Count(this=exp.Distinct(expressions=[terms.case([(asked, self._key(counter))])]))
            case "count":
                return exp.Count(this=terms.case([(asked, terms.whole(1))]))
            case "points":
                return self._total(terms.case([(asked, self.stepped(counter))], terms.whole(0)))
            case _:
                assert_never(counter.yields)

    def _asked(self, counter: plan.Counter) -> Expr:
        """Whether an interaction is one of those that are counted."""
        of_type = terms.equal(terms.column(names.TYPE), terms.text(counter.type))
        return terms.all_of([of_type, *self.tests(counter)])

    def tests(self, counter: plan.Counter) -> list[Expr]:
        """What is asked of an interaction of a counter's type."""
        at = terms.column(names.AT)
        tests: list[Expr] = []
        if counter.after is not None:
            tests.append(exp.GT(this=at.copy(), expression=terms.instant(self.context.moments[counter.after])))
        if counter.since is not None:
            tests.append(exp.GTE(this=at.copy(), expression=terms.instant(counter.since)))
        if counter.until != 0:
            tests.append(exp.LTE(this=at.copy(), expression=terms.instant(self.context.moments[counter.until])))
        if counter.distinct is not None:
            tests.append(terms.known(terms.column(names.property_column(counter.type, counter.distinct))))
        if counter.where is not None:
            tests.append(self.properties(counter.type).of(counter.where))
        return tests

    def properties(self, type_: str) -> Conditions:
        """Conditions over the properties of one type."""

        def value_of(named: Named) -> Expr:
            assert isinstance(named, plan.Field | plan.DayOf)
            value = terms.column(names.property_column(type_, named.name))
            return day_of(self.context, value) if isinstance(named, plan.DayOf) else value

        return Conditions(self.context.whole, self.context.moments, self.context.dialect, value_of)

    def _key(self, counter: plan.Counter) -> Expr:
        """What different ones of are counted: a property's value, or the calendar unit of the instant."""
        if counter.distinct is not None:
            return terms.column(names.property_column(counter.type, counter.distinct))
        since = counter.since if counter.after is None else self.context.moments[counter.after]
        day = local_day(terms.column(names.AT), self.context.zone, self.context.as_of, since)
        match counter.period:
            case "week":
                since = exp.DateDiff(this=day, expression=terms.day(_FIRST_MONDAY), unit=exp.var("DAY"))
                return exp.IntDiv(this=since, expression=terms.whole(_WEEK))
            case "month":
                year, month = (_part(unit, day.copy()) for unit in ("YEAR", "MONTH"))
                return exp.Add(this=exp.Mul(this=year, expression=terms.whole(12)), expression=month)
            case "year":
                return _part("YEAR", day)
            case "day" | None:
                return day
            case _:
                assert_never(counter.period)

    def stepped(self, counter: plan.Counter) -> Expr:
        """The points of the step in which an instant lies."""
        at = terms.column(names.AT)
        branches: list[tuple[Expr, Expr]] = []
        for each in counter.steps or ():
            newer = exp.GT(this=at.copy(), expression=terms.instant(self.context.moments[each.after]))
            branches.append((newer, terms.whole(each.points)))
        return terms.case(branches, terms.whole(0))

    def _total(self, points: Expr) -> Expr:
        return terms.whole_number(exp.Sum(this=points))


@dataclass(frozen=True)
class PlainCounts:
    """Each counter as one aggregate."""

    context: Context

    def steps(self, origin: plan.Origin, source: str, made: str) -> list[Step]:
        """One step for most counters, and two for each that needs the newest interaction of a key."""
        counting = Counting(self.context)
        several = any(not aged_by_key(counter) for _, counter in counting.counters(origin))
        found: list[Step] = [(made, counting.counts(origin, source))] if several else []
        return found + aged_steps(counting, origin, source)


def aged_steps(counting: Counting, origin: plan.Origin, source: str) -> list[Step]:
    """Two steps for each counter that needs the newest interaction of a key."""
    found: list[Step] = []
    for number, counter in counting.counters(origin):
        if aged_by_key(counter):
            newest = f"newest of counter {number}"
            found.append((newest, counting.newest(counter, source)))
            found.append((points_name(number), counting.points_by_age(number, counter, newest)))
    return found


def aged_by_key(counter: plan.Counter) -> bool:
    """Whether the age of the newest interaction of each key gives its points."""
    return counter.keyed and counter.yields == "points"


def counted_types(whole: plan.Plan, origin: plan.Origin) -> list[str]:
    """The types of interactions that counters of one owner count in its step of counts; none if there is no such
    step."""
    return list(dict.fromkeys(each.type for each in whole.counters if each.origin == origin and not aged_by_key(each)))


def owner_column(origin: plan.Origin) -> str:
    """The column by which interactions are counted together: the key of their lead, or of their contact."""
    return names.CONTACT if origin == "contact" else names.LEAD


def grouped(query: exp.Select, owner: str) -> exp.Select:
    """The query with one row for each known owner."""
    column = terms.column(owner)
    return query.where(terms.known(column), copy=False).group_by(column.copy(), copy=False)


def day_of(context: Context, value: Expr) -> Expr:
    """The calendar day of a time in the data, exact up to a century from `as_of`."""
    century = 36_525 * 86_400_000_000
    return local_day(value, context.zone, min(context.as_of + century, LATEST))


def _part(unit: str, day: Expr) -> Expr:
    return terms.whole_number(exp.Extract(this=exp.var(unit), expression=day))
