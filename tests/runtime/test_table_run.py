"""A table scores as its leads do one by one, and a run counts what it gives."""

import csv
import datetime
from collections import defaultdict
from pathlib import Path

import pytest
from scoreline.runtime import load
from scoreline.runtime.table.engines.python.run import score_table
from scoreline.runtime.table.read.sources import Tables

B2B = Path(__file__).parents[2] / "examples" / "b2b"
AS_OF = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)
TABLES = Tables(B2B / "data/leads.csv", B2B / "data/contacts.csv", B2B / "data/interactions.csv")


@pytest.fixture(scope="module")
def rules():
    return load(B2B)


@pytest.fixture(scope="module")
def run(rules):
    rejects = []
    scored = score_table(rules, TABLES, as_of=AS_OF, report=rejects.append)
    return dict(scored), scored.summary, rejects


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def first_by(key: str, found: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    return {row[key].strip(): row for row in reversed(found)}


def test_a_table_scores_as_its_leads_do_one_by_one(rules, run):
    results, _, _ = run
    leads, contacts = first_by("lead_id", rows(TABLES.leads)), first_by("contact_id", rows(TABLES.contacts))
    happened = rows(TABLES.interactions)
    named = defaultdict(list)
    for number, row in enumerate(happened):
        named["lead", row["lead_id"].strip()].append(number)
        named["contact", row["contact_id"].strip()].append(number)
    column = rules.plan.schema.lead.relations["contact"].column
    for key in list(results)[:600]:
        contact = leads[key][column].strip()
        numbers = {*named["lead", key], *(named["contact", contact] if contact else ())}
        own = [happened[number] for number in sorted(numbers)]
        alone = rules.score(leads[key], interactions=own, contact=contacts.get(contact), as_of=AS_OF)
        assert dict(results[key].models) == dict(alone.models), key
        assert dict(results[key].qualifications) == dict(alone.qualifications), key


def test_the_summary_counts_what_the_run_gave(rules, run):
    results, summary, rejects = run
    assert summary.leads == len(results) == 3000
    assert summary.disqualified == sum(result.disqualified for result in results.values())
    assert summary.rejected == len(rejects)
    for model in summary.models:
        scores = [one.score for result in results.values() if (one := result.models[model.name]).score is not None]
        assert model.outside == len(results) - len(scores)
        assert (model.lowest, model.highest) == (min(scores), max(scores))
        assert sum(model.grades.values()) + model.ungraded == len(scores)
        for grade, count in model.grades.items():
            assert count == sum(result.models[model.name].grade == grade for result in results.values())
    for one in summary.qualifications:
        assert one.leads == sum(result.qualification == one.name for result in results.values())


def test_progress_is_told_from_the_first_row_to_the_last(rules):
    told = defaultdict(list)
    for _ in score_table(rules, TABLES, as_of=AS_OF, progress=lambda what, rows: told[what].append(rows)):
        pass
    assert set(told) == {"reading contacts", "reading interactions", "scoring leads"}
    assert all(counts[0] == 0 and counts == sorted(counts) for counts in told.values())
    assert told["scoring leads"][-1] > 3000


def test_contacts_without_a_contact_in_the_schema_are_told_of(tmp_path):
    (tmp_path / "a.score").write_text("model Fit for lead\n  when x is known then +1\n")
    (tmp_path / "s.toml").write_text('[lead]\nkey = "id"\n[lead.fields]\nx = "text"\n')
    (tmp_path / "leads.csv").write_text("id,x\n1,y\n")
    rejects = []
    tables = Tables(tmp_path / "leads.csv", contacts=tmp_path / "leads.csv")
    run = score_table(load(tmp_path, schema=tmp_path / "s.toml"), tables, report=rejects.append)
    assert [(key, result["Fit"].score) for key, result in run] == [("1", 1)]
    assert [(one.table, one.row) for one in rejects] == [("contacts", None)]
