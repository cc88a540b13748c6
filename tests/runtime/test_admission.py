"""What the door admits is what reading row by row gives: the same values, and the same rejects."""

import contextlib
import csv
import datetime
import functools
import io
import json
import math
import sqlite3
import tempfile
from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scoreline.compiler.backends.query.admitted import ROW, AdmittedTables
from scoreline.compiler.backends.query.choices import separator, set_text
from scoreline.compiler.backends.query.names import properties_of
from scoreline.compiler.folding import fold
from scoreline.compiler.instants import as_datetime
from scoreline.compiler.plan_parts import needed_fields
from scoreline.compiler.schema.reading import read_schema
from scoreline.dsl.source import Source
from scoreline.runtime import from_texts
from scoreline.runtime.keys import read_key
from scoreline.runtime.table.admit.keys import each_once
from scoreline.runtime.table.engines.duckdb.admission import admit
from scoreline.runtime.table.engines.duckdb.scoring import score_admitted
from scoreline.runtime.table.engines.python.loaded import Loaded
from scoreline.runtime.table.progress import silent
from scoreline.runtime.table.read.files import TableUnusable, told_as
from scoreline.runtime.table.read.parquet_rows import connection
from scoreline.runtime.table.read.rows import table_rows
from scoreline.runtime.table.read.sources import PostgresTable, Tables, place_of, rejector_of
from scoreline.runtime.table.write.result_table import RESULT

from . import admission_pools as pools

SCHEMA = """
[lead]
key = "lead_id"
unit = "region"
relations = { contact = { to = "contact", column = "contact_id" } }
[lead.fields]
region = "text"
name = { type = "text", column = "Full Name", missing = ["n/a", "SELECT", "İ"], default = "nobody" }
must = { type = "text", required = true }
industry = { type = "choice", values = ["Software", "Fi|nance", "Retail", "select"], missing = ["Select"] }
source = { type = "choice", values = ["x", "yes", "7"], default = "x" }
size = { type = "number", min = -1, max = 100 }
free = { type = "number", missing = ["7", "inf", "2.50"] }
sure = { type = "number", required = true }
usual = { type = "number", default = 5 }
vip = "yes/no"
optin = { type = "yes/no", default = false, missing = ["t", "true"] }
born = "date"
begun = { type = "date", default = 2020-01-01, missing = ["1900-01-01", "2026-01-31"] }
seen = "datetime"
made = { type = "datetime", missing = ["1900-01-01", "2026-01-31T12:00:00Z"], required = true }
closed = { type = "datetime", default = 2020-01-01T12:00:00Z }
topics = { type = "choices", values = ["Cloud", "AI"], missing = ["n/a"] }
kinds = { type = "choices", values = ["AI", "x"], default = ["x"], required = true }
[contact]
key = "contact_id"
[contact.fields]
job = "text"
rank = { type = "number", default = 1 }
[interactions."email.opened"]
properties = { campaign = "text", link = { type = "text", required = true }, amount = "number" }
[interactions."form.sent"]
[interactions."form.sent".properties]
amount = { type = "choice", values = ["7", "x"], default = "x" }
due_on = { type = "datetime", column = "When" }
[interactions.called]
properties = { topics = { type = "choices", values = ["AI", "Cloud"] } }
"""
ALL_RULES = """
model Fit for lead
  when name is "x" and must is "x" and industry is "Retail" and source is "x" and vip and optin then +1
  when size > 1 and free > 1 and sure > 1 and usual > 1 then +1
  when born within 90 days and begun within 90 days and seen within 9 days and made within 9 days then +1
  when closed within 9 days and topics contains "AI" and kinds contains "x" then +1
  when contact.job is "x" and contact.rank > 1 then +1
  when email.opened where (campaign is "x" and amount > 1 and link is "x") then +1
  when form.sent where (amount is "x" and due_on within 9 days) then +1
  when called where (topics contains "AI") then +1
"""
FEW_RULES = """
model Fit for lead
  when size > 1 then +1
  when email.opened then +1
"""
ZONES = tuple(
    map(ZoneInfo, ("UTC", "Europe/Berlin", "Asia/Kolkata", "America/Havana", "Africa/Monrovia", "Pacific/Apia"))
)
TABLES = ("leads", "contacts", "interactions")
NOW = datetime.datetime(2026, 1, 31, 11, tzinfo=datetime.UTC)  # among the times that are drawn


