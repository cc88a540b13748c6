"""Labels of choices: how a schema tells them, and where rules, explanations and tasks may say them."""

import datetime
from typing import Any

import pytest
from scoreline.compiler.schema import FieldSpec, Schema
from scoreline.compiler.schema.json_schema import schema_json_schema
from scoreline.compiler.schema.labels import label_of, labelled_values
from scoreline.compiler.schema.reading import read_schema
from scoreline.dsl.source import Source
from scoreline.runtime import Rules, RulesInvalid, from_texts
from scoreline.runtime.examples import run_examples

NOW = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
SCHEMA = """
[lead]
key = "lead_id"
unit = "region"
[lead.fields]
rating = { type = "choice", labels = { 1 = "Hot", 2 = "Warm", 3 = "Cold" } }
before = { type = "choice", values = ["1", "2", "3"], labels = { 2 = "Lukewarm" } }
region = { type = "choice", labels = { 10 = "EMEA", 20 = "Americas" } }
topics = { type = "choices", labels = { ai = "Artificial intelligence", c = "Cloud" } }
[interactions."form.sent"]
properties = { kind = { type = "choice", labels = { 7 = "Contact us", 8 = "Other" } } }
"""


def read(text: str) -> tuple[Schema | None, list[tuple[str, str, str | None]]]:
    schema, wrong = read_schema(Source("crm.schema.toml", text))
    return schema, [(each.code, each.message, each.help) for each in wrong]


def schema() -> Schema:
    found, wrong = read(SCHEMA)
    assert found is not None, wrong
    return found


def field(text: str) -> tuple[Schema | None, list[tuple[str, str, str | None]]]:
    return read(f'[lead]\nkey = "id"\n[lead.fields]\nx = {text}\n')


def test_values_need_not_be_said_twice() -> None:
    spec = schema().lead.fields["rating"]
    assert spec.values == ("1", "2", "3")
    assert labelled_values(spec) == ("Hot", "Warm", "Cold")
    partly = schema().lead.fields["before"]
    assert [label_of(partly, value) for value in partly.values] == ["1", "Lukewarm", "3"]


def test_labels_are_settled_as_values_are() -> None:
    found, wrong = field('{ type = "choice", values = [" A "], labels = { a = "  Alpha " }, default = "alpha" }')
    assert found is not None, wrong
    spec = found.lead.fields["x"]
    assert (spec.values, dict(spec.labels), spec.default) == (("A",), {"A": "Alpha"}, "A")


def test_a_default_of_several_may_be_told_by_labels() -> None:
    found, wrong = field('{ type = "choices", labels = { a = "Alpha", b = "Beta" }, default = ["beta", "A"] }')
    assert found is not None, wrong
    assert found.lead.fields["x"].default == ("a", "b")


@pytest.mark.parametrize(
    ("text", "message", "help_"),
    [
        (
            '{ type = "text", labels = { 1 = "Hot" } }',
            "`labels` are for a choice, and the type is `text`",
            'write `type = "choice"`, or remove the labels',
        ),
        (
            '{ type = "choice", values = ["1"], labels = { 2 = "Hot" } }',
            'the label `"Hot"` is for `"2"`, which is not one of the values',
            "it can be: 1",
        ),
        (
            '{ type = "choice", labels = { 1 = " " } }',
            'the label of `"1"` is empty',
            "remove it, or write what people call it",
        ),
        (
            '{ type = "choice", labels = { 1 = "Hot", 2 = "hot" } }',
            'the label `"hot"` stands for `"1"` and `"2"`',
            "choose another label for one of them: a label stands for one value",
        ),
        (
            '{ type = "choice", labels = { 1 = "2", 2 = "Two" } }',
            'the label `"2"` of `"1"` is another value itself',
            "choose another label: a label stands for one value",
        ),
    ],
)
def test_a_label_that_is_wrong_is_told(text: str, message: str, help_: str) -> None:
    _, wrong = field(text)
    assert wrong == [("E314", message, help_)]


def test_labels_that_are_no_table_are_told() -> None:
    _, wrong = field('{ type = "choice", values = ["1"], labels = ["Hot"] }')
    [(code, message, _)] = wrong
    assert code == "E305"
    assert message == (
        '`labels` takes a table of values and what people call them, such as `{ 1 = "Hot", 2 = "Warm" }`, not a list'
    )


def test_a_field_with_labels_can_still_be_a_key() -> None:
    labelled = FieldSpec(type="choice", values=("1",), labels={"1": "Hot"})
    assert len({labelled, FieldSpec(type="choice", values=("1",), labels={"1": "Hot"})}) == 1


