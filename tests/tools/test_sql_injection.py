"""Whatever stands in a project, a query holds it as a text, a name or a comment, and never as SQL or Jinja."""

import dataclasses
import datetime
import json
import re
from zoneinfo import ZoneInfo

import jinja2
import pytest
import sqlglot
from databases.database import Database
from scoreline.compiler.backends.query.dialect import DIALECTS
from scoreline.compiler.instants import instant_of_datetime
from scoreline.compiler.plan import Plan
from scoreline.compiler.schema.reading import read_schema
from scoreline.dsl.source import Source
from scoreline.runtime import from_texts
from scoreline.tools.cli.failure import Unusable
from scoreline.tools.cli.querying import QueryRequest, written_query
from sqlglot import exp

NOW = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
HOSTILE = [
    "'", '"', "`", "\\", "\\'", '\\"', "\\`", "''", '""', "``", "'; drop table leads; --", "' or 1=1 --",
    "\\' or 1=1 --", "*/ drop table leads; /*", "/* /* */", "*/*", "/*/", "-- x", "# x", "\n", "\r\n", "\r", "\t",
    "\x1b[2J", "\x85", "\u2028drop", "{{ 7 * 7 }}", "{% raw %}", "{% endraw %}", "{# gone #}", "{{{", "}}", "{{ '{' }}",
    "$$", "$1", "%s", "%", ":x", "?", "@x", "${x}", "__SQLGLOT__LB__", "␤", "␤␤", "\\x27", "\\u0027", "\\n", "E'", "|",
    "\x1f", "😀", "İς", "<%= 1 %>", "scoreline_table_of_leads",
]  # fmt: skip


def quoted(text: str) -> str:
    """A text as rules write it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def in_rules(text: str) -> str:
    """A text without the signs that rules cannot write."""
    return re.sub("[\n\r\0]", " ", text)


def plan_of(hostile: str, *, columns: bool = True) -> Plan:
    """A project with this text wherever it has a place for texts."""
    name = f"x{hostile}y"
    column = json.dumps(name, ensure_ascii=False) if columns else '"x"'
    value, rule = json.dumps(name, ensure_ascii=False), quoted(f"x{in_rules(hostile)}y")
    schema, wrong = read_schema(
        Source(
            name,
            f"""
[lead]
key = {column}
title = {value}
unit = "area"
[lead.fields]
area = {{ type = "text", column = {column.replace("x", "u", 1)} }}
a = {{ type = "choice", values = ["other", {value}], column = {column.replace("x", "a", 1)}, title = {value} }}
s = {{ type = "choices", values = ["other", {value}], column = {column.replace("x", "s", 1)}, default = [{value}] }}
t = {{ type = "text", column = {column.replace("x", "t", 1)}, missing = [{value.replace("x", "n", 1)}] }}
[interactions."did.it"]
title = {value}
properties = {{ p = {{ type = "text", column = {column.replace("x", "p", 1)}, default = {value} }} }}
[interactions-table]
type = {column.replace("x", "type", 1)}
at = {column.replace("x", "at", 1)}
lead_id = {column.replace("x", "lead", 1)}
contact_id = {column.replace("x", "contact", 1)}
id = {column.replace("x", "id", 1)}
""",
        )
    )
    assert schema is not None, wrong
    rules = f"""
model M {rule} for lead
  group {rule}
    when a is "other" then +1 as {rule}
    when t is {rule} then +2 as {quoted("b" + in_rules(hostile))}
    when t contains {rule} then +4  # {in_rules(hostile)}
    when s contains "other" then +8
    for each did.it where (p is {rule}) then +16
  grade {rule} from 1
qualification Q {rule} for unit {rule}
  stage {rule} when M.grade is {rule}