@functools.cache
def rules_of(text=ALL_RULES, zone=ZONES[0], schema=SCHEMA):
    read, faults = read_schema(Source("crm.schema.toml", schema))
    assert read is not None, faults
    return from_texts({"fit.score": text}, read, zone)


def by_rows(rules, tables):
    """Leads, contacts, interactions and rejects as the Python engine reads them."""
    rejects = []
    plan = rules.plan
    sign = separator(plan.schema)
    loaded = Loaded(rules, tables, rejects.append, silent)
    rejector = rejector_of("leads", tables.leads, rejects.append)

    def known(values, specs, owner):
        found = {name: canonical(values[name], specs[name].type, sign) for name in needed_fields(plan, owner)}
        return tuple(sorted(found.items()))

    leads = {}
    for key, (number, row) in each_once(table_rows(tables.leads, loaded.lead_columns, rejector), "lead_id", rejector):
        read_lead = loaded.read_lead(key, number, row, rejector)
        leads[key] = (number, read_key(row.get("contact_id")), known(read_lead.lead, plan.schema.lead.fields, "lead"))
    loaded.report_unknown_leads(set(leads), rejects.append)
    contacts = {key: known(values, plan.schema.contact_fields, "contact") for key, values in loaded.contacts.items()}
    happened = loaded.interactions
    several = {id(one): one for rows in (*happened.by_lead.values(), *happened.by_contact.values()) for one in rows}
    rows = Counter((one.row, one.lead, one.contact, one.type, as_datetime(one.at).replace(tzinfo=None),
                    tuple(compared(value) for value in one.values)) for one in several.values())  # fmt: skip
    return leads, contacts, rows, dict(happened.unknown_types), dict(happened.types), Counter(rejects)


def canonical(known, type_, sign):
    match known:
        case tuple():
            return set_text(known, sign)
        case int() if type_ == "date":
            return datetime.date.fromordinal(known)
        case int() if type_ == "datetime":
            return as_datetime(known).replace(tzinfo=None)
        case _:
            return known


def compared(value):
    """A property as compiled tests compare it, made alike in both."""
    if isinstance(value, frozenset):
        return tuple(sorted(value))
    return as_datetime(value).replace(tzinfo=None) if type(value) is int else value


def by_door(rules, tables):
    """The same as the door admits it."""
    rejects = []
    plan = rules.plan
    with connection() as base:
        moments = rules.session(NOW).moments
        admitted = admit(base, plan, tables, moments[0], rejects.append, silent)
        views = AdmittedTables(admitted.leads, admitted.contacts, admitted.interactions)
        score_admitted(base, plan, moments, views, keys_hold=lambda: admitted.keys_hold(RESULT))

        def rows(name):
            if name is None:
                return []
            result = base.execute(f'select * from "{name}"')
            names = [each[0] for each in result.description]
            return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

        def known(row, owner):
            return tuple(sorted((name, row[name]) for name in needed_fields(plan, owner)))

        leads = {row["lead key"]: (row[ROW], row["contact key"], known(row, "lead")) for row in rows(admitted.leads)}
        contacts = {row["contact key"]: known(row, "contact") for row in rows(admitted.contacts)}
        unknown, types = admitted.told_types()
        happened = Counter(
            (row[ROW], row["lead key"], row["contact key"], row["type"], row["at"], properties(plan, row))
            for row in rows(admitted.interactions)
        )
    assert admitted.lost_rows == sum(one.table == "leads" and one.row is not None for one in rejects)
    return leads, contacts, happened, dict(unknown), dict(types), Counter(rejects)


def properties(plan, row):
    found = []
    specs = plan.schema.interactions[row["type"]].properties
    for name in properties_of(plan, row["type"]):
        value = row[f"{row['type']}.{name}"]
        if isinstance(value, str):
            value = fold(value)
            if specs[name].type == "choices":
                sign = separator(plan.schema)
                value = tuple(sorted(value.strip(sign).split(sign)))
        found.append(value)
    return tuple(found)


