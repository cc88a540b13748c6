"""Every case gives the same rows when its rules run as one SQL query, in each database."""

import pytest
from conformance.cases import Case, all_cases
from conformance.engines import reference
from conformance.sql_engine import by_query
from databases.database import Database

CASES = all_cases()


def check(case: Case, database: Database) -> None:
    expected = [{name: value for name, value in row.items() if name != "actions"} for row in reference(case)]
    assert [without_key(row) for row in by_query(case, database)] == expected


def without_key(row: dict[str, object]) -> dict[str, object]:
    return dict(list(row.items())[1:])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_duckdb(case: Case, duckdb_database: Database) -> None:
    check(case, duckdb_database)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_postgres(case: Case, postgres: Database) -> None:
    check(case, postgres)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_spark(case: Case, spark: Database) -> None:
    check(case, spark)
