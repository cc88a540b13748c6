"""What a plan counts, in words: a name for each counter, for services that keep counts themselves.

A name reads as the rules do (`email.clicked where (link contains "pricing") within 30 days`), says the same for equal
counters of any plan, and is no other counter's of its own plan.
"""

import datetime
from collections import Counter
from typing import assert_never
from zoneinfo import ZoneInfo

from scoreline.compiler import plan
from scoreline.compiler.instants import as_datetime
from scoreline.compiler.plan_parts import below

_OPERATORS: dict[plan.Operator, str] = {"==": "is", "!=": "is not", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def counter_names(whole: plan.Plan) -> tuple[str, ...]:
    """The name of each counter, in the plan's order."""
    names = [_name(whole, counter) for counter in whole.counters]
    again = Counter[str]()
    found: list[str] = []
    for name in names:
        again[name] += 1
        found.append(name if again[name] == 1 else f"{name} ({again[name]})")
    return tuple(found)


def _name(whole: plan.Plan, counter: plan.Counter) -> str:
    name = _of_owner(whole, counter)
    if counter.distinct is not None:
        name = f"distinct {name}.{counter.distinct}"
    elif counter.period is not None:
        name = f"{counter.period} with {name}"
    if counter.where is not None:
        name = f"{name} where ({_condition(whole, counter.where)})"
    name = f"{name}{_window(whole, counter)}"
    match counter.yields:
        case "count":
            return name
        case "points":
            moments = whole.moments
            steps = (f"{step.points:+} after {_moment(moments[step.after])}" for step in counter.steps or ())
            return f"points of {name}: {', '.join(steps)}"
        case _:
            assert_never(counter.yields)


def _of_owner(whole: plan.Plan, counter: plan.Counter) -> str:
    relations = whole.schema.lead.relations
    contact = next((name for name, each in relations.items() if each.to == "contact"), "contact")
    of_contact = f"{contact}.{counter.type}"
    return {"lead": counter.type, "contact": of_contact, "both": f"{counter.type} or {of_contact}"}[counter.origin]


def _window(whole: plan.Plan, counter: plan.Counter) -> str:
    if counter.since is not None:
        return f" since {_instant(counter.since, ZoneInfo(whole.timezone))}"
    if counter.after is not None:
        return f" within {_length(whole.moments[counter.after])}"
    return "" if counter.until == 0 else f" more than {_length(whole.moments[counter.until])} ago"


def _moment(moment: plan.Moment) -> str:
    """A bound relative to `as_of`."""
    if not moment.months and not moment.seconds and not moment.days:
        return "today" if moment.of == "day" else "as_of"
    ahead = moment.months > 0 or moment.seconds > 0 or moment.days > 0
    return f"{_length(moment)} {'ahead' if ahead else 'ago'}"


def _length(moment: plan.Moment) -> str:
    parts: list[str] = []
    if moment.months:
        years, months = divmod(abs(moment.months), 12)
        parts.append(_counted(years, "year") if not months else _counted(abs(moment.months), "month"))
    seconds = abs(moment.seconds) + abs(moment.days) * 86_400
    if seconds:
        unit, size = next(each for each in _UNITS if seconds % each[1] == 0)
        parts.append(_counted(seconds // size, unit))
    length = " and ".join(parts) or "0 days"
    return length if moment.tenths == 10 else f"{moment.tenths}/10 of {length}"


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"


def _instant(instant: int, zone: ZoneInfo) -> str:
    at = as_datetime(instant).astimezone(zone)
    return at.date().isoformat() if at.time() == datetime.time() else at.isoformat()


def _condition(whole: plan.Plan, root: int) -> str:
    """A condition over an interaction's properties; every node stands behind those that it refers to."""
    texts: dict[int, str] = {}
    for index in below(whole, root):
        match whole.nodes[index]:
            case plan.AllOf(nodes=parts):
                texts[index] = " and ".join(texts[part] for part in parts)
            case plan.AnyOf(nodes=parts):
                texts[index] = f"({' or '.join(texts[part] for part in parts)})"
            case test:
                texts[index] = _test(whole, test)
    return texts[root]


def _test(whole: plan.Plan, node: plan.Test) -> str:
    def shown(operand: plan.Operand) -> str:
        return _operand(whole, operand)

    match node:
        case plan.Compare():
            return f"{shown(node.left)} {_OPERATORS[node.operator]} {shown(node.right)}"
        case plan.OneOf():
            return f"{shown(node.left)} {'not ' if node.negated else ''}in [{', '.join(map(shown, node.values))}]"
        case plan.Match():
            needles = ", ".join(map(shown, node.needles))
            several = needles if len(node.needles) == 1 else f"any of [{needles}]"
            return f"{shown(node.left)} {'not ' if node.negated else ''}{node.how} {several}"
        case plan.Has():
            return f"{shown(node.left)} {'not ' if node.negated else ''}contains {shown(node.value)}"
        case plan.IsKnown():
            return f"{shown(node.operand)} is {'unknown' if node.negated else 'known'}"
        case plan.Disqualified() | plan.Fired():
            raise AssertionError(f"{node.kind} is for examples and stands in no `where`")


def _operand(whole: plan.Plan, operand: plan.Operand) -> str:
    match operand:
        case plan.Text():
            return '"' + operand.value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        case plan.Number():
            return str(int(operand.value)) if operand.value.is_integer() else repr(operand.value)
        case plan.YesNo():
            return "yes" if operand.value else "no"
        case plan.Day():
            return datetime.date.fromordinal(operand.value).isoformat()
        case plan.Instant():
            return _instant(operand.value, ZoneInfo(whole.timezone))
        case plan.Field():
            return operand.name
        case plan.DayOf():
            return f"day of {operand.name}"
        case plan.MomentRef():
            return _moment(whole.moments[operand.index])
        case plan.Score() | plan.Grade() | plan.Stage() | plan.CountRef() | plan.Sum():
            raise AssertionError(f"{operand.kind} stands in no `where`")