def assert_same(rules, tables):
    try:
        expected = by_rows(rules, tables)
    except TableUnusable as fault:
        with pytest.raises(TableUnusable) as told:
            by_door(rules, tables)
        assert told.value.message == fault.message
        return
    found = by_door(rules, tables)
    for name, one, other in zip(
        ("leads", "contacts", "interactions", "unknown", "types"), found, expected, strict=False
    ):
        assert one == other, name
        assert repr(sorted(one.items(), key=repr)) == repr(sorted(other.items(), key=repr)), name
    assert found[5] - expected[5] == Counter()
    assert expected[5] - found[5] == Counter()


COLUMNS = {
    "leads": (
        "lead_id", "contact_id", "region", "Full Name", "must", "industry", "source", "size", "free", "sure",
        "usual", "vip",
        "optin", "born", "begun", "seen", "made", "closed", "topics", "kinds",
    ),
    "contacts": ("contact_id", "job", "rank"),
    "interactions": ("lead_id", "contact_id", "type", "at", "id", "campaign", "link", "amount", "When", "topics"),
}  # fmt: skip
LIKELY = {
    "lead_id": pools.KEYS, "contact_id": pools.KEYS, "type": pools.TYPES, "at": pools.TIMES, "id": pools.KEYS,
    "size": pools.NUMBERS, "free": pools.NUMBERS, "sure": pools.NUMBERS, "usual": pools.NUMBERS,
    "amount": pools.NUMBERS,
    "born": pools.TIMES, "begun": pools.TIMES, "seen": pools.TIMES, "made": pools.TIMES, "closed": pools.TIMES,
    "When": pools.TIMES, "topics": pools.SETS, "kinds": pools.SETS,
}  # fmt: skip
DRAWN = settings(deadline=None, max_examples=settings.default.max_examples // 15)
MOST = {"leads": 5, "contacts": 4, "interactions": 8}


def cell(column):
    likely = st.sampled_from(LIKELY.get(column, pools.WORDS))
    return st.one_of(likely, likely, likely, st.sampled_from(pools.ALL), st.text(max_size=3).filter(is_text))


def is_text(text):
    return not any("\ud800" <= each <= "\udfff" for each in text)


@st.composite
def drawn_texts(draw, table):
    columns = [name for name in COLUMNS[table] if name in ("lead_id", "type", "at") or draw(st.integers(0, 9))]
    if table == "contacts" and "contact_id" not in columns:
        columns.append("contact_id")
    rows = draw(st.lists(st.tuples(*map(cell, columns)), max_size=MOST[table]))
    return columns, rows


def write_csv(path, columns, rows):
    made = io.StringIO(newline="")
    csv.writer(made).writerows([columns, *rows])
    path.write_text(made.getvalue(), encoding="utf-8", newline="")


def drawn_json(column):
    scalars = st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.integers(-9, 9).map(float), cell(column), cell(column)
    )
    return st.one_of(
        scalars,
        scalars,
        st.lists(scalars, max_size=3),
        st.dictionaries(st.text(max_size=2).filter(is_text), scalars, max_size=1),
    )


@st.composite
def drawn_lines(draw, table):
    rows = draw(
        st.lists(
            st.fixed_dictionaries({}, optional={name: drawn_json(name) for name in COLUMNS[table]}),
            max_size=MOST[table],
        )
    )
    return [json.dumps(row, ensure_ascii=draw(st.booleans())) for row in rows] + draw(
        st.lists(st.sampled_from(("", "[]", "{", "7")))
    )


SQL_TYPES = (
    "varchar", "bigint", "tinyint", "ubigint", "hugeint", "double", "float", "decimal(10,2)", "decimal(38,10)",
    "boolean",
    "date", "timestamp", "timestamp_s", "timestamp_ms", "timestamp_ns", "timestamptz", "varchar[]", "double[]", "blob",
    "time", "struct(a varchar)", "date[]", "timestamp[]", "uuid",
)  # fmt: skip


