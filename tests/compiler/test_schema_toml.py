"""What `read_schema` takes, what it refuses, and in which words and at which line."""

import datetime
import textwrap

import pytest
from scoreline.compiler.schema import Schema
from scoreline.compiler.schema.reading import read_schema
from scoreline.dsl.source import Source

GOOD = """
[lead]
key = "lead_id"
unit = "business_unit"
relations = { contact = { to = "contact", column = "contact_id" } }
[lead.fields]
industry    = { type = "choice", values = ["Software", " Finance ", "Retail"], title = "Industry", default = "finance" }
employees   = { type = "number", min = 0, default = 5 }
lead_source = { type = "text", column = "Lead Source", missing = ["Select", "N/A"] }
business_unit = "text"
created_on  = "datetime"
is_customer = { type = "yes/no", default = false }
topics = { type = "choices", values = ["AI", "Cloud"], default = ["cloud", "ai"] }
born = { type = "date", default = 1990-01-31 }
email = "text"

[contact]
key = "contact_id"
[contact.fields]
job_title = "text"
email = "text"

[interactions."email.opened"]
title = "Email opened"
properties = { campaign = "text", link = "text" }

[interactions-table]
type = "event_name"
at = "ts"
"""


def good(text: str) -> Schema:
    schema, diagnostics = read_schema(Source("crm.schema.toml", textwrap.dedent(text)))
    assert diagnostics == ()
    assert schema is not None
    return schema


def faults(text: str) -> list[tuple[str, int, str, str]]:
    """Code, line, message and help of each diagnostic."""
    schema, diagnostics = read_schema(Source("crm.schema.toml", textwrap.dedent(text).lstrip("\n")))
    assert schema is None
    return [(each.code, each.place.start.line, each.message, each.help or "") for each in diagnostics]


def with_fields(fields: str) -> list[tuple[str, int, str, str]]:
    """The faults of a lead with these fields, which begin on line 1."""
    return faults("[lead.fields]\n" + textwrap.dedent(fields).strip("\n") + '\n[lead]\nkey = "lead_id"\n')


def test_a_good_schema_is_read_whole():
    schema = good(GOOD)
    assert list(schema.lead.fields) == [
        *("industry", "employees", "lead_source", "business_unit", "created_on"),
        *("is_customer", "topics", "born", "email"),
    ]
    assert schema.lead.fields["lead_source"].missing == ("Select", "N/A")
    assert schema.lead.relations["contact"].column == "contact_id"
    assert schema.interactions["email.opened"].properties["link"].type == "text"
    assert (schema.interactions_table.type, schema.interactions_table.lead_id) == ("event_name", "lead_id")


def test_values_are_trimmed_and_defaults_are_in_the_schemas_spelling():
    fields = good(GOOD).lead.fields
    assert fields["industry"].values == ("Software", "Finance", "Retail")
    assert fields["industry"].default == "Finance"
    assert fields["topics"].default == ("AI", "Cloud")
    assert fields["employees"].default == 5.0
    assert fields["is_customer"].default is False
    assert fields["born"].default == datetime.date(1990, 1, 31)


def test_a_byte_order_mark_and_windows_line_ends_are_no_matter():
    assert good("\ufeff" + GOOD.replace("\n", "\r\n")) == good(GOOD)


def test_all_faults_come_in_one_run_each_at_its_line():
    found = faults(
        """
        [lead]
        key = 3
        titel = "x"
        [lead.fields]
        industry = { type = "choise" }
        employees = { type = "number", min = "1" }

        [contact]
        [interactions."email.opened"]
        properties = { stage = "text" }
        """
    )
    assert [(code, line) for code, line, _, _ in found] == [
        *(("E305", 2), ("E303", 3), ("E306", 5), ("E305", 6), ("E304", 8), ("E307", 10)),
    ]


