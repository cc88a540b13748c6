"""Leads, contacts and interactions as they lie in a warehouse: typed columns, to be cleaned as files are.

Expects the columns that the schema names, of types that can be cast to the schema's: text for `text` and `choice`, a
64-bit float, a boolean, a date, a zone-less timestamp in UTC for `datetime`, and a list of texts for `choices`; one row
for each key. A value that would be rejected in a file (an unknown choice, a number out of bounds, NaN) is missing here.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from scoreline.compiler import plan
from scoreline.compiler.backends.query import choices, names, terms
from scoreline.compiler.backends.query.build import with_steps
from scoreline.compiler.backends.query.context import Context
from scoreline.compiler.backends.query.dialect import Dialect
from scoreline.compiler.backends.query.features import or_default
from scoreline.compiler.backends.query.folding import folded, trimmed
from scoreline.compiler.backends.query.relations import INTERACTION, Step
from scoreline.compiler.backends.query.terms import Expr
from scoreline.compiler.backends.query.text_operators import text_condition
from scoreline.compiler.folding import fold, trim
from scoreline.compiler.instants import day_of_text
from scoreline.compiler.plan_parts import fields_in_use
from scoreline.compiler.refusals import RefusedError
from scoreline.compiler.schema import FieldSpec
from sqlglot import exp

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_PLAIN = re.compile("[A-Za-z_][A-Za-z_0-9]*")
RAW = "raw"
"""The alias of every table that is not ours."""

_BEFORE, _SAME = "stages before", "key before"

_Columns = dict[str, tuple[str, FieldSpec]]
"""Columns by the names that they have in a query: the name in the table, and what the schema says of the values."""

_TEXTS = ("text", "choice", "choices")
_TYPES = {
    "text": "TEXT",
    "choice": "TEXT",
    "choices": "ARRAY<TEXT>",
    "number": "DOUBLE",
    "yes/no": "BOOLEAN",
    "date": "DATE",
    "datetime": "TIMESTAMPNTZ",
}


@dataclass(frozen=True)
class WarehouseTables:
    """The names of a warehouse's tables, each with the parts in front of it; `ids` and `contact_ids` are whether
    interactions have the columns of their own id and of their contact's."""

    leads: tuple[str, ...] = ("leads",)
    contacts: tuple[str, ...] = ("contacts",)
    interactions: tuple[str, ...] = ("interactions",)
    previous: tuple[str, ...] | None = None
    ids: bool = True
    contact_ids: bool = True


@dataclass(frozen=True)
class ExpectedColumn:
    """A column that a query reads: of which table, by which name, of which type, and a remark on its values."""

    table: tuple[str, ...]
    column: str
    type: exp.DataType
    remark: str = ""


def outside(column: str, dialect: Dialect) -> str:
    """The name of a column of a table that is not ours, or of the result, as the database has it."""
    return column.upper() if dialect.unquoted_names == "upper" and _PLAIN.fullmatch(column) else column


def _raw_table(parts: Sequence[str]) -> exp.Table:
    """A table that is not ours, by its name and those in front of it."""
    places = ("this", "db", "catalog")
    named = {place: terms.name(part) for place, part in zip(places, reversed(parts), strict=False)}
    return exp.Table(**named, alias=exp.TableAlias(this=terms.name(RAW)))


