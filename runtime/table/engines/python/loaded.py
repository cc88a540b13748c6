"""What a run needs beside the leads, read into memory once: contacts, interactions, the stages of last time.

Then any lead's row becomes a `Subject` that the rules can score, for a whole table and for one explanation alike.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from scoreline.compiler.schema import EntitySpec
from scoreline.runtime.history import Events, History, arranged
from scoreline.runtime.keys import read_key
from scoreline.runtime.leads import EntityReader, Values
from scoreline.runtime.properties import PropertyReader
from scoreline.runtime.results import StageState
from scoreline.runtime.rules import Rules
from scoreline.runtime.scoring import ReadLead
from scoreline.runtime.table.admit.contract import (
    InteractionColumns,
    contact_column,
    contact_columns,
    fields_read,
    lead_columns,
)
from scoreline.runtime.table.admit.keys import each_once
from scoreline.runtime.table.admit.previous import Previous, read_previous
from scoreline.runtime.table.engines.python.interactions import InteractionReader, Interactions
from scoreline.runtime.table.progress import Progress, watched
from scoreline.runtime.table.read.columns import RequestedColumns
from scoreline.runtime.table.read.rows import table_rows
from scoreline.runtime.table.read.sources import Tables, rejector_of
from scoreline.runtime.table.rejects import Reason, Rejector, Report

_NO_STAGES: Mapping[str, StageState] = MappingProxyType({})


class Loaded:
    """Contacts, interactions and earlier stages in memory, and the reading of leads."""

    def __init__(self, rules: Rules, tables: Tables, report: Report, progress: Progress) -> None:
        self.rules = rules
        self.tables = tables
        self.schema = rules.plan.schema
        self.contact_column = contact_column(self.schema)
        self._lead_reader = _reader(rules, self.schema.lead, "lead")
        contact = self.schema.contact
        self._no_contact: Values = {} if contact is None else EntityReader(contact, rules.zone).absent()
        self._places = {name: place for place, name in enumerate(rules.layout.types)}
        self.contacts = self._contacts(report, progress)
        self.interactions = self._interactions(report, progress)
        self.previous = self._previous(report)
        self._contacts_of_leads: set[str] = set()

    @property
    def lead_columns(self) -> RequestedColumns:
        """What the file of leads needs and may have."""
        return lead_columns(self.schema)

    def read_lead(self, key: str, number: int, row: Mapping[str, object], rejector: Rejector) -> ReadLead:
        """The lead of a row as the rules see it; each of its values that cannot be read is reported."""

        def report(column: str, value: str, reason: str) -> None:
            rejector.row(number, reason, column, value)

        contact = None if self.contact_column is None else read_key(row.get(self.contact_column))
        if contact is not None:
            self._contacts_of_leads.add(contact)
        values = self._no_contact if contact is None else self.contacts.get(contact, self._no_contact)
        return ReadLead(key, self._lead_reader.from_row(row, report), values, self._history(key, contact))

    def stages(self, key: str) -> Mapping[str, StageState]:
        """Where a lead stood last time."""
        return self.previous.get(key, _NO_STAGES)

    def report_unknown_leads(self, known: set[str], report: Report) -> None:
        """Reports the interactions of leads that no row of the leads bears, and of contacts that no lead has; for
        after all leads are read."""
        path = self.tables.interactions
        if path is not None:
            column = self.schema.interactions_table.lead_id
            rejector = rejector_of("interactions", path, report)
            self.interactions.report_unknown_leads(known, self._contacts_of_leads, rejector, column)

    def _history(self, key: str, contact: str | None) -> History:
        events: Events = [[] for _ in self._places]
        for interaction, origin in self.interactions.of(key, contact):
            place = self._places.get(interaction.type)
            if place is not None:
                events[place].append((interaction.at, origin, interaction.values))
        return arranged(self.rules.layout, events)

    def _contacts(self, report: Report, progress: Progress) -> Mapping[str, Values]:
        path, contact = self.tables.contacts, self.schema.contact
        if path is None:
            return {}
        rejector = rejector_of("contacts", path, report)
        if contact is None:
            rejector.whole(Reason.NO_CONTACTS)
            return {}
        reader = _reader(self.rules, contact, "contact")

        def read(number: int, row: Mapping[str, object]) -> Values:
            return reader.from_row(row, lambda column, value, reason: rejector.row(number, reason, column, value))

        rows = watched(table_rows(path, contact_columns(contact), rejector), "reading contacts", progress)
        return {key: read(number, row) for key, (number, row) in each_once(rows, contact.key, rejector)}

    def _interactions(self, report: Report, progress: Progress) -> Interactions:
        path = self.tables.interactions
        if path is None:
            return Interactions()
        table, zone = self.schema.interactions_table, self.rules.zone
        properties = PropertyReader(self.schema, self.rules.layout, zone)
        columns = InteractionColumns(
            table.type, table.at, table.lead_id, table.contact_id, table.id, properties.columns
        )
        rejector = rejector_of("interactions", path, report)
        reader = InteractionReader(columns, zone, properties.read, rejector)
        rows = table_rows(path, columns.to_read, rejector)
        return reader.read(watched(rows, "reading interactions", progress))

    def _previous(self, report: Report) -> Previous:
        path = self.tables.previous
        names = self.rules.qualification_names
        return {} if path is None else read_previous(path, self.schema.lead.key, names, report)


def _reader(rules: Rules, entity: EntitySpec, owner: Literal["lead", "contact"]) -> EntityReader:
    return EntityReader(entity, rules.zone, fields_read(rules.plan, entity, owner))
