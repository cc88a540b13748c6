"""`score --state` and `--since`: what is kept, what may come later, and what is refused."""

import csv
import subprocess
import sys

import duckdb
import pytest

FILES = {
    "scoreline.toml": """
[project]
rules = ["rules"]
schema = "crm.schema.toml"
[data]
leads = "leads.csv"
interactions = "interactions.csv"
""",
    "crm.schema.toml": """
[lead]
key = "lead_id"
[lead.fields]
industry = { type = "choice", values = ["Software", "Finance"] }
[interactions."email.opened"]
""",
    "rules/fit.score": """
model Fit for lead
  when industry is "Software" then +20 as "Software"
  for each email.opened within 7 days then +10
qualification Q
  stage "MQL" when Fit >= 20 then create task "Call {industry}"
""",
    "leads.csv": "lead_id,industry\n1,Software\n2,Finance\n3,\n",
    "interactions.csv": "type,at,lead_id,id\n"
    "email.opened,2026-03-01T12:00:00Z,2,a\nemail.opened,2026-03-06T12:00:00Z,2,b\n",
    "later.csv": "type,at,lead_id,id\nemail.opened,2026-03-07T12:00:00Z,3,c\n",
}


@pytest.fixture
def project(tmp_path, monkeypatch, call):
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    monkeypatch.chdir(tmp_path)
    assert call("score", "--state", "s.state", "--as-of", "2026-03-07", "-o", "first.csv").status == 0
    with duckdb.connect(str(tmp_path / "warehouse.duckdb")) as base:
        base.execute("create table leads as select 1 as lead_id; create table about as select 'us' as told")
    (tmp_path / "blocks.state").write_bytes(b"no database" * 1000)
    return tmp_path


def rows_of(path):
    with path.open(newline="") as file:
        return {row["lead_id"]: row for row in csv.DictReader(file)}


def test_only_what_is_new_is_read_and_only_whom_it_concerns_is_scored(project, call):
    for name in ("leads.csv", "interactions.csv"):
        (project / name).unlink()
    done = call("score", "--since", "s.state", "--interactions", "later.csv", "--as-of", "2026-03-08", "-o", "all.csv")
    assert done.status == 0, done.err
    assert "1 of 3 leads scored again, 1 changed" in done.out
    scores = {key: row["Fit_score"] for key, row in rows_of(project / "all.csv").items()}
    assert scores == {"1": "20", "2": "20", "3": "10"}


def test_windows_slide_by_themselves(project, call):
    done = call("score", "--since", "s.state", "--as-of", "2026-03-08T12:00", "--changes", "changed.csv")
    assert "1 of 3 leads scored again, 1 changed" in done.out
    assert {key: row["Fit_score"] for key, row in rows_of(project / "changed.csv").items()} == {"2": "10"}
    again = call("score", "--since", "s.state", "--as-of", "2026-03-08T12:00", "--changes", "changed.csv")
    assert "0 of 3 leads scored again, 0 changed" in again.out
    assert rows_of(project / "changed.csv") == {}


def test_a_lead_may_come_after_its_interactions(project, call):
    (project / "early.csv").write_text("type,at,lead_id,id\nemail.opened,2026-03-07T12:00:00Z,4,d\n")
    done = call(
        "score", "--since", "s.state", "--interactions", "early.csv", "--as-of", "2026-03-08", "--rejects", "r.csv"
    )
    assert "there is no such lead" in done.out
    assert (project / "r.csv").read_text().splitlines()[1].startswith("early.csv,2,lead_id,4,")
    (project / "new.csv").write_text("lead_id,industry\n4,Software\n")
    call("score", "--since", "s.state", "--leads", "new.csv", "--as-of", "2026-03-08", "-o", "all.csv")
    found = rows_of(project / "all.csv")
    assert list(found) == ["1", "2", "3", "4"]
    assert found["4"]["Fit_score"] == "30"


def test_an_id_counts_once_over_all_runs(project, call):
    (project / "twice.csv").write_text(
        "type,at,lead_id,id\nemail.opened,2026-03-05T12:00:00Z,2,b\nemail.opened,2026-03-07T11:00:00Z,3,a\n"
    )
    options = ("--interactions", "twice.csv", "--as-of", "2026-03-07T12:00", "-o", "all.csv", "--rejects", "r.csv")
    assert call("score", "--since", "s.state", *options).status == 0
    # The earlier one of each id counts: `b` is now of the 5th, `a` stays of the 1st.
    assert {key: row["Fit_score"] for key, row in rows_of(project / "all.csv").items()} == {
        "1": "20",
        "2": "20",
        "3": "0",
    }
    with (project / "r.csv").open(newline="") as file:
        assert [(row["row"], row["value"]) for row in csv.DictReader(file)] == [("3", "a")]


