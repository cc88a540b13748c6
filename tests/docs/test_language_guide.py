"""The guide for marketers says nothing that does not happen."""

import re

import pytest
from docs.guide import ROOT, Block, Table, blocks, broken_links, outcome, rules_of, schema_of, told
from scoreline.grammar.vocabulary import KEYWORDS
from scoreline.runtime.examples import run_examples

TEXT = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
BLOCKS = blocks("language.md")
SCHEMA = schema_of(next(each.body for each in BLOCKS if each.language == "toml"))
FILES = {each.name: each.text for each in BLOCKS if "file" in each.options}
GOOD = [each for each in BLOCKS if each.language == "score" and "wrong" not in each.options]
WRONG = [each for each in BLOCKS if "wrong" in each.options]
TABLES = [(block, table) for block in GOOD for table in block.tables]


def codes(condition: str, in_qualification: bool = False) -> list[str]:
    """What is wrong with a condition in a rule, or in a stage."""
    model = 'model Fit for lead when newsletter then +1 grade "A" from 1\n'
    text = f'{model}qualification Q stage "S" when {condition}' if in_qualification else f"when {condition} then +1"
    return told(Block("score", {}, text, 1), SCHEMA)[0]


def line_of(value: object) -> str:
    return f"line {value.line}" if isinstance(value, Block | Table) else ""


@pytest.mark.parametrize("block", GOOD, ids=line_of)
def test_every_block_is_right_and_its_examples_hold(block: Block) -> None:
    for example in run_examples(rules_of(block, SCHEMA, FILES)):
        assert example.passed, (example.title, example.missed)


@pytest.mark.parametrize(("block", "table"), TABLES, ids=line_of)
def test_every_table_shows_what_leads_score(block: Block, table: Table) -> None:
    rules = rules_of(block, SCHEMA, FILES)
    for row in table.rows:
        found = outcome(rules, row)
        assert found
        assert found == {name: row[name] for name in found}, row


@pytest.mark.parametrize("block", WRONG, ids=line_of)
def test_every_mistake_is_told_as_shown(block: Block) -> None:
    codes, lines = told(block, SCHEMA)
    assert codes == [block.options["wrong"]]
    assert lines == block.shown.splitlines()


def test_the_page_shows_a_good_deal() -> None:
    """So that a change of the page's form does not leave the tests above without work."""
    assert len(GOOD) >= 45
    assert len(TABLES) >= 40
    assert len(WRONG) >= 20
    assert sum(len(table.rows) for _, table in TABLES) >= 120
    assert sum(block.body.count("\nexample ") for block in GOOD) >= 20


def test_every_table_with_a_result_is_tried() -> None:
    """Each table of the page is one of leads, or one of the two that look things up."""
    headers = re.findall(r"\n\n(\|.*)\n\| ---", TEXT)
    others = [header for header in headers if not header.startswith("| `")]
    assert len(headers) - len(others) == len(TABLES)
    assert [re.sub(r"\W+", " ", header).strip() for header in others] == [
        "What it is What you can ask",
        "",
        "Words Where they stand",
    ]


def test_every_link_leads_somewhere() -> None:
    assert broken_links("language.md") == []


def test_every_block_is_of_a_kind_that_is_tried() -> None:
    assert {each.language for each in BLOCKS} == {"toml", "score", "text"}
    assert sum(each.language == "text" for each in BLOCKS) == len(WRONG)


# The tables to look things up in


def test_all_words_are_all_words() -> None:
    table = TEXT.split("## All words")[1].split("\n## ")[0]
    words = [
        word
        for line in table.splitlines()
        for word in re.findall(r"`(\w+)`", line.split("|")[1] if "|" in line else "")
    ]
    assert sorted(words) == sorted(KEYWORDS)


SUBJECTS = {
    "text": ("job_title", '"a"'),
    "number": ("employees", "5"),
    "yes/no": ("newsletter", "yes"),
    "date, date and time": ("created_on", "2026-01-31"),
    "choice": ("industry", '"Software"'),
    "choices": ("topics", '"AI"'),
    "interaction": ("email.opened", "5"),
    "score, in a qualification": ("Fit", "5"),
    "grade, in a qualification": ("Fit.grade", '"A"'),
}
COMPARISONS = {
    "is": "{0} is {1}",
    "is not": "{0} is not {1}",
    "in": "{0} in [{1}]",
    "not in": "{0} not in [{1}]",
    "between": "{0} between {1} and {1}",
    "not between": "{0} not between {1} and {1}",
    ">=": "{0} >= {1}",
    "<=": "{0} <= {1}",
    ">": "{0} > {1}",
    "<": "{0} < {1}",
    "=": "{0} = {1}",
    "!=": "{0} != {1}",
    "contains": "{0} contains {1}",
    "contains any of": "{0} contains any of [{1}]",
    "contains all of": "{0} contains all of [{1}]",
    "not contains": "{0} not contains {1}",
    "starts with": "{0} starts with {1}",
    "not starts with": "{0} not starts with {1}",
    "ends with": "{0} ends with {1}",
    "not ends with": "{0} not ends with {1}",
    "is known": "{0} is known",
    "is unknown": "{0} is unknown",
    "alone": "{0}",
    "not": "not {0}",
    "no": "no {0}",
    "within": "{0} within 30 days",
    "within the next": "{0} within the next 30 days",
    "since": "{0} since 2026-01-31",
    "more than … ago": "{0} more than 30 days ago",
}
OPPOSITES = {
    "is": ["is not", "=", "!="],
    "in": ["not in"],
    "between": ["not between"],
    "contains": ["not contains"],
    "starts with": ["not starts with"],
    "ends with": ["not ends with"],
    "is known": ["is unknown"],
}


def listed() -> dict[str, set[str]]:
    """What the page says can be asked of each kind, and the opposites."""
    table = TEXT.split("## All comparisons")[1].split("\n\n")[1]
    found: dict[str, set[str]] = {}
    for line in table.splitlines()[2:]:
        _, kind, cell, _ = line.split("|")
        names = [*re.findall("`([^`]+)`", cell), *(["alone"] if "alone for" in cell else [])]
        found[kind.strip()] = {*names, *(opposite for name in names for opposite in OPPOSITES.get(name, []))}
    return found


@pytest.mark.parametrize("kind", SUBJECTS)
def test_all_comparisons_are_those_that_each_kind_has(kind: str) -> None:
    subject, value = SUBJECTS[kind]
    in_qualification = "qualification" in kind
    taken = {name for name, form in COMPARISONS.items() if not codes(form.format(subject, value), in_qualification)}
    assert taken == listed()[kind]
