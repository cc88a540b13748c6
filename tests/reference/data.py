"""A lead, its contact and their interactions as the rules see them: typed, trimmed, defaults in place, each
interaction once."""

import datetime
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from scoreline.compiler.schema import FieldSpec, Schema

from .instants import UTC, from_clock, midnight
from .text import fold, trim

# What a field can hold; `choices` as the set of its folded members. None is missing.
Value = str | float | bool | datetime.date | datetime.datetime | frozenset[str] | None


@dataclass(frozen=True)
class Interaction:
    """One interaction that counts."""

    type: str
    at: datetime.datetime
    lead: str | None
    contact: str | None
    properties: Mapping[str, Value]


@dataclass(frozen=True)
class Facts:
    """What is known of one lead: fields by dotted name, and which interactions are whose."""

    fields: Mapping[str, Value]
    lead: tuple[Interaction, ...]
    contact: tuple[Interaction, ...]
    union: tuple[Interaction, ...]


def read(raw: object, spec: FieldSpec, zone: ZoneInfo) -> Value:
    """A field's value; its default where there is none."""
    known = _known(raw, spec, zone)
    return _known(spec.default, spec, zone) if known is None else known


def _known(raw: object, spec: FieldSpec, zone: ZoneInfo) -> Value:
    if isinstance(raw, str) and (not trim(raw) or fold(trim(raw)) in {fold(trim(word)) for word in spec.missing}):
        return None
    match raw:
        case None:
            return None
        case str():
            return _spelled(trim(raw), spec) if spec.type == "choice" else trim(raw)
        case bool():
            return raw
        case int() | float():
            return _number(float(raw), spec)
        case datetime.datetime():
            return raw.astimezone(UTC) if raw.tzinfo else from_clock(raw, zone)
        case datetime.date():
            return midnight(raw, zone) if spec.type == "datetime" else raw
        case list() | tuple() | set() | frozenset():
            members = {fold(trim(str(member))) for member in raw} & {fold(trim(value)) for value in spec.values}
            return frozenset(members) or None
    raise AssertionError(f"no typed value: {raw!r}")


def _spelled(text: str, spec: FieldSpec) -> str | None:
    for value in spec.values:
        if fold(trim(value)) == fold(text):
            return value
    return None


def _number(number: float, spec: FieldSpec) -> float | None:
    low = -math.inf if spec.min is None else spec.min
    high = math.inf if spec.max is None else spec.max
    return number if math.isfinite(number) and low <= number <= high else None


def _cell(row: Mapping[str, object], name: str, spec: FieldSpec) -> object:
    """A field's value in a row: under its name, or else in its column."""
    return row.get(name, None if spec.column is None else row.get(spec.column))


def key(raw: object) -> str | None:
    """A key or an id: trimmed text; None if there is none."""
    return None if raw is None else trim(str(raw)) or None


def gather(
    schema: Schema,
    lead: Mapping[str, object],
    contact: Mapping[str, object] | None,
    interactions: Iterable[Mapping[str, object]],
    as_of: datetime.datetime,
    zone: ZoneInfo,
) -> Facts:
    """All that the rules may look at, for one lead."""
    fields = {name: read(_cell(lead, name, spec), spec, zone) for name, spec in schema.lead.fields.items()}
    lead_key, contact_key = key(lead.get(schema.lead.key)), None
    for relation, to in schema.lead.relations.items():
        assert schema.contact is not None
        contact_key = key(lead.get(to.column)) or key((contact or {}).get(schema.contact.key))
        for name, spec in schema.contact.fields.items():
            fields[f"{relation}.{name}"] = read(_cell(contact or {}, name, spec), spec, zone)
    rows = [row for row in _rows(schema, interactions, zone) if row.at <= as_of]
    own = [_names_nobody(row) or (row.lead is not None and row.lead == lead_key) for row in rows]
    theirs = [row.contact is not None and row.contact == contact_key for row in rows]
    return Facts(
        fields,
        tuple(row for row, mine in zip(rows, own, strict=True) if mine),
        tuple(row for row, yours in zip(rows, theirs, strict=True) if yours),
        tuple(row for row, mine, yours in zip(rows, own, theirs, strict=True) if mine or yours),
    )


def _rows(schema: Schema, interactions: Iterable[Mapping[str, object]], zone: ZoneInfo) -> list[Interaction]:
    """Every row that can count, and of the rows with one id the earliest by time, type, lead, contact."""
    columns = schema.interactions_table
    rows: list[Interaction] = []
    by_id: dict[str, Interaction] = {}
    for raw in interactions:
        kind, at = raw.get(columns.type), raw.get(columns.at)
        if not isinstance(kind, str) or kind not in schema.interactions or not isinstance(at, datetime.datetime):
            continue
        lead, contact = key(raw.get(columns.lead_id)), key(raw.get(columns.contact_id))
        at = at.astimezone(UTC) if at.tzinfo else from_clock(at, zone)
        specs = schema.interactions[kind].properties
        properties = {name: read(_cell(raw, name, spec), spec, zone) for name, spec in specs.items()}
        row = Interaction(kind, at, lead, contact, properties)
        identity = key(raw.get(columns.id))
        if identity is None:
            rows.append(row)
        elif identity not in by_id or _rank(row) < _rank(by_id[identity]):
            by_id[identity] = row
    return rows + list(by_id.values())


def _names_nobody(row: Interaction) -> bool:
    """In a call for one lead, a row that names neither lead nor contact is the lead's own."""
    return row.lead is None and row.contact is None


def _rank(row: Interaction) -> tuple[datetime.datetime, str, str, str]:
    return (row.at, row.type, row.lead or "", row.contact or "")
