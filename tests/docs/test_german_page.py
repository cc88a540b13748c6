"""The page about rules in German tells the truth: its rules hold, its commands work, its words are all words."""

import re

import pytest
from docs.guide import ROOT, blocks, broken_links, rules_of, schema_of
from docs.test_readme import write_files
from scoreline.dsl.format import formatted
from scoreline.dsl.source import Source
from scoreline.dsl.translate import translated
from scoreline.grammar.vocabulary import language_table, vocabulary
from scoreline.runtime.examples import run_examples
from scoreline.tools.cli.main import status

TEXT = (ROOT / "docs" / "german.md").read_text(encoding="utf-8")
(RULES,) = [each for each in blocks("german.md") if each.language == "score"]
SCHEMA = schema_of(next(each.body for each in blocks("language.md") if each.language == "toml"))
COMMANDS = re.findall(r"^    scoreline (.+?)(?:  .*)?$", TEXT, re.MULTILINE)


def test_the_rules_are_canonical_and_their_examples_hold() -> None:
    assert formatted(Source("x.score", RULES.body)).text == RULES.body
    told = [run.passed for run in run_examples(rules_of(RULES, SCHEMA, {}))]
    assert told == [True]


def test_the_rules_are_themselves_after_a_turn_in_english() -> None:
    english = translated(Source("x.score", RULES.body), "en").text
    assert english is not None and "halving every 90 days" in english
    assert translated(Source("x.score", english), "de").text == RULES.body


def test_all_words_are_all_words() -> None:
    table = TEXT.split("## All words")[1]
    rows = [re.findall(r"`([^`]+)`", line) for line in table.splitlines() if line.startswith("| `")]
    english = vocabulary().words
    assert {row[0]: row[1:] for row in rows} == {
        english[terminal]: words for terminal, words in language_table("de")["words"].items()
    }


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_works(tmp_path, monkeypatch, command: str) -> None:
    (tmp_path / "rules").mkdir()
    write_files(tmp_path / "rules")
    (tmp_path / "rules" / "fit.score").write_text("model Fit for lead\n", encoding="utf-8")
    (tmp_path / "scoreline.toml").write_text('[project]\nrules = ["rules"]\nschema = "rules/crm.schema.toml"\n')
    monkeypatch.chdir(tmp_path)
    assert status(command.split()) == ("--diff" in command)


def test_the_page_shows_every_way_to_call_it() -> None:
    assert len(COMMANDS) == 3


def test_every_link_leads_somewhere() -> None:
    assert broken_links("german.md") == []
