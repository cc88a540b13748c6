"""The rules of a model that test whether one number lies in a range: written in the rule or in a let, as one test or
two, alone or beside other tests.

Promises that rules are compared only if they test the same besides the range.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple, cast

from scoreline.compiler import checked
from scoreline.compiler.checked_parts import conjuncts
from scoreline.dsl import nodes
from scoreline.dsl.source import Place
from scoreline.dsl.span import Span
from scoreline.tools.lint.bounds import Interval, beginning, ending, interval
from scoreline.tools.lint.project import ModelView, ProjectView, RuleView

_RANGES = (nodes.Between, nodes.Compare, nodes.Is)
_MOST_NUMBERS = 4  # of more numbers nobody asks for ranges in one rule

Number = tuple[nodes.Subject, nodes.Window | None]
"""What a range is asked of, as it is written."""


class RangePart(NamedTuple):
    """A test for a range as it is written, and whether it stands in the rule itself rather than in a let."""

    interval: Interval
    test: nodes.Test
    own: bool


class Ranged(NamedTuple):
    """A rule that tests one range of a number, and the tests at which that range begins and ends."""

    rule: RuleView
    interval: Interval
    begins: RangePart
    ends: RangePart

    @property
    def start(self) -> nodes.Value | None:
        """The value with which it begins, as it is written in the rule."""
        match self.begins.test.comparison if self.begins.own else None:
            case nodes.Between(low=value) | nodes.Compare(operator=">=" | ">", value=value):
                return value
            case _:
                return None

    def place(self, part: RangePart) -> Place:
        """Where a part is in the rule: itself, or the whole condition where a let says it."""
        whole = self.rule.node.condition if isinstance(self.rule.node, nodes.When) else self.rule.node
        return self.rule.at(part.test if part.own else whole)

    @property
    def wide(self) -> bool:
        """Whether more than one number is in it."""
        return self.interval.low < self.interval.high


class Held(NamedTuple):
    """All numbers in any of several ranges: the lower ends in order, each with the highest upper end up to there."""

    lows: Sequence[tuple[float, bool]]
    highs: Sequence[tuple[float, bool]]

    @classmethod
    def of(cls, rules: Iterable[Ranged]) -> "Held":
        """The numbers in the ranges of several rules."""
        intervals = sorted((each.interval for each in rules), key=beginning)
        return cls(list(map(beginning, intervals)), list(accumulate(map(ending, intervals), max)))

    def holds(self, value: float) -> bool:
        """Whether a range holds a number."""
        before = bisect_left(self.lows, (value, True))
        return before > 0 and self.highs[before - 1] >= (value, True)


class Rivals(NamedTuple):
    """The rules of a model that test a range of one number and the same besides. `plain` are the rules that test a
    range of it and nothing else, if those are other rules."""

    model: ModelView
    number: Number
    rules: tuple[Ranged, ...]
    plain: tuple[Ranged, ...]

    @property
    def name(self) -> str:
        """The name of the number."""
        return self.number[0].terms[0].path.dotted


def ranged_rules(project: ProjectView) -> tuple[Rivals, ...]:
    """For each model, and each field of numbers and each count: its rules that ask for one range of it."""
    return project.once(_ranged_rules)


def _ranged_rules(project: ProjectView) -> tuple[Rivals, ...]:
    return tuple(rivals for model in project.models for rivals in _rivals(project, model) if len(rivals.rules) > 1)


def _rivals(project: ProjectView, model: ModelView) -> Iterator[Rivals]:
    found: dict[tuple[Number, Hashable], list[Ranged]] = defaultdict(list)
    alone: Hashable = frozenset[Hashable]()
    for rule in model.rules:
        for number, besides, both, begins, ends in _recalled(project, rule):
            found[number, besides].append(Ranged(rule, both, begins, ends))
    for (number, besides), rules in found.items():
        plain = () if besides == alone else tuple(found.get((number, alone), ()))
        yield Rivals(model, number, tuple(rules), plain)


_Found = tuple[Number, Hashable, Interval, RangePart, RangePart]
"""A number of which a rule asks for a range, what it asks for besides, the range, where it begins and ends."""


def _recalled(project: ProjectView, rule: RuleView) -> tuple[_Found, ...]:
    """The ranges that a rule tests; if it is the same rule as in the last run, those that were found then."""
    condition = rule.made.condition
    if condition is None:
        return ()
    node, found = cast(
        "tuple[nodes.Rule, tuple[_Found, ...]]",
        project.memory.ranges.of(condition, lambda asked: (rule.node, tuple(_ranges(project, rule, asked)))),
    )
    return found if node is rule.node else tuple(_ranges(project, rule, condition))


def _ranges(project: ProjectView, rule: RuleView, condition: checked.Condition) -> Iterator[_Found]:
    asked = conjuncts(condition)
    if not any(interval(each) for each in asked):
        return
    tests = _own_tests(project, rule)
    parts: dict[Number, list[RangePart]] = defaultdict(list)
    of: dict[int, Number] = {}
    subjects: dict[Number, checked.Subject] = {}
    for each in asked:
        found = interval(each)
        part = None if found is None else _part(project, rule, tests, each)
        if found is not None and part is not None:
            of[id(each)] = number = part.test.subject, part.test.window
            subjects[number] = found[0]
            parts[number].append(part)
    for number, of_number in parts.items() if len(parts) <= _MOST_NUMBERS else ():
        begins = max(of_number, key=lambda part: beginning(part.interval))
        ends = min(of_number, key=lambda part: ending(part.interval))
        both = begins.interval.both(ends.interval)
        if both.low <= both.high:
            # every range asks whether there is a number
            known = subjects[number]
            rest = (
                each
                for each in asked
                if of.get(id(each)) != number and not (isinstance(each, checked.Knowing) and each.subject == known)
            )
            yield number, frozenset(map(project.meanings.of, rest)), both, begins, ends


def _part(
    project: ProjectView, rule: RuleView, own: Mapping[Span, nodes.Test], condition: checked.Condition
) -> RangePart | None:
    asked = interval(condition)
    if asked is None or not isinstance(asked[0], checked.Field | checked.Count):
        return None
    place = condition.place if isinstance(condition, checked.Comparing | checked.Ranging) else rule.place
    test = own.get(place.span) if place.file == rule.file.name else None
    node = test or project.once(tests_of_lets).get((place.file, place.span))
    if node is None or not isinstance(node.comparison, _RANGES):
        return None
    return RangePart(asked[1], node, own=test is not None)


def _own_tests(project: ProjectView, rule: RuleView) -> Mapping[Span, nodes.Test]:
    tests = project.index.piece(rule.node).by_kind.get(nodes.Test, ())
    return {each.span: each for each in tests if isinstance(each, nodes.Test)}


def tests_of_lets(project: ProjectView) -> Mapping[tuple[str, Span], nodes.Test]:
    """The tests in lets, by the place where they are written."""
    return {
        (file.name, each.span): each
        for file, item in project.items(nodes.Let, used=True)
        for each in project.index.piece(item).by_kind.get(nodes.Test, ())
        if isinstance(each, nodes.Test)
    }


def named_numbers(project: ProjectView, model: ModelView) -> Mapping[Number, set[float]]:
    """The single numbers that rules of a model, or lets, name with `is` or `in`."""
    found: dict[Number, set[float]] = defaultdict(set)
    of_rules = ((rule.file.name, test) for rule in model.rules for test in _own_tests(project, rule).values())
    of_lets = ((file, test) for (file, _), test in project.once(tests_of_lets).items())
    for file, test in (*of_rules, *of_lets):
        if isinstance(test.comparison, nodes.Is | nodes.In):
            known = project.index.tests.get((file, test.span))
            found[test.subject, test.window].update(_single(known))
    return found


def _single(test: checked.Test | None) -> Iterable[float]:
    match test:
        case checked.Among(values=values):
            return [each.value for each in values if isinstance(each, nodes.Number)] + [
                float(each.value.toordinal()) for each in values if isinstance(each, nodes.Date)
            ]
        case checked.Comparing(operator="is"):
            asked = interval(test)
            return () if asked is None else (asked[1].low,)
        case _:
            return ()
