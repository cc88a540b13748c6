"""A drawn project's leads as the rows of one warehouse: each with keys of its own, and nothing said by the call alone.

In a call for one lead, a contact is its contact whatever their keys, and an interaction that names nobody is its own.
In tables, keys tell.
"""

from collections.abc import Sequence
from dataclasses import replace

from databases.typed_tables import Tabled
from reference.strategies import DrawnLead, DrawnProject
from reference.text import trim
from scoreline.compiler.schema import Schema

Row = dict[str, object]


def with_own_keys(project: DrawnProject, schema: Schema) -> DrawnProject:
    """The same project, in which no two leads share a lead, a contact, or the id of an interaction."""
    leads = tuple(_with_own_keys(f"{number}/", lead, schema) for number, lead in enumerate(project.leads))
    return replace(project, leads=leads)


def _with_own_keys(mark: str, lead: DrawnLead, schema: Schema) -> DrawnLead:
    own, contact = dict(lead.lead), None if lead.contact is None else dict(lead.contact)
    _mark(own, schema.lead.key, mark)
    for relation in schema.lead.relations.values():
        assert schema.contact is not None
        if contact is not None:
            key = own.get(relation.column) or contact.get(schema.contact.key) or "nobody else's"
            own[relation.column], contact[schema.contact.key] = key, contact.get(schema.contact.key) or key
            _mark(contact, schema.contact.key, mark)
        _mark(own, relation.column, mark)
    fixed = schema.interactions_table
    rows = [dict(row) for row in lead.interactions if any(row.get(name) for name in (fixed.lead_id, fixed.contact_id))]
    for row in rows:
        for name in (fixed.lead_id, fixed.contact_id, fixed.id):
            _mark(row, name, mark)
    return replace(lead, lead=own, contact=contact, interactions=tuple(rows))


def _mark(row: Row, column: str, mark: str) -> None:
    """Puts a mark before a key, behind the white space in front of it."""
    if row.get(column) is not None:
        text = str(row[column])
        row[column] = text.replace(trim(text), mark + trim(text), 1)


def tabled(project: DrawnProject, schema: Schema, qualifications: Sequence[str]) -> Tabled:
    """The rows of a project whose leads have keys of their own."""
    previous: list[Row] = []
    for lead in project.leads:
        row: Row = {schema.lead.key: lead.lead[schema.lead.key]}
        for name in qualifications:
            stage, entered = lead.previous.get(name, (None, None))
            row |= {f"{name}_stage": stage, f"{name}_entered": entered}
        if lead.previous:
            previous.append(row)
    return Tabled(
        leads=[lead.lead for lead in project.leads],
        contacts=[lead.contact for lead in project.leads if lead.contact is not None],
        interactions=[row for lead in project.leads for row in lead.interactions],
        previous=previous,
    )
