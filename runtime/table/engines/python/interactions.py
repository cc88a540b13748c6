"""All interactions in memory, by lead and by contact, each once.

What a row must have, and which row counts of those with one id, is said by `admit/interaction_rows.py`. Last, after all
leads are known, the rows of an unknown lead are rejected whose contact no lead has.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from zoneinfo import ZoneInfo

from scoreline.compiler.backends.closures.build import Value
from scoreline.runtime.history import BOTH, CONTACT, LEAD
from scoreline.runtime.keys import read_key
from scoreline.runtime.properties import ReportProperty
from scoreline.runtime.table.admit.contract import InteractionColumns
from scoreline.runtime.table.admit.interaction_rows import InteractionHead, RejectedCell, UnknownType, read_interaction
from scoreline.runtime.table.read.rows import Row
from scoreline.runtime.table.rejects import Reason, Rejector


class LoadedInteraction(NamedTuple):
    """One interaction: `at` in microseconds since 1970 (UTC), `values` by slot, as compiled tests compare them."""

    at: int
    type: str
    lead: str | None
    contact: str | None
    values: tuple[Value, ...]
    row: int


class _Unread(NamedTuple):
    """One interaction whose properties are not read yet: `raw`, in the order of the type's columns."""

    said: InteractionHead
    raw: tuple[object, ...]
    row: int


@dataclass(frozen=True, slots=True)
class Interactions:
    """Every interaction that counts, and how many rows were of types that the schema does not name."""

    by_lead: Mapping[str, list[LoadedInteraction]] = field(default_factory=dict[str, list[LoadedInteraction]])
    by_contact: Mapping[str, list[LoadedInteraction]] = field(default_factory=dict[str, list[LoadedInteraction]])
    unknown_types: Mapping[str, int] = field(default_factory=dict[str, int])
    types: Mapping[str, int] = field(default_factory=dict[str, int])

    def of(self, lead: str, contact: str | None) -> Iterator[tuple[LoadedInteraction, int]]:
        """A lead's interactions and its contact's, each with its origin (LEAD, CONTACT or BOTH)."""
        for interaction in self.by_lead.get(lead, ()):
            both = contact is not None and interaction.contact == contact
            yield interaction, BOTH if both else LEAD
        for interaction in self.by_contact.get(contact, ()) if contact is not None else ():
            if interaction.lead != lead:
                yield interaction, CONTACT

    def report_unknown_leads(
        self, known: Collection[str], contacts: Collection[str], rejector: Rejector, column: str
    ) -> None:
        """Reports the rows whose lead is in no row of the leads, and whose contact is no lead's."""
        lost = [
            one
            for lead, rows in self.by_lead.items()
            if lead not in known
            for one in rows
            if one.contact is None or one.contact not in contacts
        ]
        for interaction in sorted(lost, key=lambda one: one.row):
            rejector.row(interaction.row, Reason.UNKNOWN_LEAD, column, interaction.lead)


@dataclass(frozen=True, slots=True)
class InteractionReader:
    """Reads rows of interactions: their columns, the zone of times without an offset, how properties are read."""

    columns: InteractionColumns
    zone: ZoneInfo
    properties: Callable[[str, Sequence[object], ReportProperty], tuple[Value, ...]]
    rejector: Rejector

    def read(self, rows: Iterable[Row]) -> Interactions:
        """Reads all rows of a table of interactions."""
        unknown: Counter[str] = Counter()
        by_id: dict[str, _Unread] = {}
        counted: list[LoadedInteraction] = []
        properties = self.columns.properties
        for number, values in rows:
            match read_interaction(values, self.columns, properties, self.zone):
                case RejectedCell(column, value, reason):
                    self.rejector.row(number, reason, column, value)
                case UnknownType(name):
                    unknown[name] += 1
                case InteractionHead() as said:
                    unread = _Unread(said, tuple(map(values.get, properties[said.type])), number)
                    identity = read_key(values.get(self.columns.id))
                    if identity is None:
                        counted.append(self._loaded(unread))
                    else:
                        by_id[identity] = self._settled(by_id.get(identity), unread, identity)
        counted.extend(map(self._loaded, by_id.values()))
        return _grouped(counted, unknown)

    def _settled(self, first: _Unread | None, second: _Unread, identity: str) -> _Unread:
        """Which of two rows with one id counts; the other is rejected if it differs."""
        if first is None:
            return second
        kept, lost = (second, first) if second.said.order < first.said.order else (first, second)
        if kept[:2] != lost[:2]:
            self.rejector.row(lost.row, Reason.SAME_ID, self.columns.id, identity)
        return kept

    def _loaded(self, unread: _Unread) -> LoadedInteraction:
        def report(column: str, value: str, reason: str) -> None:
            self.rejector.row(unread.row, reason, column, value)

        values = self.properties(unread.said.type, unread.raw, report)
        return LoadedInteraction(*unread.said, values, unread.row)


def _grouped(counted: Iterable[LoadedInteraction], unknown: Mapping[str, int]) -> Interactions:
    by_lead: defaultdict[str, list[LoadedInteraction]] = defaultdict(list)
    by_contact: defaultdict[str, list[LoadedInteraction]] = defaultdict(list)
    types: Counter[str] = Counter()
    for interaction in counted:
        types[interaction.type] += 1
        if interaction.lead is not None:
            by_lead[interaction.lead].append(interaction)
        if interaction.contact is not None:
            by_contact[interaction.contact].append(interaction)
    return Interactions(dict(by_lead), dict(by_contact), dict(unknown), dict(types))