def write_parquet(path, columns, rows, types):
    with duckdb.connect() as base:
        base.execute("set timezone = 'UTC'")
        typed = ", ".join(f'"{name}" {type_}' for name, type_ in zip(columns, types, strict=True))
        base.execute(f"create table t ({typed})")
        for row in rows:
            cells = ", ".join(f"try_cast(? as {type_})" for type_ in types)
            base.execute(f"insert into t values ({cells})", list(row))
        base.execute("copy t to ? (format parquet)", [str(path)])


IDENTIFIED = st.fixed_dictionaries(
    {"id": st.sampled_from(("e1", "e1", " e1", "e2", "")), "type": st.sampled_from(("email.opened", "called")),
     "at": st.sampled_from(("2026-01-02", "2026-01-01T00:00:00Z", "2026-01-01")),
     "lead_id": st.sampled_from(("L1", "L9", ""))},
    optional={"contact_id": st.sampled_from(("C1", "")), "amount": st.sampled_from((7, 7.0, "7", True, math.nan, 8)),
              "campaign": st.sampled_from(("x", "x ", None)),
              "topics": st.sampled_from((["AI"], ["AI", math.nan], [1]))},
)  # fmt: skip


@DRAWN
@given(st.lists(IDENTIFIED, max_size=8), st.sampled_from(("jsonl", "csv", "double", "varchar", "decimal(10,2)")))
def test_ids_are_settled_row_after_row(rows, form):
    columns = ("id", "type", "at", "lead_id", "contact_id", "amount", "campaign", "topics")
    with tempfile.TemporaryDirectory() as folder:
        leads = Path(folder, "leads.csv")
        leads.write_text("lead_id,contact_id\nL1,C1\n", encoding="utf-8")
        if form == "jsonl":
            path = Path(folder, "interactions.jsonl")
            path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        elif form == "csv":
            path = Path(folder, "interactions.csv")
            write_csv(path, columns, [[row.get(name) for name in columns] for row in rows])
        else:
            path = Path(folder, "interactions.parquet")
            types = ("varchar",) * 5 + (form, "varchar", "double[]" if form == "double" else "varchar[]")
            cells = [[row.get(name) for name in columns] for row in rows]
            texts = [[cell if cell is None or type(cell) is list else str(cell) for cell in row] for row in cells]
            write_parquet(path, columns, texts, types)
        assert_same(rules_of(ALL_RULES), Tables(leads, None, path))


@DRAWN
@given(st.sampled_from((ALL_RULES, ALL_RULES, FEW_RULES)), st.sampled_from(ZONES), st.tuples(*map(drawn_texts, TABLES)))
def test_csv(text, zone, drawn):
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{table}.csv") for table in TABLES]
        for path, (columns, rows) in zip(paths, drawn, strict=True):
            write_csv(path, columns, rows)
        assert_same(rules_of(text, zone), Tables(*paths))


@DRAWN
@given(st.sampled_from((ALL_RULES, ALL_RULES, FEW_RULES)), st.sampled_from(ZONES), st.tuples(*map(drawn_lines, TABLES)))
def test_jsonl(text, zone, drawn):
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{table}.jsonl") for table in TABLES]
        for path, lines in zip(paths, drawn, strict=True):
            path.write_text("\n".join(lines), encoding="utf-8", newline="")
        assert_same(rules_of(text, zone), Tables(*paths))


@DRAWN
@given(
    st.sampled_from((ALL_RULES, ALL_RULES, FEW_RULES)),
    st.sampled_from(ZONES),
    st.data(),
    st.tuples(*map(drawn_texts, TABLES)),
)
def test_parquet(text, zone, data, drawn):
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{table}.parquet") for table in TABLES]
        for path, (columns, rows) in zip(paths, drawn, strict=True):
            types = [
                "varchar" if name in LIKELY and data.draw(st.booleans()) else data.draw(st.sampled_from(SQL_TYPES))
                for name in columns
            ]
            write_parquet(path, columns, rows, types)
        assert_same(rules_of(text, zone), Tables(*paths))


