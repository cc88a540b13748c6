"""`score` end to end: what it writes, what it reports, and what makes it refuse."""

import csv
import json
import os
import subprocess
import sys

import duckdb
import pytest

AS_OF = "2026-03-31T12:00"


@pytest.fixture
def small(tmp_path, monkeypatch, call):
    """A project with one rule of each kind, and data with one mistake of each kind."""
    files = {
        "scoreline.toml": """
[project]
rules = ["rules"]
schema = "crm.schema.toml"
timezone = "Europe/Berlin"
[data]
leads = "leads.csv"
contacts = "contacts.csv"
interactions = "interactions.csv"
""",
        "crm.schema.toml": """
[lead]
key = "lead_id"
relations = { contact = { to = "contact", column = "contact_id" } }
[lead.fields]
industry = { type = "choice", values = ["Software", "Finance"] }
employees = { type = "number", column = "No. of employees" }
born = "date"
[contact]
key = "contact_id"
[contact.fields]
job_title = "text"
vip = "yes/no"
[interactions."email.opened"]
properties = { size = "number" }
[interactions."form.submitted"]
""",
        "rules/fit.score": """
model Fit for lead
  when industry is "Software" then +20 as "Software"
  when employees >= 100 then +30
  when contact.job_title contains "head" then +5 as "Head"
  grade "A" from 50
  grade "B" otherwise
model Mail for lead where (industry is known)
  include contact interactions
  when email.opened >= 2 within 30 days then +10
  when industry is "Finance" then disqualify as "No banks"
qualification Q
  stage "MQL" when Fit >= 20
  stage "SQL" when Fit >= 50
""",
        "leads.csv": "lead_id,industry,No. of employees,born,contact_id,extra\n"
        "2,software,120,2026-01-01,c1,x\n1,Finance,many,,,x\n3,Bogus,5,31.12.2025,c9,x\n2,,,,,x\n,,,,,x\n4\n",
        "contacts.csv": "contact_id;job_title;vip\nc1;Head of Sales;maybe\nc1;Nobody;yes\n",
        "interactions.csv": "type,at,lead_id,contact_id,id,size\n"
        "email.opened,2026-03-30 10:00,2,,a,1\nemail.opened,2026-03-30T10:00:00Z,,c1,b,big\n"
        "email.opened,2026-03-29T10:00:00Z,2,,a,1\nemail.opened,soon,2,,,1\nemail.opened,2026-03-30,77,,,1\n"
        "sms.sent,2026-03-30,2,,,1\nform.submitted,2026-03-30,2,,,1\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


HEADER = "lead_id,industry,No. of employees,born,contact_id"


def rows_of(path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


EXPECTED = [
    {
        "lead_id": "2", "Fit_score": "55", "Fit_grade": "A", "Fit_rules": '["Fit/software", "Fit/2", "Fit/head"]',
        "Mail_score": "10", "Mail_grade": "", "Mail_rules": '["Mail/1"]', "Q_stage": "SQL", "Q_entered": "1",
        "disqualified": "no", "disqualified_by": "[]",
    },
    {
        "lead_id": "1", "Fit_score": "0", "Fit_grade": "B", "Fit_rules": "[]",
        "Mail_score": "0", "Mail_grade": "", "Mail_rules": '["Mail/no-banks"]', "Q_stage": "", "Q_entered": "0",
        "disqualified": "yes", "disqualified_by": '["Mail/no-banks"]',
    },
    {
        "lead_id": "3", "Fit_score": "0", "Fit_grade": "B", "Fit_rules": "[]",
        "Mail_score": "", "Mail_grade": "", "Mail_rules": "", "Q_stage": "", "Q_entered": "0",
        "disqualified": "no", "disqualified_by": "[]",
    },
]  # fmt: skip


def test_every_lead_is_scored_in_the_leads_order(small, call):
    assert call("score", "--as-of", AS_OF, "-o", "out.csv").status == 0
    assert rows_of(small / "out.csv") == EXPECTED
    assert list(rows_of(small / "out.csv")[0]) == list(EXPECTED[0])


def test_every_bad_value_and_row_is_named_once(small, call):
    assert call("score", "--as-of", AS_OF, "-o", "out.csv", "--rejects", "bad.csv").status == 0
    found = {(row["file"], row["row"], row["column"], row["value"]) for row in rows_of(small / "bad.csv")}
    assert found == {
        ("contacts.csv", "2", "vip", "maybe"),
        ("contacts.csv", "3", "contact_id", "c1"),
        ("interactions.csv", "3", "size", "big"),
        ("interactions.csv", "2", "id", "a"),
        ("interactions.csv", "5", "at", "soon"),
        ("interactions.csv", "6", "lead_id", "77"),
        ("leads.csv", "3", "No. of employees", "many"),
        ("leads.csv", "4", "industry", "Bogus"),
        ("leads.csv", "4", "born", "31.12.2025"),
        ("leads.csv", "5", "lead_id", "2"),
        ("leads.csv", "6", "lead_id", ""),
        ("leads.csv", "7", "", "4"),
    }
    assert all(row["reason"] for row in rows_of(small / "bad.csv"))


def test_the_summary_tells_all_that_was_found(small, call):
    shown = call("score", "--as-of", AS_OF)
    assert shown.status == 0
    assert "3 leads scored as of 2026-03-31 12:00 CEST, 1 disqualified" in shown.out
    assert "12 values and rows not used" in shown.out
    assert "sms.sent (1)" in shown.out
    assert "form.submitted (1)" in shown.out.partition("that no rule uses")[2]
    lines = {" ".join(line.split()) for line in shown.out.splitlines()}
    third = "█" * 10
    assert {f"A {third} 1 33 %", f"no score {third} 1 33 %", f"SQL {third} 1 33 %", "MQL 0 0 %"} <= lines
    assert "…" not in shown.out


@pytest.mark.parametrize("ending", ["parquet", "jsonl"])
def test_all_formats_hold_the_same(small, call, ending):
    call("score", "--as-of", AS_OF, "-o", f"out.{ending}", "--rejects", f"bad.{ending}")
    reader = {"jsonl": "read_json", "parquet": "read_parquet"}[ending]
    with duckdb.connect() as base:
        result = base.execute(f"select * from {reader}(?)", [f"out.{ending}"])
        names = [name for name, *_ in result.description]
        found = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
        assert base.execute(f"select count(*) from {reader}(?)", [f"bad.{ending}"]).fetchall() == [(12,)]
    for expected, row in zip(EXPECTED, found, strict=True):
        for name, text in expected.items():
            value = row[name]
            if isinstance(value, bool):
                assert text == ("yes" if value else "no")
            elif isinstance(value, list):
                assert json.loads(text) == value
            else:
                assert text == ("" if value is None else str(value))


def test_leads_in_other_formats_score_the_same(small, call):
    call("score", "--as-of", AS_OF, "-o", "out.csv")
    with duckdb.connect() as base:
        base.execute(
            "create table leads as select * from read_csv('leads.csv', null_padding = true, all_varchar = true)"
        )
        base.execute("copy leads to 'leads.parquet' (format parquet)")
        base.execute("copy leads to 'leads.jsonl' (format json)")
    for ending in ("parquet", "jsonl"):
        call("score", "--as-of", AS_OF, "--leads", f"leads.{ending}", "-o", "other.csv")
        assert rows_of(small / "other.csv")[:3] == EXPECTED


def test_an_earlier_output_keeps_stages_and_counts_entering(small, call):
    call("score", "--as-of", AS_OF, "-o", "one.csv")
    (small / "leads.csv").write_text(
        "lead_id,industry,No. of employees,born,contact_id\n2,Software,1,,\n5,Software,1,,\n"
    )
    call("score", "--as-of", AS_OF, "--previous", "one.csv", "-o", "two.csv")
    assert [(row["lead_id"], row["Q_stage"], row["Q_entered"]) for row in rows_of(small / "two.csv")] == [
        ("2", "SQL", "1"),
        ("5", "MQL", "1"),
    ]
    (small / "leads.csv").write_text(f"{HEADER}\n5,Software,100,,\n")
    call("score", "--as-of", AS_OF, "--previous", "two.csv", "-o", "two.csv")
    assert [(row["lead_id"], row["Q_stage"], row["Q_entered"]) for row in rows_of(small / "two.csv")] == [
        ("5", "SQL", "2"),
    ]


def test_strict_refuses_bad_data_and_writes_no_results(small, call):
    (small / "out.csv").write_text("before")
    refused = call("score", "--as-of", AS_OF, "--strict", "-o", "out.csv", "--rejects", "bad.csv")
    assert refused.status == 2
    assert "12 values and rows not used, and `--strict` allows none" in refused.err
    assert (small / "out.csv").read_text() == "before"
    assert len(rows_of(small / "bad.csv")) == 12


def test_strict_takes_good_data(project, call):
    assert call("score", "--strict", "-o", "out.csv").status == 0
    assert len(rows_of(project / "out.csv")) == 8


def test_the_new_project_scores_clean(project, call):
    shown = call("score", "--rejects", "bad.csv")
    assert (shown.status, shown.err) == (0, "")
    assert "8 leads scored" in shown.out
    assert "not used" not in shown.out and "no rule uses" not in shown.out and "not name" not in shown.out
    assert rows_of(project / "bad.csv") == []


def test_the_table_shows_the_first_leads_and_says_how_to_get_the_rest(project, call):
    rows = "\n".join(str(number) for number in range(50))
    (project / "data" / "leads.csv").write_text(f"lead_id\n{rows}\n")
    shown = call("score")
    assert "… and 30 more leads; write all of them with `-o results.csv`" in shown.out


def test_as_of_is_read_in_the_projects_zone(small, call):
    for text in ("2026-03-31T12:00", "2026-03-31T10:00Z", "2026-03-31 12:00:00+02:00"):
        assert "as of 2026-03-31 12:00 CEST" in call("score", "--as-of", text).out
    assert "as of 2026-03-31 00:00 CEST" in call("score", "--as-of", "2026-03-31").out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--leads", "none.csv"], "there is no file `none.csv`"),
        (["--leads", "."], "`contacts.csv` has no column `lead_id`"),
        (["--leads", "crm.schema.toml"], "ends in .csv, .parquet or .jsonl"),
        (["--contacts", "leads.csv", "--leads", "contacts.csv"], "has no column `lead_id`"),
        (["--interactions", "contacts.csv"], "has no column `type`"),
        (["--previous", "contacts.csv"], "has no column `lead_id`"),
        (["--as-of", "tomorrow"], "--as-of: `tomorrow` is not a date and time"),
        (["--as-of", "2026-02-30"], "--as-of: `2026-02-30`"),
        (["--as-of", " "], "--as-of"),
        (["--memory-limit", "lots"], "`lots` is no amount of memory"),
        (["--engine", "magic"], "`magic`"),
        (["-o", "leads.csv"], "would overwrite the data"),
        (["--rejects", "./contacts.csv"], "would overwrite the data"),
        (["-o", "x.csv", "--rejects", "x.csv"], "both name `x.csv`"),
        (["-o", "x.xls"], "ends in .csv, .parquet or .jsonl"),
        (["-o", "none/x.csv"], "there is no folder"),
    ],
)
def test_a_call_that_cannot_be_used_says_why_and_writes_nothing(small, call, arguments, message):
    before = sorted(small.iterdir())
    refused = call("score", *arguments)
    assert refused.status == 2
    assert message in refused.err
    assert refused.out == ""
    assert sorted(small.iterdir()) == before


