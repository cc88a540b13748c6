"""What the parts of a plan refer to: the nodes below a node, the operands of a test, the fields that rules look at."""

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, assert_never

from scoreline.compiler import plan


def fields_in_use(whole: plan.Plan) -> tuple[plan.Field | plan.DayOf, ...]:
    """The fields of leads and contacts that tests compare, and the unit; each once, the leads' before the contacts'."""
    fields: dict[plan.Field | plan.DayOf, None] = {}
    if whole.qualifications and (unit := whole.schema.lead.unit) is not None:
        fields[plan.Field("lead", unit)] = None
    for node in whole.nodes:
        for operand in operands(node):
            if isinstance(operand, plan.Field | plan.DayOf) and operand.owner != "interaction":
                fields[operand] = None
    return tuple(sorted(fields, key=lambda field: field.owner != "lead"))


def properties_in_use(whole: plan.Plan, type_: str) -> tuple[plan.Field | plan.DayOf, ...]:
    """The properties of a type of interaction that counters look at, each once."""
    return tuple(dict.fromkeys(_properties(whole, type_)))


def _properties(whole: plan.Plan, type_: str) -> Iterator[plan.Field | plan.DayOf]:
    for counter in whole.counters:
        if counter.type != type_:
            continue
        if counter.distinct is not None:
            yield plan.Field("interaction", counter.distinct)
        if counter.where is not None:
            for node in below(whole, counter.where):
                for operand in operands(whole.nodes[node]):
                    if isinstance(operand, plan.Field | plan.DayOf):
                        yield operand


def moments_of(counter: plan.Counter) -> Iterator[int]:
    """The moments that a counter compares interactions with, without those of its `where`."""
    yield counter.until
    yield from () if counter.after is None else (counter.after,)
    yield from (step.after for step in counter.steps or ())


def joined_by(node: plan.Node) -> tuple[int, ...]:
    """The nodes that a node joins; none, if it is a test."""
    return node.nodes if isinstance(node, plan.AllOf | plan.AnyOf) else ()


def below(whole: plan.Plan, root: int, held: Callable[[int], Sequence[int]] | None = None) -> list[int]:
    """A node and all that it refers to, each once, those referred to first.

    `held` gives the nodes that a node is followed to, where these are not all its parts.
    """
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        index = waiting.pop()
        if index not in seen:
            seen.add(index)
            waiting.extend(joined_by(whole.nodes[index]) if held is None else held(index))
    return sorted(seen)


def operands(node: plan.Node) -> tuple[plan.Operand, ...]:
    """What a test compares; none for a node that only joins others."""
    match node:
        case plan.Compare():
            return (*_parts(node.left), *_parts(node.right))
        case plan.OneOf():
            return _parts(node.left)
        case plan.Match():
            return (node.left, *node.needles)
        case plan.Has():
            return (node.left, node.value)
        case plan.IsKnown():
            return _parts(node.operand)
        case plan.Disqualified() | plan.Fired() | plan.AllOf() | plan.AnyOf():
            return ()


def counters_in(node: plan.Node) -> Iterator[int]:
    """The counters whose values a test compares."""
    return (each.index for each in operands(node) if isinstance(each, plan.CountRef))


def _parts(operand: plan.Operand) -> tuple[plan.Operand, ...]:
    if isinstance(operand, plan.Sum):
        return tuple(part for _, part in operand.parts)
    return (operand,)


def can_miss(operand: plan.Operand) -> bool:
    """Whether an operand may be missing: fields, scores, grades and what is made of them."""
    match operand:
        case plan.Field() | plan.DayOf() | plan.Score() | plan.Grade() | plan.Stage():
            return True
        case plan.Sum():
            return any(can_miss(part) for _, part in operand.parts)
        case plan.Number() | plan.Text() | plan.YesNo() | plan.Day() | plan.Instant():
            return False
        case plan.MomentRef() | plan.CountRef():
            return False
        case _:
            assert_never(operand)


def needed_fields(whole: plan.Plan, owner: Literal["lead", "contact"]) -> frozenset[str]:
    """The names of the fields of the lead or of its contact that scoring reads."""
    unit = whole.schema.lead.unit
    names = {field.name for field in _shown_or_tested(whole) if field.owner == owner}
    return frozenset(names | {unit} if owner == "lead" and unit is not None else names)


def _shown_or_tested(whole: plan.Plan) -> Iterator[plan.Field | plan.DayOf]:
    for node in whole.nodes:
        yield from (each for each in operands(node) if isinstance(each, plan.Field | plan.DayOf))
    for action in actions_in(whole):
        yield from shown_fields(action)


def actions_in(whole: plan.Plan) -> Iterator[plan.Action]:
    """The actions of all stages."""
    for qualification in whole.qualifications:
        for stage in qualification.stages:
            yield from stage.actions


def shown_fields(action: plan.Action) -> Iterator[plan.Field]:
    """The fields whose values an action shows or sets."""
    match action:
        case plan.CreateTask():
            yield from (each for each in (*action.title, *(action.owner or ())) if isinstance(each, plan.Field))
        case plan.SetField():
            if isinstance(action.value, plan.Field):
                yield action.value
        case plan.Notify():
            pass
