"""Which leads have to be scored again: whom anything new concerns, and whose next change has come.

All of them, where a month's calendar has made a bound go back: at the end of summer time an hour comes twice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import duckdb
from scoreline.compiler import plan
from scoreline.compiler.backends.duckdb.next_change import NEXT
from scoreline.compiler.backends.query import names
from scoreline.compiler.backends.query.admitted import ROW, AdmittedTables
from scoreline.compiler.plan_parts import fields_in_use
from scoreline.runtime.table.read.queries import identifier
from scoreline.runtime.table.state.layout import (
    CONTACT_NO,
    CONTACTS,
    INTERACTIONS,
    LEAD_NO,
    LEADS,
    RESULTS,
    StateLayout,
    kept,
    listed,
)
from scoreline.runtime.table.state.merging import GONE, NEW, NOW

TOUCHED = "leads touched"
EARLIER = "earlier results"
"""What the state tells of the results of these leads."""

KEY = "key as text"
"""The column of the lead's own key in the table of leads, where `names.LEAD` is its number."""

_TOUCHED_CONTACTS = "contacts touched"
_HAPPENED, _LEADS, _CONTACTS = "happened to touched", "touched leads", "contacts of leads"


@dataclass(frozen=True)
class Touching:
    """Finds the leads to be scored, and makes tables of them; `since`: the moments of the last run, None for none."""

    base: duckdb.DuckDBPyConnection
    layout: StateLayout
    moments: Sequence[int]
    since: Sequence[int] | None

    @cached_property
    def everybody(self) -> bool:
        """Whether all leads are to be scored."""
        return self.since is None or any(now < then for now, then in zip(self.moments, self.since, strict=True))

    def find(self) -> None:
        """Makes the tables `TOUCHED` and `EARLIER`."""
        no = identifier(LEAD_NO)
        real = f"{identifier(ROW)} is not null"
        if self.everybody:
            found = f"select {no} from {identifier(NOW[LEADS])} where {real}"
        else:
            several = " union all ".join(self._reasons())
            found = (
                f"select distinct {no} from ({several}) semi join"
                f" (select {no} from {identifier(NOW[LEADS])} where {real}) using ({no})"
            )
        self.base.execute(f"create or replace table {identifier(TOUCHED)} as {found}")
        self.base.execute(
            f"create or replace table {identifier(EARLIER)} as"
            f" select * from {kept(RESULTS)} semi join {identifier(TOUCHED)} using ({no})"
        )

    def _reasons(self) -> Iterator[str]:
        no, contact_no = identifier(LEAD_NO), identifier(CONTACT_NO)
        happened, gone = identifier(NEW[INTERACTIONS]), identifier(GONE)
        yield f"select {no} from {kept(RESULTS)} where {identifier(NEXT)} <= {int(self.moments[0])}"
        for table in (identifier(NEW[LEADS]), happened, gone):
            yield f"select {no} from {table} where {no} is not null"
        of_contacts = f"select {no} from {identifier(NOW[LEADS])} where {contact_no} in"
        if self.counts_of_contacts:
            for table in (happened, gone):
                yield f"{of_contacts} (select {contact_no} from {table})"
        if self.fields_of_contacts:
            yield f"{of_contacts} (select {contact_no} from {identifier(NEW[CONTACTS])})"

    @property
    def counts_of_contacts(self) -> bool:
        """Whether rules ask for the interactions of contacts."""
        return any(each.origin != "lead" for each in self.layout.whole.counters)

    @property
    def fields_of_contacts(self) -> bool:
        """Whether rules ask for fields of contacts."""
        return any(each.owner == "contact" for each in fields_in_use(self.layout.whole))

    def tables(self, previous: str | None) -> AdmittedTables:
        """The tables of a run over these leads; `previous` is that of their earlier stages."""
        no, contact_no = identifier(LEAD_NO), identifier(CONTACT_NO)
        shown = f"{no} as {identifier(names.LEAD)}, {identifier(names.LEAD)} as {identifier(KEY)}, {identifier(ROW)}"
        others = "".join(f", {identifier(each)}" for each in self.layout.lead_fields)
        kind = "view" if self.everybody else "table"
        self.base.execute(
            f"create or replace {kind} {identifier(_LEADS)} as"
            f" select {shown}, {contact_no} as {identifier(names.CONTACT)}{others} from {identifier(NOW[LEADS])}"
            f" semi join {identifier(TOUCHED)} using ({no})"
        )
        contact = f"{identifier(CONTACT_NO)} as {identifier(names.CONTACT)}"
        others = "".join(f", {identifier(each)}" for each in self.layout.contact_fields)
        known = f"{identifier(ROW)} is not null"
        self._view(_CONTACTS, f"select {contact}{others} from {identifier(NOW[CONTACTS])} where {known}")
        self._happened()
        has_contacts = self.layout.whole.schema.contact is not None
        return AdmittedTables(_LEADS, _CONTACTS if has_contacts else None, _HAPPENED, previous)

    def _happened(self) -> None:
        """Their interactions, and their contacts'; a table of its own where that are few, since it is read twice."""
        no, contact_no = identifier(LEAD_NO), identifier(CONTACT_NO)
        columns = [names.TYPE, names.AT, *self.layout.properties]
        shown = f"{no} as {identifier(names.LEAD)}, {contact_no} as {identifier(names.CONTACT)}, {listed(columns)}"
        query = f"select {shown} from {identifier(NOW[INTERACTIONS])}"
        if self.everybody:
            self._view(_HAPPENED, query)
            return
        asked = f"{no} in (select {no} from {identifier(TOUCHED)})"
        if self.counts_of_contacts:
            contacts = f"select distinct {contact_no} from {identifier(NOW[LEADS])} semi join {identifier(TOUCHED)}"
            self.base.execute(
                f"create or replace table {identifier(_TOUCHED_CONTACTS)} as {contacts} using ({no})"
                f" where {contact_no} is not null"
            )
            asked += f" or {contact_no} in (select {contact_no} from {identifier(_TOUCHED_CONTACTS)})"
        self.base.execute(f"create or replace table {identifier(_HAPPENED)} as {query} where {asked}")

    def previous(self) -> str | None:
        """The table of the stages that the state tells of these leads, None without any."""
        qualifications: Sequence[plan.Qualification] = self.layout.whole.qualifications
        if self.since is None or not qualifications:
            return None
        shape, name = self.layout.shape, "earlier stages"
        cells = [
            f"{shape.column(f'{each.name}_{what}')} as {identifier(f'{each.name}_{what}')}"
            for each in qualifications
            for what in ("stage", "entered")
        ]
        lead = f"{identifier(LEAD_NO)} as {identifier(names.LEAD)}"
        self._view(name, f"select {lead}, {', '.join(cells)} from {identifier(EARLIER)}")
        return name

    def _view(self, name: str, query: str) -> None:
        self.base.execute(f"create or replace view {identifier(name)} as {query}")
