"""Conditions: every name resolved, every type checked, every let filled in.

A mistake is noted once and gives None, and what is built of it is None too, so that one mistake makes one
message.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import assert_never

from scoreline.compiler import checked
from scoreline.compiler.check import comparisons
from scoreline.compiler.check.report import Report
from scoreline.compiler.check.scope import (
    DisqualifiedRef,
    PropertyRef,
    Reference,
    RulesRef,
    Scope,
    Site,
    UnreadRef,
    resolve,
)
from scoreline.compiler.check.symbols import LetKey, LetSymbol
from scoreline.compiler.problems import names, types
from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Diagnostic
from scoreline.dsl.messages import code, path, say
from scoreline.dsl.source import Place, Source
from scoreline.dsl.walk import Parts, assembled

MOST_TESTS = 10_000


@dataclass
class _Budget:
    """How many tests a condition has so far, and whether they have become too many."""

    place: Place
    tests: int = 0
    spent: bool = False


_Placed = tuple[Site, nodes.Condition]
_Made = checked.Condition | None


class ConditionChecker:
    """Checks the conditions of one place in one file. `used` collects the lets that were filled in."""

    def __init__(self, scope: Scope, source: Source, report: Report, used: set[LetKey]) -> None:
        self._here = Site(scope, source, report)
        self._used = used

    def check(self, condition: nodes.Condition) -> checked.Condition | None:
        """A whole condition."""
        return self._condition(self._here, condition, _Budget(self._here.place(condition)))

    def count(self, happening: nodes.Happening, each: str | None = None) -> checked.Count | None:
        """What a `for each` counts."""
        here, find = self._here, _distinct if each == "distinct" else _counted
        budget = _Budget(here.place(happening.path))
        counted = self._filtered(here, find(here, happening.path), happening.where, budget)
        if counted is None or not counts_in(here, happening.window):
            return None
        period = None if each in (None, "distinct") else each
        return replace(counted, window=happening.window, period=period)  # pyright: ignore[reportArgumentType]

    def _condition(self, here: Site, condition: nodes.Condition, budget: _Budget) -> checked.Condition | None:
        def expand(placed: _Placed) -> _Made | Parts[_Placed, _Made]:
            where, each = placed
            if budget.spent:
                return None
            match each:
                case nodes.And() | nodes.Or():
                    joins = checked.And if isinstance(each, nodes.And) else checked.Or
                    return Parts([(where, part) for part in each.conditions], _if_sound(joins))
                case nodes.Not():
                    return Parts([(where, each.condition)], _if_sound(lambda parts: checked.Not(parts[0], apart=True)))
                case nodes.No():
                    return self._no(where, each, budget)
                case nodes.Test():
                    if (let := self._let(where, each)) is None:
                        return self._test(where, each, budget)
                    inside = self._body(where, let, each)
                    return None if inside is None else Parts([inside], lambda parts: parts[0])

        made = assembled((here, condition), expand)
        return None if budget.spent else made

    def _let(self, here: Site, test: nodes.Test) -> LetSymbol | None:
        """The let that a test is the name of, if it is."""
        term, *others = test.subject.terms
        path = term.path
        if others or term.weight is not None or test.subject.measure is not None or len(path.parts) > 1:
            return None
        found = resolve(here.scope, path, here.place(path))
        return found if isinstance(found, LetSymbol) else None

    def _body(self, here: Site, let: LetSymbol, test: nodes.Test) -> "tuple[Site, nodes.Condition] | None":
        """The condition that a let stands for, and where it is written; None after a mistake."""
        self._used.add(let.key)
        if isinstance(let.value, nodes.List):
            return here.wrong(types.let_is_list(here.place(test), let.name))
        if test.subject.terms[0].where is not None or test.comparison is not None or test.window is not None:
            return here.wrong(types.let_with_more(here.place(test), let.name))
        if let.value is None:
            return None
        lets = here.scope.symbols.lets[let.file.name]
        return Site(replace(here.scope, lets=lets), let.file.parsed.source, here.report), let.value

    def _test(self, here: Site, test: nodes.Test, budget: _Budget) -> checked.Condition | None:
        self._spend(here, budget)
        term, *others = test.subject.terms
        if test.subject.measure is not None:
            return self._measure(here, test.subject.measure, test, budget)
        if others or term.weight is not None:
            return self._sum(here, test, budget)
        found = resolve(here.scope, term.path, here.place(term.path))
        return self._single(here, found, term, test, budget)

    def _spend(self, here: Site, budget: _Budget) -> None:
        budget.tests += 1
        if budget.tests > MOST_TESTS and not budget.spent:
            budget.spent = True
            here.report.add(types.too_many_tests(budget.place, MOST_TESTS))

    def _single(
        self, here: Site, found: Reference | Diagnostic, term: nodes.Term, test: nodes.Test, budget: _Budget
    ) -> checked.Condition | None:
        place, name = here.place(test), path(term.path.dotted)
        match found:
            case Diagnostic():
                here.report.add(found)
                comparisons.check_names(here, test.comparison)
                return None
            case PropertyRef():
                return here.wrong(names.property_outside(here.place(term.path), found.type, found.name))
            case checked.Count():
                counted = self._filtered(here, found, term.where, budget)
                return self._of_counts(here, counted, test, name)
            case LetSymbol() | UnreadRef():
                return None
            case _:
                pass
        if term.where is not None:
            help = say("`where (…)` filters interactions; join conditions on fields with `and`")
            return here.wrong(types.no_interaction(here.place(term.path), name, help))
        if isinstance(found, DisqualifiedRef | RulesRef):
            return comparisons.of_example(here, found, test, name)
        if test.window is not None:
            return self._in_window(here, found, test, test.window, name)
        return comparisons.compared(here, found, name, test.comparison, place)

    def _in_window(
        self, here: Site, found: checked.Subject, test: nodes.Test, window: nodes.Window, name: str
    ) -> checked.Condition | None:
        if not isinstance(found, checked.Field):
            message = say("`{name}` is a score: it cannot have a window", name=name)
            return here.wrong(
                types.window(here.place(window), message, say("only interactions and dates can have a window"))
            )
        if not field_in(here, name, found.spec.type, window):
            return None
        if test.comparison is not None:
            message = say("`{name}` can have a comparison or a window, but not both", name=name)
            return here.wrong(
                types.window(
                    here.place(window),
                    message,
                    say("write `{name} {text}` as a test of its own", name=name, text=here.text(window)),
                )
            )
        return checked.InWindow(found, window, here.place(test))

    def _of_counts(
        self, here: Site, counted: checked.Count | None, test: nodes.Test, name: str
    ) -> checked.Condition | None:
        if counted is None or not counts_in(here, test.window):
            return None
        windowed = replace(counted, window=test.window)
        return comparisons.compared(here, windowed, name, test.comparison, here.place(test))

    def _measure(
        self, here: Site, measure: nodes.Measure, test: nodes.Test, budget: _Budget
    ) -> checked.Condition | None:
        """A test of what is asked of the values of one property."""
        term = test.subject.terms[0]
        if len(test.subject.terms) > 1 or term.weight is not None:
            help = say("`distinct` counts the values of one property; compare each count by itself")
            return here.wrong(
                types.wrong_sum(here.place(test.subject), say("`distinct` cannot be used with a sum or a weight"), help)
            )
        match measure:
            case "distinct":
                counted, name = _distinct(here, term.path), code("distinct {path}", path=term.path.dotted)
            case _:
                assert_never(measure)
        return self._of_counts(here, self._filtered(here, counted, term.where, budget), test, name)

    def _sum(self, here: Site, test: nodes.Test, budget: _Budget) -> checked.Condition | None:
        parts: list[tuple[int, checked.Count | checked.Score]] = []
        for term in test.subject.terms:
            found = here.resolved(term.path)
            if found is None:
                return None
            if isinstance(found, checked.Count):
                found = self._filtered(here, found, term.where, budget)
                found = None if found is None else replace(found, window=test.window)
            elif problem := _wrong_part(here, found, term, test):
                return here.wrong(problem)
            if isinstance(found, checked.Count | checked.Score):
                parts.append((1 if term.weight is None else term.weight.value, found))
        if len(parts) < len(test.subject.terms) or not counts_in(here, test.window):
            return None
        if len({type(part) for _, part in parts}) > 1:
            help = say("add counts to counts, and scores to scores")
            message = say("counts and scores cannot be added to each other")
            return here.wrong(types.wrong_sum(here.place(test.subject), message, help))
        if test.comparison is None:
            message = say("a sum alone is not a condition")
            return here.wrong(
                types.wrong_sum(here.place(test.subject), message, say("compare it with a number, as in `>= 5`"))
            )
        name = here.text(test.subject)
        return comparisons.compared(here, checked.Sum(tuple(parts)), name, test.comparison, here.place(test))

    def _no(self, here: Site, no: nodes.No, budget: _Budget) -> checked.Condition | None:
        self._spend(here, budget)
        happening = no.happening
        counted = self._filtered(here, _counted(here, happening.path), happening.where, budget)
        if counted is None or not counts_in(here, happening.window):
            return None
        zero = nodes.Number("0", span=no.span)
        return checked.Comparing(replace(counted, window=happening.window), "is", zero, here.place(no))

    def _filtered(
        self, here: Site, counted: checked.Count | None, where: nodes.Condition | None, budget: _Budget
    ) -> checked.Count | None:
        if counted is None or where is None:
            return counted
        inside = Site(here.scope.inside(counted.type), here.source, here.report)
        condition = self._condition(inside, where, budget)
        return None if condition is None else replace(counted, where=condition)


def _if_sound(join: Callable[[tuple[checked.Condition, ...]], checked.Condition]) -> Callable[[list[_Made]], _Made]:
    """Joins conditions into one; None if one of them has a mistake."""

    def joined(parts: list[_Made]) -> _Made:
        sound = tuple(part for part in parts if part is not None)
        return join(sound) if len(sound) == len(parts) else None

    return joined


def _counted(here: Site, path: nodes.Path) -> checked.Count | None:
    """What `no` and `for each` stand before: an interaction and nothing else."""
    found = here.placed(path)
    if found is None or isinstance(found, checked.Count):
        return found
    help = say(
        "`no` and `for each` must be followed by an interaction; for a condition, write `not {dotted}`",
        dotted=path.dotted,
    )
    return here.wrong(types.no_interaction(here.place(path), path.dotted, help))


def _distinct(here: Site, path: nodes.Path) -> checked.Count | None:
    """The count of a property's different values; None after a mistake."""
    place, found = here.place(path), here.resolved(path)
    match found:
        case None:
            return None
        case PropertyRef() if found.spec.type == "choices":
            help = say("`distinct` can only count a property that has a single value")
            return here.wrong(types.unfit(place, path.dotted, say("a set of choices"), code("distinct"), help))
        case PropertyRef():
            return checked.Count(found.origin, found.type, distinct=found.name)
        case checked.Count():
            properties = here.scope.symbols.schema.interactions[found.type].properties
            return here.wrong(names.no_property(place, path.dotted, properties))
        case _:
            help = say(
                "`distinct` must be followed by a property of an interaction, as in `distinct email.opened.campaign`"
            )
            return here.wrong(types.no_interaction(place, path.dotted, help))