@dataclass(frozen=True)
class WarehouseRelations:
    """The relations of a query, out of the tables of a warehouse.

    A repeated expression is made once, in a step of its own: texts are trimmed, then folded, then compared with the
    schema.
    """

    context: Context
    tables: WarehouseTables

    @property
    def _whole(self) -> plan.Plan:
        return self.context.whole

    @cached_property
    def _sign(self) -> str:
        return choices.separator(self._whole.schema)

    def leads(self) -> exp.Select:
        """Each lead: its key, its contact's, and the fields that rules compare."""
        lead = self._whole.schema.lead
        keys = self._lead_keys()
        columns = self._columns(lead.fields, "lead")
        steps, last = self._entity("lead", self.tables.leads, keys, columns)
        query = self._settled(keys, columns).select(*self._before()).from_(terms.table(last))
        if self._has_before:
            steps.append((_BEFORE, self._stages_before()))
            query = terms.left_join(query, _BEFORE, terms.equal(terms.column(names.LEAD), terms.column(_SAME)))
        return with_steps(query.where(terms.known(terms.column(names.LEAD))), steps)

    def contacts(self) -> exp.Select:
        """Each contact: its key, and the fields that rules compare."""
        contact = self._whole.schema.contact
        assert contact is not None
        keys = {names.CONTACT: contact.key}
        columns = self._columns(contact.fields, "contact")
        steps, last = self._entity("contact", self.tables.contacts, keys, columns)
        query = self._settled(keys, columns).from_(terms.table(last))
        return with_steps(query.where(terms.known(terms.column(names.CONTACT))), steps)

    def interactions(self) -> list[Step]:
        """Each interaction that can count, in steps: read, then each id once, then those of types that rules name."""
        fixed = self._whole.schema.interactions_table
        keys = self._interaction_keys()
        steps, last = self._entity("interaction", self.tables.interactions, keys, self._properties(), at=fixed.at)
        there = [terms.known(terms.column(each)) for each in (names.LEAD, names.CONTACT)]
        read = exp.select(*map(terms.column, [*keys, names.AT])).from_(terms.table(last))
        read = read.select(*self._cleaned(self._properties()))
        read = read.where(
            terms.is_one_of(terms.column(names.TYPE), self._whole.schema.interactions),
            terms.known(terms.column(names.AT)),
            terms.any_of(there),
        )
        if not self.tables.ids:
            return [*steps, ("delivered", read), (INTERACTION, self._counted())]
        first = terms.equal(terms.column("turn"), terms.whole(1))
        once = self._counted().where(terms.any_of([terms.unknown(terms.column(names.ID)), first]))
        return [*steps, ("delivered", read.select(terms.called(self._turn(), "turn"))), (INTERACTION, once)]

    def expected(self) -> list[ExpectedColumn]:
        """The columns that the query reads, in the order of the tables."""
        tables, schema = self.tables, self._whole.schema
        found = self._expected(tables.leads, self._lead_keys().values(), self._columns(schema.lead.fields, "lead"))
        if schema.contact is not None and (columns := self._columns(schema.contact.fields, "contact")):
            found += self._expected(tables.contacts, [schema.contact.key], columns)
        if self._whole.counters:
            at = {names.AT: (schema.interactions_table.at, FieldSpec(type="datetime"))}
            keys = [each for each in self._interaction_keys().values() if each is not None]
            found += self._expected(tables.interactions, keys, at | self._properties())
        if self._has_before:
            stages = [f"{each.name}_stage" for each in self._whole.qualifications]
            entered = [f"{each.name}_entered" for each in self._whole.qualifications]
            found += self._expected(tables.previous or (), [schema.lead.key, *stages], {})
            found += [ExpectedColumn(tables.previous or (), self._outside(each), _type("BIGINT")) for each in entered]
        return found

    def _expected(self, table: tuple[str, ...], texts: Iterable[str], columns: _Columns) -> list[ExpectedColumn]:
        made = [ExpectedColumn(table, self._outside(each), _type("TEXT")) for each in texts]
        for column, spec in columns.values():
            remark = "in UTC, without a time zone" if spec.type == "datetime" else ""
            made.append(ExpectedColumn(table, self._outside(column), _type(_TYPES[spec.type]), remark))
        return list(dict.fromkeys(made))

    def _lead_keys(self) -> dict[str, str]:
        lead = self._whole.schema.lead
        contact = next((each.column for each in lead.relations.values() if each.to == "contact"), None)
        keys = {names.LEAD: lead.key}
        if self._whole.schema.contact is not None and contact is not None:
            keys[names.CONTACT] = contact
        return keys

    def _interaction_keys(self) -> dict[str, str | None]:
        fixed = self._whole.schema.interactions_table
        contact = fixed.contact_id if self.tables.contact_ids else None
        keys: dict[str, str | None] = {names.LEAD: fixed.lead_id, names.CONTACT: contact, names.TYPE: fixed.type}
        return keys | ({names.ID: fixed.id} if self.tables.ids else {})

    def _columns(self, specs: Mapping[str, FieldSpec], owner: plan.Owner) -> _Columns:
        """The columns of the fields that rules compare."""
        used = dict.fromkeys(each.name for each in fields_in_use(self._whole) if each.owner == owner)
        return {name: (specs[name].column or name, specs[name]) for name in used}

    def _properties(self) -> _Columns:
        properties = names.property_columns(self._whole)
        return {column: (spec.column or name, spec) for column, (name, spec) in properties.items()}

    def _entity(
        self, of: str, parts: tuple[str, ...], keys: Mapping[str, str | None], columns: _Columns, at: str | None = None
    ) -> tuple[list[Step], str]:
        """The steps in which a table is read, trimmed and folded, and the last one's name."""
        made = [terms.called(self._key(column), name) for name, column in keys.items()]
        kept = [*keys]
        if at is not None:
            made.append(terms.called(exp.cast(self._raw(at), _type("TIMESTAMPNTZ")), names.AT))
            kept.append(names.AT)
        for name, (column, spec) in columns.items():
            made.append(terms.called(self._typed(spec, self._raw(column)), name))
        steps: list[Step] = [(f"{of} trimmed", exp.select(*made).from_(_raw_table(parts)))]
        texts = [name for name, (_, spec) in columns.items() if spec.type in _TEXTS]
        if texts:
            others = [terms.column(each) for each in [*kept, *(name for name in columns if name not in texts)]]
            low = [terms.called(folded(terms.column(name), self.context.dialect), name) for name in texts]
            steps.append((f"{of} folded", exp.select(*others, *low).from_(terms.table(steps[-1][0]))))
        return steps, steps[-1][0]

    def _settled(self, keys: Mapping[str, str], columns: _Columns) -> exp.Select:
        return exp.select(*map(terms.column, keys), *self._cleaned(columns))

    def _cleaned(self, columns: _Columns) -> Iterator[Expr]:
        """The values as rules compare them."""
        for name, (_, spec) in columns.items():
            value = cleaned(spec, terms.column(name), self.context.dialect, self._sign)
            value = or_default(value, spec, self._whole)
            yield value if isinstance(value, exp.Column) else terms.called(value, name)

    def _raw(self, column: str) -> exp.Column:
        return terms.column(self._outside(column), RAW)

    def _outside(self, column: str) -> str:
        return outside(column, self.context.dialect)

    def _key(self, column: str | None) -> Expr:
        if column is None:
            return exp.cast(terms.null(), _type("TEXT"))
        return trimmed(exp.cast(self._raw(column), _type("TEXT")))

    def _typed(self, spec: FieldSpec, raw: Expr) -> Expr:
        """A column's value in its type, whatever similar type the warehouse has for it; texts trimmed."""
        match spec.type:
            case "text" | "choice":
                return trimmed(exp.cast(raw, _type("TEXT")))
            case "choices":
                return exp.ArrayToString(this=raw, expression=terms.text(self._sign))
            case "number" | "yes/no" | "date" | "datetime":
                return exp.cast(raw, _type(_TYPES[spec.type]))

    @property
    def _has_before(self) -> bool:
        return self.tables.previous is not None and bool(self._whole.qualifications)

    def _before(self) -> Iterator[Expr]:
        for each in self._whole.qualifications:
            stage, entered = names.stage_before(each), names.entered_before(each)
            if self._has_before:
                yield terms.column(stage)
                yield terms.called(terms.or_else(terms.column(entered), terms.whole(0)), entered)
            else:
                yield terms.called(exp.cast(terms.null(), _type("TEXT")), stage)
                yield terms.called(terms.whole(0), entered)

    def _stages_before(self) -> exp.Select:
        made = [terms.called(self._key(self._whole.schema.lead.key), _SAME)]
        for each in self._whole.qualifications:
            made.append(terms.called(self._raw(f"{each.name}_stage"), names.stage_before(each)))
            made.append(terms.called(self._raw(f"{each.name}_entered"), names.entered_before(each)))
        return exp.select(*made).from_(_raw_table(self.tables.previous or ()))

    def _turn(self) -> Expr:
        """The number of a row among those of its id: the earliest by time, type, lead, contact is the first, and of
        rows equal in these the one with the least of what rules see, so that the same rows always count."""
        texts = [names.TYPE, names.LEAD, names.CONTACT]
        texts += [name for name, (_, spec) in self._properties().items() if spec.type in _TEXTS]
        others = [name for name, (_, spec) in self._properties().items() if spec.type not in _TEXTS]
        keys: list[Expr] = [terms.column(each) for each in texts]
        if (collation := self.context.dialect.collation) is not None:
            keys = [exp.Collate(this=key, expression=terms.name(collation)) for key in keys]
        order = [terms.column(names.AT), *keys, *map(terms.column, others)]
        ordered = [exp.Ordered(this=each, desc=False, nulls_first=True) for each in order]
        window = exp.Order(expressions=ordered)
        return exp.Window(this=exp.RowNumber(), partition_by=[terms.column(names.ID)], order=window)

    def _counted(self) -> exp.Select:
        """Those of the types that rules name, and not later than `as_of`."""
        columns = [terms.column(each) for each in names.interaction_columns(self._whole)]
        named = terms.is_one_of(terms.column(names.TYPE), names.counted_types(self._whole))
        existing = exp.LTE(this=terms.column(names.AT), expression=terms.instant(self.context.as_of))
        return exp.select(*columns).from_(terms.table("delivered")).where(named, existing)