LEADS = (("lead_id", "contact_id", "size"), ("L1", "C1", "7"), ("L2", "", "x"), (" L1", "", "8"), ("", "", "9"))
MORE = (("contact_id", "lead_id", "size"), ("", "L3", "101"), ("", "L2", "1"))
HAPPENED = (("lead_id", "type", "at"), ("L1", "email.opened", "2026-01-01"), ("L9", "email.opened", "2026-01-01"))


def write_leads(folder):
    folder.mkdir()
    write_csv(folder / "a.csv", LEADS[0], LEADS[1:])
    write_csv(folder / "b.tsv", MORE[0], MORE[1:])
    (folder / "_SUCCESS").touch()
    (folder / "notes.txt").touch()
    below = folder / "below"
    below.mkdir()
    write_parquet(below / "c.parquet", MORE[0], [(None, "L4", "5")], ("varchar", "varchar", "integer"))
    (below / "d.jsonl").write_text('{"lead_id": "L5", "size": 1e9}\n{"lead_id": 4}\n', encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["", "*", "**/*.*", "[ab].*"])
def test_several_files_are_one_table_and_rejects_name_each(tmp_path, name):
    folder = write_leads(tmp_path / "leads")
    write_csv(tmp_path / "i.csv", HAPPENED[0], HAPPENED[1:])
    tables = Tables(folder / name, None, tmp_path / "i.csv")
    assert_same(rules_of(FEW_RULES), tables)
    *_, rejects = by_door(rules_of(FEW_RULES), tables)
    assert (str(folder / "b.tsv"), 2, "size") in {(one.file, one.row, one.column) for one in rejects}
    assert (str(folder / "b.tsv"), 3, "lead_id") in {(one.file, one.row, one.column) for one in rejects}


def test_interactions_of_several_files_are_settled_together(tmp_path):
    write_csv(tmp_path / "leads.csv", LEADS[0], LEADS[1:])
    folder = tmp_path / "happened"
    folder.mkdir()
    columns = ("lead_id", "type", "at", "id", "amount")
    for number, day in enumerate(("2026-01-02", "2026-01-01", "2026-01-03")):
        rows = [("L1", "email.opened", day, "e1", "1"), ("L1", "email.opened", day, "e2", "7")]
        write_csv(folder / f"{number}.csv", columns, rows)
    write_parquet(folder / "z.parquet", columns, rows, ("varchar", "varchar", "timestamp", "varchar", "double"))
    tables = Tables(tmp_path / "leads.csv", None, folder)
    assert_same(rules_of(ALL_RULES), tables)
    assert by_door(rules_of(ALL_RULES), tables)[4] == {"email.opened": 2}


@pytest.mark.parametrize("named", ["", "#leads", "#main.leads", "#seen", '#"my ""leads"'])
def test_a_table_of_duckdb(tmp_path, named):
    path = tmp_path / "ware'house.duckdb"
    with duckdb.connect(path) as base:
        base.execute("create table leads (lead_id bigint, size decimal(9, 2), contact_id varchar)")
        base.execute("insert into leads values (0, 0, ''), (7, 7.5, ' C1'), (8, 101, null), (7, 1, null)")
        base.execute("delete from leads where lead_id = 0")
        base.execute('create view seen as from leads order by size; create table "my ""leads" as from leads')
        base.execute(
            "create table interactions as select 7 as lead_id, 'email.opened' as type, date '2026-01-01' as at"
        )
    assert_same(rules_of(FEW_RULES), Tables(Path(f"{path}{named}"), None, path))
    leads, *_ = by_door(rules_of(FEW_RULES), Tables(Path(f"{path}{named}"), None, path))
    assert leads.keys() == {"7", "8"}


@pytest.mark.parametrize("name", ["crm.sqlite", "crm.db", "c#r?m.sqlite3"])
def test_a_table_of_sqlite_has_a_type_in_every_cell(tmp_path, name):
    path = tmp_path / name
    with contextlib.closing(sqlite3.connect(path)) as base:
        base.execute("create table leads (lead_id, size, contact_id)")
        rows = [
            (7, 7.5, " C1"),
            ("8", "x", None),
            (7.0, b"1", 1),
            (b"\xff", math.inf, b""),
            (9, "7", 2**60),
            ("", 1, 1),
        ]
        base.executemany("insert into leads values (?, ?, ?)", rows)
        base.execute("create table crm (lead_id)")
        base.commit()
    for table in ("", "#leads", "#crm"):
        assert_same(rules_of(FEW_RULES), Tables(Path(f"{path}{table}")))
    leads, *_ = by_door(rules_of(FEW_RULES), Tables(path))
    assert leads.keys() == {"7", "8", "9", "\ufffd"}


