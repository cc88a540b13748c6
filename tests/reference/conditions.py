"""Conditions, straight over the tree: True, False, or None for unknown (meanings 1 to 4).

`and`, `or` and `not` cost one Python frame a level, so the deepest legal nesting fits Python's own stack.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from scoreline.dsl import nodes

from .data import Interaction, Value
from .instants import day_of, day_within, instant_within
from .text import fold, trim

Logic = bool | None
Verdict = tuple[int | None, str | None]  # a model's score and grade


@dataclass(frozen=True)
class Here:
    """What names mean in one place, each by its dotted path, and when and where it is."""

    as_of: datetime.datetime
    zone: ZoneInfo
    lets: Mapping[str, nodes.List | nodes.Condition]
    fields: Mapping[str, Value]
    interactions: Mapping[str, tuple[Interaction, ...]]
    verdicts: Mapping[str, Verdict]


# Three-valued logic


def negate(holds: Logic) -> Logic:
    """`not`"""
    return None if holds is None else not holds


def both(first: Logic, second: Logic) -> Logic:
    """`and`"""
    if first is False or second is False:
        return False
    return None if first is None or second is None else True


def either(first: Logic, second: Logic) -> Logic:
    """`or`"""
    if first is True or second is True:
        return True
    return None if first is None or second is None else False


def holds(condition: nodes.Condition, here: Here) -> Logic:
    """Whether a condition holds."""
    match condition:
        case nodes.Not():
            return negate(holds(condition.condition, here))
        case nodes.And():
            result: Logic = True
            for part in condition.conditions:
                result = both(result, holds(part, here))
            return result
        case nodes.Or():
            result = False
            for part in condition.conditions:
                result = either(result, holds(part, here))
            return result
        case nodes.No():
            return not matching(condition.happening, here)
        case nodes.Test():
            let = here.lets.get(condition.subject.terms[0].path.dotted)
            return _test(condition, here) if let is None else holds(let, here)


# Tests


def _test(test: nodes.Test, here: Here) -> Logic:
    path = test.subject.terms[0].path
    if path.dotted in here.fields and path.dotted not in here.verdicts:
        value = here.fields[path.dotted]
        if test.window is not None:
            return _in_window(value, test.window, here)
        return _equal(value, True, here) if test.comparison is None else _compare(value, test.comparison, here)
    if path.parts[-1].text == "grade":
        assert test.comparison is not None
        return _compare(_grade(path, here), test.comparison, here)
    number = _number(test.subject, test.window, here)
    if test.comparison is None:
        return _order(number, ">=", 1, here)
    return _compare(number, test.comparison, here)


def _in_window(value: Value, window: nodes.Window, here: Here) -> Logic:
    if isinstance(value, datetime.datetime):
        return instant_within(value, window, here.as_of, here.zone)
    if isinstance(value, datetime.date):
        return day_within(value, window, day_of(here.as_of, here.zone))
    return None


def _number(subject: nodes.Subject, window: nodes.Window | None, here: Here) -> int | None:
    """A sum of counts or of scores; unknown as soon as one part is."""
    total = 0
    for term in subject.terms:
        weight = 1 if term.weight is None else term.weight.value
        if term.path.dotted in here.verdicts:
            score, _ = here.verdicts[term.path.dotted]
            if score is None:
                return None
            total += weight * score
        else:
            happening = nodes.Happening(span=term.span, path=term.path, where=term.where, window=window)
            found = matching(happening, here)
            total += weight * (
                len(newest_by_value(found, term.path, here)) if subject.measure == "distinct" else len(found)
            )
    return total


def _grade(path: nodes.Path, here: Here) -> str | None:
    _, grade = here.verdicts[path.parts[0].text]
    return grade


# Interactions


def matching(happening: nodes.Happening, here: Here) -> list[Interaction]:
    """The interactions that a happening speaks of (its path may end in a property)."""
    name = happening.path.dotted
    if name not in here.interactions:
        name = name.rpartition(".")[0]
    return [row for row in here.interactions[name] if _matches(row, happening, here)]


def _matches(row: Interaction, happening: nodes.Happening, here: Here) -> bool:
    if happening.window is not None and not instant_within(row.at, happening.window, here.as_of, here.zone):
        return False
    inside = replace(here, fields=row.properties, interactions={}, verdicts={})
    return happening.where is None or holds(happening.where, inside) is True


def newest_by_value(rows: list[Interaction], path: nodes.Path, here: Here) -> list[Interaction]:
    """For every different known value of the property that ends the path, the newest row."""
    newest: dict[Value, Interaction] = {}
    for row in sorted(rows, key=lambda row: row.at):
        value = row.properties[path.parts[-1].text]
        if value is not None:
            newest[fold(value) if isinstance(value, str) else value] = row
    return list(newest.values())


# Comparisons


def _value(node: nodes.Value, here: Here) -> Value:
    """What stands to the right of a comparison; a text in a rule is trimmed, as data are."""
    match node:
        case nodes.Text():
            return trim(node.value)
        case nodes.Path():
            if node.dotted in here.verdicts:
                return here.verdicts[node.dotted][0]
            return here.fields[node.dotted] if node.dotted in here.fields else _grade(node, here)
        case nodes.Number() | nodes.Date() | nodes.YesNo():
            return node.value


def _items(node: nodes.List | nodes.Path, here: Here) -> tuple[nodes.LiteralValue, ...]:
    values = here.lets[node.dotted] if isinstance(node, nodes.Path) else node
    assert isinstance(values, nodes.List)
    return values.items


def _compare(value: Value, comparison: nodes.Comparison, here: Here) -> Logic:
    match comparison:
        case nodes.Knowing():
            return (value is not None) == comparison.known
        case nodes.Is():
            result = _equal(value, _value(comparison.value, here), here)
        case nodes.Compare():
            return _order(value, comparison.operator, _value(comparison.value, here), here)
        case nodes.Between():
            above = _order(value, ">=", _value(comparison.low, here), here)
            result = both(above, _order(value, "<=", _value(comparison.high, here), here))
        case nodes.In():
            result = False
            for item in _items(comparison.values, here):
                result = either(result, _equal(value, _value(item, here), here))
        case nodes.Match():
            result = _match(value, comparison, here)
    return negate(result) if comparison.negated else result


def _alike(left: Value, right: Value, here: Here) -> tuple[Value, Value]:
    """Both folded, if texts; both as days, if one of them is a day."""
    if isinstance(left, str) and isinstance(right, str):
        return fold(left), fold(right)
    if isinstance(left, datetime.datetime) and not isinstance(right, datetime.datetime):
        return day_of(left, here.zone), right
    if isinstance(right, datetime.datetime) and not isinstance(left, datetime.datetime):
        return left, day_of(right, here.zone)
    return left, right


def _equal(left: Value, right: Value, here: Here) -> Logic:
    if left is None or right is None:
        return None
    left, right = _alike(left, right, here)
    return left == right


def _order(left: Value, operator: str, right: Value, here: Here) -> Logic:
    if left is None or right is None:
        return None
    left, right = _alike(left, right, here)
    return {">=": left >= right, "<=": left <= right, ">": left > right, "<": left < right}[operator]  # type: ignore


def _match(value: Value, match: nodes.Match, here: Here) -> Logic:
    argument = match.argument
    if isinstance(argument, nodes.AnyOf):
        result: Logic = False
        for item in _items(argument.values, here):
            result = either(result, _match_one(value, match.how, item, here))
        return result
    if isinstance(argument, nodes.AllOf):
        result = True
        for item in _items(argument.values, here):
            result = both(result, _match_one(value, match.how, item, here))
        return result
    return _match_one(value, match.how, argument, here)


def _match_one(value: Value, how: str, argument: nodes.Value, here: Here) -> Logic:
    """One text inside another, or one member of a set; the text in the rule as it is written."""
    wanted = argument.value if isinstance(argument, nodes.Text) else _value(argument, here)
    if value is None or wanted is None:
        return None
    assert isinstance(wanted, str)
    if isinstance(value, frozenset):
        return fold(trim(wanted)) in value
    assert isinstance(value, str)
    text, part = fold(value), fold(wanted)
    match how:
        case "contains":
            return part in text
        case "starts with":
            return text[: len(part)] == part
        case _:
            return text[max(0, len(text) - len(part)) :] == part
