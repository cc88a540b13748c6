"""All that rules compare, in one row for each lead: its fields, its contact's, its counts."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from scoreline.compiler import plan
from scoreline.compiler.backends.query import choices, names, terms
from scoreline.compiler.backends.query.context import Context
from scoreline.compiler.backends.query.counting import aged_by_key, counted_types, day_of, owner_column
from scoreline.compiler.backends.query.relations import (
    CONTACT,
    INTERACTION,
    LEAD,
    Counts,
    Relations,
    Step,
    counts_name,
    points_name,
)
from scoreline.compiler.backends.query.terms import Expr
from scoreline.compiler.folding import fold
from scoreline.compiler.plan_parts import fields_in_use
from scoreline.compiler.schema import FieldSpec
from scoreline.compiler.values import reader
from sqlglot import exp

ROWS = "interactions"
"""The column of how many interactions of `counted_types` an owner has, in a step of counts of a quick way."""

COUNTED = "interactions counted"
"""The same among the features, for leads."""


def counting(context: Context, relations: Relations, counts: Counts) -> list[Step]:
    """The steps from interactions to the counts of each owner."""
    if not context.whole.counters:
        return []
    made = relations.interactions()
    origins: tuple[plan.Origin, ...] = ("lead", "contact", "both")
    for origin in origins:
        if not any(counter.origin == origin for counter in context.whole.counters):
            continue
        source = INTERACTION
        if origin == "both":
            source = "interaction of both"
            made.append((source, _of_both(context.whole)))
        made.extend(counts.steps(origin, source, counts_name(origin)))
    return made


def features(context: Context) -> exp.Select:
    """The row of each lead."""
    values = {each: value_of(context, each) for each in fields_in_use(context.whole)}
    columns: list[Expr] = [exp.Column(this=exp.Star(), table=terms.name(LEAD))]
    for each, value in values.items():
        if each.owner == "contact" or isinstance(each, plan.DayOf):
            columns.append(terms.called(value, names.field_column(each)))
    for number, where in _tables_of_counters(context):
        count = terms.or_else(terms.column(context.counter_columns[number], where), terms.whole(0))
        if context.quick is not None:
            count = terms.whole_number(count)  # packed counts are narrow, and rules add them up
        columns.append(terms.called(count, context.counter_columns[number]))
    if context.quick is not None:
        columns.extend(context.quick.columns(values))
        columns.extend(_rows_counted(context))
    query = _joined(context, exp.select(*columns).from_(terms.table(LEAD), copy=False))
    return query if context.quick is None else context.quick.joined(query, values)


def _rows_counted(context: Context) -> Iterator[Expr]:
    """How many interactions of a lead were counted, where that is known. The run checks its rejects by it."""
    if counted_types(context.whole, "lead"):
        counted = terms.column(ROWS, counts_name("lead"))
        yield terms.called(terms.or_else(counted, terms.whole(0)), COUNTED)


def count_tables(context: Context) -> list[str]:
    """The steps that features take counts from, each once."""
    return list(dict.fromkeys(where for _, where in _tables_of_counters(context)))


def value_of(context: Context, field: plan.Field | plan.DayOf) -> Expr:
    """A field's value in the tables that features are joined of."""
    if field.owner == "lead":
        value: Expr = terms.column(field.name, LEAD)
    else:
        value = terms.column(field.name, CONTACT)
        spec = context.whole.schema.contact_fields[field.name]
        value = or_default(value, spec, context.whole)
    return day_of(context, value) if isinstance(field, plan.DayOf) else value


def or_default(value: Expr, spec: FieldSpec, whole: plan.Plan) -> Expr:
    """A value, or the field's default where it is missing, as rules compare it."""
    match reader(spec, ZoneInfo(whole.timezone))(None, lambda value, reason: None):
        case None:
            return value
        case str() as known:
            default = terms.text(fold(known))
        case tuple() as known:
            default = terms.text(choices.set_text([fold(each) for each in known], choices.separator(whole.schema)))
        case bool() as known:
            default = terms.yes_no(known)
        case float() as known:
            default = terms.number(known)
        case int() as known:
            default = terms.day(known) if spec.type == "date" else terms.instant(known)
    return terms.or_else(value, default)


def _tables_of_counters(context: Context) -> Iterator[tuple[int, str]]:
    """Where each counter is found, by its number."""
    for number, counter in enumerate(context.whole.counters):
        yield number, points_name(number) if aged_by_key(counter) else counts_name(counter.origin)


def _joined(context: Context, query: exp.Select) -> exp.Select:
    if context.has_contacts:
        query = terms.left_join(query, CONTACT, terms.same(names.CONTACT, LEAD, CONTACT))
    origins: dict[str, plan.Origin] = {
        name: context.whole.counters[number].origin for number, name in _tables_of_counters(context)
    }
    for name, origin in origins.items():
        query = terms.left_join(query, name, terms.same(owner_column(origin), LEAD, name))
    return query


def _of_both(whole: plan.Plan) -> exp.Query:
    """A lead's interactions and its contact's, each once: a contact's that name the lead too are there already."""
    columns = names.interaction_columns(whole)
    own = exp.select(*map(terms.column, columns)).from_(terms.table(INTERACTION), copy=False)
    read = [terms.column(each, LEAD if each == names.LEAD else INTERACTION) for each in columns]
    other = exp.select(*read).from_(terms.table(LEAD), copy=False)
    other = other.join(terms.table(INTERACTION), on=terms.same(names.CONTACT, LEAD, INTERACTION), copy=False)
    others = exp.NullSafeNEQ(this=terms.column(names.LEAD, INTERACTION), expression=terms.column(names.LEAD, LEAD))
    return exp.union(
        own.where(terms.known(terms.column(names.LEAD)), copy=False), other.where(others, copy=False), distinct=False
    )
