"""Drawn tests of fields: every form, with values of the right type, most of them from the pools of the data."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from .drawn_schema import PARTS, Field
from .drawn_time import Moment
from .pen import Pen
from .text import fold

ALIKE = (("text", "choice"), ("date", "datetime"))  # types that may be compared with one another


@dataclass(frozen=True)
class Scope:
    """What a condition may name: fields, interactions with their properties, lets, and scores and grades."""

    moment: Moment
    fields: tuple[Field, ...]
    happenings: Mapping[str, tuple[Field, ...]]
    conditions: tuple[str, ...] = ()
    lists: tuple[tuple[str, str, tuple[str, ...]], ...] = ()  # name, type of its items, values if a choice
    models: tuple[tuple[str, tuple[str, ...]], ...] = ()  # name, grades

    def like(self, field: Field) -> list[str]:
        """Other fields that may stand to the right of this one, and scores beside numbers."""
        kinds = next((kinds for kinds in ALIKE if field.type in kinds), (field.type,))
        scores = [name for name, _ in self.models] if field.type == "number" else []
        return scores + [one.path for one in self.fields if one.type in kinds and one != field]

    def happening(self, pen: Pen) -> str:
        """An interaction, the first more often than any other."""
        names = list(self.happenings)
        return pen.pick((*names, *[name for name in names if name.endswith(names[0])] * 3))

    def lists_for(self, field: Field) -> list[str]:
        """The list lets that may stand to the right of this field."""
        return [name for name, kind, values in self.lists if kind == field.type and values == field.values]


# Values as they are written in rules


def text_literal(text: str) -> str:
    """A text in quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'


def other_case(pen: Pen, text: str) -> str:
    """The text, or one that folds to the same in most cases."""
    return pen.pick((str, str.lower, str.upper, str.swapcase))(text)


def literal(pen: Pen, value: object) -> str:
    """A value as it is written in a rule."""
    match value:
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return f"{value:_}" if isinstance(value, int) and pen.chance(30) else str(value)
        case datetime.datetime():
            return value.date().isoformat()
        case datetime.date():
            return value.isoformat()
        case _:
            return text_literal(str(value))


def same(pen: Pen, text: str) -> str:
    """The text in a spelling that the language takes for the same."""
    other = other_case(pen, text)
    return other if fold(other) == fold(text) else text


def field_literal(pen: Pen, field: Field) -> str:
    """A literal that is worth comparing with the field."""
    value = pen.pick(field.pool)
    if isinstance(value, str):
        value = same(pen, value) if field.values else other_case(pen, value)
        value = f" {value}\t" if pen.chance(5) else value
    return literal(pen, value)


def duration(pen: Pen, moment: Moment, *, whole_days: bool = False) -> str:
    """One of the moment's durations."""
    found = [one for one in moment.durations if not whole_days or one[1][:4] not in ("hour", "minu")]
    amount, unit = pen.pick(found or [(30, "days")])
    return f"{amount} {unit}"


def window(pen: Pen, scope: Scope, *, kind: str = "datetime", ahead: bool = False) -> str:
    """A window, `within the next` only for fields."""
    length = duration(pen, scope.moment, whole_days=kind == "date")
    forms = [f"within {length}", f"within {length}", f"more than {length} ago", f"within the last {length}"]
    forms.append(f"since {pen.pick(scope.moment.days)}")
    if ahead:
        forms += [f"within the next {length}"] * 2
    return pen.pick(forms)


def a_list(pen: Pen, field: Field, scope: Scope) -> str:
    """A list, or the name of one."""
    named = scope.lists_for(field)
    if named and pen.chance(40):
        return pen.pick(named)
    items = [field_literal(pen, field) for _ in range(pen.number(1, 4))]
    return f"[{', '.join(items)}{pen.maybe(10, ',')}]"


# Tests of fields


