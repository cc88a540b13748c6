"""`schema import`, called as a user calls it; and a project that starts from it."""

import json
from pathlib import Path

import pytest
from scoreline.compiler.schema.reading import read_schema
from scoreline.dsl.source import Source

REAL = Path(__file__).parents[3] / "shared" / "data" / "cdm" / "schemaDocuments"
LEAD = {
    "name": "Lead",
    "fields": [
        {"name": "Id", "type": "id"},
        {"name": "Rating", "type": "picklist", "picklistValues": [{"value": "1", "label": "Hot"}]},
        {"name": "Photo\x1b[31m", "type": "base64"},
    ],
}
SETTINGS = '[project]\nrules = ["rules"]\nschema = "crm.schema.toml"\n[data]\nleads = "leads.csv"\n'


@pytest.fixture
def lead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "lead.json"
    path.write_text(json.dumps(LEAD), encoding="utf-8")
    return path


def test_the_schema_goes_to_standard_output_and_what_is_missing_to_standard_error(call, lead):
    made = call("schema", "import", "salesforce", lead)
    assert made.status == 0
    schema, wrong = read_schema(Source("made", made.out))
    assert not wrong
    assert schema is not None
    assert schema.lead.fields["rating"].labels == {"1": "Hot"}
    assert made.err.splitlines() == [
        "lead.Photo␛[31m: left out: it holds a file",
        "note: 1 field of the lead; 1 remark",
    ]


def test_the_schema_goes_to_a_file(call, lead):
    made = call("schema", "import", "salesforce", lead, "-o", "crm.schema.toml", "--labels")
    assert (made.status, made.out) == (0, "")
    shown = call("schema", "show", "--schema", "crm.schema.toml")
    assert "one of Hot; column `Rating`" in shown.out
    call("schema", "import", "salesforce", lead, "-o", "crm.schema.toml")
    assert "one of Hot (1)" in call("schema", "show", "--schema", "crm.schema.toml").out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["salesforce", "none.json"], "there is no file `none.json`"),
        (["salesforce", "lead.json", "-o", "lead.json"], "`lead.json` is one of the files to import"),
        (["salesforce", "lead.json", "-o", "no/folder.toml"], "no such file or directory: `no/folder.toml`"),
        (["hubspot", "lead.json"], "`lead.json` has no properties"),
        (["cdm", "lead.json"], "there is no Common Data Model entity in the files that were named"),
        (["jsonschema", "lead.json"], "`lead.json` has no `properties` of a lead"),
        (["excel", "lead.json"], "invalid value for `SOURCE`"),
        (["cdm"], "missing argument `FILE...`"),
    ],
)
def test_what_cannot_be_used_is_told(call, lead, arguments, message):
    refused = call("schema", "import", *arguments)
    assert (refused.status, refused.out) == (2, "")
    assert refused.err.startswith(f"error: {message}")
    assert json.loads(lead.read_text(encoding="utf-8")) == LEAD


def test_help_names_the_sources(call):
    told = call("schema", "import", "--help")
    assert "SOURCE is cdm, salesforce, hubspot or jsonschema" in told.out


@pytest.mark.skipif(
    not REAL.exists(), reason="Microsoft's files are not ours to pass on, and ../shared/data/cdm is absent here"
)
def test_a_project_of_dynamics_leads_checks_and_scores(call, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    core = REAL / "core/applicationCommon"
    lead, contact = core / "foundationCommon/crmCommon/Lead.cdm.json", core / "Contact.cdm.json"
    made = call("schema", "import", "cdm", lead, contact, REAL / "CustomerInsightsJourneys", "-o", "crm.schema.toml")
    assert made.status == 0
    Path("scoreline.toml").write_text(SETTINGS, encoding="utf-8")
    Path("rules").mkdir()
    rules = [
        "model Fit for lead",
        "  include contact interactions",
        '  when lead_quality_code is "Hot" then +20',
        '  when industry_code in ["Consulting", "Brokers"] then +5',
        '  when contact.account_role_code is "Decision Maker" then +3',
        "  when EmailClicked >= 2 within 30 days then +1",
        'qualification Sales\n  stage "Ready" when Fit >= 20\n    then create task "Call the {lead_quality_code} lead"',
    ]
    Path("rules/fit.score").write_text("\n".join(rules) + "\n", encoding="utf-8")
    Path("leads.csv").write_text(
        "leadid,leadqualitycode,industrycode,parentcontactid\nL1,1,7,C1\nL2,3,,\n", encoding="utf-8"
    )
    Path("contacts.csv").write_text("contactid,accountrolecode\nC1,1\n", encoding="utf-8")
    rows = [f"EmailClicked,2026-02-2{day}T10:00:00Z,C1,{day}\n" for day in (1, 2)]
    Path("interactions.csv").write_text(
        "InteractionType,Timestamp,ContactId,InternalMarketingInteractionId\n" + "".join(rows), "utf-8"
    )
    assert call("check").status == 0
    for engine in ("duckdb", "python"):
        data = ["--contacts", "contacts.csv", "--interactions", "interactions.csv", "--as-of", "2026-03-01T00:00Z"]
        scored = call("score", *data, "--engine", engine, "-o", "out.csv", "--actions", "todo.csv")
        assert scored.status == 0, scored.err
        assert [line.split(",")[1] for line in Path("out.csv").read_text(encoding="utf-8").splitlines()] == [
            "Fit_score",
            "29",
            "0",
        ]
        assert "Call the Hot lead" in Path("todo.csv").read_text(encoding="utf-8")