"""
    return from_texts({f"{name}.score": rules}, schema).plan


def asked(dialect: str, table: str, **more: object) -> QueryRequest:
    names = {
        option: '"' + f"{option}{table}".replace('"', '""') + '"'
        for option in ("leads", "contacts", "interactions", "previous")
    }
    return dataclasses.replace(
        QueryRequest(DIALECTS[dialect], instant_of_datetime(NOW, ZoneInfo("UTC")), **names), **more
    )


def has_columns(hostile: str, dialect: str) -> bool:
    """Whether a column of the database could have such a name."""
    return dialect != "bigquery" and not (dialect == "spark" and "${" in hostile)


def check(hostile: str, database: Database) -> None:
    columns = has_columns(hostile, database.dialect)
    plan = plan_of(hostile, columns=columns)
    name = f"x{hostile}y"
    text = f"x{in_rules(hostile)}y"
    told = f"{hostile}y" if columns else ""

    def column(letter: str) -> str:
        return f"{letter}{told}"

    database.load(
        f"leads{told}",
        [(column("x"), "text"), *((column(each), "choices" if each == "s" else "text") for each in "uast")],
        [
            ("1", text, "other", ["other"], text),
            ("2", None, "nothing", None, f"n{hostile}y"),
            ("3", "z", name, [name], "z"),
        ],
    )
    database.load(
        f"interactions{told}",
        [*((column(each), "text") for each in ("type", "lead", "contact", "id", "p")), (column("at"), "datetime")],
        [("did.it", "1", None, None, text, datetime.datetime(2026, 1, 1))],
    )
    database.load(
        f"previous{told}", [(column("x"), "text"), ("Q_stage", "text"), ("Q_entered", "whole")], [("1", text, 4)]
    )
    rows = {row[0]: row[1:] for row in database.run(written_query(plan, asked(database.dialect, told)))}
    ids = [rule.id for rule in plan.models[0].rules]
    assert rows == {
        "1": (31, text, ids, text, 4, False, []),
        "2": (0, None, [], None, 0, False, []),
        "3": (0, None, [], None, 0, False, []),
    }


@pytest.mark.parametrize("hostile", HOSTILE)
def test_duckdb_takes_it_for_a_text(hostile: str, duckdb_database: Database) -> None:
    check(hostile, duckdb_database)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_postgres_takes_it_for_a_text(hostile: str, postgres: Database) -> None:
    check(hostile, postgres)


@pytest.mark.parametrize("hostile", [" ".join(HOSTILE[start::9]) for start in range(9)])  # Spark is slow
def test_spark_takes_it_for_a_text(hostile: str, spark: Database) -> None:
    check(hostile, spark)


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("hostile", HOSTILE)
def test_the_text_is_read_as_it_was_meant(hostile: str, dialect: str) -> None:
    columns = has_columns(hostile, dialect)
    harmless = written_query(plan_of("", columns=columns), asked(dialect, ""))
    written = written_query(plan_of(hostile, columns=columns), asked(dialect, hostile if columns else ""))
    [read], [expected] = (sqlglot.parse(each, read=dialect) for each in (written, harmless))
    assert read is not None and expected is not None
    for each in (read, expected):
        for made in each.find_all(exp.Paren):  # a text with line ends is made of parts
            if isinstance(made.this, exp.DPipe) and (made.find(exp.Chr) or "$" in made.sql()):
                made.replace(exp.Literal.string("x"))
        for made in each.find_all(exp.Chr):
            made.replace(exp.Literal.string("x"))
    kinds = [[type(node) for node in each.walk()] for each in (read, expected)]
    assert kinds[0] == kinds[1]


@pytest.mark.parametrize("dialect", ["duckdb", "bigquery"])
@pytest.mark.parametrize("hostile", HOSTILE)
def test_dbt_executes_nothing_but_its_references(hostile: str, dialect: str) -> None:
    plan = plan_of(hostile, columns=has_columns(hostile, dialect))
    shared = QueryRequest(DIALECTS[dialect], instant_of_datetime(NOW, ZoneInfo("UTC")), previous="previous")
    model = written_query(plan, dataclasses.replace(shared, dbt=True))
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    mark = "`" if dialect in ("spark", "bigquery") else '"'
    rendered = environment.from_string(model).render(ref=lambda name: f"{mark}{name}{mark}")
    plain = {each: f'"{each}"' for each in ("leads", "contacts", "interactions", "previous")}
    assert rendered == written_query(plan, dataclasses.replace(shared, **plain))


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("place", ["value", "column"])
def test_a_null_character_is_refused(dialect: str, place: str) -> None:
    plan = plan_of("\0", columns=place == "column")
    with pytest.raises(Unusable, match=r"holds the character U\+0000"):
        written_query(plan, asked(dialect, ""))


def test_a_plan_from_elsewhere_may_have_any_names(duckdb_database: Database) -> None:
    """Names are words in a rule file, but a saved plan could say anything."""
    hostile = "M\"; drop table leads; -- '*/ {{ 1 }}\n"
    plan = plan_of("")
    model = dataclasses.replace(plan.models[0], name=hostile, rules=plan.models[0].rules[:1])
    rule = dataclasses.replace(model.rules[0], id=hostile, text=hostile, label=hostile)
    place = dataclasses.replace(model.place, file=f"a\n{hostile}")
    model = dataclasses.replace(model, rules=(dataclasses.replace(rule, place=place),), place=place)
    plan = dataclasses.replace(plan, models=(model,), qualifications=(), examples=())
    duckdb_database.load(
        "leads",
        [("xy", "text"), ("ay", "text"), ("sy", "choices"), ("ty", "text"), ("uy", "text")],
        [("1", "other", None, None, None)],
    )
    duckdb_database.load(
        "interactions",
        [(f"{each}y", "text") for each in ("type", "lead", "contact", "id", "p")] + [("aty", "datetime")],
        [],
    )
    assert duckdb_database.run(written_query(plan, asked("duckdb", "", previous=None))) == [
        ("1", 1, "xy", [hostile], False, [])
    ]
