"""Whatever the linter says can be said in every language that files are written in."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from golden.cases import Case
from lint.test_lints import PAIRS, found
from scoreline.dsl.diagnostics import Diagnostic
from scoreline.dsl.messages import Code, Said
from scoreline.grammar.vocabulary import ENGLISH, KEYWORDS, languages
from scoreline.tools.lint.lints import Lint

ROOT = Path(__file__).parents[2]
OTHERS = [each for each in languages() if each != ENGLISH]
_WORD = re.compile(r'"(?:[^"\\]|\\.)*"|[^\W\d_]\w*')


def table(language: str) -> dict[str, str]:
    """What the linter says, in a language, by the English template."""
    return tomllib.loads((ROOT / "dsl" / "translations" / f"{language}.lint.toml").read_text(encoding="utf-8"))


def templates() -> Iterator[str]:
    """The template of every `say(…)` in the linter's code."""
    for file in sorted((ROOT / "tools" / "lint").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
                assert isinstance(node.args[0], ast.Constant), f"{file}:{node.lineno}"
                yield str(node.args[0].value)


def holes(template: str) -> set[tuple[str, str]]:
    """The holes of a template, each with how it is written out."""
    return {(name, form or "") for _, name, form, _ in Formatter().parse(template) if name is not None}


@pytest.mark.parametrize("language", OTHERS)
def test_every_template_has_its_translation_and_none_is_left_over(language: str):
    assert set(table(language)) == set(templates())


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_holes_of_its_template(language: str):
    for english, other in table(language).items():
        assert holes(english) == holes(other), english


@pytest.mark.parametrize("language", OTHERS)
def test_translations_are_in_house_style(language: str):
    for text in table(language).values():
        assert text == text.strip() and not text.endswith("."), text


@pytest.mark.parametrize(("lint", "case"), PAIRS)
def test_all_that_a_lint_says_can_be_said_in_other_languages(lint: Lint, case: Case):
    known = [set(table(language)) for language in OTHERS]
    for diagnostic in found(lint, case):
        for text in texts(diagnostic):
            assert isinstance(text, Said), text
            assert isinstance(text, Code) or all(text.template in each for each in known), text.template


def texts(diagnostic: Diagnostic) -> Iterator[str]:
    """All that is said of a finding, and the parts that were said by themselves."""
    waiting: list[object] = [
        diagnostic.message,
        *(() if diagnostic.help is None else (diagnostic.help,)),
        *(label.message for label in diagnostic.labels),
        *(fix.title for fix in diagnostic.fixes),
    ]
    while waiting:
        text = waiting.pop()
        assert isinstance(text, str)
        yield text
        if isinstance(text, Said):
            waiting.extend(value for value in text.values.values() if isinstance(value, Said))


@pytest.mark.parametrize(("lint", "case"), PAIRS)
def test_words_of_the_language_that_a_fix_brings_are_spelled_in_the_language_of_the_file(lint: Lint, case: Case):
    for diagnostic in found(lint, case):
        there = set(_WORD.findall(diagnostic.place.source.text))
        for edit in (edit for fix in diagnostic.fixes for edit in fix.edits):
            brought = set(_WORD.findall(edit.text)) & KEYWORDS - there
            assert not brought or isinstance(edit.text, Code), edit.text
