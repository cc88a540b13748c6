"""Leads, contacts and interactions as they lie in a warehouse: typed columns, to be cleaned as files are.

Expects the columns that the schema names, of the types that it tells: text for `text` and `choice`, a 64-bit float,
a boolean, a date, a zone-less timestamp in UTC for `datetime`, and a list of texts for `choices`; one row for each key.
What files call bad (an unknown choice, a number out of bounds, NaN) is missing here too.
"""

import math
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

from scoreline.compiler import plan
from scoreline.compiler.backends.sql import choices, names, terms
from scoreline.compiler.backends.sql.defaults import default_of
from scoreline.compiler.backends.sql.folding import folded, trimmed
from scoreline.compiler.backends.sql.terms import Expr
from scoreline.compiler.folding import fold, trim
from scoreline.compiler.instants import day_of_text
from scoreline.compiler.plan_parts import fields_in_use, properties_in_use
from scoreline.compiler.refusals import RefusedError
from scoreline.compiler.schema import EntitySpec, FieldSpec
from sqlglot import exp

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


_RAW, _PREVIOUS = "raw", "before"


@dataclass(frozen=True)
class Tables:
    """The names of a warehouse's tables, each with the parts in front of it; `ids` tells whether interactions have
    the column of their own id."""

    leads: tuple[str, ...] = ("leads",)
    contacts: tuple[str, ...] = ("contacts",)
    interactions: tuple[str, ...] = ("interactions",)
    previous: tuple[str, ...] | None = None
    ids: bool = True


def table(parts: Sequence[str], alias: str) -> exp.Table:
    """A table by its name and those in front of it."""
    places = ("this", "db", "catalog")
    named = {place: terms.name(part) for place, part in zip(places, reversed(parts), strict=False)}
    return exp.Table(**named, alias=exp.TableAlias(this=terms.name(alias)))


class Warehouse:
    """The relations of a query, out of the tables of a warehouse."""

    def __init__(self, whole: plan.Plan, tables: Tables, dialect: str, as_of: int) -> None:
        self._whole, self._tables, self._dialect, self._as_of = whole, tables, dialect, as_of
        self._sign = choices.separator(whole.schema)

    def leads(self) -> exp.Select:
        """Each lead: its key, its contact's, and the fields that rules compare."""
        lead = self._whole.schema.lead
        contact = next((each.column for each in lead.relations.values() if each.to == "contact"), None)
        columns = [terms.called(self._key(lead.key), names.LEAD)]
        if self._whole.schema.contact is not None and contact is not None:
            columns.append(terms.called(self._key(contact), names.CONTACT))
        columns.extend(self._fields(lead, "lead"))
        query = exp.select(*columns, *self._before()).from_(table(self._tables.leads, _RAW))
        if self._tables.previous is not None and self._whole.qualifications:
            same = exp.EQ(this=self._key(lead.key), expression=self._key(lead.key, _PREVIOUS))
            query = query.join(table(self._tables.previous, _PREVIOUS), on=same, join_type="left")
        return query.where(terms.known(self._key(lead.key)))

    def contacts(self) -> exp.Select:
        """Each contact: its key, and the fields that rules compare."""
        contact = self._whole.schema.contact
        assert contact is not None
        columns = [terms.called(self._key(contact.key), names.CONTACT), *self._fields(contact, "contact")]
        return exp.select(*columns).from_(table(self._tables.contacts, _RAW)).where(terms.known(self._key(contact.key)))

    def interactions(self) -> list[tuple[str, exp.Select]]:
        """Each interaction that can count, in steps: read, then each id once, then those of types that rules name."""
        read = self._read_interactions()
        columns = [terms.column(each) for each in names.interaction_columns(self._whole)]
        delivered = exp.Table(this=terms.name("delivered"))
        once = exp.select(*columns).from_(delivered).where(*self._counted())
        if not self._tables.ids:
            return [("delivered", read), ("interaction", once)]
        first = exp.EQ(this=terms.column("turn"), expression=terms.whole(1))
        once = once.where(terms.any_of([terms.unknown(terms.column(names.ID)), first]))
        return [("delivered", read.select(terms.called(self._turn(), "turn"))), ("interaction", once)]

    def _before(self) -> Iterator[Expr]:
        for each in self._whole.qualifications:
            stage: Expr = exp.cast(terms.null(), exp.DataType.build("TEXT"))
            entered: Expr = terms.whole(0)
            if self._tables.previous is not None:
                stage = terms.column(f"{each.name}_stage", _PREVIOUS)
                entered = terms.or_else(terms.column(f"{each.name}_entered", _PREVIOUS), entered)
            yield terms.called(stage, names.stage_before(each))
            yield terms.called(entered, names.entered_before(each))

    def _key(self, name: str, of: str = _RAW) -> Expr:
        return trimmed(exp.cast(terms.column(name, of), exp.DataType.build("TEXT")))

    def _fields(self, entity: EntitySpec, owner: plan.Owner) -> Iterator[Expr]:
        for name in dict.fromkeys(each.name for each in fields_in_use(self._whole) if each.owner == owner):
            yield terms.called(self._value(entity.fields[name], name), name)

    def _value(self, spec: FieldSpec, name: str) -> Expr:
        """A field's value as rules compare it."""
        value = cleaned(spec, terms.column(spec.column or name, _RAW), self._dialect, self._sign)
        default = default_of(spec, self._whole.timezone, self._sign)
        return value if default is None else terms.or_else(value, default)

    def _read_interactions(self) -> exp.Select:
        fixed = self._whole.schema.interactions_table
        at = exp.cast(terms.column(fixed.at, _RAW), exp.DataType.build("TIMESTAMPNTZ"))
        lead, contact = self._key(fixed.lead_id), self._key(fixed.contact_id)
        columns = [
            terms.called(lead, names.LEAD),
            terms.called(contact, names.CONTACT),
            terms.called(trimmed(terms.column(fixed.type, _RAW)), names.TYPE),
            terms.called(at, names.AT),
        ]
        if self._tables.ids:
            columns.append(terms.called(self._key(fixed.id), names.ID))
        for type_ in dict.fromkeys(counter.type for counter in self._whole.counters):
            specs = self._whole.schema.interactions[type_].properties
            for name in dict.fromkeys(each.name for each in properties_in_use(self._whole, type_)):
                columns.append(terms.called(self._value(specs[name], name), names.property_column(type_, name)))
        types = [terms.text(each) for each in self._whole.schema.interactions]
        query = exp.select(*columns).from_(table(self._tables.interactions, _RAW))
        return query.where(
            exp.In(this=trimmed(terms.column(fixed.type, _RAW)), expressions=types),
            terms.known(terms.column(fixed.at, _RAW)),
            terms.any_of([terms.known(lead.copy()), terms.known(contact.copy())]),
        )

    def _turn(self) -> Expr:
        """The number of a row among those of its id: the earliest by time, type, lead, contact is the first."""
        fixed = self._whole.schema.interactions_table
        keys = [trimmed(terms.column(fixed.type, _RAW)), self._key(fixed.lead_id), self._key(fixed.contact_id)]
        if self._dialect == "postgres":
            keys = [exp.Collate(this=key, expression=terms.name("C")) for key in keys]
        order = [exp.Ordered(this=each, desc=False, nulls_first=True) for each in (terms.column(fixed.at, _RAW), *keys)]
        return exp.Window(this=exp.RowNumber(), partition_by=[self._key(fixed.id)], order=exp.Order(expressions=order))

    def _counted(self) -> list[Expr]:
        types = dict.fromkeys(counter.type for counter in self._whole.counters)
        existing = exp.LTE(this=terms.column(names.AT), expression=terms.instant(self._as_of))
        return [exp.In(this=terms.column(names.TYPE), expressions=[terms.text(each) for each in types]), existing]


