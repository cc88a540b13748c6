"""Where the functions find their values: which fields, properties and interactions a plan reads, and in which slot.

A record is a tuple with one slot for each field in use, the lead's before its contact's: None where missing, texts and
choices folded, choices sets as frozensets. Interactions come in columns: one for each type and owner that rules name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from scoreline.compiler import plan
from scoreline.compiler.plan_parts import fields_in_use, properties_in_use

FieldSlot = plan.Field | plan.DayOf


@dataclass(frozen=True, slots=True)
class InteractionColumn:
    """The interactions of one type: the lead's, its contact's, or those of both together."""

    type: str
    origin: plan.Origin


@dataclass(frozen=True)
class Layout:
    """The slots of a plan. `properties` are those of each interaction type, by the type; `models` are numbered."""

    models: tuple[str, ...]
    fields: tuple[FieldSlot, ...]
    columns: tuple[InteractionColumn, ...]
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
    columns = tuple(dict.fromkeys(InteractionColumn(counter.type, counter.origin) for counter in whole.counters))
    properties = {column.type: properties_in_use(whole, column.type) for column in columns}
    return Layout(tuple(model.name for model in whole.models), fields_in_use(whole), columns, properties)
