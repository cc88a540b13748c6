"""Counters as columns: one row for each subject that has any interaction, one number for each counter.

The readable way, for every dialect: each counter is one conditional aggregate. Interactions are those that `relations`
makes: of known types, not later than `as_of`, each once. Counters of different keys (values, calendar units) that give
points by age need the newest interaction of each key first, in a query of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never
from zoneinfo import ZoneInfo

from scoreline.compiler import plan
from scoreline.compiler.backends.query import names, terms
from scoreline.compiler.backends.query.conditions import Conditions, Named
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
    """What it takes to count: a plan, its moments' values, a dialect."""

    whole: plan.Plan
    moments: Sequence[int]
    dialect: str

    @property
    def zone(self) -> ZoneInfo:
        """Where days begin."""
        return ZoneInfo(self.whole.timezone)

    def counters(self, origin: plan.Origin) -> list[tuple[int, plan.Counter]]:
        """The counters of one owner, with their numbers."""
        return [(number, each) for number, each in enumerate(self.whole.counters) if each.origin == origin]

    def counts(self, origin: plan.Origin, happened: str) -> exp.Select:
        """One row for each subject, from the interactions in `happened`, whose column LEAD (for the contact's own:
        CONTACT) tells it."""
        subject = subject_column(origin)
        columns = names.counter_columns(self.whole)
        made = [
            terms.called(self.aggregate(counter), columns[number])
            for number, counter in self.counters(origin)
            if not aged_by_key(counter)
        ]
        source = exp.Table(this=terms.name(happened))
        query = exp.select(terms.column(subject), *made).from_(source, copy=False)
        return query.where(terms.known(terms.column(subject)), copy=False).group_by(terms.column(subject), copy=False)

    def newest(self, counter: plan.Counter, happened: str) -> exp.Select:
        """One row for each subject and key, with its newest interaction."""
        subject = terms.column(subject_column(counter.origin))
        newest = terms.called(exp.Max(this=terms.column(names.AT)), names.AT)
        query = exp.select(subject, terms.called(self._key(counter), "key"), newest)
        query = query.from_(exp.Table(this=terms.name(happened)), copy=False).where(
            terms.known(subject.copy()), copy=False
        )
        return query.where(self._asked(counter), copy=False).group_by(subject.copy(), exp.Literal.number(2), copy=False)

    def points_by_age(self, number: int, counter: plan.Counter, newest: str) -> exp.Select:
        """One row for each subject: the points of its keys, by the age of each one's newest interaction."""
        subject = terms.column(subject_column(counter.origin))
        column = names.counter_columns(self.whole)[number]
        points = terms.called(self._total(self.stepped(counter)), column)
        return (
            exp.select(subject, points)
            .from_(exp.Table(this=terms.name(newest)), copy=False)
            .group_by(subject.copy(), copy=False)
        )

    def aggregate(self, counter: plan.Counter) -> Expr:
        """What one subject's interactions come to."""
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
        of_type = exp.EQ(this=terms.column(names.TYPE), expression=terms.text(counter.type))
        return terms.all_of([of_type, *self.tests(counter)])

    def tests(self, counter: plan.Counter) -> list[Expr]:
        """What is asked of an interaction of a counter's type."""
        at = terms.column(names.AT)
        tests: list[Expr] = []
        if counter.after is not None:
            tests.append(exp.GT(this=at.copy(), expression=terms.instant(self.moments[counter.after])))
        if counter.since is not None:
            tests.append(exp.GTE(this=at.copy(), expression=terms.instant(counter.since)))
        if counter.until != 0:
            tests.append(exp.LTE(this=at.copy(), expression=terms.instant(self.moments[counter.until])))
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
            return local_day(value, self.zone, horizon(self.moments)) if isinstance(named, plan.DayOf) else value

        return Conditions(self.whole, self.moments, self.dialect, value_of)

    def _key(self, counter: plan.Counter) -> Expr:
        """What different ones of are counted: a property's value, or the calendar unit of the instant."""
        if counter.distinct is not None:
            return terms.column(names.property_column(counter.type, counter.distinct))
        since = counter.since if counter.after is None else self.moments[counter.after]
        day = local_day(terms.column(names.AT), self.zone, self.moments[0], since)
        match counter.period:
            case "week":
                since = exp.DateDiff(this=day, expression=terms.day(_FIRST_MONDAY), unit=exp.var("DAY"))
                return exp.IntDiv(this=since, expression=terms.whole(_WEEK))
            case "month":
                year, month = (_part(unit, day.copy()) for unit in ("YEAR", "MONTH"))
                return exp.Add(this=exp.Mul(this=year, expression=terms.whole(12)), expression=month)
            case "year":
                return _part("YEAR", day)
            case _:
                return day

    def stepped(self, counter: plan.Counter) -> Expr:
        """The points of the step in which an instant lies."""
        at = terms.column(names.AT)
        return terms.case(
            [
                (
                    exp.GT(this=at.copy(), expression=terms.instant(self.moments[each.after])),
                    terms.whole(each.points),
                )
                for each in counter.steps or ()
            ],
            terms.whole(0),
        )

    def _total(self, points: Expr) -> Expr:
        return terms.whole_number(exp.Sum(this=points))


@dataclass(frozen=True)
class Readable:
    """Each counter as one aggregate."""

    counting: Counting

    def steps(self, origin: plan.Origin, happened: str, made: str) -> list[Step]:
        """One step for most counters, and two for each that needs the newest interaction of a key."""
        counters = self.counting.counters(origin)
        several = any(not aged_by_key(counter) for _, counter in counters)
        found: list[Step] = [(made, self.counting.counts(origin, happened))] if several else []
        return found + aged_steps(self.counting, origin, happened)


def aged_steps(counting: Counting, origin: plan.Origin, happened: str) -> list[Step]:
    """Two steps for each counter that needs the newest interaction of a key."""
    found: list[Step] = []
    for number, counter in counting.counters(origin):
        if aged_by_key(counter):
            newest = f"newest of counter {number}"
            found.append((newest, counting.newest(counter, happened)))
            found.append((points_name(number), counting.points_by_age(number, counter, newest)))
    return found


def aged_by_key(counter: plan.Counter) -> bool:
    """Whether the newest interaction of each key tells its points."""
    return counter.keyed and counter.yields == "points"


def subject_column(origin: plan.Origin) -> str:
    """The column that tells whose interactions are counted together."""
    return names.CONTACT if origin == "contact" else names.LEAD


def horizon(moments: Sequence[int]) -> int:
    """Up to when the calendar days of the data's own times are exact: a century from `as_of`."""
    century = 36_525 * 86_400_000_000
    return min(moments[0] + century, LATEST)


def _part(unit: str, day: Expr) -> Expr:
    return terms.whole_number(exp.Extract(this=exp.var(unit), expression=day))
