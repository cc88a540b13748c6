"""`schema` shows what rules may name, for people and for editors, and drafts a schema out of data."""

import json

from scoreline.compiler.schema.reading import read_schema
from scoreline.dsl.codes import CODES
from scoreline.dsl.source import Source


def test_show_names_every_field_and_interaction_with_what_it_holds(project, call):
    shown = call("schema", "show")
    assert (shown.status, shown.err) == (0, "")
    lines = {" ".join(line.split()) for line in shown.out.splitlines()}
    assert {
        "lead key: lead_id",
        'job_title text column `Job Title`; missing: "N/A"',
        "country choice one of AT, CH, DE, FR, GB, US",
        "employees number min 0",
        "newsletter yes/no default no",
        "email.opened Email opened",
        "campaign text",
    } <= lines


def test_show_takes_a_schema_without_a_project(project, call, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert call("schema", "show", "--schema", "my-rules/crm.schema.toml").status == 0
    assert call("schema", "show").status == 2
    refused = call("schema", "show", "--schema", "none.toml")
    assert refused.status == 2
    assert "there is no schema file `none.toml`" in refused.err


def test_a_schema_with_mistakes_shows_them(project, call):
    (project / "crm.schema.toml").write_text('[lead]\nkey = "id"\n[lead.fields]\nx = "txt"\n')
    refused = call("schema", "show")
    assert refused.status == 2
    assert "crm.schema.toml:4:" in refused.err


def test_json_schema_is_json_of_a_schema(call):
    document = json.loads(call("schema", "json-schema").out)
    assert {"lead", "contact", "interactions", "interactions-table"} <= set(document["properties"])


def test_infer_drafts_a_schema_that_can_be_read(project, call):
    drafted = call("schema", "infer", "data/leads.csv", "--key", "lead_id")
    assert (drafted.status, drafted.err) == (0, "")
    schema, diagnostics = read_schema(Source("draft", drafted.out))
    assert not diagnostics
    assert schema is not None
    assert schema.lead.key == "lead_id"
    assert schema.lead.fields["newsletter"].type == "yes/no"


def test_infer_says_why_a_file_cannot_be_used(call, tmp_path):
    (tmp_path / "x.parquet").write_bytes(b"garbage")
    for name in ("none.csv", "x.parquet", "."):
        refused = call("schema", "infer", tmp_path / name)
        assert refused.status == 2
        assert refused.err.startswith("error: ")


def test_rule_prints_the_page_of_a_code_or_of_its_name(call):
    page = call("rule", "E101")
    assert (page.status, page.err) == (0, "")
    assert page.out.startswith("#")
    for name in ("e101", CODES["E101"].name):
        assert call("rule", name).out == page.out
