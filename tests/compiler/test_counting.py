"""Counters count what a naive look at each interaction counts, at every border; and what is asked is what counts."""

import datetime
import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from scoreline.compiler import plan
from scoreline.compiler.backends.closures.build import build
from scoreline.compiler.backends.closures.counting import least_asked
from scoreline.compiler.backends.closures.layout import FieldSlot, InteractionColumn, Layout
from scoreline.compiler.calendar import moment_values
from scoreline.compiler.instants import as_datetime
from scoreline.compiler.schema import InteractionSpec, Schema
from scoreline.compiler.schema.fields import FieldSpec
from scoreline.compiler.schema.shapes import LeadSpec

OPERATORS: dict[plan.Operator, Callable[[float, float], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
DAY = 86_400
NOWHERE = plan.Place("main.score", 1, 1, 1, 1)
OPENED, SIZE = plan.Field("interaction", "opened"), plan.Field("interaction", "size")
PROPERTIES = {"opened": FieldSpec(type="text"), "size": FieldSpec(type="number")}
SCHEMA = Schema(
    lead=LeadSpec(key="id"),
    interactions={"mail": InteractionSpec(properties=PROPERTIES), "call": InteractionSpec(properties=PROPERTIES)},
)
# Tests of an interaction's properties, for `where`.
WHERE: tuple[plan.Node, ...] = (
    plan.Compare(SIZE, ">=", plan.Number(1.0)),
    plan.OneOf(OPENED, (plan.Text("a"), plan.Text("b")), True),
    plan.IsKnown(OPENED, True),
    plan.AnyOf((0, 2)),
    plan.AllOf((0, 1)),
)


# Lengths of windows, as (months, seconds).
Length = tuple[int, int]
LENGTHS = st.tuples(st.just(0), st.sampled_from((60, 36 * 3_600, DAY, 7 * DAY, 30 * DAY - 3_600))) | st.tuples(
    st.sampled_from((1, 6, 12, 48)), st.just(0)
)


def alike(months: int) -> st.SearchStrategy[list[Length]]:
    """Windows of so many months, and of so many days that it depends on the time which of them is longer."""
    days = st.integers(28 * months, 31 * months).map(lambda days: (0, days * DAY))
    return st.lists(days, min_size=2, max_size=5, unique=True).map(lambda several: [(months, 0), *several])


MOMENTS = st.tuples(
    st.sampled_from(("UTC", "Europe/Berlin", "Australia/Lord_Howe", "America/Sao_Paulo")).map(ZoneInfo),
    st.datetimes(datetime.datetime(2015, 1, 1), datetime.datetime(2026, 12, 31))
    | st.sampled_from(
        [datetime.datetime(2026, month, day, 12) for month, day in ((8, 31), (3, 31), (3, 1), (10, 25), (1, 1))]
    ),
)


@dataclass(frozen=True)
class Drawn:
    """Counters with the rules that look at them, a time, and interactions: (instant, values by property) by column."""

    whole: plan.Plan
    moments: tuple[int, ...]
    columns: dict[InteractionColumn, list[tuple[int, dict[FieldSlot, object]]]]


@st.composite
def counters(draw: st.DrawFn, bounds: int) -> plan.Counter:
    """A counter; the moments from 1 on are so many bounds of windows."""
    window = draw(st.sampled_from(("", "more than", "since", "within", "within")))
    bound = draw(st.integers(1, bounds))
    what = draw(st.sampled_from(("count", "count", "filtered", "distinct", "period", "steps", "steps of days")))
    older = draw(st.integers(1, bounds))
    return plan.Counter(
        origin=draw(st.sampled_from(("lead", "lead", "lead", "contact", "both"))),
        type=draw(st.sampled_from(("mail", "mail", "mail", "call"))),
        until=bound if window == "more than" else 0,
        after=bound if window == "within" else None,
        since=draw(st.integers(-(2**50), 2**52)) if window == "since" else None,
        where=draw(st.integers(0, len(WHERE) - 1)) if draw(st.booleans()) and what != "count" else None,
        distinct=draw(st.sampled_from(("opened", "size"))) if what == "distinct" else None,
        period=draw(st.sampled_from(("day", "week", "month", "year"))) if what in ("period", "steps of days") else None,
        steps=(plan.Step(bound, 8), plan.Step(older, -3)) if what.startswith("steps") else None,
    )


@st.composite
def asking(draw: st.DrawFn, number: int) -> plan.Node:
    """What a rule may ask of a counter."""
    count = plan.CountRef(draw(st.integers(0, number - 1)))
    against = draw(st.integers(-1, 4) | st.sampled_from((0.5, 2.5)))
    values = tuple(plan.Number(float(each)) for each in draw(st.lists(st.integers(0, 4), min_size=1, max_size=3)))
    compared = plan.Compare(count, draw(st.sampled_from(tuple(OPERATORS))), plan.Number(float(against)))
    summed = plan.Compare(plan.Sum(((2, count),)), ">", plan.Number(2.0))
    return draw(st.sampled_from((compared, compared, compared, plan.OneOf(count, values, draw(st.booleans())), summed)))


@st.composite
def plans(draw: st.DrawFn, zone: ZoneInfo) -> plan.Plan:
    """A plan that counts, and asks in all ways about what it counts."""
    if draw(st.booleans()):
        lengths = draw(st.lists(LENGTHS, min_size=2, max_size=6))
        several = draw(st.lists(counters(len(lengths)), min_size=1, max_size=8, unique=True))
    else:
        lengths = draw(st.one_of(*map(alike, (1, 2, 3, 12))))
        several = [plan.Counter("lead", "mail", 0, bound + 1) for bound in range(len(lengths))]
    moments = [plan.Moment("instant"), *(plan.Moment("instant", -months, -seconds) for months, seconds in lengths)]
    asked = draw(st.lists(asking(len(several)), max_size=6))
    worth = draw(st.lists(st.integers(0, len(several) - 1), max_size=2, unique=True))
    rules = tuple(plan.EachRule(f"M/{each}", None, None, each, 5, None, None, "", NOWHERE) for each in worth)
    model = plan.Model("M", None, None, None, None, (), rules, (), NOWHERE)
    return plan.Plan(SCHEMA, zone.key, tuple(moments), tuple(several), (*WHERE, *asked), (model,), (), ())


@st.composite
def cases(draw: st.DrawFn) -> Drawn:
    """Interactions are at the borders of the windows, or within a microsecond of them."""
    zone, wall = draw(MOMENTS)
    as_of = int(wall.replace(tzinfo=datetime.UTC).timestamp()) * 1_000_000
    whole = draw(plans(zone))
    moments = moment_values(whole.moments, as_of, zone)
    borders = (*moments, *(each.since for each in whole.counters if each.since is not None))
    near = st.builds(operator.add, st.sampled_from(borders), st.sampled_from((0, 0, 0, 1, -1, 3_600_000_000)))
    values = st.fixed_dictionaries(
        {OPENED: st.sampled_from((None, "a", "b", "c")), SIZE: st.sampled_from((None, 0.0, 1.0, 2.5))}
    )
    columns = product(("mail", "call"), ("lead", "contact", "both"))
    rows = st.lists(st.tuples(near, values), max_size=draw(st.sampled_from((1, 2, 8)))).map(
        lambda each: sorted(each, key=operator.itemgetter(0))
    )
    return Drawn(whole, moments, {InteractionColumn(*column): draw(rows) for column in columns})


def told(drawn: Drawn, layout: Layout) -> tuple[list[list[int]], list[list[tuple[object, ...]]]]:
    """The interactions as compiled functions take them."""
    instants = [[at for at, _ in drawn.columns[column]] for column in layout.columns]
    slots = [layout.properties[column.type] for column in layout.columns]
    values = [
        [tuple(each[slot] for slot in own) for _, each in drawn.columns[column]]
        for column, own in zip(layout.columns, slots, strict=True)
    ]
    return instants, values


def naively(drawn: Drawn, counter: plan.Counter, zone: ZoneInfo) -> int:
    """What a counter is said to count, by a look at each interaction."""
    moments = drawn.moments
    found: list[tuple[int, object]] = []
    for number, (at, values) in enumerate(drawn.columns[InteractionColumn(counter.type, counter.origin)]):
        in_time = at <= moments[0] and at <= moments[counter.until]
        in_time = in_time and (counter.after is None or at > moments[counter.after])
        in_time = in_time and (counter.since is None or at >= counter.since)
        key: object = number
        if counter.distinct is not None:
            key = values[plan.Field("interaction", counter.distinct)]
        elif counter.period is not None:
            key = unit_of(at, counter.period, zone)
        if in_time and key is not None and (counter.where is None or admits(counter.where, values)):
            found.append((at, key))
    newest: dict[object, int] = {}
    for at, key in found:
        newest[key] = max(at, newest.get(key, at))
    if counter.steps is None:
        return len(newest)
    return sum(next((step.points for step in counter.steps if at > moments[step.after]), 0) for at in newest.values())


def unit_of(at: int, period: str, zone: ZoneInfo) -> object:
    day = as_datetime(at).astimezone(zone).date()
    return {"day": day, "week": day.isocalendar()[:2], "month": (day.year, day.month), "year": day.year}[period]


def admits(node: int, values: dict[FieldSlot, object]) -> bool:
    """What the tests of `WHERE` say, each in its place."""
    size, opened = values[SIZE], values[OPENED]
    large, neither = size is not None and size >= 1, opened is not None and opened not in ("a", "b")
    return (large, neither, opened is None, large or opened is None, large and neither)[node]


def asks(node: plan.Node, counts: Sequence[int]) -> bool | None:
    """What a test of a counter says of counts; None for any other node."""
    match node:
        case plan.Compare(plan.CountRef(index), sign, plan.Number(value)):
            return OPERATORS[sign](counts[index], value)
        case plan.Compare(plan.Sum(((weight, plan.CountRef(index)),)), sign, plan.Number(value)):
            return OPERATORS[sign](weight * counts[index], value)
        case plan.OneOf(plan.CountRef(index), values, negated):
            return (counts[index] in [each.value for each in values]) != negated
    return None


@given(cases())
def test_counts_are_what_a_naive_look_counts(drawn: Drawn) -> None:
    built = build(drawn.whole)
    zone = ZoneInfo(drawn.whole.timezone)
    counted = built.count(*told(drawn, built.layout), drawn.moments)
    assert list(counted) == [naively(drawn, counter, zone) for counter in drawn.whole.counters]


@given(cases())
def test_times_are_counted_as_their_instants_are(drawn: Drawn) -> None:
    """Where nothing but bounds computed from `as_of` is compared with them, instants may stay times."""
    comparing = tuple(replace(counter, since=None, period=None) for counter in drawn.whole.counters)
    built = build(replace(drawn.whole, counters=comparing))
    instants, values = told(drawn, built.layout)
    times = [[as_datetime(at) for at in column] for column in instants]
    bounds = [as_datetime(moment) for moment in drawn.moments]
    for count in (built.count, built.count_asked):
        assert count(times, values, bounds) == count(instants, values, drawn.moments)


@given(cases())
def test_a_count_that_is_asked_is_exact_or_else_as_good_as_none(drawn: Drawn) -> None:
    built = build(drawn.whole)
    interactions = told(drawn, built.layout)
    exact, asked = (count(*interactions, drawn.moments) for count in (built.count, built.count_asked))
    least = least_asked(drawn.whole)
    for index, (truly, said) in enumerate(zip(exact, asked, strict=True)):
        assert said == truly or (said == 0 and truly < least[index])
    for node in drawn.whole.nodes:
        assert asks(node, exact) == asks(node, asked)
    nobody = ((), exact, drawn.moments), ((), asked, drawn.moments)
    assert [model(*nobody[0]) for model in built.models] == [model(*nobody[1]) for model in built.models]
