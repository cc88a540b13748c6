"""Admits the files and tables of a run in Spark: leads, contacts and interactions as views, each thing once."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from scoreline.compiler.backends.query import names, terms
from scoreline.compiler.backends.query.admitted import ROW as PLACE
from scoreline.compiler.backends.query.terms import Expr
from scoreline.compiler.plan import Plan
from scoreline.runtime.table.admit.keys import reject_key
from scoreline.runtime.table.admit.relational import (
    IDENTITY,
    KEY,
    MOMENT,
    ROW,
    SAME,
    clashes,
    interactions_of_unknown_leads,
    leads_that_are_not_there,
    repeated_ids,
    rows_of_other_ids,
    rows_without_own_key,
)
from scoreline.runtime.table.engines.spark.exact import alike
from scoreline.runtime.table.engines.spark.reading import TableReader, TableRows
from scoreline.runtime.table.engines.spark.session import Spark
from scoreline.runtime.table.engines.spark.shapes import ROW as READ
from scoreline.runtime.table.engines.spark.shapes import (
    EntityShape,
    InteractionShape,
    contact_shape,
    interaction_shape,
    lead_shape,
)
from scoreline.runtime.table.read.files import told_as
from scoreline.runtime.table.read.queries import columns, count, inner, join, same, select, table
from scoreline.runtime.table.read.sources import Tables
from scoreline.runtime.table.rejects import ROWS_OF_A_FILE, Reason, Rejector, Report
from sqlglot import exp

LEADS, CONTACTS, INTERACTIONS = "scoreline leads", "scoreline contacts", "scoreline interactions"
"""The admitted views."""

_UNKNOWN_LEADS = "scoreline leads that are not there"


@dataclass(frozen=True)
class SparkAdmitted:
    """The names of the admitted views, and how many interactions there are of which type."""

    leads: str
    contacts: str | None
    interactions: str | None
    unknown_types: Mapping[str, int]
    types: Mapping[str, int]


def admit(spark: Spark, whole: Plan, tables: Tables, report: Report) -> SparkAdmitted:
    """Makes the admitted views; TableUnusable if a file cannot be used."""
    contacts = _contacts(spark, whole, tables.contacts, report)
    interactions = None
    if tables.interactions is not None:
        interactions = TableReader(spark, interaction_shape(whole), tables.interactions, report).read()
        _settle_ids(spark, interactions, report)
        _report_problems(spark, interactions, INTERACTIONS, report)
    _entity(spark, lead_shape(whole), tables.leads, LEADS, names.LEAD, report)
    types: dict[str, int] = {}
    if interactions is not None:
        _report_unknown_leads(spark, interactions, report)
        types = _unused_types(spark, whole)
    return SparkAdmitted(
        LEADS,
        CONTACTS if contacts else None,
        None if interactions is None else INTERACTIONS,
        {} if interactions is None else interactions.unknown,
        types,
    )


def _contacts(spark: Spark, whole: Plan, path: Path | None, report: Report) -> bool:
    contact = whole.schema.contact
    if path is None:
        return False
    if contact is None:
        Rejector("contacts", told_as(path), report).whole(Reason.NO_CONTACTS)
        return False
    _entity(spark, contact_shape(whole, contact), path, CONTACTS, names.CONTACT, report)
    return True


def _entity(spark: Spark, shape: EntityShape, path: Path, view: str, key: str, report: Report) -> None:
    """A view of leads or contacts, each key once."""
    rows = TableReader(spark, shape, path, report).read()
    raw = _raw_view(spark, rows, view)
    own = terms.column(key)
    lost = None
    ((all_rows, keys),) = spark.rows(select([count(own), count(own, distinct=True)], table(raw)))
    if all_rows != keys:
        lost = f"{view} lost"
        named = select([terms.called(terms.column(PLACE), ROW), terms.called(own, KEY)], table(raw))
        spark.kept(lost, rows_without_own_key(named))
        for row, value in spark.streamed(select(columns([ROW, KEY]), table(lost), order=columns([ROW]))):
            number = cast(int, row)
            reject_key(number % ROWS_OF_A_FILE, str(value), shape.key, rows.rejector(number, 0, report))
    _view_but(spark, raw, view, lost)
    _report_problems(spark, rows, view, report)


def _raw_view(spark: Spark, rows: TableRows, view: str) -> str:
    """A view of all rows under the names of the admitted columns."""
    cells = [terms.called(terms.column(f"c{at}"), cell.name) for at, cell in enumerate(rows.shape.cells)]
    raw = f"{view} raw"
    spark.view(raw, select([terms.called(terms.column(ROW), PLACE), *cells], inner(rows.all(), "a")))
    return raw


def _view_but(spark: Spark, raw: str, view: str, lost: str | None) -> None:
    """A view of the rows that are not lost."""
    but = [] if lost is None else [join(table(lost, "l"), same(ROW, "l", "r", PLACE), "LEFTANTI")]
    spark.view(view, select([exp.Star()], table(raw, "r"), *but))


def _report_problems(spark: Spark, rows: TableRows, view: str, report: Report) -> None:
    """Rejects the bad values of the rows of a view."""
    if not rows.has_problems:
        return
    is_read = exp.EQ(this=terms.column("kind", "e"), expression=terms.text(READ))
    there = join(table(view, "v"), same(PLACE, "v", "e", ROW), "LEFTSEMI")
    query = select(
        columns([ROW, "problems"], "e"), table(rows.exact, "e"), there, where=is_read, order=columns([ROW], "e")
    )
    for row, problems in spark.streamed(query):
        for column, value, reason in cast("list[tuple[str | None, str | None, str]]", problems):
            rows.reject(cast(int, row), reason, column, value, report)


def _settle_ids(spark: Spark, rows: TableRows, report: Report) -> None:
    """A view of interactions, each id once."""
    raw = _raw_view(spark, rows, INTERACTIONS)
    lost = _repeated(spark, raw)
    _view_but(spark, raw, INTERACTIONS, None if lost is None else f"{lost} lost")
    if lost is None:
        return
    column = cast(InteractionShape, rows.shape).where.id
    for identity, counted, own, earlier, tied, _, theirs, mine in spark.streamed(clashes(lost)):
        if earlier or not tied or not alike(_text(theirs), _text(mine)):
            rows.reject(cast(int, counted if earlier else own), Reason.SAME_ID, column, str(identity), report)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _repeated(spark: Spark, raw: str) -> str | None:
    """The table of rows whose id is repeated, beside that of the rows to be left out; None if there are none."""
    ids, rows = "scoreline repeated ids", "scoreline repeated"
    spark.kept(ids, repeated_ids(select(columns([IDENTITY]), table(raw))))
    if not spark.rows(select([terms.whole(1)], table(ids)).limit(1)):
        return None
    owners: list[Expr] = [
        terms.called(terms.or_else(terms.column(owner, "r"), terms.text("")), owner)
        for owner in (names.LEAD, names.CONTACT)
    ]
    moment = terms.called(terms.column(names.AT, "r"), MOMENT)
    chosen = [terms.called(terms.column(PLACE, "r"), ROW), moment, *columns([IDENTITY, names.TYPE, SAME], "r"), *owners]
    spark.kept(rows, select(chosen, table(raw, "r"), join(table(ids, "i"), same(IDENTITY, "i", "r"), "LEFTSEMI")))
    spark.kept(f"{rows} lost", rows_of_other_ids(rows))
    return rows


def _report_unknown_leads(spark: Spark, rows: TableRows, report: Report) -> None:
    """Rejects the interactions of leads that are not there, and of contacts that no lead has."""
    spark.kept(_UNKNOWN_LEADS, leads_that_are_not_there(INTERACTIONS, LEADS))
    if not spark.rows(select([terms.whole(1)], table(_UNKNOWN_LEADS)).limit(1)):
        return
    column = cast(InteractionShape, rows.shape).where.lead
    for row, key in spark.streamed(interactions_of_unknown_leads(INTERACTIONS, LEADS, _UNKNOWN_LEADS, PLACE)):
        rows.reject(cast(int, row), Reason.UNKNOWN_LEAD, column, str(key), report)


def _unused_types(spark: Spark, whole: Plan) -> dict[str, int]:
    """How many interactions count of each type that rules do not name; of the others nobody asks."""
    used = {counter.type for counter in whole.counters}
    if used.issuperset(whole.schema.interactions):
        return {}
    type_ = terms.column(names.TYPE)
    found = spark.rows(select([type_, count()], table(INTERACTIONS), group=[type_]))
    return {str(name): int(str(rows)) for name, rows in found}
