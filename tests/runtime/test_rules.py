"""The door for programs: what `load` takes and gives, and what `score` takes a lead to be."""

import datetime
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import BaseModel
from scoreline.compiler.schema import Schema
from scoreline.compiler.schema.reading import read_schema
from scoreline.dsl.source import Source
from scoreline.runtime import Rules, RulesInvalid, StageState, from_texts, load

NOW = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
SCHEMA = """
[lead]
key = "lead_id"
unit = "business_unit"
relations = { contact = { to = "contact", column = "contact_id" } }
[lead.fields]
business_unit = "text"
first_name = "text"
industry = { type = "choice", values = ["Software", "Finance"] }
employees = "number"
source = { type = "text", column = "Lead Source" }
[contact]
key = "contact_id"
[contact.fields]
last_name = "text"
[interactions."email.opened"]
properties = { campaign = "text" }
"""
RULES = """
model Fit for lead
  when industry is "Software" then +20 as "Industry"
  when employees >= 100 then +15
  when source is "web" then +1 as "Source"
  when contact.email.opened then +2 as "Contact mail"
  for each email.opened then +5 up to 10 as "Mail"

qualification Sales for unit "EMEA"
  stage "Marketing qualified" when Fit >= 20 then notify "marketing"
  stage "Sales ready" when Fit >= 40 until Fit < 10
    then create task "Call {first_name} {{{contact.last_name}}}" for "Inside {business_unit}" due in 2 days
    then set industry to "finance"
"""


@pytest.fixture(scope="module")
def schema() -> Schema:
    known, problems = read_schema(Source("crm.schema.toml", SCHEMA))
    assert known is not None, problems
    return known


@pytest.fixture(scope="module")
def rules(schema: Schema) -> Rules:
    return from_texts({"fit.score": RULES}, schema, "Europe/Berlin")


@dataclass
class LeadRecord:
    lead_id: str
    industry: str
    employees: int


class LeadModel(BaseModel):
    lead_id: str
    industry: str
    employees: int


@pytest.mark.parametrize("make", [dict, LeadRecord, LeadModel])
def test_a_lead_is_a_mapping_a_dataclass_or_a_pydantic_model(rules: Rules, make: type) -> None:
    result = rules.score(make(lead_id="7", industry="software", employees=120), as_of=NOW)
    assert (result["Fit"].score, result["Fit"].rules) == (35, ["Fit/industry", "Fit/2"])


def test_a_field_is_found_by_its_name_or_else_by_its_column(rules: Rules) -> None:
    assert rules.score({"source": "web"}, as_of=NOW)["Fit"].rules == ["Fit/source"]
    assert rules.score({"Lead Source": " WEB "}, as_of=NOW)["Fit"].rules == ["Fit/source"]


def test_interactions_count_by_whose_they_are(rules: Rules) -> None:
    def fired(*interactions: dict[str, object]) -> list[str]:
        rows = [{"type": "email.opened", "at": NOW, **each} for each in interactions]
        return rules.score({"lead_id": 7, "contact_id": "c1"}, interactions=rows, as_of=NOW)["Fit"].rules

    assert fired({}) == ["Fit/mail"]
    assert fired({"lead_id": "7"}) == ["Fit/mail"]
    assert fired({"lead_id": "8"}) == []
    assert fired({"contact_id": "c1"}) == ["Fit/contact-mail"]
    assert fired({"lead_id": "8", "contact_id": "c1"}) == ["Fit/contact-mail"]
    assert fired({"lead_id": "7", "contact_id": "c1"}) == ["Fit/contact-mail", "Fit/mail"]


def test_one_id_counts_once_and_what_is_yet_to_come_not_at_all(rules: Rules) -> None:
    later = NOW + datetime.timedelta(microseconds=1)
    rows = [{"type": "email.opened", "at": NOW, "id": 1}, {"type": "email.opened", "at": NOW, "id": "1"}]
    assert rules.score({}, interactions=rows, as_of=NOW)["Fit"].score == 5
    assert rules.score({}, interactions=[{"type": "email.opened", "at": later}], as_of=NOW)["Fit"].score == 0


def test_entering_a_stage_gives_its_actions_filled_in_and_with_a_key_each(rules: Rules) -> None:
    lead = {"lead_id": "a/b", "business_unit": "emea", "industry": "Software", "employees": 500, "first_name": "Ada"}
    rows = [{"type": "email.opened", "at": NOW, "id": n} for n in range(3)]
    result = rules.score(lead, interactions=rows, contact={"last_name": "Byron"}, as_of=NOW)
    task, change = result.actions
    assert (result.stage, result.qualifications["Sales"]) == ("Sales ready", StageState("Sales ready", 1))
    assert (task.kind, task.title, task.owner) == ("create task", "Call Ada {Byron}", "Inside emea")
    assert task.due == NOW + datetime.timedelta(days=2)
    assert task.key == "a%2Fb/Sales/Sales%20ready/1/1"
    assert (change.kind, change.field, change.value, change.key) == (
        "set", "industry", "Finance", "a%2Fb/Sales/Sales%20ready/1/2"
    )  # fmt: skip


