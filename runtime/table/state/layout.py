"""What a state file holds: leads, contacts and interactions as they were admitted, results, and what it was made of.

Keys are numbers there, which are smaller and quicker to compare than texts. A lead or a contact that so far was only
named by somebody else has a number but no place among the rows.
"""

from dataclasses import dataclass

import duckdb
from scoreline.compiler import plan
from scoreline.compiler.backends.duckdb.next_change import NEXT
from scoreline.compiler.backends.query import names
from scoreline.compiler.backends.query.admitted import ROW
from scoreline.compiler.plan_parts import needed_fields
from scoreline.compiler.schema import EntitySpec
from scoreline.compiler.schema.fields import FieldType
from scoreline.runtime.table.admit.readings import held_as
from scoreline.runtime.table.read.queries import identifier
from scoreline.runtime.table.write.result_table import Shape, stage_columns
from scoreline.runtime.table.write.tables import Kind
from sqlglot import exp

DATABASE = "scoreline state"
"""The name under which a state file is attached."""

LEAD_NO, CONTACT_NO = "lead number", "contact number"
LEADS, CONTACTS, INTERACTIONS, RESULTS, ABOUT = "leads", "contacts", "interactions", "results", "about"

_CELLS: dict[Kind, str] = {"text": "varchar", "texts": "varchar", "whole": "bigint", "yes/no": "boolean"}


def kept(table: str) -> str:
    """A table of the state file, as SQL names it."""
    return f"{identifier(DATABASE)}.main.{identifier(table)}"


def listed(columns: list[str], table: str | None = None) -> str:
    """Columns as SQL lists them."""
    before = "" if table is None else f"{table}."
    return ", ".join(f"{before}{identifier(each)}" for each in columns)


@dataclass(frozen=True)
class StateLayout:
    """The columns of each table, for one plan."""

    whole: plan.Plan
    shape: Shape

    @property
    def lead_fields(self) -> list[str]:
        """The fields of leads that are kept."""
        return _fields(self.whole, self.whole.schema.lead, "lead")

    @property
    def contact_fields(self) -> list[str]:
        """The fields of contacts that are kept."""
        contact = self.whole.schema.contact
        return [] if contact is None else _fields(self.whole, contact, "contact")

    @property
    def properties(self) -> list[str]:
        """The columns of properties that are kept."""
        return names.interaction_columns(self.whole)[4:]

    @property
    def cells(self) -> list[str]:
        """The columns of results, as the table of results names them, without the key."""
        return [*(f"c{at}" for at in range(1, len(self.shape.columns))), *stage_columns(self.whole)]

    def tables(self) -> dict[str, dict[str, str]]:
        """Each table's columns and their types."""
        schema = self.whole.schema
        leads = {LEAD_NO: "integer", names.LEAD: "varchar", ROW: "bigint", CONTACT_NO: "integer"}
        contacts = {CONTACT_NO: "integer", names.CONTACT: "varchar", ROW: "bigint"}
        happened = {LEAD_NO: "integer", CONTACT_NO: "integer", names.TYPE: "varchar", names.AT: "timestamp"}
        properties: dict[str, str] = {}
        for type_ in dict.fromkeys(each.type for each in self.whole.counters):
            specs = schema.interactions[type_].properties
            for name in names.properties_of(self.whole, type_):
                properties[names.property_column(type_, name)] = _column_type(specs[name].type)
        shown = {f"c{at}": _CELLS[each.kind] for at, each in enumerate(self.shape.columns)}
        judged = {
            names.of_model(each.name, what): "boolean" if what == "concerned" else "integer"
            for each in self.whole.qualifications
            for what in ("concerned", "before", "now")
        }
        return {
            LEADS: leads | {name: _column_type(schema.lead.fields[name].type) for name in self.lead_fields},
            CONTACTS: contacts | {name: _column_type(schema.contact_fields[name].type) for name in self.contact_fields},
            INTERACTIONS: happened | properties | {names.ID: "varchar"},
            RESULTS: {LEAD_NO: "integer", ROW: "bigint", **shown, **judged, NEXT: "bigint"},
            ABOUT: {"told": "varchar"},
        }

    def create(self, base: duckdb.DuckDBPyConnection) -> None:
        """Makes all tables in an empty state file."""
        for table, columns in self.tables().items():
            made = ", ".join(f"{identifier(name)} {held}" for name, held in columns.items())
            base.execute(f"create table {kept(table)} ({made})")


def _column_type(type_: FieldType) -> str:
    return exp.DataType.build(held_as(type_)).sql("duckdb")


def _fields(whole: plan.Plan, entity: EntitySpec, owner: plan.Owner) -> list[str]:
    assert owner != "interaction"
    needed = needed_fields(whole, owner)
    return [name for name in entity.fields if name in needed]
