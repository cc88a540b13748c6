"""Leads, contacts, interactions and earlier stages as typed tables of a database, as a warehouse would hold them; and
what the query of a plan finds there.

Values are of their columns' types, but neither trimmed nor folded, and neither defaults, placeholders nor bounds are
settled: the query has to do that.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from scoreline.compiler.backends.duckdb.packed import PackedCounts
from scoreline.compiler.backends.duckdb.ways import quick_ways
from scoreline.compiler.backends.query.build import Query, result_columns, with_steps
from scoreline.compiler.backends.query.context import Context
from scoreline.compiler.backends.query.dialect import DIALECTS
from scoreline.compiler.backends.query.features import counting
from scoreline.compiler.backends.query.printing import printed
from scoreline.compiler.backends.query.relations import LEAD
from scoreline.compiler.backends.query.terms import table
from scoreline.compiler.backends.warehouse.tables import WarehouseRelations, WarehouseTables
from scoreline.compiler.calendar import moment_values
from scoreline.compiler.folding import trim
from scoreline.compiler.instants import as_datetime, instant_of_datetime
from scoreline.compiler.plan import Plan
from scoreline.compiler.schema import EntitySpec, FieldSpec
from scoreline.compiler.values import Known, read_instant, reader
from sqlglot import exp

from .database import Database, Kind

FEW_BITS = 6
"""Enough for the interactions of a lead in a test."""

Cells = Mapping[str, object]
Columns = dict[str, Kind]


@dataclass(frozen=True)
class Tabled:
    """The rows of each table, a key no more than once."""

    leads: Sequence[Cells]
    contacts: Sequence[Cells] = ()
    interactions: Sequence[Cells] = ()
    previous: Sequence[Cells] = ()


def scored(database: Database, plan: Plan, as_of: datetime.datetime, data: Tabled) -> dict[str, dict[str, object]]:
    """What the readable query finds for each lead, by its key."""
    load(database, plan, data)
    return found(database, plan, as_of, previous=bool(data.previous))


def found(
    database: Database, plan: Plan, as_of: datetime.datetime, *, previous: bool, quick: bool = False
) -> dict[str, dict[str, object]]:
    """What the query of a plan finds in tables that are there, by the leads' keys."""
    query = (quick_query if quick else query_of)(database.dialect, plan, as_of, previous=previous)
    names = list(query.named_selects)
    rows = [dict(zip(names, row, strict=True)) for row in database.run(printed(query, DIALECTS[database.dialect]))]
    if quick:
        rows = [{name: _ids(value) if name in _lists(plan) else value for name, value in row.items()} for row in rows]
    by_key = {str(row[plan.schema.lead.key]): row for row in rows}
    assert len(by_key) == len(rows)
    return by_key


def query_of(dialect: str, plan: Plan, as_of: datetime.datetime, *, previous: bool) -> exp.Select:
    """The query of a plan over the tables, as people read it."""
    context = Context(plan, _moments(plan, as_of), DIALECTS[dialect])
    return Query(context, _relations(context, previous)).result()


def quick_query(dialect: str, plan: Plan, as_of: datetime.datetime, *, previous: bool) -> exp.Select:
    """The same with counts packed into words and values into codes, as the engine for files has it. (There, counts are
    tables; here they are steps like the rest.)"""
    context = Context(plan, _moments(plan, as_of), DIALECTS[dialect], quick_ways(plan))
    relations = _relations(context, previous)
    query = Query(context, relations, counted=True)
    counts = counting(context, relations, PackedCounts(context, FEW_BITS))
    steps = [step for each in query.steps() for step in ([each, *counts] if each[0] == LEAD else [each])]
    return with_steps(exp.select(*result_columns(plan)).from_(table(query.last)), steps)


def _moments(plan: Plan, as_of: datetime.datetime) -> tuple[int, ...]:
    return moment_values(plan.moments, instant_of_datetime(as_of, ZoneInfo("UTC")), ZoneInfo(plan.timezone))


def _relations(context: Context, previous: bool) -> WarehouseRelations:
    return WarehouseRelations(context, WarehouseTables(previous=("previous",) if previous else None))


def _lists(plan: Plan) -> set[str]:
    return {"disqualified_by", *(f"{each.name}_rules" for each in plan.models)}


def _ids(text: object) -> list[str] | None:
    """Ids of rules, each behind a comma."""
    return None if text is None else str(text).split(",")[1:]


