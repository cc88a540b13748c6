"""Where the functions find their values: which fields, properties and interactions a plan reads, and in which slot.

A record is a tuple with one slot for each field in use, the lead's before its contact's: None where missing, texts and
choices folded, choices sets as frozensets. Interactions come in columns: one for each type and owner that rules name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from scoreline.compiler import plan

FieldSlot = plan.Field | plan.DayOf


@dataclass(frozen=True, slots=True)
class Column:
    """The interactions of one type: the lead's, its contact's, or those of both together."""

    type: str
    origin: plan.Origin


@dataclass(frozen=True)
class Layout:
    """The slots of a plan. `properties` are those of each interaction type, by the type; `models` are numbered."""

    models: tuple[str, ...]
    fields: tuple[FieldSlot, ...]
    columns: tuple[Column, ...]
    properties: dict[str, tuple[FieldSlot, ...]]

    @cached_property
    def types(self) -> tuple[str, ...]:
        """The interaction types that rules name."""
        return tuple(dict.fromkeys(column.type for column in self.columns))

    @cached_property
    def model_numbers(self) -> Mapping[str, int]:
        """The number of each model, by its name."""
        return {name: number for number, name in enumerate(self.models)}

    @cached_property
    def _slots(self) -> Mapping[FieldSlot, int]:
        return {field: slot for slot, field in enumerate(self.fields)}

    def slot(self, operand: FieldSlot) -> int:
        """The slot of a lead's or contact's field."""
        return self._slots[operand]


def layout(whole: plan.Plan) -> Layout:
    """The layout of a plan."""
    fields: dict[FieldSlot, None] = {}
    if whole.qualifications and (unit := whole.schema.lead.unit) is not None:
        fields[plan.Field("lead", unit)] = None
    for node in whole.nodes:
        for operand in operands(node):
            if isinstance(operand, plan.Field | plan.DayOf) and operand.owner != "interaction":
                fields[operand] = None
    ordered = sorted(fields, key=lambda field: field.owner != "lead")
    columns = tuple(dict.fromkeys(Column(counter.type, counter.origin) for counter in whole.counters))
    properties = {column.type: tuple(dict.fromkeys(_properties(whole, column.type))) for column in columns}
    return Layout(tuple(model.name for model in whole.models), tuple(ordered), columns, properties)


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
