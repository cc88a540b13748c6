"""W248: a comparison with a number that the field, by its schema, never passes."""

from collections.abc import Iterator
from itertools import takewhile

from scoreline.compiler import checked
from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Edit, Fix
from scoreline.dsl.messages import code, say
from scoreline.dsl.source import Source
from scoreline.dsl.span import Span
from scoreline.tools.lint.bounds import Interval, interval
from scoreline.tools.lint.edits import offer, safe
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import ProjectView
from scoreline.tools.lint.texts import free_of_comments, plain, short


def find(project: ProjectView) -> Iterator[Finding]:
    """Tests that no value, or every value, of a number with `min` or `max` fits."""
    for at, test, known_test in project.tested:
        asked = interval(known_test)
        if asked is None or not isinstance(asked[0], checked.Field):
            continue
        spec, range_ = asked[0].spec, asked[1]
        if spec.min is None and spec.max is None:
            continue
        known = _limits(spec.min, spec.max)
        negated = getattr(test.comparison, "negated", False)
        never, always = _apart(range_, known), known.inside(range_)
        if never or always:
            yield Finding(
                at.place,
                _message(short(at.place), asked[0].name, _limits_text(spec.min, spec.max), never=never != negated),
                say("check the number, or `min` and `max` in the schema"),
                _fixes(project, at.source, test, asked[0]) if always and not negated else (),
            )


def _limits(low: float | None, high: float | None) -> Interval:
    infinite = float("inf")
    return Interval(
        -infinite if low is None else low, low is not None, infinite if high is None else high, high is not None
    )


def _apart(first: Interval, second: Interval) -> bool:
    low, high = (first, second) if first.low <= second.low else (second, first)
    touching = low.high == high.low and not (low.with_high and high.with_low)
    both = max(first.low, second.low), min(first.high, second.high)
    return both[0] > both[1] or (touching and both[0] == both[1]) or _outside(first, second)


def _outside(first: Interval, second: Interval) -> bool:
    """Whether the one number that both reach is left out by one of them."""
    low, high = max(first.low, second.low), min(first.high, second.high)
    return low == high and not (first.holds(low) and second.holds(low))


def _message(test: str, name: str, limits: str, *, never: bool) -> str:
    if never:
        return say("{test} holds for no value: `{name}` is {limits}", test=test, name=name, limits=limits)
    return say("{test} holds for every value: `{name}` is {limits}", test=test, name=name, limits=limits)


def _limits_text(low: float | None, high: float | None) -> str:
    if low is None:
        return say("at most {high}", high=plain(high or 0))
    if high is None:
        return say("at least {low}", low=plain(low))
    return say("between {low} and {high}", low=plain(low), high=plain(high))


def _fixes(project: ProjectView, source: Source, test: nodes.Test, field: checked.Field) -> tuple[Fix, ...]:
    """Ask whether there is a value. Not where a default stands in for it, and not below a `not`: there the rule would
    fire for leads without a value. A `let` may stand below a `not` wherever it is used, also in other projects."""
    around = list(takewhile(lambda each: not isinstance(each, nodes.Term | nodes.Happening), project.outwards(test)))
    negated = any(isinstance(each, nodes.Not) for each in around)
    if test.comparison is None or field.spec.default is not None or negated:
        return ()
    span = Span(test.subject.span.end, test.comparison.span.end)
    make = offer if any(isinstance(each, nodes.Let) for each in around) else safe
    return (make(say("write `is known`"), Edit(span, code(" is known"))),) if free_of_comments(source, span) else ()


LINT = warning("W248", find, local=True)
