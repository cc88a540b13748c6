"""Rules say the same in every language: drawn files are translated to German and back."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from properties.messing import messed
from properties.test_format import canonical, drawn_text, told
from scoreline.dsl.lexer import lex
from scoreline.dsl.messages import QuotedCode, Said
from scoreline.dsl.parse import parse
from scoreline.dsl.source import Source
from scoreline.dsl.translate import translated
from scoreline.grammar.vocabulary import vocabulary
from translations.test_tables import KNOWN, texts_of

SEEDS = st.integers(0, 2**24 - 1)
LINE = "# language: de"
WORDS = vocabulary("de")
SOUP = (
    *sorted(WORDS.keywords),
    *sorted(WORDS.signs),
    *("Modell", "Wenn", "Tage", "wnen", "fuer", "when", "then", "größer", "als", "punkte", "falls", "klasse"),
    *("x", "y.z", '"a"', "“a”", "'a'", "5", "+5", "-5", "2,5", "30tage", "==", "&&", "01.02.2026", "2026-02-30"),
)


def german(text: str) -> str:
    """A text in German, which it must have."""
    found = translated(Source("x.score", text), "de")
    assert found.text is not None, found.diagnostics
    return found.text


def english(text: str) -> str:
    """A German text in English."""
    found = translated(Source("x.score", text), "en")
    assert found.text is not None, found.diagnostics
    return found.text


@settings(max_examples=settings.default.max_examples // 3)
@given(SEEDS)
def test_a_drawn_file_says_the_same_in_german(seed: int) -> None:
    text = messed(drawn_text(seed), seed)
    there = german(text)
    parsed = parse(Source("x.score", there))
    assert not parsed.diagnostics
    assert parsed.file == parse(Source("x.score", text)).file
    assert there.split("\n")[:2] == [LINE, ""] or there == f"{LINE}\n"
    assert told(there) == [LINE, *told(text)]


@settings(max_examples=settings.default.max_examples // 3)
@given(SEEDS)
def test_german_there_and_back_is_the_same(seed: int) -> None:
    text = messed(drawn_text(seed), seed)
    there = german(text)
    assert english(there) == canonical(text)
    assert german(english(there)) == there
    assert german(there) == canonical(there) == there


@settings(max_examples=settings.default.max_examples // 3)
@given(
    SEEDS, st.lists(st.sampled_from(["# language: en", "\t#language:en ", "# language: fr", "# Sprache: deutsch", ""]))
)
def test_lines_about_the_language_are_translated_anywhere(seed: int, more: list[str]) -> None:
    lines = ["# rules", *drawn_text(seed).splitlines()]
    for number, line in enumerate(more):
        lines.insert(random.Random(seed + number).randrange(len(lines)) + 1, line)
    text = "\n".join(lines)
    assert english(german(text)) == canonical(text)


@settings(max_examples=settings.default.max_examples // 3)
@given(SEEDS)
def test_every_inflection_is_read_as_the_same_word(seed: int) -> None:
    text = german(drawn_text(seed))
    drawn = random.Random(seed)
    others: dict[str, list[str]] = {}
    for word, terminal in vocabulary("de").keywords.items():
        others.setdefault(terminal, []).append(word)
    parsed = parse(Source("x.score", text))
    parts: list[str] = []
    end = 0
    for token in lex(Source("x.score", text)).tokens:
        word = drawn.choice(others[token.type]) if token.type in others else token.text
        parts += [text[end : token.start], word]
        end = token.end
    assert parse(Source("x.score", "".join(parts))).file == parsed.file
    assert canonical("".join(parts)) == text


@given(st.lists(st.sampled_from(SOUP), max_size=25), st.sampled_from([" ", "\n"]), st.booleans())
def test_all_that_is_said_of_any_german_words_can_be_said(words: list[str], between: str, said: bool) -> None:
    text = (f"{LINE}\n" if said else "modell X für lead\n") + between.join(words)
    for diagnostic in parse(Source("x.score", text)).diagnostics:
        assert diagnostic.place.source.language == "de"
        for part in texts_of(diagnostic):
            assert isinstance(part, Said)
            assert isinstance(part, QuotedCode) or part.template in KNOWN["de"]