def test_a_stage_is_kept_without_actions_and_entered_again_with_a_new_number(rules: Rules) -> None:
    lead = {"lead_id": "1", "business_unit": "EMEA", "employees": 500}
    kept = rules.score(lead, as_of=NOW, previous={"Sales": "Sales ready"})
    assert (kept.stage, kept.actions, kept.qualifications["Sales"].entered) == ("Sales ready", (), 1)
    lost = rules.score({**lead, "employees": 5}, as_of=NOW, previous={"Sales": "Sales ready"})
    assert (lost.stage, lost.actions, lost.qualifications["Sales"].entered) == (None, (), 1)
    again = rules.score({**lead, "industry": "Software"}, as_of=NOW, previous={"Sales": StageState(None, 3)})
    assert (again.stage, again.qualifications["Sales"].entered) == ("Marketing qualified", 4)
    assert [action.key for action in again.actions] == ["1/Sales/Marketing%20qualified/4/1"]


def test_a_lead_of_another_unit_falls_under_no_qualification(rules: Rules) -> None:
    result = rules.score({"business_unit": "US", "industry": "Software"}, as_of=NOW)
    assert (result.qualification, result.stage) == (None, None)


def test_values_that_cannot_be_read_are_missing_and_told(rules: Rules) -> None:
    result = rules.score({"employees": "many", "industry": "Farming"}, as_of=NOW)
    assert result["Fit"].score == 0
    assert {(each.table, each.column, each.value) for each in result.rejected} == {
        ("leads", "employees", "many"),
        ("leads", "industry", "Farming"),
    }


def test_an_as_of_without_a_time_zone_is_refused(rules: Rules) -> None:
    with pytest.raises(ValueError, match="time zone"):
        rules.score({}, as_of=datetime.datetime(2026, 3, 1))
    with pytest.raises(ValueError, match="calendar's end"):
        rules.score({}, as_of=datetime.datetime.max.replace(tzinfo=datetime.UTC))
    with pytest.raises(TypeError, match="as_of is a datetime"):
        rules.score({}, as_of="2026-03-01")  # pyright: ignore[reportArgumentType]


def test_an_unknown_model_is_named(rules: Rules) -> None:
    with pytest.raises(KeyError, match="no model 'Fitt'; there are Fit"):
        rules.score({}, as_of=NOW)["Fitt"]


def test_results_are_frozen(rules: Rules) -> None:
    result = rules.score({}, as_of=NOW)
    with pytest.raises(AttributeError):
        result.stage = "x"  # pyright: ignore[reportAttributeAccessIssue]
    with pytest.raises(AttributeError):
        rules.scorer = None  # pyright: ignore[reportAttributeAccessIssue]


def test_rules_and_results_travel_between_processes(rules: Rules) -> None:
    lead = {"lead_id": "7", "industry": "Software"}
    result = rules.score(lead, as_of=NOW)
    assert pickle.loads(pickle.dumps(result)) == result
    assert pickle.loads(pickle.dumps(rules)).score(lead, as_of=NOW) == result


@pytest.mark.parametrize("lead", [None, "{}", 5, ["lead_id"]])
def test_what_is_no_lead_is_refused(rules: Rules, lead: object) -> None:
    with pytest.raises(TypeError, match="a lead is a mapping"):
        rules.score(lead, as_of=NOW)


def test_threads_can_share_rules(rules: Rules) -> None:
    def score(number: int) -> int | None:
        moment = NOW + datetime.timedelta(days=number % 5)
        return rules.score({"lead_id": number, "employees": number}, as_of=moment)["Fit"].score

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(score, range(400))) == [15 if number >= 100 else 0 for number in range(400)]


def test_rules_that_are_wrong_carry_every_diagnostic(schema: Schema) -> None:
    with pytest.raises(RulesInvalid) as invalid:
        from_texts({"a.score": "model Fit for lead\n  when x then +1\n  when employees * 5 > 3 then +5\n"}, schema)
    assert [each.code for each in invalid.value.diagnostics] == ["E201", "E225"]
    assert "a.score:2: unknown name `x`" in str(invalid.value)


def test_load_takes_files_folders_and_projects(tmp_path: Path, schema: Schema) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "fit.score").write_text(RULES, encoding="utf-8")
    (tmp_path / "crm.schema.toml").write_text(SCHEMA, encoding="utf-8")
    project = '[project]\nrules = ["rules"]\nschema = "crm.schema.toml"\ntimezone = "Europe/Berlin"\n'
    (tmp_path / "scoreline.toml").write_text(project, encoding="utf-8")
    plans = [
        load(tmp_path).plan,
        load(tmp_path / "scoreline.toml").plan,
        load(tmp_path / "rules" / "fit.score", schema=tmp_path / "crm.schema.toml", timezone="Europe/Berlin").plan,
    ]
    assert [(each.models[0].name, each.timezone) for each in plans] == [("Fit", "Europe/Berlin")] * 3
    assert load([tmp_path / "rules"], schema=schema).plan.timezone == "UTC"
    with pytest.raises(FileNotFoundError, match=r"no scoreline\.toml"):
        load(tmp_path / "typo")
    with pytest.raises(FileNotFoundError, match=r"no scoreline\.toml"):
        load(tmp_path / "rules")
    with pytest.raises(ValueError, match="needs a schema"):
        load(tmp_path / "rules" / "fit.score")
    with pytest.raises(ValueError, match="no rule files"):
        load([], schema=schema)
    with pytest.raises(FileNotFoundError, match="no file"):
        load(tmp_path / "nope.score", schema=schema)


def test_a_time_that_has_no_text_is_told_all_the_same(rules: Rules) -> None:
    class Mute:
        def __str__(self) -> str:
            raise RuntimeError

    result = rules.score({}, interactions=[{"type": "email.opened", "at": Mute()}], as_of=NOW)
    assert [(each.column, each.value) for each in result.rejected] == [("at", "(a value without a text)")]