def test_a_stage_is_entered_once(project, call):
    first = call("score", "--since", "s.state", "--as-of", "2026-03-07T13:00", "--actions", "actions.jsonl")
    assert first.status == 0
    assert (project / "actions.jsonl").read_text() == ""
    (project / "new.csv").write_text("lead_id,industry\n3,Software\n")
    call("score", "--since", "s.state", "--leads", "new.csv", "--as-of", "2026-03-08", "--actions", "actions.jsonl")
    assert len((project / "actions.jsonl").read_text().splitlines()) == 1


def test_a_spoilt_run_leaves_the_state_as_it_was(project, call):
    (project / "bad.csv").write_text(
        "type,at,lead_id,id\nemail.opened,2026-03-07T12:00:00Z,3,c\nemail.opened,soon,3,d\n"
    )
    spoilt = call("score", "--since", "s.state", "--interactions", "bad.csv", "--as-of", "2026-03-08", "--strict")
    assert spoilt.status == 2
    done = call("score", "--since", "s.state", "--interactions", "later.csv", "--as-of", "2026-03-08", "-o", "all.csv")
    assert done.status == 0
    assert rows_of(project / "all.csv")["3"]["Fit_score"] == "10"


def test_a_first_run_that_is_spoilt_leaves_no_state(project, call):
    (project / "leads.csv").write_text("lead_id,industry\n1,Bogus\n")
    assert call("score", "--state", "other.state", "--strict").status == 2
    assert not list(project.glob("*other.state*"))


def test_rules_may_be_worded_anew_but_not_changed(project, call):
    path = project / "rules" / "fit.score"
    path.write_text(path.read_text().replace("model Fit", '# a comment\n\nmodel Fit "The fit"'))
    assert call("score", "--since", "s.state", "--as-of", "2026-03-08").status == 0
    path.write_text(path.read_text().replace("+20", "+21"))
    refused = call("score", "--since", "s.state", "--as-of", "2026-03-08")
    assert refused.status == 2
    assert "the rules or the schema have changed since `s.state` was written" in refused.err


def test_an_example_more_changes_no_rule(project, call):
    with (project / "rules" / "fit.score").open("a") as file:
        file.write("""
example "New"
  given industry is "Finance"
  given today is 2026-05-01
  given email.opened 3 times 5 days ago
  expect Fit is 30 and Fit > 1
""")
    assert call("test").status == 0
    done = call("score", "--since", "s.state", "--as-of", "2026-03-08T12:00", "-o", "all.csv")
    assert done.status == 0, done.err
    assert rows_of(project / "all.csv")["2"]["Fit_score"] == "10"


def test_a_field_that_is_called_like_a_part_of_a_plan_is_looked_at(project, call):
    schema = project / "crm.schema.toml"
    schema.write_text(schema.read_text().replace("[interactions", 'label = "text"\n[interactions'))
    assert call("score", "--since", "s.state").status == 2


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--since", "no.state"), "there is no state `no.state`"),
        (("--since", "warehouse.duckdb"), "`warehouse.duckdb` is no state of an earlier run"),
        (("--since", "first.csv"), "`first.csv` is no state of an earlier run"),
        (("--since", "blocks.state"), "`blocks.state` is no state of an earlier run"),
        (("--since", "s.state", "--as-of", "2026-03-06"), "is of a later time than this run"),
        (("--since", "s.state", "--engine", "python"), "the engine `python` cannot use a state"),
        (("--since", "s.state", "--previous", "first.csv"), "`--since` and `--previous` cannot be used together"),
        (("--since", "s.state", "--state", "t.state"), "cannot be used together"),
        (("--since", "s.state", "--interactions", "s.state"), "s.state"),
        (("--since", "s.state", "-o", "s.state"), "s.state"),
        (("--changes", "c.csv"), "`--changes` needs the state of an earlier run"),
        (("--state", "no/such/folder/s.state"), "cannot be written"),
        (("--state", "leads.csv"), "would overwrite the data"),
        (("--state", "first.csv"), "`first.csv` is there already, and is no state"),
        (("--state", "warehouse.duckdb"), "`warehouse.duckdb` is there already, and is no state"),
        (("--state", "rules"), "`rules` is there already, and is no state"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_lost(project, call, options, told):
    before = {path.name: path.read_bytes() for path in project.iterdir() if path.is_file()}
    refused = call("score", *options)
    assert refused.status == 2, refused.out
    assert told in refused.err
    assert "Traceback" not in refused.err
    assert {path.name: path.read_bytes() for path in project.iterdir() if path.is_file()} == before


def test_two_runs_do_not_use_one_state_at_once(project, call):
    opens = f"import duckdb, sys; b = duckdb.connect({str(project / 's.state')!r}); print(flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", opens], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline()
        refused = [call("score", option, "s.state") for option in ("--since", "--state")]
        other.stdin.close()
    assert [each.status for each in refused] == [2, 2]
    assert all("`s.state` is in use by another run" in each.err for each in refused)
    assert call("score", "--since", "s.state").status == 0


def test_a_state_takes_the_place_of_another(project, call):
    done = call("score", "--state", "s.state", "--as-of", "2026-01-01", "-o", "all.csv")
    assert done.status == 0, done.err
    assert call("score", "--since", "s.state", "--as-of", "2026-01-01").status == 0
