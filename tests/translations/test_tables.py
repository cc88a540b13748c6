"""What is said can be said in every language that files are written in, and only that stands in the tables."""

import re

import pytest
from golden.cases import Case, all_cases
from golden.test_golden import diagnosed
from scoreline.dsl.diagnostics import Diagnostic
from scoreline.dsl.messages import QuotedCode, Said
from scoreline.grammar.vocabulary import ENGLISH, KEYWORDS, languages, vocabulary
from translations.tables import ROOMS, all_tables, holes, quoted, table, templates

OTHERS = [each for each in languages() if each != ENGLISH]
KNOWN = {each: {english for texts in all_tables(each) for english in texts} for each in OTHERS}
# Words of the language that are also words of other things that messages speak of: of code, of files, of names.
NOT_OURS = {"language", "column", "lint", "min", "max", "init", "ignore", "data", "kept", "days"}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", ROOMS)
def test_every_template_has_its_translation_and_none_is_left_over(language: str, name: str) -> None:
    assert set(table(language, name)) == set(templates(*ROOMS[name]))


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_holes_of_its_template(language: str) -> None:
    for texts in all_tables(language):
        for english, other in texts.items():
            assert holes(english) == holes(other), english
            assert other == other.strip() and not other.endswith("."), other


@pytest.mark.parametrize("language", OTHERS)
def test_tables_agree_on_what_several_of_them_have(language: str) -> None:
    known: dict[str, str] = {}
    for texts in all_tables(language):
        for english, other in texts.items():
            assert known.setdefault(english, other) == other


@pytest.mark.parametrize("language", OTHERS)
def test_rules_that_a_translation_quotes_are_in_its_words(language: str) -> None:
    foreign = KEYWORDS - set(vocabulary(language).keywords) - NOT_OURS
    for texts in all_tables(language):
        for english, other in texts.items():
            words = {word for piece in quoted(other) for word in re.findall(r"(?<![\w.\[-])[a-z]+(?![\w\]=-])", piece)}
            assert not words & foreign, (english, other)


def parts(text: str | None) -> list[str]:
    """A text, and all that was said in its holes."""
    if not isinstance(text, Said):
        return [] if text is None else [text]
    return [text, *(part for each in text.values.values() if isinstance(each, Said) for part in parts(each))]


def texts_of(diagnostic: Diagnostic) -> list[str]:
    """All that is said of a diagnostic."""
    whole = (diagnostic.message, diagnostic.help, *(each.message for each in diagnostic.labels))
    return [part for each in (*whole, *(fix.title for fix in diagnostic.fixes)) for part in parts(each)]


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.name)
def test_all_that_is_said_of_a_file_can_be_said_in_other_languages(case: Case, tmp_path) -> None:
    for diagnostic in diagnosed(tmp_path, case.files, case.own):
        for text in texts_of(diagnostic):
            assert isinstance(text, Said), (diagnostic.code, text)
            assert isinstance(text, QuotedCode) or all(text.template in KNOWN[each] for each in OTHERS), text.template
