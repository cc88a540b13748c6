"""Leads, contacts and interactions as an engine has admitted them: each once, typed and clean, in tables of its own.

Texts are trimmed but not folded there, since actions show them as they are; sets are texts already (`choices.py`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scoreline.compiler import plan
from scoreline.compiler.backends.query import names, terms
from scoreline.compiler.backends.query.context import Context
from scoreline.compiler.backends.query.folding import folded
from scoreline.compiler.backends.query.relations import INTERACTION, Step
from scoreline.compiler.backends.query.terms import Expr
from scoreline.compiler.plan_parts import fields_in_use
from scoreline.compiler.schema import FieldSpec
from scoreline.compiler.schema.fields import FieldType
from sqlglot import exp

ROW = "row of file"
"""The column of leads that gives their order; as in `names`, no name of the language is like it."""

_TYPES: Mapping[FieldType, str] = {
    "text": "TEXT", "choice": "TEXT", "choices": "TEXT", "number": "DOUBLE", "yes/no": "BOOLEAN", "date": "DATE",
    "datetime": "TIMESTAMPNTZ",
}  # fmt: skip
_TEXTS = ("text", "choice", "choices")
_LEADS, _CONTACTS, _PREVIOUS = "leads", "contacts", "before"


@dataclass(frozen=True)
class AdmittedTables:
    """The names of the tables; `previous` has the lead's key and, for each qualification, two columns named as the
    result's."""

    leads: str
    contacts: str | None = None
    interactions: str | None = None
    previous: str | None = None


@dataclass(frozen=True)
class AdmittedRelations:
    """The relations of a query, out of tables that an engine has filled."""

    context: Context
    tables: AdmittedTables

    @property
    def _whole(self) -> plan.Plan:
        return self.context.whole

    def leads(self) -> exp.Select:
        """Each lead, in the order of the file."""
        columns = [terms.column(each, _LEADS) for each in (ROW, names.LEAD)]
        if self._whole.schema.contact is not None:
            columns.append(terms.column(names.CONTACT, _LEADS))
        query = exp.select(*columns, *self._fields("lead", self._whole.schema.lead.fields, _LEADS), *self._before())
        query = query.from_(terms.table(self.tables.leads, _LEADS), copy=False)
        if self.tables.previous is None:
            return query
        previous = terms.table(self.tables.previous, _PREVIOUS)
        return terms.left_join(query, previous, terms.same(names.LEAD, _LEADS, _PREVIOUS))

    def contacts(self) -> exp.Select:
        """Each contact."""
        fields = self._whole.schema.contact_fields
        types = {names.CONTACT: "TEXT"} | {name: _TYPES[spec.type] for name, spec in fields.items()}
        query = exp.select(terms.column(names.CONTACT, _CONTACTS), *self._fields("contact", fields, _CONTACTS))
        return query.from_(_table_or_none(self.tables.contacts, _CONTACTS, types), copy=False)

    def interactions(self) -> list[Step]:
        """The interactions that count, of the types that rules name."""
        existing = exp.LTE(this=terms.column(names.AT), expression=terms.instant(self.context.as_of))
        return [(INTERACTION, self.all_interactions().where(existing, copy=False))]

    def all_interactions(self) -> exp.Select:
        """The interactions of the types that rules name, also those later than `as_of`."""
        properties = names.property_columns(self._whole)
        fixed = dict.fromkeys((names.LEAD, names.CONTACT, names.TYPE), "TEXT") | {names.AT: "TIMESTAMPNTZ"}
        query = exp.select(*map(terms.column, fixed))
        for column, (_, spec) in properties.items():
            query = query.select(terms.called(self._compared(spec, terms.column(column)), column), copy=False)
        types = fixed | {column: _TYPES[spec.type] for column, (_, spec) in properties.items()}
        query = query.from_(_table_or_none(self.tables.interactions, "interactions", types), copy=False)
        counted = names.counted_types(self._whole)
        if len(counted) < len(self._whole.schema.interactions):
            query = query.where(terms.is_one_of(terms.column(names.TYPE), counted), copy=False)
        return query

    def _fields(self, owner: plan.Owner, specs: Mapping[str, FieldSpec], table: str) -> Iterator[Expr]:
        for name in dict.fromkeys(each.name for each in fields_in_use(self._whole) if each.owner == owner):
            yield terms.called(self._compared(specs[name], terms.column(name, table)), name)

    def _compared(self, spec: FieldSpec, value: Expr) -> Expr:
        return folded(value, self.context.dialect) if spec.type in _TEXTS else value

    def _before(self) -> Iterator[Expr]:
        for each in self._whole.qualifications:
            stage: Expr = terms.cast(terms.null(), "TEXT")
            entered: Expr = terms.whole(0)
            if self.tables.previous is not None:
                stage = terms.column(f"{each.name}_stage", _PREVIOUS)
                entered = terms.or_else(terms.column(f"{each.name}_entered", _PREVIOUS), entered)
            yield terms.called(stage, names.stage_before(each))
            yield terms.called(entered, names.entered_before(each))


def _table_or_none(name: str | None, alias: str, types: Mapping[str, str]) -> Expr:
    """A table, or one of these columns without rows where there is none."""
    if name is not None:
        return terms.table(name, alias)
    columns = [terms.called(terms.cast(terms.null(), type_), column) for column, type_ in types.items()]
    nothing = exp.select(*columns).where(terms.yes_no(False), copy=False)
    return exp.Subquery(this=nothing, alias=exp.TableAlias(this=terms.name(alias)))