def _wrong_part(here: Site, found: Reference, term: nodes.Term, test: nodes.Test) -> Diagnostic | None:
    """Why something that is no count cannot be part of this sum; None for a score that can."""
    place, name = here.place(term.path), path(term.path.dotted)
    match found:
        case checked.Score() if term.where is not None:
            return types.no_interaction(place, name, say("`where (…)` filters interactions"))
        case checked.Score() if test.window is not None:
            message = say("`{name}` is a score: it cannot have a window", name=name)
            return types.window(here.place(test.window), message, say("only interactions and dates can have a window"))
        case checked.Score():
            return None
        case PropertyRef():
            return names.property_outside(place, found.type, found.name)
        case checked.Field():
            return names.reserved(place, say("arithmetic on fields"), say("a sum can add interactions, or scores"))
        case _:
            return types.wrong_sum(
                place, say("`{name}` cannot be part of a sum", name=name), say("a sum can add interactions, or scores")
            )


_SHORT = (nodes.Unit.MINUTE, nodes.Unit.HOUR)


def counts_in(here: Site, window: nodes.Window | None) -> bool:
    """Whether a window fits a count: all but one that looks ahead."""
    if isinstance(window, nodes.Within) and window.ahead:
        message = say("interactions lie in the past: `within the next` cannot count them")
        here.report.add(types.window(here.place(window), message, say("write `within` to look back")))
        return False
    return True


def field_in(here: Site, name: str, type_: str, window: nodes.Window) -> bool:
    """Whether a window fits a field of a type: a datetime takes any, a date whole days."""
    if type_ not in ("date", "datetime"):
        message = say("`{name}` is not a date: it cannot have a window", name=name)
        help = say("write a window such as `within 30 days` after an interaction or a date")
        here.report.add(types.window(here.place(window), message, help))
        return False
    if type_ == "date" and not isinstance(window, nodes.Since) and window.duration.unit in _SHORT:
        message = say("`{name}` is a date without a time: hours and minutes cannot be used with it", name=name)
        here.report.add(types.window(here.place(window), message, say("write days, weeks, months or years")))
        return False
    return True