@pytest.mark.parametrize(
    ("field", "code", "message", "advice"),
    [
        ('stage = "text"', "E307", "`stage` is a word of the language", 'deal_stage = { …, column = "stage" }'),
        ('unit = { type = "text", column = "U" }', "E307", "`unit` is a word", 'column = "U"'),
        (
            '"Lead Source" = "text"',
            "E308",
            "`Lead Source` cannot be a name",
            'lead_source = { …, column = "Lead Source" }',
        ),
        ('"2nd" = "text"', "E308", "`2nd` cannot be a name", "lead_2nd"),
        ('_x = "text"', "E308", "`_x` cannot be a name", "x = "),
        ('a = "string"', "E306", "there is no type `string`", "did you mean `text`?"),
        ('a = "datetme"', "E306", "there is no type `datetme`", "did you mean `datetime`?"),
        ('a = { type = "boolean" }', "E306", "there is no type `boolean`", "did you mean `yes/no`?"),
        ("a = 3", "E305", "`a` takes a type or a table, not `3`", "write a type"),
        ('a = { type = "text", colum = "b" }', "E303", "unknown key `colum`", "did you mean `column`?"),
        ('a = { column = "b" }', "E304", "`lead.fields.a` has no `type`", "text, number"),
        ('a = { type = "choice" }', "E314", "the type `choice` needs `values`", "values ="),
        ('a = { type = "choices", values = [] }', "E314", "the type `choices` needs `values`", "values ="),
        ('a = { type = "text", values = ["x"] }', "E314", "`values` are for a choice", 'type = "choice"'),
        ('a = { type = "choice", values = ["A", " a "] }', "E314", "are the same", "upper and lower case"),
        ('a = { type = "choice", values = ["A", "A"] }', "E314", "are the same", "remove one"),
        ('a = { type = "choice", values = ["A", " "] }', "E314", "one of the values is empty", "missing value"),
        ('a = { type = "choice", values = [1, 2] }', "E305", "`values` takes a list of texts", "in quotes"),
        ('a = { type = "text", min = 1 }', "E315", "`min` is for a number", "remove `min`"),
        ('a = { type = "number", min = 2, max = 1 }', "E315", "`min` 2 is above `max` 1", "swap"),
        ('a = { type = "number", min = nan }', "E305", "`min` takes a number", ""),
        ('a = { type = "number", max = true }', "E305", "`max` takes a number, not `true`", ""),
        (
            'a = { type = "number", default = "5" }',
            "E316",
            'the default `"5"` does not fit the type `number`',
            "without quotes",
        ),
        (
            'a = { type = "number", default = true }',
            "E316",
            "the default `true` does not fit the type `number`",
            "`default = 0`",
        ),
        ('a = { type = "number", default = inf }', "E316", "the default is not a finite number", "write a number"),
        ('a = { type = "number", min = 1, default = 0 }', "E316", "the default 0 is below `min` 1", "range"),
        ('a = { type = "number", max = 1, default = 2 }', "E316", "the default 2 is above `max` 1", "range"),
        ('a = { type = "yes/no", default = 0 }', "E316", "the default `0` does not fit the type `yes/no`", "`false`"),
        ('a = { type = "date", default = "2026-01-31" }', "E316", "does not fit the type `date`", "without quotes"),
        ('a = { type = "date", default = 2026-01-31T10:00:00Z }', "E316", "does not fit the type `date`", "2026-01-31"),
        ('a = { type = "datetime", default = 12:00:00 }', "E305", "`default` takes", ""),
        (
            'a = { type = "choice", values = ["Retail"], default = "Retial" }',
            "E316",
            "not one of the values",
            "`Retail`",
        ),
        (
            'a = { type = "choices", values = ["AI"], default = "AI" }',
            "E316",
            "does not fit the type `choices`",
            '["AI"]',
        ),
        ('a = { type = "text", default = " " }', "E316", "the default is empty", "remove it"),
        ('a = { type = "text", column = " " }', "E305", "`column` is empty", "as it is in the data"),
    ],
)
def test_a_wrong_field_is_told_once(field: str, code: str, message: str, advice: str):
    found = with_fields(field)
    assert [(each[0], each[1]) for each in found] == [(code, 2)]
    assert message in found[0][2]
    assert advice in found[0][3]


@pytest.mark.parametrize(
    "names",
    [
        'Industry = "text"\nindustry = "text"',
        'status = "text"\nSTATUS = "text"',
    ],
)
def test_names_that_differ_only_in_case_are_refused(names: str):
    assert [each[:2] for each in with_fields(names)] == [("E309", 3)]


def test_two_fields_of_one_column_are_refused():
    found = with_fields('a = { type = "text", column = "C" }\nC = "text"')
    assert [each[:3] for each in found] == [("E317", 3, "`a` and `C` both take the column `C`")]


@pytest.mark.parametrize(
    ("rest", "code", "message"),
    [
        ('[interactions.email]\n[interactions."email.opened"]', "E310", "`email` begins another one, `email.opened`"),
        ('[interactions."Email.opened"]\n[interactions."email.opened"]', "E309", "differ only in upper and lower case"),
        ('[interactions."Email.sent"]\n[interactions."email.opened"]', "E309", "`Email` and `email` differ only"),
        ('[interactions."form.set"]', "E307", "`set` in `form.set` is a word of the language"),
        ('[interactions."form submitted"]', "E308", "`form submitted` cannot be a name"),
        ('[interactions."form."]', "E308", "`form.` cannot be a name"),
        ("[interactions.form.submitted]", "E305", "the interaction `form.submitted` needs quotes"),
        ("[interactions.industry]", "E310", "`industry` is a field of the lead and an interaction"),
        ('[interactions."contact.made"]', "E310", "`contact` is a relation and begins the interaction `contact.made`"),
        ('[interactions.form]\nproperties = { unit = "text" }', "E307", "`unit` is a word"),
        ('[interactions.form]\nproperties = { A = "text", a = "text" }', "E309", "`A` and `a`"),
        ('[interactions.form]\ncolour = "x"', "E303", "unknown key `colour`"),
        ('[interactions-table]\nats = "x"', "E303", "unknown key `ats`"),
        ('[interactions-table]\nat = "type"', "E317", "`type` and `at` both take the column `type`"),
        ('[interactions-table]\nat = ""', "E305", "`at` is empty"),
        ("[leads]", "E303", "unknown key `leads`"),
    ],
)
def test_interactions_and_tables_are_checked(rest: str, code: str, message: str):
    base = """
    [lead]
    key = "lead_id"
    relations = { contact = { to = "contact", column = "contact_id" } }
    fields = { industry = "text" }
    [contact]
    key = "contact_id"
    """
    found = faults(textwrap.dedent(base) + rest)
    assert [each[0] for each in found] == [code]
    assert message in found[0][2]