def field_test(pen: Pen, field: Field, scope: Scope) -> str:
    """A test of one field."""
    if pen.chance(8):
        return f"{field.path} {pen.pick(('is known', 'is unknown', 'is not known', 'is not unknown'))}"
    match field.type:
        case "yes/no":
            return _yes_no(pen, field, scope)
        case "choices":
            return f"{field.path} {pen.maybe(25, 'not ')}contains {_choices_argument(pen, field, scope)}"
        case "choice":
            return pen.pick((_equality, _membership))(pen, field, scope)
        case "text":
            return pen.pick((_text_match, _text_match, _equality, _membership))(pen, field, scope)
        case "number":
            return pen.pick((_order, _order, _between, _membership, _equality))(pen, field, scope)
        case _:
            return pen.pick((_order, _between, _membership, _equality, _windowed, _windowed))(pen, field, scope)


def _right(pen: Pen, field: Field, scope: Scope) -> str:
    """A value to compare a field with: mostly a literal, else another field."""
    others = scope.like(field)
    return pen.pick(others) if others and pen.chance(25) else field_literal(pen, field)


def _yes_no(pen: Pen, field: Field, scope: Scope) -> str:
    others = scope.like(field)
    forms = [field.path, f"{field.path} is yes", f"{field.path} is no", f"{field.path} is not no"]
    if others:
        forms.append(f"{field.path} is {pen.maybe(40, 'not ')}{pen.pick(others)}")
    return pen.pick(forms)


def _equality(pen: Pen, field: Field, scope: Scope) -> str:
    return f"{field.path} {pen.pick(('is', 'is', 'is not', '=', '!='))} {_right(pen, field, scope)}"


def _membership(pen: Pen, field: Field, scope: Scope) -> str:
    return f"{field.path} {pen.maybe(25, 'not ')}in {a_list(pen, field, scope)}"


def _order(pen: Pen, field: Field, scope: Scope) -> str:
    return f"{field.path} {pen.pick(('>=', '<=', '>', '<'))} {_right(pen, field, scope)}"


def _between(pen: Pen, field: Field, scope: Scope) -> str:
    bounds = [_right(pen, field, scope), _right(pen, field, scope)]
    if not any(one in bounds for one in scope.like(field)):
        bounds.sort(key=lambda one: (float(one.replace("_", "")), "") if field.type == "number" else (0.0, one))
    return f"{field.path} {pen.maybe(25, 'not ')}between {bounds[0]} and {bounds[1]}"


def _windowed(pen: Pen, field: Field, scope: Scope) -> str:
    return f"{field.path} {window(pen, scope, kind=field.type, ahead=True)}"


def _text_match(pen: Pen, field: Field, scope: Scope) -> str:
    how = pen.pick(("contains", "contains", "starts with", "ends with"))
    return f"{field.path} {pen.maybe(25, 'not ')}{how} {_text_argument(pen, field, scope)}"


def _text_argument(pen: Pen, field: Field, scope: Scope) -> str:
    others, named = scope.like(field), scope.lists_for(field)
    if pen.chance(40):
        many = pen.pick(("any of", "any of", "all of"))
        if named and pen.chance(30):
            return f"{many} {pen.pick(named)}"
        return f"{many} [{', '.join(_part(pen, field) for _ in range(pen.number(1, 3)))}]"
    return pen.pick(others) if others and pen.chance(25) else _part(pen, field)


def _part(pen: Pen, field: Field) -> str:
    part = pen.pick(PARTS) if pen.chance(70) else str(pen.pick(field.pool))
    return text_literal(other_case(pen, part))


def _choices_argument(pen: Pen, field: Field, scope: Scope) -> str:
    texts = [one.path for one in scope.fields if one.type in ("text", "choice")]
    if pen.chance(50):
        return pen.pick(texts) if texts and pen.chance(25) else field_literal(pen, field)
    items = ", ".join(field_literal(pen, field) for _ in range(pen.number(1, 3)))
    return f"{pen.pick(('any of', 'all of'))} [{items}]"
