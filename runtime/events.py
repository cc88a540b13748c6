"""How interactions are read: mappings or objects with `type`, `at`, `lead_id`, `contact_id`, `id` and properties.

Promises that reading never fails: what is of no known type, has no readable time or is another's is left out, and
each `id` counts once. What comes out is one list for each interaction type that rules name; of other types nothing but
the type, the time and the id is looked at.
"""

import datetime
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, cast
from zoneinfo import ZoneInfo

from scoreline.compiler.backends.closures.build import Value
from scoreline.compiler.backends.closures.layout import Layout
from scoreline.compiler.backends.closures.records import ReportValue
from scoreline.compiler.schema import InteractionsTable, Schema
from scoreline.compiler.values import read_instant
from scoreline.compiler.values.raw_text import shown_text
from scoreline.runtime.history import CONTACT, LEAD, Events
from scoreline.runtime.keys import read_key
from scoreline.runtime.leads import values_of
from scoreline.runtime.properties import PropertyReader

Get = Callable[[str], object]
Keys = tuple[str | None, str | None]
"""The key of a lead, and that of its contact."""

_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


class InteractionRow(NamedTuple):
    """An interaction whose time, type and owners are read, and its properties not yet: what one `id` is settled by."""

    at: int
    type: str
    lead: str
    contact: str
    get: Get


class EventReader:
    """Reads interactions for one plan."""

    def __init__(self, schema: Schema, layout: Layout, zone: ZoneInfo) -> None:
        self._zone = zone
        self._types = frozenset(schema.interactions)
        table: InteractionsTable = schema.interactions_table
        usual = ("type", "at", "id", "lead_id", "contact_id")
        self._columns = tuple(
            zip(usual, (table.type, table.at, table.id, table.lead_id, table.contact_id), strict=True)
        )
        self._usual = all(name == column for name, column in self._columns)
        self._places = {type_: place for place, type_ in enumerate(layout.types)}
        self._properties = PropertyReader(schema, layout, zone)
        self._names = {
            type_: tuple((name, spec.column or name) for name, spec in schema.interactions[type_].properties.items())
            for type_ in layout.types
        }
        self.looks_at = frozenset(type_ for type_, names in self._names.items() if names)
        """The types that rules name and that have properties."""

    def from_objects(
        self, interactions: Iterable[object], keys: Callable[[], Keys], has_contact: bool, report: ReportValue
    ) -> Events:
        """The events of a lead and its contact out of a caller's interactions.

        One with neither `lead_id` nor `contact_id` is the lead's own; one that names others only is passed over. `keys`
        is asked only where an interaction names anybody.
        """
        events: Events = [[] for _ in self._places]
        settled: dict[str, InteractionRow] = {}
        types, places, usual = self._types, self._places, self._usual
        for raw in cast("Iterable[dict[str, object]]", interactions):
            if type(raw) is dict and usual:
                get: Get = raw.get
                kind, at, identity = get("type"), get("at"), get("id")
                lead, contact = get("lead_id"), get("contact_id")
            else:
                get = values_of(raw)
                kind, at, identity, lead, contact = self._named_values(get)
            if type(kind) is not str or kind not in types:
                kind = self._type(kind, report)
                if kind is None:
                    continue
            if type(at) is datetime.datetime and at.tzinfo is datetime.UTC and 1 < at.year < 9999:
                instant = microseconds(at)
            else:
                instant = self._instant(at, report)
                if instant is None:
                    continue
            if identity is None and lead is None and contact is None:
                place = places.get(kind)
                if place is not None:
                    values = self.values(kind, get, report) if kind in self.looks_at else ()
                    events[place].append((instant, LEAD, values))
                continue
            interaction = InteractionRow(instant, kind, _key(lead), _key(contact), get)
            key = _key(identity)
            if key:
                settled[key] = _settle(settled.get(key), interaction, key, report)
            else:
                self._add(events, interaction, keys, has_contact, report)
        for interaction in settled.values():
            self._add(events, interaction, keys, has_contact, report)
        return events

    def _named_values(self, get: Get) -> list[object]:
        """The five values that every interaction may have."""
        return [_first(get, name, column) for name, column in self._columns]

    def _add(
        self,
        events: Events,
        interaction: InteractionRow,
        keys: Callable[[], Keys],
        has_contact: bool,
        report: ReportValue,
    ) -> None:
        """Adds one interaction; one of a type that no rule names, or of somebody else, is passed over."""
        place = self._places.get(interaction.type)
        if place is None:
            return
        names_nobody = not interaction.lead and not interaction.contact
        origin = LEAD if names_nobody else origin_of(interaction.lead, interaction.contact, keys(), has_contact)
        if origin:
            values = self.values(interaction.type, interaction.get, report) if interaction.type in self.looks_at else ()
            events[place].append((interaction.at, origin, values))

    def values(self, type_: str, get: Get, report: ReportValue) -> Sequence[Value]:
        """The properties of an interaction of a type that rules name, by slot; what cannot be read is reported."""
        names = self._names[type_]
        return self._properties.read(type_, [_first(get, name, column) for name, column in names], report)

    def _type(self, raw: object, report: ReportValue) -> str | None:
        """The type that a value names, if the schema does."""
        type_ = read_key(raw)
        if type_ is None:
            report("type", "", "is missing")
        elif type_ not in self._types:
            report("type", type_, "the schema names no such interaction")
            return None
        return type_

    def _instant(self, at: object, report: ReportValue) -> int | None:
        try:
            instant = read_instant(at, self._zone)
        except ValueError as refused:
            report("at", shown_text(at), str(refused))
            return None
        if instant is None:
            report("at", "", "is missing")
        return instant


def microseconds(at: datetime.datetime) -> int:
    """The instant of an aware time, in microseconds since 1970 UTC."""
    since = at - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def _key(raw: object) -> str:
    """A key, empty where there is none."""
    return "" if raw is None else read_key(raw) or ""


def _settle(first: InteractionRow | None, second: InteractionRow, identity: str, report: ReportValue) -> InteractionRow:
    """Of two interactions with one id the earlier by time, type, lead, contact; the other is reported if it differs."""
    if first is None:
        return second
    if first[:4] != second[:4]:
        report("id", identity, "another interaction with this id counts instead: it is the earlier one")
    return second if second[:4] < first[:4] else first


def _first(get: Get, name: str, column: str) -> object:
    """The value under the usual name, or else under the column that the schema names."""
    found = get(name)
    return get(column) if found is None and column != name else found


def origin_of(lead: str, contact: str, keys: Keys, has_contact: bool) -> int:
    """The owner of an interaction with these keys (empty: none): LEAD, CONTACT or BOTH; 0 if it belongs to neither."""
    key, contact_key = keys
    of_lead = bool(lead) and (key is None or lead == key)
    of_contact = bool(contact) and (has_contact if contact_key is None else contact == contact_key)
    return (LEAD if of_lead else 0) | (CONTACT if of_contact else 0)
