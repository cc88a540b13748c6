"""All interactions in memory, by lead and by contact, each once.

What cannot count is left out and reported, in this order: a row of a type that the schema does not name (counted
only), one whose time cannot be read, one with neither lead nor contact. Then rows of one id are settled: the
earliest by time, type, lead, contact (missing first) counts, and each that differs from it is reported. Last,
after all leads are known, rows of an unknown lead that name no contact.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from scoreline.compiler.backends.closures.build import Value
from scoreline.compiler.values.raw_text import shown_text
from scoreline.runtime.history import BOTH, CONTACT, LEAD
from scoreline.runtime.keys import read_key
from scoreline.runtime.properties import ReportProperty
from scoreline.runtime.table.admit.contract import InteractionColumns
from scoreline.runtime.table.read.rows import Row
from scoreline.runtime.table.rejects import Rejecting


class Happened(NamedTuple):
    """One interaction: `at` in microseconds since 1970 (UTC), `values` by slot, as compiled tests compare them."""

    at: int
    type: str
    lead: str | None
    contact: str | None
    values: tuple[Value, ...]
    row: int


class _Told(NamedTuple):
    """One interaction as a row tells it: `raw` are its properties, in the order of the type's columns."""

    at: int
    type: str
    lead: str | None
    contact: str | None
    raw: tuple[object, ...]
    row: int


@dataclass(frozen=True, slots=True)
class Interactions:
    """Every interaction that counts, and how many rows were of types that the schema does not name."""

    by_lead: Mapping[str, list[Happened]] = field(default_factory=dict[str, list[Happened]])
    by_contact: Mapping[str, list[Happened]] = field(default_factory=dict[str, list[Happened]])
    unknown_types: Mapping[str, int] = field(default_factory=dict[str, int])
    types: Mapping[str, int] = field(default_factory=dict[str, int])

    def of(self, lead: str, contact: str | None) -> Iterator[tuple[Happened, int]]:
        """A lead's interactions and its contact's, each with its origin (LEAD, CONTACT or BOTH)."""
        for happened in self.by_lead.get(lead, ()):
            both = contact is not None and happened.contact == contact
            yield happened, BOTH if both else LEAD
        for happened in self.by_contact.get(contact, ()) if contact is not None else ():
            if happened.lead != lead:
                yield happened, CONTACT

    def report_unknown_leads(
        self, known: Collection[str], contacts: Collection[str], rejecting: Rejecting, column: str
    ) -> None:
        """Reports the rows whose lead is in no row of the leads, and whose contact is no lead's."""
        lost = [
            one
            for lead, rows in self.by_lead.items()
            if lead not in known
            for one in rows
            if one.contact is None or one.contact not in contacts
        ]
        for happened in sorted(lost, key=lambda one: one.row):
            rejecting.row(happened.row, "there is no such lead: the row is left out", column, happened.lead)


@dataclass(frozen=True, slots=True)
class InteractionReader:
    """What it takes to read rows: the columns, how a time is read (ValueError says why not), and properties."""

    columns: InteractionColumns
    instant: Callable[[object], int | None]
    properties: Callable[[str, Sequence[object], ReportProperty], tuple[Value, ...]]
    rejecting: Rejecting

    def read(self, rows: Iterable[Row]) -> Interactions:
        """Reads all rows of a table of interactions."""
        unknown: Counter[str] = Counter()
        by_id: dict[str, _Told] = {}
        counted: list[Happened] = []
        for number, values in rows:
            told = self._told(number, values, unknown)
            if told is None:
                continue
            identity = read_key(values.get(self.columns.id))
            if identity is None:
                counted.append(self._happened(told))
            else:
                by_id[identity] = self._settled(by_id.get(identity), told, identity)
        counted.extend(map(self._happened, by_id.values()))
        return _grouped(counted, unknown)

    def _told(self, number: int, values: Mapping[str, object], unknown: Counter[str]) -> _Told | None:
        """The row as an interaction; None if it cannot count, which is then reported or counted."""
        columns = self.columns
        name = read_key(values.get(columns.type))
        if name is None:
            self.rejecting.row(number, "no type: the row is left out", columns.type)
            return None
        properties = columns.properties.get(name)
        if properties is None:
            unknown[name] += 1
            return None
        at = self._at(number, values.get(columns.at))
        if at is None:
            return None
        lead, contact = _shared(values.get(columns.lead)), _shared(values.get(columns.contact))
        if lead is None and contact is None:
            self.rejecting.row(number, "neither a lead nor a contact: the row is left out", columns.lead)
            return None
        return _Told(at, sys.intern(name), lead, contact, tuple(map(values.get, properties)), number)

    def _at(self, number: int, raw: object) -> int | None:
        try:
            at = self.instant(raw)
        except ValueError as fault:
            self.rejecting.row(number, f"{fault}: the row is left out", self.columns.at, shown_text(raw))
            return None
        if at is None:
            self.rejecting.row(number, "no time: the row is left out", self.columns.at)
        return at

    def _settled(self, first: _Told | None, second: _Told, identity: str) -> _Told:
        """Which of two rows with one id counts; the other is reported if it differs."""
        if first is None:
            return second
        kept, left = (second, first) if _order(second) < _order(first) else (first, second)
        if kept[:5] != left[:5]:
            reason = "another row with this id comes first and counts: this row is left out"
            self.rejecting.row(left.row, reason, self.columns.id, identity)
        return kept

    def _happened(self, told: _Told) -> Happened:
        def report(column: str, value: str, reason: str) -> None:
            self.rejecting.row(told.row, reason, column, value)

        values = self.properties(told.type, told.raw, report)
        return Happened(told.at, told.type, told.lead, told.contact, values, told.row)


def _shared(raw: object) -> str | None:
    """The key in a cell; equal keys are one text in memory, since most stand in many rows."""
    key = read_key(raw)
    return None if key is None else sys.intern(key)


def _order(told: _Told) -> tuple[int, str, str, str]:
    """By time, type, lead, contact; a missing one comes first (no key is empty)."""
    return told.at, told.type, told.lead or "", told.contact or ""


def _grouped(counted: Iterable[Happened], unknown: Mapping[str, int]) -> Interactions:
    by_lead: defaultdict[str, list[Happened]] = defaultdict(list)
    by_contact: defaultdict[str, list[Happened]] = defaultdict(list)
    types: Counter[str] = Counter()
    for happened in counted:
        types[happened.type] += 1
        if happened.lead is not None:
            by_lead[happened.lead].append(happened)
        if happened.contact is not None:
            by_contact[happened.contact].append(happened)
    return Interactions(dict(by_lead), dict(by_contact), dict(unknown), dict(types))
