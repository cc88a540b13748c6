"""What the guide says in words alone, held to its word."""

import datetime
import random

import pytest
from docs.guide import NOON, ZONE, Block, blocks, rules_of, schema_of, told
from scoreline.compiler.pipeline import compile_rules, text_reader
from scoreline.grammar.vocabulary import KEYWORDS
from scoreline.runtime import Rules, StageState, from_texts
from scoreline.runtime.examples import run_examples

BLOCKS = blocks("language.md")
SCHEMA = schema_of(next(each.body for each in BLOCKS if each.language == "toml"))


def rules(body: str) -> Rules:
    return rules_of(Block("score", {}, body, 1), SCHEMA, {})


def codes(body: str) -> list[str]:
    return told(Block("score", {}, body, 1), SCHEMA)[0]


def visit(at: datetime.datetime = NOON, **more: object) -> dict[str, object]:
    return {"type": "website.visited", "at": at, "lead_id": "7", **more}


def test_rules_can_be_moved_about() -> None:
    lines = [
        "when newsletter then +3",
        'when employees > 5 then -7 as "Big"',
        "for each website.visited then +20 up to 30",
    ]
    for _ in range(6):
        random.Random(1).shuffle(lines)
        lead = {"lead_id": "7", "newsletter": "yes", "employees": 9}
        assert rules("\n".join(lines)).score(lead, interactions=[visit(), visit()], as_of=NOON)["Points"].score == 26


def test_lines_and_spaces_are_up_to_the_writer() -> None:
    squeezed = rules('when employees>=50 then+15 as"Big"when newsletter then\n\n\t+1')
    assert squeezed.score({"employees": 50, "newsletter": True}, as_of=NOON)["Points"].score == 16


def test_an_interaction_with_an_id_counts_once_and_one_without_as_often_as_it_comes() -> None:
    counting = rules("for each website.visited then +1")
    twice = [visit(id="e1"), visit(id="e1")]
    assert counting.score({"lead_id": "7"}, interactions=twice, as_of=NOON)["Points"].score == 1
    assert counting.score({"lead_id": "7"}, interactions=[visit(), visit()], as_of=NOON)["Points"].score == 2


def test_an_interaction_of_the_lead_and_its_contact_counts_once_together() -> None:
    together = rules("include contact interactions for each website.visited then +1")
    lead = {"lead_id": "7", "contact_id": "8"}
    both = together.score(lead, contact={"contact_id": "8"}, interactions=[visit(contact_id="8")], as_of=NOON)
    assert both["Points"].score == 1


FUNNEL = """
model Fit for lead
  when newsletter then +40
qualification Funnel
  stage "Ready" when Fit >= 40
    then create task "Call {first_name} {contact.last_name}, {{really}}" for "{email}" due in 2 days
"""


def test_a_stage_that_is_gone_is_as_if_there_were_none() -> None:
    result = rules(FUNNEL).score({"newsletter": "yes"}, previous={"Funnel": "Renamed"}, as_of=NOON)
    assert result.stage == "Ready"
    assert len(result.actions) == 1


def test_actions_come_on_entering_only() -> None:
    again = rules(FUNNEL).score({"newsletter": "yes"}, previous={"Funnel": "Ready"}, as_of=NOON)
    assert again.stage == "Ready"
    assert again.actions == ()
    kept = rules(FUNNEL).score({"newsletter": "no"}, previous={"Funnel": StageState("Ready", 3)}, as_of=NOON)
    assert kept.qualifications["Funnel"] == StageState("Ready", 3)


def test_missing_values_leave_nothing_in_a_task_and_braces_are_doubled() -> None:
    [task] = rules(FUNNEL).score({"newsletter": "yes", "first_name": "Ann"}, as_of=NOON).actions
    assert task.title == "Call Ann , {really}"
    assert task.owner == ""
    assert task.due == NOON + datetime.timedelta(days=2)


def test_use_starts_at_the_file_that_says_it_and_brings_lets_only() -> None:
    shared = 'let dach = ["DE"]\nmodel Extra for lead\n  when newsletter then +1\n'
    texts = {
        "rules/deep/fit.score": 'use "../shared.score"\nmodel Fit for lead\n  when country in dach then +10\n',
        "rules/shared.score": shared,
    }
    compiled = compile_rules(["rules/deep/fit.score"], text_reader(texts), SCHEMA, ZONE)
    assert compiled.plan is not None
    assert [model.name for model in compiled.plan.models] == ["Fit"]


def test_lets_stand_anywhere_and_use_each_other() -> None:
    late = rules('model M for lead\n when good then +1\nlet good = newsletter and near\nlet near = country is "DE"\n')
    assert late.score({"newsletter": "yes", "country": "DE"}, as_of=NOON)["M"].score == 1


