"""Whatever the linter finds can be said in every language that files are written in (tables: tests/translations)."""

import re
from collections.abc import Iterator

import pytest
from golden.cases import Case
from lint.test_lints import PAIRS, found
from scoreline.dsl.diagnostics import Diagnostic
from scoreline.dsl.messages import QuotedCode, Said
from scoreline.grammar.vocabulary import ENGLISH, KEYWORDS, languages
from scoreline.tools.lint.lints import Lint
from translations.tables import table

OTHERS = [each for each in languages() if each != ENGLISH]
_WORD = re.compile(r'"(?:[^"\\]|\\.)*"|[^\W\d_]\w*')


@pytest.mark.parametrize(("lint", "case"), PAIRS)
def test_all_that_a_lint_says_can_be_said_in_other_languages(lint: Lint, case: Case):
    known = [set(table(language, "lint")) for language in OTHERS]
    for diagnostic in found(lint, case):
        for text in texts(diagnostic):
            assert isinstance(text, Said), text
            assert isinstance(text, QuotedCode) or all(text.template in each for each in known), text.template


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
            assert not brought or isinstance(edit.text, QuotedCode), edit.text
