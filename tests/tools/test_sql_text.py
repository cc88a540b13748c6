"""The query that `scoreline sql` writes says what the rules say: for every case of the corpus, in every dialect."""

import sys
from collections import Counter
from zoneinfo import ZoneInfo

import pytest
import sqlglot
from conformance.cases import Case, all_cases
from conformance.engines import reference, schema_of
from databases.database import Database
from databases.typed_tables import Tabled, load
from scoreline.compiler.backends.query.build import Query
from scoreline.compiler.backends.query.context import Context
from scoreline.compiler.backends.query.dialect import DIALECTS
from scoreline.compiler.backends.warehouse.tables import WarehouseRelations, WarehouseTables
from scoreline.compiler.backends.warehouse.tidying import tidied
from scoreline.compiler.calendar import moment_values
from scoreline.compiler.instants import instant_of_datetime
from scoreline.compiler.plan import Plan
from scoreline.runtime import from_texts
from scoreline.tools.cli.failure import Unusable
from scoreline.tools.cli.querying import QueryRequest, written_query
from sqlglot import exp

CASES = all_cases()
MADE_BY_SQLGLOT = {"_u", "86400"}
"""The name of what a list is filtered by, and the seconds of a day."""


def plan_of(case: Case) -> Plan:
    return from_texts(case.rules, schema_of(case), case.timezone).plan


def asked_of(case: Case, dialect: str) -> QueryRequest:
    previous = '"previous"' if case.rows("previous") else None
    as_of = instant_of_datetime(case.as_of, ZoneInfo("UTC"))
    return QueryRequest(DIALECTS[dialect], as_of, (), '"leads"', '"contacts"', '"interactions"', previous)


def check(case: Case, database: Database) -> None:
    plan = plan_of(case)
    leads, contacts = (case.keyed(table) for table in ("leads", "contacts"))
    load(
        database,
        plan,
        Tabled(list(leads.values()), list(contacts.values()), case.rows("interactions"), case.rows("previous")),
    )
    found = {str(row[0]): row[1:] for row in database.run(written_query(plan, asked_of(case, database.dialect)))}
    expected = [tuple(value for name, value in row.items() if name != "actions") for row in reference(case)]
    assert [found[key] for key in leads] == expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_duckdb(case: Case, duckdb_database: Database) -> None:
    check(case, duckdb_database)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_postgres(case: Case, postgres: Database) -> None:
    check(case, postgres)


@pytest.mark.parametrize("case", CASES[::4], ids=lambda case: case.name)  # Spark is slow
def test_spark(case: Case, spark: Database) -> None:
    check(case, spark)


def parts(query: exp.Expr) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """The texts, numbers and names of a query."""
    literals = [*query.find_all(exp.Literal)]
    return (
        Counter(each.this for each in literals if each.is_string),
        Counter(each.this for each in literals if not each.is_string),
        Counter(each.this for each in query.find_all(exp.Identifier)),
    )


def parsed(text: str, dialect: str) -> list[exp.Expr | None]:
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    try:
        return sqlglot.parse(text, read=dialect)
    finally:
        sys.setrecursionlimit(before)


@pytest.mark.parametrize("dialect", ["snowflake", "bigquery"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_text_is_read_as_it_was_meant(case: Case, dialect: str) -> None:
    plan, asked = plan_of(case), asked_of(case, dialect)
    if (case.name, dialect) == ("18-columns", "bigquery"):
        with pytest.raises(Unusable, match=r"BigQuery takes no column named `No.`, for the `.` in it"):
            written_query(plan, asked)
        return
    moments = moment_values(plan.moments, asked.as_of, ZoneInfo(plan.timezone))
    has_contacts = plan.schema.contact is not None
    tables = WarehouseTables(previous=("previous",) if asked.previous else None, contact_ids=has_contacts)
    context = Context(plan, moments, DIALECTS[dialect])
    meant = tidied(Query(context, WarehouseRelations(context, tables)).result(), DIALECTS[dialect])
    [read] = parsed(written_query(plan, asked), dialect)
    assert isinstance(read, exp.Select)
    for those_meant, those_read in zip(parts(meant), parts(read), strict=True):
        assert not set(those_read - those_meant) - MADE_BY_SQLGLOT
        assert not those_meant - those_read