@pytest.mark.parametrize(
    "named", ["crm.duckdb#people", "crm.sqlite#people", "crm.duckdb#a b", "crm.db", "none.duckdb#a"]
)
def test_a_database_that_cannot_be_used_says_so(tmp_path, named):
    duckdb.connect(tmp_path / "crm.duckdb").close()
    with contextlib.closing(sqlite3.connect(tmp_path / "crm.sqlite")) as base:
        base.execute("create table leads (x)")
    (tmp_path / "crm.db").write_text("no database")
    for engine in (by_rows, by_door):
        with pytest.raises(TableUnusable):
            engine(rules_of(FEW_RULES), Tables(tmp_path / named))
    assert not (tmp_path / "none.duckdb").exists()


def test_a_table_of_postgresql(postgres, tmp_path):
    postgres.execute(
        "create schema crm; create type kind as enum ('x', 'y');"
        "create table crm.leads (lead_id bigint, size numeric, made timestamptz, seen timestamp, born date,"
        " vip boolean, topics text[], source kind, must json, contact_id uuid);"
        "insert into crm.leads values (7, 7.50, '2026-01-31 12:00+02', '2026-01-31 12:00', '2026-01-31', true,"
        " '{AI,Cloud}', 'x', '{\"a\": 1}', '00000000-0000-0000-0000-000000000001'), (8, 'NaN', null, 'infinity',"
        " '-infinity', null, null, null, null, null)"
    )
    for sign in ("#crm.leads", "&table=crm.leads"):
        tables = Tables(Path(postgres.url + sign))
        assert_same(rules_of(ALL_RULES), tables)
        leads, *_, rejects = by_door(rules_of(ALL_RULES), tables)
        assert leads.keys() == {"7", "8"}
        assert dict(leads["7"][2])["size"] == 7.5
        assert {one.column for one in rejects if one.row == 2} >= {"seen", "born"}
    with pytest.raises(TableUnusable, match="cannot be read"):
        by_door(rules_of(FEW_RULES), Tables(Path(postgres.url + "#none")))


@pytest.mark.parametrize(
    ("address", "url", "parts"),
    [
        ("postgresql://ada:secret@host:1/crm", "postgresql://ada:secret@host:1/crm", ("leads",)),
        ("postgres://host/crm?sslmode=require&table=a.B#", "postgresql://host/crm?sslmode=require", ("a", "b")),
        ('postgresql:///crm?host=%2Ftmp#"A b"', "postgresql:///crm?host=%2Ftmp", ("A b",)),
    ],
)
def test_an_address_of_postgresql(address, url, parts):
    assert place_of(Path(address), "leads") == PostgresTable(url, parts)


def test_no_password_is_shown():
    assert "secret" not in told_as(Path("postgresql://ada:secret@host/crm"))
    assert "secret" not in told_as(Path("postgresql://host/crm?password=secret&user=ada#t"))


@pytest.mark.parametrize("name", ["crm.duckdb", "crm.sqlite"])
def test_a_table_that_is_not_there_is_told_with_those_that_are(tmp_path, name):
    path = tmp_path / name
    opened = duckdb.connect(path) if name.endswith("duckdb") else sqlite3.connect(path)
    with contextlib.closing(opened) as base:
        base.execute("create table people (lead_id integer)")
    with pytest.raises(TableUnusable) as told:
        by_door(rules_of(FEW_RULES), Tables(path))
    assert told.value.message == f"`{path}` has no table `leads`"
    assert told.value.help == f"it has `people`: `{path}#people`"


def test_an_address_is_told_as_one_writes_it_but_for_the_password():
    assert told_as(Path("postgresql://ada:secret@host/crm#t")) == "postgresql://ada:***@host/crm#t"
