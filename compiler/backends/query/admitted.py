"""Leads, contacts and interactions as an engine has read them: each once, typed and clean, in tables of its own.

Texts are trimmed but not folded there, since actions show them as they are; sets are texts already (`choices.py`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scoreline.compiler import plan
from scoreline.compiler.backends.query import names, terms
from scoreline.compiler.backends.query.folding import folded
from scoreline.compiler.backends.query.terms import Expr
from scoreline.compiler.plan_parts import fields_in_use
from scoreline.compiler.schema import FieldSpec
from scoreline.compiler.schema.fields import FieldType
from sqlglot import exp

ROW = "row of file"
"""The column of leads that tells their order; as `names`, no name of the language."""

_TYPES: Mapping[FieldType, str] = {
    "text": "TEXT", "choice": "TEXT", "choices": "TEXT", "number": "DOUBLE", "yes/no": "BOOLEAN", "date": "DATE",
    "datetime": "TIMESTAMPNTZ",
}  # fmt: skip
_TEXTS = ("text", "choice", "choices")


@dataclass(frozen=True)
class AdmittedTables:
    """The names of the tables; `previous` has the lead's key and, for each qualification, two columns named as the
    result's."""

    leads: str
    contacts: str | None = None
    interactions: str | None = None
    previous: str | None = None


class AdmittedRelations:
    """The relations of a query, out of tables that an engine has filled."""

    def __init__(self, whole: plan.Plan, tables: AdmittedTables, dialect: str, as_of: int) -> None:
        self._whole, self._tables, self._dialect, self._as_of = whole, tables, dialect, as_of

    def leads(self) -> exp.Select:
        """Each lead, in the order of the file."""
        columns = [terms.column(each, _LEADS) for each in (ROW, names.LEAD)]
        if self._whole.schema.contact is not None:
            columns.append(terms.column(names.CONTACT, _LEADS))
        query = exp.select(*columns, *self._fields("lead", self._whole.schema.lead.fields, _LEADS), *self._before())
        query = query.from_(_table(self._tables.leads, _LEADS), copy=False)
        if self._tables.previous is None:
            return query
        same = exp.EQ(this=terms.column(names.LEAD, _LEADS), expression=terms.column(names.LEAD, _PREVIOUS))
        return query.join(_table(self._tables.previous, _PREVIOUS), on=same, join_type="left", copy=False)

    def contacts(self) -> exp.Select:
        """Each contact."""
        fields = self._fields("contact", self._whole.schema.contact_fields, _CONTACTS)
        query = exp.select(terms.column(names.CONTACT, _CONTACTS), *fields)
        return query.from_(self._table(self._tables.contacts, _CONTACTS, self._contact_types()), copy=False)

    def interactions(self) -> list[tuple[str, exp.Query]]:
        """What counts, of the types that rules name."""
        existing = exp.LTE(this=terms.column(names.AT), expression=terms.instant(self._as_of))
        return [("interaction", self.happened().where(existing, copy=False))]

    def happened(self) -> exp.Select:
        """The interactions of the types that rules name, those too that do not exist yet."""
        types = dict.fromkeys(counter.type for counter in self._whole.counters)
        fixed = [terms.column(each) for each in (names.LEAD, names.CONTACT, names.TYPE, names.AT)]
        properties: list[Expr] = []
        for type_ in types:
            specs = self._whole.schema.interactions[type_].properties
            for name in names.properties_of(self._whole, type_):
                column = names.property_column(type_, name)
                properties.append(terms.called(self._compared(specs[name], terms.column(column)), column))
        source = self._table(self._tables.interactions, "happened", self._interaction_types())
        query = exp.select(*fixed, *properties).from_(source, copy=False)
        if len(types) < len(self._whole.schema.interactions):
            query = query.where(
                exp.In(this=terms.column(names.TYPE), expressions=[terms.text(each) for each in types]), copy=False
            )
        return query

    def _fields(self, owner: plan.Owner, specs: Mapping[str, FieldSpec], table: str) -> Iterator[Expr]:
        for name in dict.fromkeys(each.name for each in fields_in_use(self._whole) if each.owner == owner):
            yield terms.called(self._compared(specs[name], terms.column(name, table)), name)

    def _compared(self, spec: FieldSpec, value: Expr) -> Expr:
        return folded(value, self._dialect) if spec.type in _TEXTS else value

    def _table(self, name: str | None, alias: str, types: Mapping[str, str]) -> Expr:
        """A table, or one without rows where there is none."""
        if name is not None:
            return _table(name, alias)
        columns = [terms.called(terms.cast(terms.null(), type_), column) for column, type_ in types.items()]
        nothing = exp.select(*columns).where(terms.yes_no(False), copy=False)
        return exp.Subquery(this=nothing, alias=exp.TableAlias(this=terms.name(alias)))

    def _contact_types(self) -> dict[str, str]:
        fields = self._whole.schema.contact_fields
        return {names.CONTACT: "TEXT"} | {name: _TYPES[spec.type] for name, spec in fields.items()}

    def _interaction_types(self) -> dict[str, str]:
        found = {names.LEAD: "TEXT", names.CONTACT: "TEXT", names.TYPE: "TEXT", names.AT: "TIMESTAMPNTZ"}
        for type_ in dict.fromkeys(counter.type for counter in self._whole.counters):
            specs = self._whole.schema.interactions[type_].properties
            for name in names.properties_of(self._whole, type_):
                found[names.property_column(type_, name)] = _TYPES[specs[name].type]
        return found

    def _before(self) -> Iterator[Expr]:
        for each in self._whole.qualifications:
            stage: Expr = terms.cast(terms.null(), "TEXT")
            entered: Expr = terms.whole(0)
            if self._tables.previous is not None:
                stage = terms.column(f"{each.name}_stage", _PREVIOUS)
                entered = terms.or_else(terms.column(f"{each.name}_entered", _PREVIOUS), entered)
            yield terms.called(stage, names.stage_before(each))
            yield terms.called(entered, names.entered_before(each))


_LEADS, _CONTACTS, _PREVIOUS = "leads", "contacts", "before"


def _table(name: str, alias: str) -> exp.Table:
    return exp.Table(this=terms.name(name), alias=exp.TableAlias(this=terms.name(alias)))