def cleaned(spec: FieldSpec, raw: Expr, dialect: str, sign: str) -> Expr:
    """A typed column's value as rules compare it, missing where it is bad."""
    placeholders = [fold(trim(word)) for word in spec.missing]
    match spec.type:
        case "text":
            return _none_of([terms.text(each) for each in placeholders], folded(trimmed(raw), dialect))
        case "choice":
            value = folded(trimmed(raw), dialect)
            known = [terms.text(fold(trim(each))) for each in spec.values]
            return terms.case([(exp.In(this=value, expressions=known), value.copy())])
        case "choices":
            return _set(spec, raw, dialect, sign)
        case "number":
            low = -sys.float_info.max if spec.min is None else spec.min
            high = sys.float_info.max if spec.max is None else spec.max
            bounds = exp.Between(this=raw, low=terms.number(low), high=terms.number(high))
            value = _none_of([terms.number(each) for each in _numbers(placeholders)], raw.copy())
            return terms.case([(bounds, value)])
        case "yes/no":
            return _none_of([terms.yes_no(each == "true") for each in placeholders if each in ("true", "false")], raw)
        case "date":
            return _none_of([terms.day(each) for each in _days(placeholders)], raw)
        case "datetime":
            return raw


def _set(spec: FieldSpec, raw: Expr, dialect: str, sign: str) -> Expr:
    text = exp.ArrayToString(this=raw, expression=terms.text(sign))
    value = choices.joined(terms.text(sign), folded(text, dialect), terms.text(sign))
    there = [
        exp.GT(
            this=exp.StrPosition(this=value.copy(), substr=choices.member(terms.text(fold(trim(each))), sign)),
            expression=terms.whole(0),
        )
        for each in spec.values
    ]
    return terms.case([(terms.any_of(there), value)])


def _none_of(unwanted: Sequence[Expr], value: Expr) -> Expr:
    return reduce(lambda kept, each: exp.Nullif(this=kept, expression=each), unwanted, value)


def _numbers(placeholders: Sequence[str]) -> list[float]:
    found = [float(each) for each in placeholders if _NUMBER.fullmatch(each)]
    return [each for each in found if math.isfinite(each)]


def _days(placeholders: Sequence[str]) -> Iterator[int]:
    for each in placeholders:
        try:
            yield day_of_text(each)
        except RefusedError:
            continue
