"""How a lead or a contact is read: a mapping, a dataclass, a pydantic model, or a row of a table.

Promises that reading never fails: what cannot be read is reported and missing, and defaults stand in. What comes out
is first the known values by field name, in the schema's spelling, then a record for the compiled functions.
"""

from collections.abc import Callable, Iterable, Mapping
from zoneinfo import ZoneInfo

from scoreline.compiler import plan
from scoreline.compiler.backends.closures.build import Record, Value
from scoreline.compiler.backends.closures.layout import FieldSlot, Layout
from scoreline.compiler.calendar import day_of
from scoreline.compiler.folding import fold
from scoreline.compiler.schema import EntitySpec, Schema
from scoreline.compiler.schema.fields import FieldSpec
from scoreline.compiler.values import Known, reader

Values = Mapping[str, Known | None]
"""The known values of a lead or a contact by field name: texts as they are, days and instants as numbers."""

ReportValue = Callable[[str, str, str], None]
"""Takes the column, the value as text, and the reason why it could not be read."""

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
            raw = get(name)
            if raw is _ABSENT:
                raw = get(column) if column != name else None
            raw = None if raw is _ABSENT else raw
            found[name] = read(raw, lambda value, reason, column=column: report(column, value, reason))
        return found

    def absent(self) -> Values:
        """The values of an entity that there is not: defaults, and else nothing."""
        return {name: read(None, _silent) for name, _, read in self._readers}


def _silent(value: str, reason: str) -> None:
    """A contact that is not there lacks nothing that is required."""


def getter(entity: object) -> Callable[[str], object]:
    """How to get a value by its name; a name that is not there gives a mark that `given` tells from all values."""
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
        return made


def converter(slot: FieldSlot, spec: FieldSpec, zone: ZoneInfo) -> Callable[[Known], Value]:
    """How a known value becomes what compiled tests compare: texts folded, choices as sets, days of instants."""
    if isinstance(slot, plan.DayOf):
        return lambda known: day_of(known, zone) if isinstance(known, int) else None
    match spec.type:
        case "text":
            return lambda known: fold(known) if isinstance(known, str) else None
        case "choice":
            folded = {value: fold(value) for value in spec.values}
            return lambda known: folded.get(known) if isinstance(known, str) else None
        case "choices":
            return lambda known: frozenset(map(fold, known)) if isinstance(known, tuple) else None
        case _:
            return lambda known: None if isinstance(known, tuple) else known
