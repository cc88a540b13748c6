"""Drawn rule files: models, qualifications and lets in several files that use one another."""

from dataclasses import dataclass, replace

from .drawn_conditions import condition, distinct, happening
from .drawn_fields import Scope, duration, field_literal, literal, same, text_literal
from .drawn_schema import UNITS, DrawnSchema
from .drawn_time import Moment
from .pen import Pen

LABELS = ("Mid-market", "Größe", "ΟΔΟΣ!", "cafe\u0301 (new)", "a_b", "İnfo", "Why? Because", "V.I.P.")
GRADES = ("A", "B", "Straße", "D")
STAGES = ("Marketing qualified", "Sales ready", "ΟΔΟΣ", "Customer")


@dataclass(frozen=True)
class DrawnRules:
    """Rule files by path, and what the data should know of them."""

    files: dict[str, str]
    qualifications: dict[str, tuple[str, ...]]  # name, stages


def draw_rules(pen: Pen, schema: DrawnSchema, moment: Moment) -> DrawnRules:
    """The rule files of a whole project."""
    base = Scope(moment, schema.fields, schema.happenings)
    shared, shared_text = _lets(pen, base, "shared")
    files = {"a/main.score": 'use "../shared/lists.score"\n', "shared/lists.score": shared_text}
    scopes = {"a/main.score": shared}
    if pen.chance(40):
        scopes["b.score"], lets = _lets(pen, base, "main")
        files["b.score"] = lets
    if pen.chance(50):
        scopes["a/main.score"], lets = _lets(pen, scopes["a/main.score"], "main")
        files["a/main.score"] += lets
    models: list[tuple[str, tuple[str, ...]]] = []
    for name in ("Fit", "Engagement", "Wärme")[: pen.number(1, 3)]:
        path = pen.pick(list(scopes))
        text, grades = _model(pen, scopes[path], schema, name)
        files[path] += text
        models.append((name, grades))
    qualifications: dict[str, tuple[str, ...]] = {}
    for name, unit in _units(pen, schema):
        path = pen.pick(list(scopes))
        text, stages = _qualification(pen, replace(scopes[path], models=tuple(models)), schema, name, unit)
        files[path] += text
        qualifications[name] = stages
    if pen.chance(10):
        files["a/main.score"] += 'example "Nobody"\n  given today is 2026-03-01\n  expect Fit >= 0 or Fit is unknown\n'
    return DrawnRules(files, qualifications)


def _lets(pen: Pen, scope: Scope, prefix: str) -> tuple[Scope, str]:
    """The scope with some lets more, and their text. Condition lets may build on those before them."""
    text = ""
    for number in range(pen.number(0, 3)):
        field = pen.pick([one for one in scope.fields if one.type not in ("yes/no", "datetime", "choices")])
        name = f"{prefix}_list_{number}"
        items = [field_literal(pen, field) for _ in range(pen.number(1, 4))]
        text += f"let {name} = [{', '.join(items)}]\n"
        scope = replace(scope, lists=(*scope.lists, (name, field.type, field.values)))
    for number in range(pen.number(0, 2)):
        name = f"{prefix}_test_{number}"
        text += f"let {name} = {condition(pen, scope, 2)}\n"
        scope = replace(scope, conditions=(*scope.conditions, name))
    return scope, text


# Models


def _model(pen: Pen, scope: Scope, schema: DrawnSchema, name: str) -> tuple[str, tuple[str, ...]]:
    audience = f" where ({condition(pen, scope, 1)})" if pen.chance(25) else ""
    text = f"model {name}{pen.maybe(30, ' ' + text_literal('A title'))} for lead{audience}\n"
    parts: list[str] = []
    if schema.contact is not None and pen.chance(40):
        parts.append(f"  include {schema.relation} interactions\n")
    if pen.chance(35):
        low = pen.pick((0, -10, -100, -1000))
        parts.append(f"  score between {low} and {low + pen.pick((100, 0, 1000, 10_000))}\n")
    parts += [_section(pen, scope, number) for number in range(pen.number(1, 4))]
    grades = drawn_grades(pen)
    if grades:
        written = "".join(f"  grade {text_literal(grade)} {bound}\n" for grade, bound in grades)
        parts.insert(pen.number(0, len(parts)), written)
    return text + "".join(parts), tuple(grade for grade, _ in grades)


def drawn_grades(pen: Pen) -> list[tuple[str, str]]:
    """Some grades, each with its threshold as it is written."""
    if pen.chance(25):
        return []
    thresholds = pen.some((0, 10, 20, 40, -5, 70), 1, 3)
    grades = [(grade, f"from {bound}") for grade, bound in zip(GRADES, thresholds, strict=False)]
    if pen.chance(60):
        grades.insert(pen.number(0, len(grades)), (GRADES[len(grades)], "otherwise"))
    return grades


