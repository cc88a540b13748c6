"""On drawn projects, whose leads lie in tables of a database, the plan's query says what the naive interpreter says.

The closures say the same as the interpreter (`test_closures_equal_reference.py`), so the query says what they say.
"""

from collections.abc import Sequence

import pytest
from conformance.engines import as_row
from databases.database import Database
from databases.typed_tables import found, load
from hypothesis import Phase, given, settings
from properties.comparing import as_outcome, by_reference, schema_of, trees_of
from properties.tables import tabled, with_own_keys
from reference.interpreter import Outcome
from reference.smallest import smallest
from reference.strategies import DrawnLead, DrawnProject, projects
from reference.text import trim
from scoreline.runtime import Rules, RulesInvalid, StageState, from_texts

Row = dict[str, object]


def differences(
    project: DrawnProject, database: Database, *, closures: bool = False, ways: Sequence[bool] = (False, True)
) -> list[tuple[Row | str, Row]]:
    """What the query says and what the interpreter (or the closures) say, wherever it is not the same of a lead.

    The ways: the query as people read it, and, on DuckDB, the quick one.
    """
    schema, trees = schema_of(project), trees_of(project)
    project = with_own_keys(project, schema)
    rules = from_texts(project.files, schema, project.zone)
    plan, key = rules.plan, schema.lead.key
    expected: list[Row] = []
    for lead in project.leads:
        told = by_closures(project, rules, lead) if closures else by_reference(project, schema, trees, lead)
        expected.append({key: trim(str(lead.lead[key])), **as_row(told)})
    data = tabled(project, schema, [each.name for each in plan.qualifications])
    wrong: list[tuple[Row | str, Row]] = []
    try:
        load(database, plan, data)
        for quick in ways if database.dialect == "duckdb" else (False,):
            rows = found(database, plan, project.as_of, previous=bool(data.previous), quick=quick)
            assert len(rows) == len(expected)
            wrong.extend((rows[str(row[key])], row) for row in expected if rows[str(row[key])] != row)
    except Exception as fault:
        return [(repr(fault), row) for row in expected]
    return wrong


def by_closures(project: DrawnProject, rules: Rules, lead: DrawnLead) -> Outcome:
    previous = {name: StageState(stage, entered) for name, (stage, entered) in lead.previous.items()}
    told = list(lead.interactions)
    said = rules.score(lead.lead, interactions=told, contact=lead.contact, as_of=project.as_of, previous=previous)
    return as_outcome(said)


def agree(project: DrawnProject, database: Database) -> None:
    """Fails with the smallest project that shows a difference."""

    def differs(project: DrawnProject) -> bool:
        try:
            return bool(differences(project, database))
        except (RulesInvalid, AssertionError, KeyError):  # no longer a project that checks
            return False

    if not differences(project, database):
        return
    project = smallest(project, differs)
    files = "".join(f"# {name}\n{text}\n" for name, text in project.files.items() if text)
    query, reference = differences(project, database)[0]
    pytest.fail(
        f"as_of {project.as_of.isoformat()} in {project.zone.key}\n{files}{project.schema}\n{project.leads}\n\n"
        f"query     {query}\nreference {reference}",
        pytrace=False,
    )


DRAWN = settings(phases=[Phase.generate])  # no shrinking of seeds: `smallest` does it, line by line


@settings(DRAWN, max_examples=settings.default.max_examples // 4)
@given(project=projects(leads=5))
def test_duckdb(project: DrawnProject, duckdb_database: Database) -> None:
    agree(project, duckdb_database)


@settings(DRAWN, max_examples=settings.default.max_examples // 15)
@given(project=projects(leads=4))
def test_postgres(project: DrawnProject, postgres: Database) -> None:
    agree(project, postgres)


@settings(DRAWN, max_examples=settings.default.max_examples // 50)
@given(project=projects(leads=10))
def test_spark(project: DrawnProject, spark: Database) -> None:
    agree(project, spark)
