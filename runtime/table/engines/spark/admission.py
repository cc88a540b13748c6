"""Files and tables in, canonical views out: what `compiler/backends/query/admitted.py` asks for, each thing once."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from scoreline.compiler.backends.query import names
from scoreline.compiler.backends.query.admitted import ROW
from scoreline.compiler.plan import Plan
from scoreline.runtime.table.engines.spark.exact import settled
from scoreline.runtime.table.engines.spark.reading import TableReader, TableRows
from scoreline.runtime.table.engines.spark.session import Spark
from scoreline.runtime.table.engines.spark.shapes import (
    IDENTITY,
    RAW,
    EntityShape,
    InteractionShape,
    contact_shape,
    interaction_shape,
    lead_shape,
)
from scoreline.runtime.table.engines.spark.words import quoted
from scoreline.runtime.table.read.files import told_as
from scoreline.runtime.table.read.sources import Tables
from scoreline.runtime.table.rejects import Reason, Rejector, Report

LEADS, CONTACTS, INTERACTIONS = "scoreline leads", "scoreline contacts", "scoreline interactions"
"""The canonical views."""

_STRANGERS = "scoreline leads that are not there"
_ROW = quoted(ROW)
_SETTLED = f"array<struct<{_ROW}: bigint, told: boolean>>"


@dataclass(frozen=True)
class Admitted:
    """The names of the canonical views, and how many interactions there are of which type."""

    leads: str
    contacts: str | None
    interactions: str | None
    unknown_types: Mapping[str, int]
    types: Mapping[str, int]


def admit(spark: Spark, whole: Plan, tables: Tables, report: Report) -> Admitted:
    """Makes the canonical views; TableUnusable if a file cannot be used."""
    contacts = _contacts(spark, whole, tables.contacts, report)
    events = None
    if tables.interactions is not None:
        events = TableReader(spark, interaction_shape(whole), tables.interactions, report).read()
        _settle_ids(spark, events, report)
        _report_told(spark, events, INTERACTIONS, report)
    leads = lead_shape(whole)
    _entity(spark, leads, tables.leads, LEADS, names.LEAD, report)
    types: dict[str, int] = {}
    if events is not None:
        _report_unknown_leads(spark, events, report)
        types = _unused_types(spark, whole)
    return Admitted(
        LEADS,
        CONTACTS if contacts else None,
        None if events is None else INTERACTIONS,
        {} if events is None else events.unknown,
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
    name = quoted(key)
    several = f"select {name} as k, min({_ROW}) as first from {quoted(raw)} group by {name} having count(*) > 1"
    counts = spark.rows(f"select count({name}), count(distinct {name}) from {quoted(raw)}")[0]
    lost = None
    if counts[0] != counts[1]:
        lost = f"{view} lost"
        query = f"select {_ROW}, k from {quoted(raw)} join ({several}) on {name} = k where {_ROW} <> first"
        spark.kept(lost, query)
        for row, value in spark.streamed(f"select {_ROW}, k from {quoted(lost)} order by {_ROW}"):
            rows.reject(cast(int, row), Reason.SAME_KEY, shape.key, str(value), report)
    _view_but(spark, raw, view, lost)
    _report_told(spark, rows, view, report)


def _raw_view(spark: Spark, rows: TableRows, view: str) -> str:
    """A view of all rows under the names of the canonical columns."""
    cells = [f"c{at} as {quoted(cell.name)}" for at, cell in enumerate(rows.shape.cells)]
    raw = f"{view} raw"
    spark.view(raw, f"select `row` as {_ROW}, {', '.join(cells)} from ({rows.all()})")
    return raw


def _view_but(spark: Spark, raw: str, view: str, lost: str | None) -> None:
    """A view of the rows that are not lost."""
    but = "" if lost is None else f" as r left anti join {quoted(lost)} as l on l.{_ROW} = r.{_ROW}"
    spark.view(view, f"select * from {quoted(raw)}{but}")


def _report_told(spark: Spark, rows: TableRows, view: str, report: Report) -> None:
    """Reports the bad values of the rows of a view."""
    if not rows.has_told:
        return
    exact = f"select `row`, told from {quoted(rows.exact)} where kind = 'row' and size(told) > 0"
    query = f"select e.`row`, told from ({exact}) as e left semi join {quoted(view)} as v on v.{_ROW} = e.`row`"
    for row, told in spark.streamed(f"{query} order by e.`row`"):
        for column, value, reason in cast("list[tuple[str | None, str | None, str]]", told):
            rows.reject(cast(int, row), reason, column, value, report)


def _settle_ids(spark: Spark, rows: TableRows, report: Report) -> None:
    """A view of interactions, each id once."""
    raw = _raw_view(spark, rows, INTERACTIONS)
    lost = _repeated(spark, raw)
    _view_but(spark, raw, INTERACTIONS, lost)
    if lost is not None:
        column = cast(InteractionShape, rows.shape).where.id
        query = f"select {_ROW}, identity from {quoted(lost)} where told order by {_ROW}"
        for row, identity in spark.streamed(query):
            rows.reject(cast(int, row), Reason.SAME_ID, column, str(identity), report)


def _repeated(spark: Spark, raw: str) -> str | None:
    """The view of rows that another row of their id leaves out; None if there are none."""
    identity = quoted(IDENTITY)
    several = f"select {identity} as i from {quoted(raw)} where {identity} is not null group by 1 having count(*) > 1"
    ids, lost = "scoreline repeated ids", "scoreline repeated"
    spark.kept(ids, several)
    if not spark.rows(f"select 1 from {quoted(ids)} limit 1"):
        return None
    spark.row_function("scoreline_settled", settled, _SETTLED)
    micros = f"unix_micros(cast({quoted(names.AT)} as timestamp))"
    values = ", ".join([_ROW, f"{micros} as m", *map(quoted, (names.TYPE, names.LEAD, names.CONTACT, RAW))])
    grouped = (
        f"select i, collect_list(struct({values})) as happened from {quoted(raw)}"
        f" join {quoted(ids)} on {identity} = i group by i"
    )
    query = f"select i as identity, inline(s) from (select i, scoreline_settled(happened) as s from ({grouped}))"
    spark.kept(lost, query)
    return lost


def _report_unknown_leads(spark: Spark, rows: TableRows, report: Report) -> None:
    """Reports the interactions of leads that are not there, and of contacts that no lead has."""
    lead, contact = quoted(names.LEAD), quoted(names.CONTACT)
    strangers = (
        f"select i.{lead} as k from (select distinct {lead} from {quoted(INTERACTIONS)} where {lead} is not null) as i"
        f" left anti join {quoted(LEADS)} as l on l.{lead} = i.{lead}"
    )
    spark.kept(_STRANGERS, strangers)
    if not spark.rows(f"select 1 from {quoted(_STRANGERS)} limit 1"):
        return
    of_leads = f"select distinct {contact} from {quoted(LEADS)} where {contact} is not null"
    query = (
        f"select i.{_ROW}, i.{lead} from {quoted(INTERACTIONS)} as i"
        f" left semi join {quoted(_STRANGERS)} as s on s.k = i.{lead}"
        f" left anti join ({of_leads}) as c on c.{contact} = i.{contact} order by i.{_ROW}"
    )
    column = cast(InteractionShape, rows.shape).where.lead
    for row, value in spark.streamed(query):
        rows.reject(cast(int, row), Reason.UNKNOWN_LEAD, column, str(value), report)


def _unused_types(spark: Spark, whole: Plan) -> dict[str, int]:
    """How many interactions count of each type that rules do not name; of the others nobody asks."""
    used = {counter.type for counter in whole.counters}
    if used.issuperset(whole.schema.interactions):
        return {}
    type_ = quoted(names.TYPE)
    found = spark.rows(f"select {type_}, count(*) from {quoted(INTERACTIONS)} group by 1")
    return {str(name): int(str(count)) for name, count in found}