def load(database: Database, plan: Plan, data: Tabled) -> None:
    """Makes the tables."""
    schema = plan.schema
    relations = [each.column for each in schema.lead.relations.values()]
    _load_entity(database, "leads", schema.lead, data.leads, plan.timezone, relations)
    if schema.contact is not None:
        _load_entity(database, "contacts", schema.contact, data.contacts, plan.timezone, [])
    _load_interactions(database, plan, data.interactions)
    if data.previous:
        names = dict.fromkeys(name for row in data.previous for name in row)
        kinds: Columns = {name: "whole" if name.endswith("_entered") else "text" for name in names}
        database.load("previous", list(kinds.items()), [[row.get(name) for name in kinds] for row in data.previous])


def _load_entity(
    database: Database, table: str, entity: EntitySpec, rows: Sequence[Cells], timezone: str, relations: list[str]
) -> None:
    columns: Columns = dict.fromkeys((entity.key, *relations), "text")
    columns |= {spec.column or name: kind_of(spec) for name, spec in entity.fields.items()}
    named = {spec.column or name: (name, spec) for name, spec in entity.fields.items()}
    made = [[_cell(row, column, named.get(column), timezone) for column in columns] for row in rows]
    database.load(table, list(columns.items()), made)


def _load_interactions(database: Database, plan: Plan, rows: Sequence[Cells]) -> None:
    """Rows of one id that are alike in all by which it is settled which of them counts have no order in a database: the
    first of them counts, and later ones are left out."""
    schema, zone = plan.schema, ZoneInfo(plan.timezone)
    fixed = schema.interactions_table
    keys = (fixed.id, fixed.lead_id, fixed.contact_id)
    columns: Columns = {fixed.at: "datetime"} | dict.fromkeys((fixed.type, *keys), "text")
    for each in schema.interactions.values():
        columns |= {spec.column or name: kind_of(spec) for name, spec in each.properties.items()}
    made: list[list[object]] = []
    seen: set[tuple[object, ...]] = set()
    for row in rows:
        known = schema.interactions.get(trim(str(row.get(fixed.type))))
        named = {} if known is None else {spec.column or name: (name, spec) for name, spec in known.properties.items()}
        cells_of = {name for column, (field, _) in named.items() for name in (column, field)}
        at = _instant(row.get(fixed.at), zone)
        settled = (at, *(trim(_text(row.get(name)) or "") for name in (fixed.id, fixed.type, *keys[1:])))
        if settled[1] and settled in seen:
            continue
        seen.add(settled)
        there = {name: row.get(name) for name in row if name in (*keys, fixed.type) or name in cells_of}
        made.append([at if c == fixed.at else _cell(there, c, named.get(c), plan.timezone) for c in columns])
    database.load("interactions", list(columns.items()), made)


def kind_of(spec: FieldSpec) -> Kind:
    return "text" if spec.type == "choice" else spec.type


def _cell(row: Cells, column: str, named: tuple[str, FieldSpec] | None, timezone: str) -> object:
    """A cell, which a row has under its field's name or its column's."""
    if named is None:
        return _text(row.get(column))
    name, spec = named
    return typed(spec, row.get(name, row.get(column)), timezone)


def _text(raw: object) -> str | None:
    return None if raw is None else str(raw)


def typed(spec: FieldSpec, raw: object, timezone: str) -> object:
    """A value as a warehouse holds it."""
    if raw is None or spec.type in ("text", "choice"):
        return _text(raw)
    if spec.type == "number" and isinstance(raw, float):
        return raw  # be it NaN or infinite
    if spec.type == "choices" and isinstance(raw, list | tuple):
        members = [trim(str(member)) for member in raw]
        # The signs that stand between members in a query: a member that has them would be taken for several.
        return [each for each in members if "\x1f" not in each and "\x1e" not in each]
    plain = spec.model_copy(update={"default": None, "missing": (), "min": None, "max": None, "required": False})
    return _shown(spec, reader(plain, ZoneInfo(timezone))(raw, lambda value, reason: None))


def _shown(spec: FieldSpec, known: Known | None) -> object:
    match spec.type:
        case "date":
            return datetime.date.fromordinal(known) if isinstance(known, int) else None
        case "datetime":
            return as_datetime(known).replace(tzinfo=None) if isinstance(known, int) else None
        case "choices":
            return list(known) if isinstance(known, tuple) else None
        case _:
            return known


def _instant(raw: object, zone: ZoneInfo) -> datetime.datetime | None:
    try:
        found = read_instant(raw, zone)
    except ValueError:
        return None
    return None if found is None else as_datetime(found).replace(tzinfo=None)