GARBAGE = [b"", b"\0" * 300_000, bytes(range(256)) * 50, b'"' * 1000, b'\xff\xfe"\n', b"{" * 5000]


@pytest.mark.parametrize("which", ["--leads", "--interactions"])
@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
@pytest.mark.parametrize(
    "data", [b"", b"\0" * 300_000, bytes(range(256)) * 50, b'"' * 1000, b'\xff\xfe"\n', b"{" * 5000]
)
def test_garbage_is_an_error_or_no_rows_and_never_a_traceback(small, call, which, ending, data):
    (small / f"garbage.{ending}").write_bytes(data)
    called = call("score", "--as-of", AS_OF, which, f"garbage.{ending}")
    no_lead = which == "--leads" and ending == "jsonl" and data != b""
    assert called.status == (2 if called.err.startswith("error: ") or no_lead else 0)
    if ending == "parquet" or (ending == "csv" and which == "--leads"):
        assert called.status == 2


def test_a_file_without_rows_is_told_of(small, call):
    (small / "leads.csv").write_text("lead_id,industry\n")
    called = call("score", "-o", "out.csv")
    assert called.status == 0
    assert "no lead was scored" in called.err
    assert (small / "out.csv").read_text().count("\n") == 1


def test_a_broken_project_shows_its_mistakes_and_exits_with_2(small, call):
    (small / "rules" / "more.score").write_text("model Fit for lead\n  when x then 5\n")
    called = call("score")
    assert called.status == 2
    assert "rules/more.score:2" in called.err
    assert called.out == ""


