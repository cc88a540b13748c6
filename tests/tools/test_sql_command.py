"""`scoreline sql` writes a query that gives what `score` gives, or says why it cannot."""

import dataclasses
import datetime
import json
from pathlib import Path

import duckdb
import pytest
from scoreline.compiler.backends.query.dialect import DIALECTS, Dialect
from scoreline.compiler.backends.query.text_operators import SQL
from scoreline.compiler.narrowing import with_models
from scoreline.compiler.schema.reading import read_schema
from scoreline.dsl.source import Source
from scoreline.runtime import Rules, from_texts, load
from scoreline.tools.cli.failure import Unusable
from scoreline.tools.cli.querying import QueryRequest, written_query
from sqlglot import exp
from sqlglot.dialects.duckdb import DuckDB

AS_OF = "2026-12-01"
NOW = 1_772_500_000_000_000


@pytest.fixture
def warehouse(project):
    """The sample data of a new project, as DuckDB reads them."""
    with duckdb.connect() as connection:
        connection.execute("create table leads as from 'data/leads.csv'")
        connection.execute("create table interactions as from 'data/interactions.csv'")
        yield connection


def rows_of(connection, query):
    found = connection.execute(query)
    names = [each[0] for each in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def scores(call, *more):
    assert call("score", "--as-of", AS_OF, "-o", "out.jsonl", *more).status == 0
    return [json.loads(line) for line in Path("out.jsonl").read_text(encoding="utf-8").splitlines()]


def test_the_query_gives_what_score_gives(call, warehouse):
    written = call("sql", "--dialect", "duckdb", "--as-of", AS_OF)
    assert (written.status, written.err) == (0, "")
    assert rows_of(warehouse, written.out) == scores(call)


def test_stages_are_kept_as_score_keeps_them(call, warehouse, project):
    (project / "before.csv").write_text("lead_id,Funnel_stage,Funnel_entered\n1002,Sales ready,1\n1003,Sales ready,2\n")
    warehouse.execute("create table last_time as from 'before.csv'")
    written = call("sql", "--dialect", "duckdb", "--as-of", AS_OF, "--previous", "last_time").out
    assert rows_of(warehouse, written) == scores(call, "--previous", "before.csv")


def test_one_model_gives_its_columns_only(call, warehouse):
    written = call("sql", "--dialect", "duckdb", "--as-of", AS_OF, "--model", "Fit").out
    names = ["lead_id", "Fit_score", "Fit_grade", "Fit_rules", "disqualified", "disqualified_by"]
    assert rows_of(warehouse, written) == [{name: row[name] for name in names} for row in scores(call)]
    assert '"interactions"' not in written
    assert "-- Stages need all models" in written


def test_all_models_by_name_are_the_whole(call, project):
    whole = call("sql", "--dialect", "duckdb", "--as-of", AS_OF).out
    assert (
        call("sql", "--dialect", "duckdb", "--as-of", AS_OF, "--model", "Fit", "--model", "Engagement").out
        == whole
        != ""
    )


def test_the_file_holds_what_is_shown(call, project):
    shown = call("sql", "--dialect", "postgres", "--as-of", AS_OF).out
    written = call("sql", "--dialect", "postgres", "--as-of", AS_OF, "-o", "scores.sql")
    assert (written.status, written.out, written.err) == (0, "", "written: scores.sql\n")
    assert (project / "scores.sql").read_bytes() == shown.encode()


def test_the_header_tells_what_it_is_and_what_it_reads(call, project):
    header = call("sql", "--dialect", "duckdb", "--as-of", AS_OF).out.split("WITH")[0]
    assert "As of 2026-12-01 00:00:00 in Europe/Berlin, which is 2026-11-30 23:00:00 in UTC." in header
    assert "print the query anew" in header
    assert '"Job Title"  TEXT' in header
    assert "TIMESTAMP, in UTC, without a time zone" in header
    assert "contact" not in header


def test_without_ids_none_is_read(call, project):
    assert '"raw"."id"' in call("sql", "--dialect", "duckdb").out
    assert '"raw"."id"' not in call("sql", "--dialect", "duckdb", "--no-ids").out


@pytest.mark.parametrize(
    ("dialect", "name", "expected"),
    [
        ("duckdb", "crm.Leads", 'FROM "crm"."Leads" AS "raw"'),
        ("postgres", "crm.Leads", 'FROM "crm"."leads" AS "raw"'),
        ("postgres", 'crm."Leads"', 'FROM "crm"."Leads" AS "raw"'),
        ("snowflake", "prod.crm.leads", 'FROM "PROD"."CRM"."LEADS" AS "raw"'),
        ("bigquery", "my-project.crm.leads", "FROM `my-project`.`crm`.`leads` AS `raw`"),
        ("spark", "crm.`our leads`", "FROM `crm`.`our leads` AS `raw`"),
        ("duckdb", '"a "" b.c"', 'FROM "a "" b.c" AS "raw"'),
        ("duckdb", "größe", 'FROM "größe" AS "raw"'),
    ],
)
def test_tables_are_named_as_in_sql(call, project, dialect, name, expected):
    assert expected in call("sql", "--dialect", dialect, "--leads", name).out


@pytest.mark.parametrize("name", ["", "a b", "leads; drop table x", 'a"b', "a.", ".a", "a..b", "a.b.c.d", '"a', '""'])
def test_what_names_no_table_is_refused(call, project, name):
    refused = call("sql", "--dialect", "duckdb", "--leads", name)
    assert refused.status == 2
    assert "is not the name of a table" in refused.err


def test_dbt_references(call, project):
    shown = call("sql", "--dialect", "snowflake", "--dbt", "--interactions", "crm.events").out
    assert "FROM {{ ref('leads') }} AS \"raw\"" in shown
    assert "FROM {{ source('crm', 'events') }} AS \"raw\"" in shown
    refused = call("sql", "--dialect", "snowflake", "--dbt", "--leads", "a.b.c")
    assert (refused.status, "is not the name of a dbt model or source" in refused.err) == (2, True)


def test_names_of_snowflake_are_upper_case_unless_they_cannot_be(call, project):
    shown = call("sql", "--dialect", "snowflake").out
    assert '"raw"."EMPLOYEES"' in shown
    assert '"raw"."Job Title"' in shown
    assert 'AS "FIT_SCORE"' in shown


@pytest.mark.parametrize(
    ("arguments", "message", "help_"),
    [
        (["--dialect", "duckdb", "--model", "Fti"], "there is no model `Fti`", "did you mean `Fit`?"),
        (["--dialect", "duckdb", "--model", "xyzzy"], "there is no model `xyzzy`", "the models are Engagement, Fit"),
        (["--dialect", "oracle"], "`oracle` is not one of", "--help"),
        ([], "missing option `--dialect`", "--help"),
        (["--dialect", "duckdb", "--as-of", "someday"], "--as-of: `someday`", "write a day"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(call, project, arguments, message, help_):
    refused = call("sql", *arguments)
    assert (refused.status, refused.out) == (2, "")
    assert message in refused.err
    assert help_ in refused.err


def test_rules_with_mistakes_are_told(call, project):
    (project / "rules" / "bad.score").write_text("model Bad for lead\n  when industri is known then +1\n")
    refused = call("sql", "--dialect", "duckdb")
    assert (refused.status, refused.out) == (2, "")
    assert "error[E201]" in refused.err
    assert "1 mistake to correct first" in refused.err


def test_without_a_project_there_is_nothing_to_write(call, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "there is no scoreline.toml in this folder" in call("sql", "--dialect", "duckdb").err


def test_without_a_model_there_is_nothing_to_score(call, project):
    for path in (project / "rules").glob("*.score"):
        path.write_text("")
    assert "the rules have no model" in call("sql", "--dialect", "duckdb").err


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_is_printed_the_same_twice(project, dialect):
    plan = load(project).plan
    assert written_query(plan, QueryRequest(DIALECTS[dialect], NOW)) == written_query(
        plan, QueryRequest(DIALECTS[dialect], NOW)
    )


# Dialects


class Acme(DuckDB):
    """A database of no other record than the test's, which can be run here since it speaks as DuckDB does."""


def test_a_dialect_is_one_record(call, project, warehouse, monkeypatch):
    acme = Dialect(name="acme", title="Acme", byte_length=lambda text: exp.func("strlen", text))
    monkeypatch.setitem(DIALECTS, acme.name, acme)
    written = call("sql", "--dialect", "acme", "--as-of", AS_OF)
    assert (written.status, written.err) == (0, "")
    assert "as one query for Acme" in written.out
    assert "strlen(" in written.out.lower()
    found = rows_of(warehouse, written.out)
    assert found == rows_of(warehouse, call("sql", "--dialect", "duckdb", "--as-of", AS_OF).out)
    assert len({row["Fit_score"] for row in found}) > 1


def test_a_dialect_that_cannot_have_a_query_says_why(call, project, monkeypatch):
    monkeypatch.setitem(DIALECTS, "trino", Dialect(name="trino", title="Trino", most_columns=3))
    refused = call("sql", "--dialect", "trino")
    assert (refused.status, refused.out) == (2, "")
    assert "Trino takes 3 columns at most, and the step" in refused.err


def test_an_operator_without_sql_is_refused(call, project, monkeypatch):
    (project / "rules" / "extra.score").write_text('model Extra for lead\n  when job_title contains "x" then +1\n')
    assert call("sql", "--dialect", "postgres").status == 0
    monkeypatch.delitem(SQL, "contains")
    refused = call("sql", "--dialect", "postgres")
    assert (refused.status, refused.out) == (2, "")
    assert "`contains` cannot be asked in SQL" in refused.err
    assert "`scoreline score --engine python`" in refused.err
    assert call("sql", "--dialect", "duckdb").status == 0, "DuckDB has its own SQL for it"
    monkeypatch.delitem(DIALECTS["duckdb"].text_operators, "contains")
    refused = call("score")
    assert (refused.status, refused.out) == (2, "")
    assert "`contains` cannot be asked in SQL" in refused.err
    assert call("score", "--engine", "python").status == 0


def test_an_unknown_dialect_is_answered_with_those_that_there_are(call, project):
    refused = call("sql", "--dialect", "oracle")
    assert refused.status == 2
    assert "`oracle` is not one of `duckdb`, `spark`," in refused.err


# Limits


def many_rules(count: int) -> Rules:
    schema, _ = read_schema(Source("s.toml", '[lead]\nkey = "id"\n[lead.fields]\nsize = "number"\n'))
    assert schema is not None
    rules = "".join(f"  when size > {number} then +1\n" for number in range(count))
    return from_texts(
        {"a.score": f"model A for lead\n{rules}", "b.score": "model B for lead\n  when size is 1 then +1"}, schema
    )


def test_postgres_has_a_most_of_columns():
    plan = many_rules(1_700).plan
    with pytest.raises(Unusable, match="PostgreSQL takes 1,664 columns at most, and the step `rules`") as refused:
        written_query(plan, QueryRequest(DIALECTS["postgres"], NOW))
    assert "--model" in (refused.value.help or "")
    assert "size" in written_query(plan, QueryRequest(DIALECTS["postgres"], NOW, ("B",)))


def test_duckdb_runs_thousands_of_rules():
    rules = many_rules(2_000)
    with duckdb.connect() as connection:
        connection.execute("create table leads as select 'a' as id, 1000.5 as size")
        row = connection.execute(written_query(rules.plan, QueryRequest(DIALECTS["duckdb"], NOW))).fetchone()
    assert row is not None
    assert row[:2] == ("a", 1001)


def test_postgres_cuts_long_names():
    long = "m" * 60
    schema, _ = read_schema(Source("s.toml", '[lead]\nkey = "id"\n[lead.fields]\nsize = "number"\n'))
    assert schema is not None
    plan = from_texts({"a.score": f"model {long} for lead\n  when size > 1 then +1"}, schema).plan
    with pytest.raises(Unusable, match=f"PostgreSQL cuts names behind 63 bytes, and the column `{long}_score`"):
        written_query(plan, QueryRequest(DIALECTS["postgres"], NOW))
    assert f"{long}_score" in written_query(plan, QueryRequest(DIALECTS["duckdb"], NOW))


# Fewer models


def test_a_plan_with_fewer_models_scores_them_alike(project):
    whole = load(project)
    at = datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC)
    lead = {"lead_id": "1", "industry": "Software", "employees": 100, "newsletter": True}
    seen = [{"type": "webinar.attended", "at": at}, {"type": "website.visited", "at": at}]
    for name in whole.model_names:
        one = Rules(with_models(whole.plan, [name]))
        assert one.model_names == (name,)
        assert (
            one.score(lead, interactions=seen, as_of=at)[name] == whole.score(lead, interactions=seen, as_of=at)[name]
        )


def test_a_plan_with_fewer_models_has_only_what_they_need(project):
    whole = load(project).plan
    fit = with_models(whole, ["Fit"])
    assert (fit.counters, fit.qualifications, fit.examples) == ((), (), ())
    assert len(fit.nodes) < len(whole.nodes)
    assert with_models(whole, [each.name for each in whole.models]) is whole
    assert dataclasses.replace(fit, models=()).models == with_models(whole, []).models