def _section(pen: Pen, scope: Scope, number: int) -> str:
    """A group, or rules on their own."""
    heading = ""
    if pen.chance(70):
        heading = f"  group {text_literal(f'Group {number}')}{pen.maybe(25, ' best only')}{group_bounds(pen)}\n"
    elif pen.chance(60):
        heading = "  group none\n"
    rules = "".join(_rule(pen, scope, f"{number}.{place}") for place in range(pen.number(1, 4)))
    return heading + rules


def group_bounds(pen: Pen) -> str:
    """Bounds of a group, or none."""
    most, least = pen.pick((10, 25, 50, 0)), pen.pick((-10, 0, -25, 5))
    bounds = [f" at most {max(most, least)}"] * pen.chance(30) + [f" at least {least}"] * pen.chance(25)
    return "".join(reversed(bounds) if pen.chance(30) else bounds)


def points(pen: Pen) -> str:
    """What a rule gives, now and then very much."""
    if pen.chance(3):
        return pen.pick(("+1_000_000", "-1_000_000", "+1_001"))
    return pen.pick(("+10", "+5", "+15", "-5", "-15", "+1", "+7", "-3", "+20", "+0", "+64", "-25"))


def _rule(pen: Pen, scope: Scope, place: str) -> str:
    label = pen.maybe(30, f" as {text_literal(f'{pen.pick(LABELS)} {place}')}")
    if scope.happenings and pen.chance(40):
        return f"  {for_each(pen, scope)}{label}\n"
    outcome = "disqualify" if pen.chance(3) else points(pen)
    return f"  when {condition(pen, scope)} then {outcome}{label}\n"


def for_each(pen: Pen, scope: Scope) -> str:
    """Points for each time that something happened."""
    each = pen.pick(("", "", "distinct ", "day with ", "week with ", "month with ", "year with "))
    what = happening(pen, scope)
    if each == "distinct ":
        found = distinct(pen, scope)
        each = each if found else ""
        what = found or what
    cap = pen.maybe(45, f" up to {pen.pick((45, 20, 5, 12))}")
    length = duration(pen, scope.moment)
    decay = pen.pick(("", "", f" halving every {length}", f" fading over {length}"))
    return f"for each {each}{what} then {points(pen)}{cap}{decay}"


# Qualifications


def _units(pen: Pen, schema: DrawnSchema) -> list[tuple[str, str | None]]:
    names = ("B2B", "Απόδοση", "Inside")
    if schema.unit is None:
        return [(names[0], None)] * pen.chance(75)
    units: list[str | None] = list(pen.some((None, *UNITS), 0, 3))
    return list(zip(names, units, strict=False))


def _qualification(
    pen: Pen, scope: Scope, schema: DrawnSchema, name: str, unit: str | None
) -> tuple[str, tuple[str, ...]]:
    audience = f" where ({condition(pen, scope, 1)})" if pen.chance(20) else ""
    text = f"qualification {name}{pen.maybe(30, ' ' + text_literal('A title'))}"
    if unit is not None:
        text += f" for unit {text_literal(same(pen, unit))}"
    text += f"{audience}\n"
    stages = STAGES[: pen.number(1, 4)]
    for stage in stages:
        until = f" until {condition(pen, scope, 1)}" if pen.chance(40) else ""
        text += f"  stage {text_literal(stage)} when {condition(pen, scope, 2)}{until}\n"
        text += "".join(f"    then {_action(pen, scope, schema)}\n" for _ in range(pen.pick((0, 0, 1, 2))))
    return text, stages


def _action(pen: Pen, scope: Scope, schema: DrawnSchema) -> str:
    if pen.chance(50):
        names = ", ".join(f"{{{one.path}}}" for one in scope.fields if one.type in ("text", "choice"))
        owner = pen.maybe(40, ' for "Inside sales"')
        due = pen.maybe(40, f" due in {duration(pen, scope.moment)}")
        return f'create task "Call {{{{ {names}"{owner}{due}'
    if pen.chance(50):
        return 'notify "marketing-automation"'
    field = pen.pick([one for one in schema.lead if one.type in ("text", "number", "yes/no", "date")])
    others = [one.path for one in schema.fields if one.type == field.type]
    value = literal(pen, pen.pick(field.pool))
    return f"set {field.path} to {pen.pick(others) if pen.chance(30) else value}"
