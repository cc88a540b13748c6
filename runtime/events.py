"""How interactions are read: mappings or objects with `type`, `at`, `lead_id`, `contact_id`, `id` and properties.

Promises that reading never fails: what is of no known type, has no readable time or is another's is left out, and
each `id` counts once. What comes out is one list for each interaction type that rules name.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple
from zoneinfo import ZoneInfo

from scoreline.compiler.backends.closures.build import Event
from scoreline.compiler.backends.closures.layout import Layout
from scoreline.compiler.schema import InteractionsTable, Schema
from scoreline.compiler.values import read_instant
from scoreline.compiler.values.raw_text import shown_text
from scoreline.runtime.keys import read_key
from scoreline.runtime.leads import ReportValue, values_of
from scoreline.runtime.properties import PropertyReader

LEAD, CONTACT, BOTH = 1, 2, 3
Events = list[list[Event]]
"""The events of one lead and its contact: a list for each type of the layout."""


class Happened(NamedTuple):
    """An interaction whose time, type and owners are read, and its properties not yet: what one `id` is settled by."""

    at: int
    type: str
    lead: str
    contact: str
    get: Callable[[str], object]


class EventReader:
    """Reads interactions for one plan."""

    def __init__(self, schema: Schema, layout: Layout, zone: ZoneInfo) -> None:
        self._zone = zone
        self._types = frozenset(schema.interactions)
        self._table = schema.interactions_table
        self._places = {type_: place for place, type_ in enumerate(layout.types)}
        self._properties = PropertyReader(schema, layout, zone)
        self._columns = {
            type_: tuple((name, spec.column or name) for name, spec in schema.interactions[type_].properties.items())
            for type_ in layout.types
        }

    def from_objects(
        self,
        interactions: Iterable[object],
        lead: str | None,
        contact: str | None,
        has_contact: bool,
        report: ReportValue,
    ) -> Events:
        """The events of a lead and its contact, by their keys, out of a caller's interactions.

        One with neither `lead_id` nor `contact_id` is the lead's own; one that names others only is passed over.
        """
        events: Events = [[] for _ in self._places]
        for happened in self._once(interactions, report):
            origin = _origin(happened, lead, contact, has_contact)
            if origin:
                self._add(events, happened, origin, report)
        return events

    def _add(self, events: Events, happened: Happened, origin: int, report: ReportValue) -> None:
        """Adds one interaction; one of a type that no rule names is passed over."""
        place = self._places.get(happened.type)
        if place is not None:
            raw = tuple(_first(happened.get, name, column) for name, column in self._columns[happened.type])
            events[place].append((happened.at, origin, self._properties.read(happened.type, raw, report)))

    def _once(self, interactions: Iterable[object], report: ReportValue) -> list[Happened]:
        """Every readable interaction; of those with one id the earliest by time, type, lead, contact."""
        found: dict[object, Happened] = {}
        for number, raw in enumerate(interactions):
            get = values_of(raw)
            happened = self._read(get, report)
            if happened is None:
                continue
            identity = read_key(_first(get, "id", self._table.id))
            key: object = number if identity is None else identity
            earlier = found.setdefault(key, happened)
            if earlier[:4] != happened[:4]:
                report("id", str(identity), "another interaction with this id counts instead: it is the earlier one")
            if happened[:4] < earlier[:4]:
                found[key] = happened
        return list(found.values())

    def _read(self, get: Callable[[str], object], report: ReportValue) -> Happened | None:
        table: InteractionsTable = self._table
        type_ = read_key(_first(get, "type", table.type))
        if type_ is None:
            report("type", "", "is missing")
            return None
        if type_ not in self._types:
            report("type", type_, "the schema names no such interaction")
            return None
        at = _first(get, "at", table.at)
        try:
            instant = read_instant(at, self._zone)
        except ValueError as refused:
            report("at", shown_text(at), str(refused))
            return None
        if instant is None:
            report("at", "", "is missing")
            return None
        lead = read_key(_first(get, "lead_id", table.lead_id)) or ""
        contact = read_key(_first(get, "contact_id", table.contact_id)) or ""
        return Happened(instant, type_, lead, contact, get)


def _first(get: Callable[[str], object], name: str, column: str) -> object:
    """The value under the usual name, or else under the column that the schema tells."""
    found = get(name)
    return get(column) if found is None and column != name else found


def _origin(happened: Happened, lead: str | None, contact: str | None, has_contact: bool) -> int:
    if not happened.lead and not happened.contact:
        return LEAD
    of_lead = bool(happened.lead) and (lead is None or happened.lead == lead)
    of_contact = bool(happened.contact) and (has_contact if contact is None else happened.contact == contact)
    return (LEAD if of_lead else 0) | (CONTACT if of_contact else 0)