def cleaned(spec: FieldSpec, value: Expr, dialect: Dialect, sign: str) -> Expr:
    """A typed value, folded if it is a text, as rules compare it: missing where a file's would be rejected."""
    placeholders = [fold(trim(word)) for word in spec.missing]
    match spec.type:
        case "text":
            return _none_of([terms.text(each) for each in placeholders], value)
        case "choice":
            known = (fold(trim(each)) for each in spec.values)
            return terms.case([(terms.is_one_of(value, known), value.copy())])
        case "choices":
            return _set(spec, value, dialect, sign)
        case "number":
            settled = _none_of([terms.number(each) for each in _numbers(placeholders)], value)
            return terms.case([(_within(spec, value.copy()), settled)])
        case "yes/no":
            wanted = [terms.yes_no(each == "true") for each in placeholders if each in ("true", "false")]
            return _none_of(wanted, value)
        case "date":
            return _none_of([terms.day(each) for each in _days(placeholders)], value)
        case "datetime":
            return value


def _within(spec: FieldSpec, value: Expr) -> Expr:
    """Whether a number is one and within its bounds; engines take NaN for greater than all, or for none of both."""
    if spec.min is not None and spec.max is not None:
        return exp.Between(this=value, low=terms.number(spec.min), high=terms.number(spec.max))
    low = exp.GT(this=value, expression=_infinite("-Infinity"))
    high = exp.LT(this=value.copy(), expression=_infinite("Infinity"))
    return terms.all_of(
        [
            low if spec.min is None else exp.GTE(this=value, expression=terms.number(spec.min)),
            high if spec.max is None else exp.LTE(this=value.copy(), expression=terms.number(spec.max)),
        ]
    )


