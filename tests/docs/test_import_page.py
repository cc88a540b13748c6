"""The page about imports says nothing that does not happen."""

import itertools
import re
import shlex
from pathlib import Path

import pytest
from docs.guide import ROOT, Block, blocks, broken_links, outcome, rules_of, schema_of, told
from scoreline.compiler.schema.imports.sources import SOURCES
from scoreline.tools.cli.main import status

PAGE = "import.md"
TEXT = (ROOT / "docs" / PAGE).read_text(encoding="utf-8")
BLOCKS = blocks(PAGE)
CALLS = [(call, *after) for call, *after in zip(BLOCKS, BLOCKS[1:], BLOCKS[2:], strict=False) if call.language == "sh"]
[SCHEMA, *_] = [schema_of(each.body) for each in BLOCKS if each.language == "toml"]
RULES = [each for each in BLOCKS if each.language == "score" and "file" not in each.options]
SETTINGS = """
[project]
rules = ["rules"]
schema = "crm.schema.toml"
[data]
leads = "data/leads.csv"
interactions = "data/interactions.csv"
"""


def line_of(value: object) -> str:
    return f"line {value.line}" if isinstance(value, Block) else ""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """All files that the page shows, and the working directory among them."""
    for block in BLOCKS:
        if "file" in block.options and block.name != "scores.csv":
            path = tmp_path / block.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.body, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("call", "schema", "remarks"), CALLS, ids=line_of)
def test_a_call_gives_what_is_shown(
    call: Block, schema: Block, remarks: Block, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status(shlex.split(call.body)[1:]) == 0
    printed = capsys.readouterr()
    assert (schema.language, remarks.language) == ("toml", "text")
    assert printed.out == schema.body
    assert printed.err == remarks.body


def test_every_source_is_shown() -> None:
    assert [shlex.split(call.body)[3] for call, *_ in CALLS] == list(SOURCES)


def test_a_project_that_starts_from_an_import_scores_as_shown(folder: Path) -> None:
    (folder / "scoreline.toml").write_text(SETTINGS, encoding="utf-8")
    assert status([*shlex.split(CALLS[0][0].body)[1:], "-o", "crm.schema.toml"]) == 0
    assert status(["check"]) == 0
    [shown] = [each.body for each in BLOCKS if each.name == "scores.csv"]
    for engine in ("duckdb", "python"):
        at = ["--as-of", "2026-03-01T12:00Z", "--engine", engine]
        assert status(["score", *at, "-o", f"{engine}.csv", "--strict"]) == 0
        assert (folder / f"{engine}.csv").read_text(encoding="utf-8") == shown


@pytest.mark.parametrize("block", [each for each in RULES if "wrong" in each.options], ids=line_of)
def test_every_mistake_is_told_as_shown(block: Block) -> None:
    codes, lines = told(block, SCHEMA)
    assert codes == [block.options["wrong"]]
    assert lines == block.shown.splitlines()


@pytest.mark.parametrize("block", [each for each in RULES if each.tables], ids=line_of)
def test_rules_give_what_the_tables_say(block: Block) -> None:
    rules = rules_of(block, SCHEMA, {})
    for table in block.tables:
        for row in table.rows:
            assert outcome(rules, row).items() <= row.items()


def test_names_come_out_as_told() -> None:
    from scoreline.compiler.schema.imports.described import Attribute
    from scoreline.compiler.schema.imports.naming import named

    shown = re.findall(r"`(\w+)` becomes\s+`(\w+)`", TEXT)
    assert len(shown) == 3
    for column, name in shown:
        found, _ = named([Attribute(column, "text", column.removesuffix("__c"))], (), "lead")
        assert list(found) == [name]


def test_every_link_leads_somewhere() -> None:
    assert [each for each in broken_links(PAGE) if not each.startswith("https://")] == []


def test_every_command_that_is_named_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    named = set(re.findall(r"scoreline ((?:schema )?[a-z]+)", TEXT))
    assert named == {"schema import", "schema show"}
    for command in named:
        assert status([*command.split(), "--help"]) == 0
        assert capsys.readouterr().out


def test_every_type_that_is_mapped_is_told() -> None:
    from scoreline.compiler.schema.imports import cdm_attributes, hubspot, salesforce

    told_of = set(re.findall(r"`(\w+)`", TEXT))
    for each in itertools.chain(salesforce._TYPES, salesforce._UNFIT, hubspot._TYPES, hubspot._UNFIT):
        assert each in told_of | {"json", "complexvalue", "id"}, each
    assert {"listLookup", "listLookupMultiple", "dateTime", "boolean"} <= cdm_attributes._TYPES.keys() & told_of
