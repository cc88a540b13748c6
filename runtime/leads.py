"""How a lead or a contact is read: a mapping, a dataclass, a pydantic model, or a row of a table.

Promises that reading never fails: what cannot be read is reported and missing, and defaults stand in. What comes out
is a record for the compiled functions, or first the known values by field name, in the schema's spelling.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter, itemgetter
from typing import cast
from zoneinfo import ZoneInfo

from scoreline.compiler.backends.closures.build import Record, Value
from scoreline.compiler.backends.closures.layout import FieldSlot, Layout
from scoreline.compiler.backends.closures.records import FieldInUse, Refused, ReportValue, converter, record_readers
from scoreline.compiler.schema import EntitySpec, Schema
from scoreline.compiler.values import Known, reader

Values = Mapping[str, Known | None]
"""The known values of a lead or a contact by field name: texts as they are, days and instants as numbers."""

_ABSENT = object()


class EntityReader:
    """Reads the fields of one entity, all of them or only those in use."""

    def __init__(self, entity: EntitySpec, zone: ZoneInfo, only: Iterable[str] | None = None) -> None:
        names = entity.fields if only is None else [name for name in entity.fields if name in set(only)]
        self._readers = [
            (name, entity.fields[name].column or name, reader(entity.fields[name], zone)) for name in names
        ]

    def from_row(self, row: Mapping[str, object], report: ReportValue) -> Values:
        """The values of a row of a table, by its columns."""
        found: dict[str, Known | None] = {}
        for name, column, read in self._readers:
            found[name] = read(row.get(column), lambda value, reason, column=column: report(column, value, reason))
        return found

    def from_object(self, entity: object, report: ReportValue) -> Values:
        """The values of a mapping, a dataclass or a pydantic model, by field name or else by column."""
        get = getter(entity)
        found: dict[str, Known | None] = {}
        for name, column, read in self._readers:
            raw = _named(get, name, column)
            found[name] = read(raw, lambda value, reason, column=column: report(column, value, reason))
        return found

    def absent(self) -> Values:
        """The values of an entity that there is not: defaults, and else nothing."""
        return {name: read(None, _silent) for name, _, read in self._readers}


class RecordReader:
    """Reads a lead or a contact straight into its part of a record: what scoring does, and explaining does not.

    `only` are the fields in use, `slots` the slots of the layout that are this entity's, in their order.
    """

    def __init__(self, entity: EntitySpec, zone: ZoneInfo, only: Iterable[str], slots: Sequence[FieldSlot]) -> None:
        in_use = set(only)
        fields = [
            FieldInUse(name, spec, tuple(slot for slot in slots if slot.name == name))
            for name, spec in entity.fields.items()
            if name in in_use
        ]
        self._names = tuple((field.name, field.column) for field in fields)
        names = [field.name for field in fields]
        # Of one name alone, these getters give no tuple.
        self._items = itemgetter(*names) if len(names) > 1 else None
        self._attributes = attrgetter(*names) if len(names) > 1 else None
        readers = record_readers(fields, slots, zone)
        self._quickly, self._exactly = readers.quickly, readers.exactly
        self.absent: tuple[Value, ...] = self._exactly([None] * len(fields), [])

    def read(self, entity: object, refused: Refused) -> tuple[Value, ...]:
        """The values by slot of a mapping, a dataclass or a pydantic model, by field name or else by column."""
        if self._items is not None and self._attributes is not None:
            try:
                if type(entity) is dict:
                    return self._quickly(self._items(entity), refused)  # pyright: ignore[reportUnknownArgumentType]
                if not isinstance(entity, Mapping):
                    return self._quickly(self._attributes(entity), refused)
            except Exception:  # a name that is not there; and an object of a user's own may fail in any way
                refused.clear()
        get = getter(cast(object, entity))
        raw = [_named(get, name, column) for name, column in self._names]
        try:
            return self._quickly(raw, refused)
        except Exception:  # as above
            refused.clear()
            return self._exactly(raw, refused)


def _named(get: Callable[[str], object], name: str, column: str) -> object:
    """A value by field name or else by column, None if there is none."""
    raw = get(name)
    if raw is _ABSENT and column != name:
        raw = get(column)
    return None if raw is _ABSENT else raw


def _silent(value: str, reason: str) -> None:
    """A contact that is not there lacks nothing that is required."""


def getter(entity: object) -> Callable[[str], object]:
    """How to get a value by its name; a name that is not there gives a mark that is no value."""
    if isinstance(entity, Mapping):
        return lambda name: entity.get(name, _ABSENT)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType, reportUnknownLambdaType]

    def attribute(name: str) -> object:
        try:
            return getattr(entity, name, _ABSENT)
        except Exception:  # a property of a user's own object may fail in any way, and scoring must not
            return _ABSENT

    return attribute


def values_of(entity: object) -> Callable[[str], object]:
    """How to get a value by its name, None where there is none of it."""
    if isinstance(entity, dict):
        return entity.get  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    get = getter(entity)

    def found(name: str) -> object:
        value = get(name)
        return None if value is _ABSENT else value

    return found


def value_of(entity: object, *names: str) -> object:
    """The first of these names that an object or a mapping has; None if it has none of them."""
    get = getter(entity)
    for name in names:
        if (found := get(name)) is not _ABSENT:
            return found
    return None


class RecordBuilder:
    """Makes records of the known values of a lead and its contact."""

    def __init__(self, layout: Layout, schema: Schema, zone: ZoneInfo) -> None:
        specs = {"lead": schema.lead.fields, "contact": schema.contact_fields}
        self._slots = [
            (slot.owner == "contact", slot.name, converter(slot, specs[slot.owner][slot.name], zone))
            for slot in layout.fields
        ]

    def record(self, lead: Values, contact: Values) -> Record:
        """One value a slot."""
        made: list[Value] = []
        for of_contact, name, convert in self._slots:
            known = contact.get(name) if of_contact else lead.get(name)
            made.append(None if known is None else convert(known))
        return tuple(made)
