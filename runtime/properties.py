"""Reads the properties of interactions: into the values that compiled tests compare, and each bad one reported.

A property that no rule names is read too where it can be bad (a text cannot), so that a report of bad values does
not depend on the rules.
"""

from collections.abc import Callable, Mapping, Sequence
from zoneinfo import ZoneInfo

from scoreline.compiler.backends.closures.build import Value
from scoreline.compiler.backends.closures.layout import Layout
from scoreline.compiler.schema import FieldSpec, InteractionSpec, Schema
from scoreline.compiler.values import Known, reader
from scoreline.compiler.backends.closures.records import converter

ReportProperty = Callable[[str, str, str], None]
"""Takes the column, the value as text, and the reason why it could not be read."""

Raw = Sequence[object]
"""The values of an interaction as the file holds them, in the order of its type's columns."""


class PropertyReader:
    """Reads the properties of every type that a schema names."""

    def __init__(self, schema: Schema, layout: Layout, zone: ZoneInfo) -> None:
        self._types = {name: _TypeReader(name, spec, layout, zone) for name, spec in schema.interactions.items()}
        self.columns: Mapping[str, tuple[str, ...]] = {name: each.columns for name, each in self._types.items()}

    def read(self, type_: str, raw: Raw, report: ReportProperty) -> tuple[Value, ...]:
        """The values by slot of the layout; none for a type that no rule names."""
        return self._types[type_].read(raw, report)


class _TypeReader:
    def __init__(self, name: str, spec: InteractionSpec, layout: Layout, zone: ZoneInfo) -> None:
        self.columns = tuple(field.column or own for own, field in spec.properties.items())
        slots = layout.properties.get(name, ())
        used = {slot.name for slot in slots}
        self._reads = [
            (place, own, self.columns[place], reader(field, zone))
            for place, (own, field) in enumerate(spec.properties.items())
            if own in used or _can_be_bad(field)
        ]
        self._slots = [(slot.name, converter(slot, spec.properties[slot.name], zone)) for slot in slots]

    def read(self, raw: Raw, report: ReportProperty) -> tuple[Value, ...]:
        if not self._reads:
            return ()
        known: dict[str, Known | None] = {}
        for place, own, column, read in self._reads:
            known[own] = read(raw[place], lambda value, reason, column=column: report(column, value, reason))
        return tuple(None if (value := known[own]) is None else convert(value) for own, convert in self._slots)


def _can_be_bad(spec: FieldSpec) -> bool:
    return spec.type != "text" or spec.required
