"""The lints work in files of other languages: each case, word for word in one, is told in it and mended in it."""

import re
from collections.abc import Mapping

import pytest
from golden.cases import Case
from lint.linting import applied, compiled, linted
from lint.test_lints import PAIRS, found, texts
from scoreline.dsl.lexer import lex
from scoreline.dsl.messages import said_in
from scoreline.dsl.source import Source
from scoreline.grammar.vocabulary import ENGLISH, languages, vocabulary
from scoreline.tools.lint.lints import Lint

OTHERS = [each for each in languages() if each != ENGLISH]
_COMMENTED_RULE = re.compile(r"#(?P<rule> *(?:when|for each|and|then|within)\b.*)")


def in_words_of(language: str, text: str) -> str:
    """A rule file with the words of another language, and rules in its comments too."""
    return f"# language: {language}\n" + re.sub(
        r"[^\n]+", lambda line: _line(vocabulary(language).words, line[0]), text
    )


def _line(words: Mapping[str, str], line: str) -> str:
    tokens = [token for token in lex(Source("", line)).tokens if token.start < token.end]
    code_end = tokens[-1].end if tokens else 0
    for token in reversed(tokens):
        line = line[: token.start] + words.get(token.type, line[token.start : token.end]) + line[token.end :]
    comment = _COMMENTED_RULE.match(line.strip()) if code_end == 0 else None
    return line if comment is None else "#" + _line(words, comment["rule"])


def is_english(case: Case) -> bool:
    return not any("# language:" in text for text in texts(case).values())


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize(("lint", "case"), [each for each in PAIRS if is_english(each.values[1])])
def test_a_case_in_another_language_is_told_in_it_and_mended(lint: Lint, case: Case, language: str):
    files = {name: in_words_of(language, text) for name, text in texts(case).items()}
    here = [each for each in linted(files, case.own) if each.code == lint.code]
    there = found(lint, case)
    assert [(each.place.file, each.place.start.line - 1) for each in here] == [
        (each.place.file, each.place.start.line) for each in there
    ]
    for each, english in zip(here, there, strict=True):
        assert len(each.fixes) == len(english.fixes)
        assert each.message != english.message and each.message == said_in(language, each.message)
        for fix in each.fixes:
            after = {**files, each.place.file: applied(each.place.source.text, fix)}
            assert compiled(after, case.own).diagnostics == (), (fix.title, after[each.place.file])
            left = [one for one in linted(after, case.own) if one.code == lint.code]
            assert len(left) < len(here), (fix.title, after[each.place.file])
