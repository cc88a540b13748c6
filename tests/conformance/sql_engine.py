"""The rules as one SQL query, over tables of a database that hold a case's rows as typed values."""

import datetime
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from conformance.cases import Case, Row, key_of
from conformance.engines import schema_of
from databases.database import Database, Kind
from scoreline.compiler.backends.sql.printing import printed
from scoreline.compiler.backends.sql.query import Query
from scoreline.compiler.backends.sql.warehouse import Tables, Warehouse
from scoreline.compiler.calendar import moment_values
from scoreline.compiler.instants import as_datetime, instant_of_datetime
from scoreline.compiler.plan import Plan
from scoreline.compiler.schema import EntitySpec, FieldSpec
from scoreline.compiler.values import Known, read_instant, reader
from scoreline.runtime import from_texts

Columns = dict[str, Kind]


def by_query(case: Case, database: Database) -> list[Row]:
    """One row for every lead, as `score -o` names the columns."""
    plan = from_texts(case.rules, schema_of(case), case.timezone).plan
    previous = ("previous",) if case.rows("previous") else None
    load_case(case, plan, database)
    as_of = instant_of_datetime(case.as_of, ZoneInfo("UTC"))
    moments = moment_values(plan.moments, as_of, ZoneInfo(plan.timezone))
    relations = Warehouse(plan, Tables(previous=previous), database.dialect, as_of)
    query = Query(plan, moments, database.dialect, relations).result()
    names = list(query.named_selects)
    rows = [dict(zip(names, row, strict=True)) for row in database.run(printed(query, database.dialect))]
    by_key = {row[plan.schema.lead.key]: row for row in rows}
    assert len(by_key) == len(rows)
    return [by_key[key] for key in case.keyed("leads")]


def load_case(case: Case, plan: Plan, database: Database) -> None:
    """The tables of a case, as a warehouse would hold them."""
    schema = plan.schema
    relations = [each.column for each in schema.lead.relations.values()]
    load_entity(database, "leads", schema.lead, list(case.keyed("leads").values()), plan.timezone, relations)
    if schema.contact is not None:
        load_entity(database, "contacts", schema.contact, list(case.keyed("contacts").values()), plan.timezone, [])
    load_interactions(case, plan, database)
    if rows := case.rows("previous"):
        kinds: Columns = {name: "whole" if name.endswith("_entered") else "text" for name in rows[0]}
        database.load("previous", list(kinds.items()), [[row.get(name) for name in kinds] for row in rows])


def load_entity(
    database: Database, table: str, entity: EntitySpec, rows: list[Row], timezone: str, relations: list[str]
) -> None:
    columns: Columns = {entity.key: "text"} | dict.fromkeys(relations, "text")
    specs = {spec.column or name: spec for name, spec in entity.fields.items()}
    columns |= {name: kind_of(spec) for name, spec in specs.items()}
    made = [
        [typed(specs[name], row, name, timezone) if name in specs else key_of(row, name) or None for name in columns]
        for row in rows
    ]
    database.load(table, list(columns.items()), made)


def load_interactions(case: Case, plan: Plan, database: Database) -> None:
    schema, zone = plan.schema, ZoneInfo(plan.timezone)
    fixed = schema.interactions_table
    keys = (fixed.lead_id, fixed.contact_id, fixed.id)
    columns: Columns = {fixed.type: "text", fixed.at: "datetime"} | dict.fromkeys(keys, "text")
    for each in schema.interactions.values():
        columns |= {spec.column or name: kind_of(spec) for name, spec in each.properties.items()}
    made: list[list[object]] = []
    for row in case.rows("interactions"):
        type_ = key_of(row, fixed.type)
        known = schema.interactions.get(type_)
        specs = {} if known is None else {spec.column or name: spec for name, spec in known.properties.items()}
        cells: list[object] = []
        for name in columns:
            if name == fixed.at:
                cells.append(instant(row.get(name), zone))
            elif name in specs:
                cells.append(typed(specs[name], row, name, plan.timezone))
            else:
                cells.append(key_of(row, name) or None if name in (*keys, fixed.type) else None)
        made.append(cells)
    database.load("interactions", list(columns.items()), made)


def kind_of(spec: FieldSpec) -> Kind:
    return "text" if spec.type == "choice" else spec.type


def typed(spec: FieldSpec, row: Mapping[str, object], column: str, timezone: str) -> object:
    """A value as a warehouse holds it: of its type, but neither defaults nor placeholders are settled there."""
    raw = row.get(column)
    if spec.type in ("text", "choice"):
        return raw if raw is None or isinstance(raw, str) else str(raw)
    plain = spec.model_copy(update={"default": None, "missing": (), "min": None, "max": None, "required": False})
    return shown(spec, reader(plain, ZoneInfo(timezone))(raw, lambda value, reason: None))


def shown(spec: FieldSpec, known: Known | None) -> object:
    match spec.type:
        case "date":
            return datetime.date.fromordinal(known) if isinstance(known, int) else None
        case "datetime":
            return as_datetime(known).replace(tzinfo=None) if isinstance(known, int) else None
        case "choices":
            return list(known) if isinstance(known, tuple) else None
        case _:
            return known


def instant(raw: object, zone: ZoneInfo) -> datetime.datetime | None:
    try:
        found = read_instant(raw, zone)
    except ValueError:
        return None
    return None if found is None else as_datetime(found).replace(tzinfo=None)