@pytest.mark.parametrize(
    ("relations", "code", "message"),
    [
        ('person = { to = "kontact", column = "c" }', "E311", "there is no `kontact` to lead to"),
        (
            'a = { to = "contact", column = "c" }, b = { to = "contact", column = "d" }',
            "E312",
            "`a` and `b` both lead to",
        ),
        ('industry = { to = "contact", column = "c" }', "E310", "`industry` is a relation and a field of the lead"),
        ('Industry = { to = "contact", column = "c" }', "E309", "differ only in upper and lower case"),
        ('stage = { to = "contact", column = "c" }', "E307", "`stage` is a word of the language"),
        ('person = { to = "contact" }', "E304", "`lead.relations.person` has no `column`"),
        ('person = { to = "contact", column = "" }', "E305", "`column` is empty"),
        ("person = 3", "E305", "`person` takes a table, not `3`"),
    ],
)
def test_relations_are_checked(relations: str, code: str, message: str):
    found = faults(
        f"""
        [lead]
        key = "lead_id"
        relations = {{ {relations} }}
        fields = {{ industry = "text" }}
        [contact]
        key = "contact_id"
        """
    )
    assert [each[0] for each in found] == [code]
    assert message in found[0][2]


def test_a_relation_needs_the_contact():
    found = faults('[lead]\nkey = "a"\nrelations = { contact = { to = "contact", column = "c" } }')
    assert [each[:2] for each in found] == [("E311", 3)]
    assert "[contact]" in found[0][3]


def test_a_field_beside_a_longer_interaction_of_that_name_is_no_doubt():
    assert good('[lead]\nkey = "a"\nfields = { email = "text" }\n[interactions."email.opened"]').lead.fields


def test_a_unit_must_be_a_text_or_a_choice_of_the_lead():
    found = faults('[lead]\nkey = "a"\nunit = "busines_unit"\nfields = { business_unit = "text" }')
    assert [each[:2] for each in found] == [("E313", 3)]
    assert found[0][3] == "did you mean `business_unit`?"
    found = faults('[lead]\nkey = "a"\nunit = "size"\nfields = { size = "number" }')
    assert [each[:2] for each in found] == [("E313", 3)]


def test_without_a_lead_there_is_no_schema():
    assert [each[:3] for each in faults("[contact]\nkey = 'c'")] == [("E304", 1, "there is no `[lead]` in this file")]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("[lead]\nkey = lead_id", 2, "`lead_id` needs straight double quotes"),
        ("[lead]\nkey = “lead_id”", 2, "`“lead_id”` needs straight double quotes"),
        ('[lead]\nkey = "lead_id', 2, "a text is not closed"),
        ("[lead]\nkey =\nunit = 3", 2, "a value is missing"),
        ('[lead]\nkey = "a"\nkey = "b"\n', 3, "`key` is written twice"),
        ("[lead]\n[contact]\n[lead]\n", 3, "the heading `[lead]` is written twice"),
        ('[lead.fields]\nLead Source = "text"', 2, "the name `Lead Source` needs quotes"),
        ('[lead.fields]\nGröße = "text"', 2, "the name `Größe` needs quotes"),
        ('[lead.fields]\na = { type = "text",\n  column = "b" }', 2, "a name is missing or needs quotes"),
        ("[lead.fields]\na = { type = 'yes/no', default = no }", 2, "`no` needs quotes here"),
        ("[lead.fields]\na = { type = 'date', default = 2026-02-30 }", 2, "there is no such day or time"),
        ("[lead.fields\n", 1, "a heading is not closed"),
    ],
)
def test_a_line_that_is_no_toml_is_told_in_plain_words(text: str, line: int, message: str):
    found = faults(text)
    assert [each[:3] for each in found] == [("E302", line, message)]


def test_deep_nesting_is_told_and_not_raised():
    assert faults("a = " + "[" * 100_000)[0][0] == "E302"


def test_a_unit_that_is_like_no_field_is_a_text_field_by_itself():
    schema = good('[lead]\nkey = "a"\nunit = "business_unit"\nfields = { industry = "text" }')
    assert schema.lead.fields["business_unit"].type == "text"