def _infinite(text: str) -> Expr:
    return exp.cast(terms.text(text), _type("DOUBLE"))


def _set(spec: FieldSpec, text: Expr, dialect: Dialect, sign: str) -> Expr:
    """A set as one text of those values that the schema names, missing if there are none."""
    value = choices.joined(terms.text(sign), text, terms.text(sign))
    members: list[Expr] = []
    for each in (fold(trim(value)) for value in spec.values):
        held = text_condition("contains", value.copy(), terms.text(f"{sign}{each}{sign}"), dialect)
        members.append(terms.case([(held, terms.text(f"{each}{sign}"))], terms.text("")))
    return exp.Nullif(this=choices.joined(terms.text(sign), *members), expression=terms.text(sign))


def _type(name: str) -> exp.DataType:
    return exp.DataType.build(name)


def _none_of(unwanted: Sequence[Expr], value: Expr) -> Expr:
    for each in unwanted:
        value = exp.Nullif(this=value, expression=each)
    return value


def _numbers(placeholders: Sequence[str]) -> list[float]:
    found = [float(each) for each in placeholders if _NUMBER.fullmatch(each)]
    return [each for each in found if math.isfinite(each)]


def _days(placeholders: Sequence[str]) -> Iterator[int]:
    for each in placeholders:
        try:
            yield day_of_text(each)
        except RefusedError:
            continue
