"""The demo project: it checks clean, its stories hold, and its data is what its script makes."""

import csv
import json
import statistics
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest
from scoreline.tools.cli.main import app
from typer.testing import CliRunner

ROOT = Path(__file__).parents[2]
PROJECT = ROOT / "examples" / "b2b"
AS_OF = "2026-03-02T09:00"

Expected = dict[str, tuple[int, int, str | None]]


class Tables(NamedTuple):
    """The rows of `score -o`, and of its rejects."""

    rows: list[dict[str, str]]
    rejects: list[dict[str, str]]


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, [*arguments, "--project", str(PROJECT)])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    folder = tmp_path_factory.mktemp("b2b")
    run("score", "--as-of", AS_OF, "-o", str(folder / "out.csv"), "--rejects", str(folder / "rejects.csv"))
    return Tables(read(folder / "out.csv"), read(folder / "rejects.csv"))


@pytest.fixture(scope="module")
def expected() -> Expected:
    """Fit, engagement and stage of every lead that is not closed, from the rules said again in SQL."""
    with duckdb.connect() as connection:
        return expected_by(connection)


def expected_by(connection: "duckdb.DuckDBPyConnection") -> Expected:
    for name in ("lead", "contact", "interaction"):
        path = PROJECT / "data" / f"{name}s.csv"
        reading = f"read_csv('{path}', all_varchar = true, nullstr = '')"
        connection.execute(f"create view {name}_rows as select *, row_number() over () as row from {reading}")
    connection.execute((Path(__file__).parent / "b2b.sql").read_text(encoding="utf-8"))
    rows = connection.sql("select id, fit, engagement, stage from stages").fetchall()
    return {lead: (fit, engagement, stage) for lead, fit, engagement, stage in rows}


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_rules_have_no_fault() -> None:
    assert json.loads(run("check", "--format", "json"))["diagnostics"] == []


def test_every_story_holds() -> None:
    stories = (PROJECT / "rules" / "examples.score").read_text(encoding="utf-8").count("\nexample ")
    assert stories >= 12
    assert str(stories) in run("test")


def test_the_script_makes_the_data_again_byte_for_byte(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(PROJECT / "make_data.py"), str(tmp_path)], check=True)
    made = sorted(path.name for path in tmp_path.iterdir())
    assert made == sorted(path.name for path in (PROJECT / "data").iterdir())
    for name in made:
        assert (tmp_path / name).read_bytes() == (PROJECT / "data" / name).read_bytes(), name


def test_the_demo_shows_a_summary_and_an_explanation() -> None:
    demo = [sys.executable, str(ROOT / "examples" / "demo.py")]
    shown = subprocess.run(demo, check=True, capture_output=True, encoding="utf-8").stdout
    assert "3,000 leads scored" in shown
    assert "lead L0195" in shown
    assert "Decision maker" in shown


def test_every_lead_has_the_scores_and_the_stage_that_sql_finds(scored: Tables, expected: Expected) -> None:
    found = {
        row["lead_id"]: (int(row["Fit_score"]), int(row["Engagement_score"]), stage_of(row))
        for row in scored.rows
        if row["Fit_score"]
    }
    assert found == expected


def stage_of(row: dict[str, str]) -> str | None:
    """The stage in the one qualification that the lead falls under."""
    return row["Europe_stage"] or row["Americas_stage"] or row["Unassigned_stage"] or None


def test_a_closed_lead_has_no_score(scored: Tables) -> None:
    closed = [row for row in scored.rows if not row["Fit_score"]]
    assert closed
    assert all(not (row["Engagement_score"] or row["Fit_rules"] or stage_of(row)) for row in closed)


def test_no_lead_is_lost_and_none_counts_twice(scored: Tables) -> None:
    keys = [row["lead_id"] for row in read(PROJECT / "data" / "leads.csv") if row["lead_id"]]
    assert [row["lead_id"] for row in scored.rows] == list(dict.fromkeys(keys))


def test_a_better_grade_converts_more_often(scored: Tables) -> None:
    outcome = {row["lead_id"]: row["converted"] == "yes" for row in reversed(read(PROJECT / "data" / "leads.csv"))}
    for model, grades in (("Fit", "A B C D"), ("Engagement", "Hot Warm Cool Cold")):
        rates = [
            statistics.mean(outcome[row["lead_id"]] for row in scored.rows if row[f"{model}_grade"] == grade)
            for grade in grades.split()
        ]
        assert rates == sorted(rates, reverse=True), model


def test_the_dirt_is_told(scored: Tables) -> None:
    """What `make_data.py` spoils: 17 values and 4 rows of leads, 2 and 1 of contacts, 2 and 10 of interactions."""
    assert Counter(Path(row["file"]).name for row in scored.rejects) == {
        "leads.csv": 21,
        "contacts.csv": 3,
        "interactions.csv": 12,
    }