def test_editors_know_labels() -> None:
    definitions: Any = schema_json_schema()["$defs"]
    labels = definitions["FieldTable"]["properties"]["labels"]
    assert (labels["type"], labels["additionalProperties"]) == ("object", {"type": "string"})
    assert definitions["FieldTable"]["then"] == {"anyOf": [{"required": ["values"]}, {"required": ["labels"]}]}


# Rules


def rules(*lines: str) -> Rules:
    return from_texts({"a.score": "model Points for lead\n" + "\n".join(lines)}, schema())


def points(rule: str, **lead: object) -> int | None:
    return rules(f"when {rule} then +1").score({"lead_id": "7", **lead}, as_of=NOW)["Points"].score


@pytest.mark.parametrize(
    "rule",
    [
        'rating is "Hot"',
        'rating = " hOT "',
        'rating is "1"',
        'rating is not "Warm"',
        'rating in ["Hot", "3"]',
        'rating not in ["Warm", "Cold"]',
        'topics contains "Cloud"',
        'topics contains any of ["artificial intelligence", "Cloud"]',
        'topics contains all of ["cloud"]',
    ],
)
def test_a_rule_says_a_label_or_a_value(rule: str) -> None:
    assert points(rule, rating="1", topics="c") == 1
    assert points(f"not ({rule})", rating="1", topics="c") == 0


def test_a_list_let_may_hold_labels() -> None:
    text = 'let good = ["Hot", "Warm"]\nmodel Points for lead\n  when rating in good then +1\n'
    assert from_texts({"a.score": text}, schema()).score({"lead_id": "7", "rating": 2}, as_of=NOW)["Points"].score == 1


def test_a_label_is_told_apart_by_its_field() -> None:
    assert points('before is "Lukewarm"', before="2", rating="3") == 1
    with pytest.raises(RulesInvalid) as wrong:
        rules('when before is "Warm" then +1')
    [told] = wrong.value.diagnostics
    assert (told.code, told.help) == ("E202", 'did you mean `"Lukewarm"`?')


def test_the_nearest_label_is_offered_or_all_of_them() -> None:
    with pytest.raises(RulesInvalid) as wrong:
        rules('when rating is "Hott" then +1', 'when rating in ["xyz"] then +1')
    near, none = wrong.value.diagnostics
    assert (near.code, near.help) == ("E202", 'did you mean `"Hot"`?')
    assert [fix.edits[0].text for fix in near.fixes] == ['"Hot"']
    assert none.help == 'the possible values are "Hot", "Warm", "Cold"'


def test_properties_have_labels_too() -> None:
    happened = [{"type": "form.sent", "at": NOW, "lead_id": "7", "kind": 7}]
    made = rules('when form.sent where (kind is "Contact us") then +1', 'when form.sent where (kind is "8") then +2')
    assert made.score({"lead_id": "7"}, interactions=happened, as_of=NOW)["Points"].score == 1


QUALIFICATION = """
model Points for lead
  when rating is "Hot" then +1

qualification Europe for unit "emea"
  stage "Ready" when Points >= 1
    then create task "A {rating} lead about {topics}"
    then set before to "Lukewarm"

example "A hot lead is ready"
  given region is "EMEA" and rating is "Hot" and topics contains all of ["Cloud", "ai"]
  expect Points is 1 and stage is "Ready"
"""


def test_units_tasks_examples_and_explanations_say_labels_and_data_say_values() -> None:
    made = from_texts({"a.score": QUALIFICATION}, schema())
    assert [each.passed for each in run_examples(made)] == [True]
    lead = {"lead_id": "7", "region": "10", "rating": "1", "topics": "ai;c"}
    result = made.score(lead, as_of=NOW)
    task, setting = result.actions
    assert task.title == "A Hot lead about Artificial intelligence, Cloud"
    assert (setting.field, setting.value) == ("before", "2")
    explained = made.explain(lead, as_of=NOW)
    [seen] = explained.models[0].rules[0].tests[0].seen
    assert (seen.name, seen.value) == ("rating", "Hot")


def test_labels_are_not_read_in_data() -> None:
    result = rules('when rating is "Hot" then +1').score({"lead_id": "7", "rating": "Hot"}, as_of=NOW)
    assert result["Points"].score == 0
    assert [each.reason for each in result.rejected] == ["is not one of the values: 1, 2, 3"]