def test_a_leads_own_text_cannot_command_the_terminal(small, call):
    (small / "leads.csv").write_text('lead_id\n"\x1b]0;x\x07[bold]7"\n')
    shown = call("score")
    assert "\x1b" not in shown.out and "\x07" not in shown.out
    assert "␛]0;x␇[bold]7" in shown.out


def test_the_installed_command_does_the_same(small):
    code = "from scoreline.tools.cli.main import run; run()"
    called = subprocess.run(
        [sys.executable, "-c", code, "score", "--as-of", AS_OF, "-o", 'o\'ut "1".csv'],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "40"},
        timeout=60,
        check=False,
    )
    assert (called.returncode, called.stderr) == (0, "")
    assert rows_of(small / 'o\'ut "1".csv') == EXPECTED


def test_actions_of_the_stages_entered_are_written_once(small, call):
    rules = next(path for path in (small / "rules").glob("*.score") if "qualification Q" in path.read_text())
    head, _, _ = rules.read_text().partition("qualification Q")
    rules.write_text(
        head + 'qualification Q\n  stage "In" when Fit >= -1000\n'
        '    then create task "Call {industry}" for "Sales" due in 1 day\n    then notify "crm"\n'
    )
    assert call("score", "--as-of", AS_OF, "-o", "first.csv", "--actions", "first.jsonl").status == 0
    rows = [json.loads(line) for line in (small / "first.jsonl").read_text().splitlines()]
    leads = (small / "first.csv").read_text().splitlines()[1:]
    entered = [line for line in leads if ",In,1," in line]
    assert len(rows) == 2 * len(entered) > 0
    assert {row["kind"] for row in rows} == {"create task", "notify"}
    assert len({row["key"] for row in rows}) == len(rows)
    again = call("score", "--as-of", AS_OF, "--previous", "first.csv", "-o", "next.csv", "--actions", "next.jsonl")
    assert (again.status, (small / "next.jsonl").read_text()) == (0, "")


def test_columns_that_no_file_has_do_not_drown_what_is_wrong_with_a_value(small, call):
    schema = small / "crm.schema.toml"
    fields = "".join(f'field_{number} = "number"\n' for number in range(40))
    schema.write_text(schema.read_text().replace("[contact]\n", fields + "[contact]\n"))
    shown = call("score", "--as-of", AS_OF)
    lines = [line.strip() for line in shown.out.partition("not used\n")[2].partition("\n\n")[0].splitlines()]
    many, values = (next(at for at, line in enumerate(lines) if each in line) for each in ("40 columns", "No. of emp"))
    assert values < many
    assert "field_0, field_1, field_10, …" in " ".join(lines[many:])
