"""Drawn conditions: tests of fields, of how often something happened, and of scores, under `and`, `or` and `not`."""

from collections.abc import Sequence
from dataclasses import replace

from .drawn_fields import Scope, field_test, same, text_literal, window
from .drawn_schema import Field
from .pen import Pen

# Tests of interactions


def where(pen: Pen, properties: Sequence[Field], scope: Scope, percent: int = 40) -> str:
    """A filter by an interaction's own properties."""
    if not properties or not pen.chance(percent):
        return ""
    inside = replace(scope, fields=tuple(properties), happenings={}, conditions=(), models=())
    return f" where ({condition(pen, inside, 1)})"


def happening(pen: Pen, scope: Scope) -> str:
    """An interaction with a filter and a window, each now and then."""
    name = scope.happening(pen)
    return f"{name}{where(pen, scope.happenings[name], scope)}{pen.maybe(50, ' ' + window(pen, scope))}"


def distinct(pen: Pen, scope: Scope) -> str | None:
    """The values of a property of an interaction (without the window), if there is one to be had."""
    name = scope.happening(pen)
    properties = [one for one in scope.happenings[name] if one.type != "choices"]
    if not properties:
        return None
    return f"{name}.{pen.pick(properties).path}{where(pen, scope.happenings[name], scope)}"


def _count_comparison(pen: Pen, scope: Scope) -> str:
    number = str(pen.pick((1, 2, 1, 0, 3, 5)))
    numbers = [one.path for one in scope.fields if one.type == "number"]
    if numbers and pen.chance(10):
        number = pen.pick(numbers)
    low = pen.number(0, 2)
    forms = [f">= {number}", f"< {number}", f"> {number}", f"<= {number}", f"is {number}", f"is not {number}"]
    forms += [f"{pen.maybe(25, 'not ')}between {low} and {low + pen.number(0, 2)}", f"not in [{number}, 2]"]
    return pen.pick([one for one in forms if "in [" not in one or number.isdigit()])


def count_test(pen: Pen, scope: Scope) -> str:
    """A test of how often something happened."""
    if pen.chance(15):
        return f"no {happening(pen, scope)}"
    if pen.chance(30):
        return happening(pen, scope)
    subject = distinct(pen, scope) if pen.chance(25) else None
    subject = f"distinct {subject}" if subject else _sum(pen, scope)
    return f"{subject} {_count_comparison(pen, scope)}{pen.maybe(50, ' ' + window(pen, scope))}"


def _sum(pen: Pen, scope: Scope) -> str:
    terms: list[str] = []
    for _ in range(pen.pick((1, 1, 1, 2, 2, 3))):
        name = scope.happening(pen)
        weight = pen.maybe(20, f"{pen.pick((2, 3, -1, 1, 0))} * ")
        terms.append(f"{weight}{name}{where(pen, scope.happenings[name], scope, 25)}")
    return " + ".join(terms)


# Tests of scores, in qualifications


def score_test(pen: Pen, scope: Scope) -> str:
    """A test of scores or of a grade."""
    name, grades = pen.pick(scope.models)
    if grades and pen.chance(35):
        others = [f"{other}.grade" for other, found in scope.models if found and other != name]
        others += [one.path for one in scope.fields if one.type == "text"]
        if pen.chance(15):
            return f"{name}.grade {pen.pick(('is', 'is not'))} {pen.pick(others)}"
        grade = text_literal(same(pen, pen.pick(grades)))
        form = pen.pick(("is {}", "is not {}", "in [{}]", "not in [{}]", "= {}", "is known", "is unknown"))
        return f"{name}.grade {form.format(grade)}"
    if pen.chance(10):
        return f"{name} {pen.pick(('is known', 'is unknown'))}"
    others = [
        f"{pen.maybe(25, f'{pen.pick((2, -1))} * ')}{pen.pick(scope.models)[0]}" for _ in range(pen.pick((0, 0, 1)))
    ]
    subject = " + ".join([f"{pen.maybe(15, '2 * ')}{name}", *others])
    numbers = [pen.pick(scope.models)[0], *(one.path for one in scope.fields if one.type == "number")]
    low = pen.number(-20, 60)
    number = pen.pick(numbers) if pen.chance(20) else str(low)
    forms = [f">= {number}", f"< {number}", f"> {number}", f"<= {number}", f"between {low} and {low + 40}"]
    return f"{subject} {pen.pick([*forms, f'not between {low - 5} and {low + 5}', f'not in [{low}, 0]'])}"


# Conditions


def test(pen: Pen, scope: Scope) -> str:
    """One test of anything that the scope knows."""
    if scope.models and pen.chance(60):
        return score_test(pen, scope)
    if scope.conditions and pen.chance(12):
        return pen.pick(scope.conditions)
    if scope.happenings and pen.chance(40):
        return count_test(pen, scope)
    return field_test(pen, pen.pick(scope.fields), scope)


test.__test__ = False  # type: ignore[attr-defined]


def condition(pen: Pen, scope: Scope, depth: int = 3) -> str:
    """Tests under `and`, `or`, `not` and parentheses, nested up to `depth` levels."""
    form = pen.number(0, 9) if depth > 0 else 0
    if form <= 4:
        return test(pen, scope)
    if form == 5:
        return f"not {test(pen, scope)}"
    if form == 6:
        return f"not ({condition(pen, scope, depth - 1)})"
    if form == 7:
        return f"({condition(pen, scope, depth - 1)})"
    parts = [condition(pen, scope, depth - 1) for _ in range(pen.number(2, 3))]
    return (" and " if form == 8 else " or ").join(parts)
