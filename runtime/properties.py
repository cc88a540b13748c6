"""Reads the properties of interactions: into the values that compiled tests compare, and each bad one reported.

A property that no rule names is read too where it can be bad (a text cannot), so that a report of bad values does
not depend on the rules.
"""

from collections.abc import Callable, Mapping, Sequence
from zoneinfo import ZoneInfo

from scoreline.compiler.backends.closures.build import Value
from scoreline.compiler.backends.closures.layout import Layout
from scoreline.compiler.backends.closures.records import FieldInUse, Refused, record_readers
from scoreline.compiler.schema import FieldSpec, InteractionSpec, Schema

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
        self._places = [
            place for place, (own, field) in enumerate(spec.properties.items()) if own in used or _can_be_bad(field)
        ]
        names = list(spec.properties)
        fields = [
            FieldInUse(
                names[place], spec.properties[names[place]], tuple(each for each in slots if each.name == names[place])
            )
            for place in self._places
        ]
        readers = record_readers(fields, slots, zone)
        self._quickly, self._exactly = readers.quickly, readers.exactly

    def read(self, raw: Raw, report: ReportProperty) -> tuple[Value, ...]:
        if not self._places:
            return ()
        in_use = [raw[place] for place in self._places]
        refused: Refused = []
        try:
            values = self._quickly(in_use, refused)
        except Exception:  # an object of a user's own may fail in any way, when it is compared too
            refused.clear()
            values = self._exactly(in_use, refused)
        for column, value, reason in refused:
            report(column, value, reason)
        return values


def _can_be_bad(spec: FieldSpec) -> bool:
    return spec.type != "text" or spec.required
