"""The page about the formatter tells the truth: what it shows is what comes out, its commands work."""

import re

import pytest
from docs.guide import ROOT, blocks, broken_links
from docs.test_readme import BLOCKS, write_files
from scoreline.dsl.format import formatted
from scoreline.dsl.layout import WIDTH
from scoreline.dsl.source import Source
from scoreline.tools.cli.main import status

TEXT = (ROOT / "docs" / "formatting.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^    scoreline (.+?)(?:  .*)?$", TEXT, re.MULTILINE)


def canonical(text: str) -> str | None:
    return formatted(Source("x.score", text)).text


def test_before_and_after_are_before_and_after() -> None:
    before, after = (each.body for each in blocks("formatting.md"))
    assert before != after
    assert canonical(before) == after


def test_the_rules_of_the_readme_are_in_canonical_form() -> None:
    assert canonical(BLOCKS["score"]) == BLOCKS["score"]


def test_the_width_is_the_one_that_is_told() -> None:
    assert f"at most {WIDTH} columns" in TEXT


@pytest.mark.parametrize("command", [each for each in COMMANDS if not each.endswith(" -")])
def test_every_command_works(tmp_path, monkeypatch, command: str) -> None:
    (tmp_path / "rules").mkdir()
    write_files(tmp_path / "rules")
    (tmp_path / "scoreline.toml").write_text('[project]\nrules = ["rules"]\nschema = "rules/crm.schema.toml"\n')
    monkeypatch.chdir(tmp_path)
    assert status(command.split()) == 0


def test_the_page_shows_every_way_to_call_it() -> None:
    assert len(COMMANDS) == 5
    assert {"fmt --check", "fmt --diff", "fmt -"} <= set(COMMANDS)


def test_every_link_leads_somewhere() -> None:
    assert broken_links("formatting.md") == []
