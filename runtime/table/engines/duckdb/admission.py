"""Admits the files of a run: canonical leads, contacts and interactions as views of one DuckDB connection.

Promises the values and the rejects that reading row by row gives (`engines/python/loaded.py`). A table whose columns
are typed as the schema says stays in its file, and is only looked over.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

import duckdb
from scoreline.compiler.backends.query import names, terms
from scoreline.compiler.backends.query.admitted import ROW
from scoreline.compiler.backends.query.choices import separator
from scoreline.compiler.backends.query.counting import counted_types
from scoreline.compiler.backends.query.features import COUNTED
from scoreline.compiler.plan import Plan
from scoreline.compiler.plan_parts import needed_fields
from scoreline.compiler.schema import EntitySpec, FieldSpec
from scoreline.runtime.table.admit.contract import (
    can_be_bad,
    contact_column,
    contact_columns,
    fields_read,
    interaction_columns,
    lead_columns,
)
from scoreline.runtime.table.admit.readings import Reading, field_reading, key_reading
from scoreline.runtime.table.engines.duckdb.entities import AdmittedColumn, admit_entity, admit_nobody
from scoreline.runtime.table.engines.duckdb.interaction_part import InteractionPart
from scoreline.runtime.table.engines.duckdb.interactions import AdmittedInteractions, AdmittedProperty, CountedRows
from scoreline.runtime.table.engines.duckdb.parts import Opening
from scoreline.runtime.table.progress import Progress
from scoreline.runtime.table.read.sources import rejector_of
from scoreline.runtime.table.rejects import Reason, Reject, Report

LEADS, CONTACTS, INTERACTIONS = "admitted leads", "admitted contacts", "admitted interactions"


@dataclass(frozen=True)
class Admitted:
    """The names of the views, None for tables that there are not; `lost_rows` are the rejects that concern a row of the
    leads.

    Once there are results, `keys_hold` has to be asked, and only then is everything reported.
    """

    leads: str
    contacts: str | None
    interactions: str | None
    lost_rows: int
    _read: AdmittedInteractions | None
    _counts: CountedRows

    def keys_hold(self, results: str) -> bool:
        """Whether, as a table of results tells, the view of interactions stays as it is; if not, results are to be made
        again."""
        return self._read is None or self._read.keys_hold(self._counts, results)

    def told_types(self) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """How many rows of interactions there are of each type that the schema does not name, and how many rows count
        of each that it names; only while the files are there."""
        return ({}, {}) if self._read is None else (self._read.unknown_types, self._read.types)


class GivenFiles(Protocol):
    """The files of a run."""

    @property
    def leads(self) -> Path | None:
        """Leads; none where earlier ones are known."""
        ...

    @property
    def contacts(self) -> Path | None:
        """Contacts, if any."""
        ...

    @property
    def interactions(self) -> Path | None:
        """Interactions, if any."""
        ...


def admit(
    base: duckdb.DuckDBPyConnection, plan: Plan, given: GivenFiles, as_of: int, report: Report, progress: Progress
) -> Admitted:
    """Admits the tables of a run at an instant; TableUnusable says why one cannot be read at all."""
    return _Door(base, plan, as_of, report, progress).admitted(given)


def admit_more(
    base: duckdb.DuckDBPyConnection, plan: Plan, given: GivenFiles, as_of: int, report: Report, progress: Progress
) -> Admitted:
    """The same beside leads that are known already: nobody is told of interactions of unknown leads. The view of
    interactions has their ids too."""
    return _Door(base, plan, as_of, report, progress, beside_others=True).admitted(given)


class _Door:
    def __init__(
        self,
        base: duckdb.DuckDBPyConnection,
        plan: Plan,
        as_of: int,
        report: Report,
        progress: Progress,
        *,
        beside_others: bool = False,
    ) -> None:
        self._beside_others = beside_others
        self._base, self._plan, self._progress = base, plan, progress
        until = terms.instant(as_of)
        self._counts = CountedRows(COUNTED, counted_types(plan, "lead"), until)
        self._report_on = report
        self._zone = ZoneInfo(plan.timezone)
        self._sign = separator(plan.schema)
        self._lost_rows = 0

    def admitted(self, given: GivenFiles) -> Admitted:
        contacts = self._contacts(given.contacts)
        self._leads(given.leads)
        interactions = self._interactions(given.interactions)
        return Admitted(
            LEADS,
            CONTACTS if contacts else None,
            None if interactions is None else INTERACTIONS,
            self._lost_rows,
            interactions,
            self._counts,
        )

    def _report(self, reject: Reject) -> None:
        self._lost_rows += reject.table == "leads" and reject.row is not None
        self._report_on(reject)

    def _leads(self, path: Path | None) -> None:
        schema = self._plan.schema
        wanted = self._wanted(schema.lead, "lead")
        wanted.append(AdmittedColumn(names.CONTACT, contact_column(schema), key_reading(self._zone)))
        key = AdmittedColumn(names.LEAD, schema.lead.key, key_reading(self._zone))
        if path is None:
            admit_nobody(self._base, LEADS, key, wanted, ROW)
            return
        rejector = rejector_of("leads", path, self._report)
        parts = Opening(self._base, "leads", self._progress).parts(path, lead_columns(schema), rejector)
        admit_entity(self._base, LEADS, parts, key, wanted, ROW, rejector)

    def _contacts(self, path: Path | None) -> bool:
        contact = self._plan.schema.contact
        if path is None:
            return False
        rejector = rejector_of("contacts", path, self._report)
        if contact is None:
            rejector.whole(Reason.NO_CONTACTS)
            return False
        parts = Opening(self._base, "contacts", self._progress).parts(path, contact_columns(contact), rejector)
        key = AdmittedColumn(names.CONTACT, contact.key, key_reading(self._zone))
        wanted = self._wanted(contact, "contact")
        admit_entity(self._base, CONTACTS, parts, key, wanted, ROW, rejector)
        return True

    def _wanted(self, entity: EntitySpec, owner: Literal["lead", "contact"]) -> list[AdmittedColumn]:
        needed, read = needed_fields(self._plan, owner), fields_read(self._plan, entity, owner)
        return [
            AdmittedColumn(
                name if name in needed else None,
                spec.column or name,
                field_reading(spec.column or name, spec, self._zone, self._sign),
            )
            for name, spec in entity.fields.items()
            if name in read
        ]

    def _interactions(self, path: Path | None) -> AdmittedInteractions | None:
        schema = self._plan.schema
        if path is None:
            return None
        columns = interaction_columns(schema)
        rejector = rejector_of("interactions", path, self._report)
        parts = Opening(self._base, "interactions", self._progress).parts(path, columns.to_read, rejector)
        several = [InteractionPart(self._base, part, columns, self._zone) for part in parts]
        for each in several:
            each.look(schema.interactions, self._counts.until)
        self._progress("reading interactions", sum(each.seen.all_rows for each in several))
        of_contacts = any(each.origin != "lead" for each in self._plan.counters)
        made = AdmittedInteractions(
            self._base,
            INTERACTIONS,
            several,
            self._properties(),
            columns,
            None if self._beside_others else LEADS,
            of_contacts,
            rejector,
            with_ids=self._beside_others,
        )
        made.admit(trusting=bool(self._counts.types) and not self._beside_others)
        return made

    def _reading(self, name: str, spec: FieldSpec) -> Reading:
        return field_reading(spec.column or name, spec, self._zone, self._sign)

    def _properties(self) -> list[AdmittedProperty]:
        used = {each.type: set(names.properties_of(self._plan, each.type)) for each in self._plan.counters}
        found: list[AdmittedProperty] = []
        for type_, interaction in self._plan.schema.interactions.items():
            for name, spec in interaction.properties.items():
                in_use = name in used.get(type_, ())
                if in_use or can_be_bad(spec):
                    column = names.property_column(type_, name) if in_use else None
                    found.append(AdmittedProperty(type_, column, spec.column or name, self._reading(name, spec)))
        return found