def test_a_day_is_24_hours_even_when_the_clocks_change() -> None:
    """On 29 March 2026 Berlin's clocks jump from 2 to 3: noon is 23 hours after the noon before."""
    noon = datetime.datetime(2026, 3, 29, 12, tzinfo=ZONE)
    inside, outside = (datetime.datetime(2026, 3, 28, 11, minute, tzinfo=ZONE) for minute in (1, 0))
    day = rules("for each website.visited within 1 day then +1")
    assert day.score({"lead_id": "7"}, interactions=[visit(inside)], as_of=noon)["Points"].score == 1
    assert day.score({"lead_id": "7"}, interactions=[visit(outside)], as_of=noon)["Points"].score == 0


def test_a_week_is_from_monday_to_sunday() -> None:
    week = rules("for each week with website.visited then +1")
    monday = datetime.datetime(2026, 1, 5, 0, 0, tzinfo=ZONE)
    for days, weeks in (((0, 6), 1), ((6, 7), 2), ((-1, 0), 2)):
        found = [visit(monday + datetime.timedelta(days=each)) for each in days]
        assert week.score({"lead_id": "7"}, interactions=found, as_of=NOON)["Points"].score == weeks


def test_examples_are_judged_at_noon_of_that_day() -> None:
    noon = rules(
        "when created_on within 12 hours then +1\nwhen created_on within 13 hours then +10\n"
        'example "Midnight"\n given created_on is 2026-01-15\n expect Points is 10\n'
        'example "Another"\n given today is 2026-03-01\n given created_on is 2026-03-01\n expect Points is 10\n'
    )
    assert [each.passed for each in run_examples(noon)] == [True, True]


def test_a_value_in_the_where_of_an_audience_may_be_a_let() -> None:
    only = rules('let near = country in ["DE", "AT"]\nmodel M for lead where (near)\n when newsletter then +1\n')
    assert only.score({"country": "FR"}, as_of=NOON)["M"].score is None
    assert only.score({"country": "AT"}, as_of=NOON)["M"].score == 0


def test_two_fields_can_be_compared() -> None:
    same = rules("when contact.job_title is job_title then +1")
    assert same.score({"job_title": "CTO"}, contact={"job_title": "cto "}, as_of=NOON)["Points"].score == 1


@pytest.mark.parametrize("word", sorted(KEYWORDS))
def test_no_word_of_the_language_can_be_a_name(word: str) -> None:
    assert codes(f"let {word} = newsletter\n")


@pytest.mark.parametrize("name", ["Größe", "顧客", "a1_b", "x"])
def test_names_are_of_any_alphabet(name: str) -> None:
    assert codes(f"let {name} = newsletter\nmodel M for lead when {name} then +1") == []


@pytest.mark.parametrize("name", ["_a", "1a"])
def test_names_begin_with_a_letter(name: str) -> None:
    assert codes(f"let {name} = newsletter\n")


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ("when contract_ends within 3 hours then +1", ["E206"]),
        ("when contract_ends >= 2026-01-01 within 30 days then +1", ["E206"]),
        ("when newsletter then +1_000_000", []),
        ("when newsletter then +1_000_001", ["E121"]),
        ("when newsletter then +1.5", ["E121"]),
        ("when email.opened within 1 minute then +1", []),
        ("when email.opened within 100 years then +1", []),
        ("when email.opened within 0 days then +1", ["E122"]),
        ("when email.opened within 101 years then +1", ["E122"]),
        ('when industry in ["Software", 5] then +1', ["E208"]),
        ('when last_name is "a\\"b\\\\c\\nd\\te" then +1', []),
        ('when last_name is "a\\d" then +1', ["E106"]),
        ("when website.visited where (employees > 5) then +1", ["E201"]),
        ("when account.name is known then +1", ["E201"]),
    ],
)
def test_what_is_taken_and_what_is_refused(body: str, wrong: list[str]) -> None:
    assert codes(body) == wrong


def test_a_text_stands_on_one_line() -> None:
    assert "E105" in codes('when last_name is "two\nlines" then +1')


def test_many_mistakes_can_be_mended() -> None:
    wrong = [each for each in BLOCKS if "wrong" in each.options]
    mended = 0
    for block in wrong:
        compiled = compile_rules(["a"], text_reader({"a": block.text}), SCHEMA, ZONE)
        mended += all(each.fixes for each in compiled.diagnostics)
    assert mended * 3 > len(wrong)


def test_one_file_may_hold_what_several_use() -> None:
    texts = {
        "a.score": 'use "c.score"\nmodel A for lead when country in dach then +1',
        "b.score": 'use "c.score"\nmodel B for lead when country in dach then +2',
        "c.score": 'let dach = ["DE"]',
    }
    result = from_texts(texts, SCHEMA, ZONE).score({"country": "DE"}, as_of=NOON)
    assert (result["A"].score, result["B"].score) == (1, 2)
