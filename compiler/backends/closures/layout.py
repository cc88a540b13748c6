"""Where the functions find their values: which fields, properties and interactions a plan reads, and in which slot.

A record is a tuple with one slot for each field in use: None where missing, texts and choices folded, choices
sets as frozensets. Events come in one list for each interaction type in use.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from scoreline.compiler import plan

FieldSlot = plan.Field | plan.DayOf


@dataclass(frozen=True)
class Layout:
    """The slots of a plan. `properties` are those of each interaction type, by the type; `models` are numbered."""

    models: tuple[str, ...]
    fields: tuple[FieldSlot, ...]
    types: tuple[str, ...]
    properties: dict[str, tuple[FieldSlot, ...]]

    def slot(self, operand: FieldSlot) -> int:
        """The slot of a lead's or contact's field."""
        return self.fields.index(operand)


def layout(whole: plan.Plan) -> Layout:
    """The layout of a plan."""
    fields = {
        operand: None
        for node in whole.nodes
        for operand in operands(node)
        if isinstance(operand, plan.Field | plan.DayOf) and operand.owner != "interaction"
    }
    types = tuple(dict.fromkeys(counter.type for counter in whole.counters))
    properties = {type_: tuple(dict.fromkeys(_properties(whole, type_))) for type_ in types}
    return Layout(tuple(model.name for model in whole.models), tuple(fields), types, properties)


def _properties(whole: plan.Plan, type_: str) -> Iterator[FieldSlot]:
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


def below(whole: plan.Plan, root: int) -> list[int]:
    """A node and all that it refers to, each once, those referred to first."""
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        index = waiting.pop()
        if index not in seen:
            seen.add(index)
            node = whole.nodes[index]
            if isinstance(node, plan.AllOf | plan.AnyOf):
                waiting.extend(node.nodes)
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


def _parts(operand: plan.Operand) -> tuple[plan.Operand, ...]:
    if isinstance(operand, plan.Sum):
        return tuple(part for _, part in operand.parts)
    return (operand,)
