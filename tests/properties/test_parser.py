"""The parser takes any text and any bytes, never raises, and never grows out of proportion."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reference.strategies import draw_project
from scoreline.dsl.codes import CODES
from scoreline.dsl.parse import MOST_BYTES, Parsed, parse
from scoreline.dsl.reading import read_source
from scoreline.dsl.source import Source
from scoreline.grammar.vocabulary import vocabulary

SEEDS = st.integers(0, 2**24 - 1)
WORDS = (*sorted(vocabulary().keywords), *sorted(vocabulary().signs))
ODD = (
    *('"x"', '"', "“x”", "“", "'x'", "`", "5", "+5", "-5", "2.5", "2,5", "1_000", "5as", "2026-01-31", "2026-02-30"),
    *("name", "größe", "e\u0301", "When", "==", "&&", "||", "!", "≥", "–", "−5", "+", "-", "%", "\0", "\u200b", "\xad"),
    *("\\", "#", "# x", "\n", "\r", "\r\n", "\u2028", "\ud800", "\U0001f600", "\ufeff", "₂", "Ⅷ", "٣", "ª", "·"),
)
SOUP = st.lists(st.sampled_from((*WORDS, *ODD)), max_size=60)


def sane(parsed: Parsed) -> None:
    """What every parse promises: places inside the text, known codes, text order, and no words of ours in messages."""
    end = len(parsed.source.text)
    assert 0 <= parsed.file.span.start <= parsed.file.span.end <= end
    starts = [found.place.span.start for found in parsed.diagnostics]
    assert starts == sorted(starts)
    for found in parsed.diagnostics:
        assert found.code in CODES
        assert found.code < "E2" or found.code == "E225"  # what is kept for later may be seen by its form
        assert 0 <= found.place.span.start <= found.place.span.end <= end
        assert found.message
        assert found.message[0] == found.message[0].lower()
        assert not found.message.endswith(".")
        for word in ("PLUS_INT", "LPAR", "$END", "NAME", "TEXT", "Token", "None"):
            assert word in parsed.source.text or word not in found.message


@settings(max_examples=1_000)
@given(st.text(max_size=200))
def test_any_text(text: str):
    sane(parse(Source("x.score", text)))


@settings(max_examples=1_000)
@given(SOUP, st.sampled_from(["", " ", "\n"]))
def test_any_words_in_any_order(words: list[str], between: str):
    sane(parse(Source("x.score", between.join(words))))


@given(SEEDS)
def test_a_good_file_with_anything_done_to_it(seed: int):
    drawn = random.Random(seed)
    text = "\n".join(draw_project(seed, leads=0).files.values())
    for _ in range(drawn.randrange(1, 4)):
        start = drawn.randrange(len(text) + 1)
        end = min(len(text), start + drawn.choice((0, 0, 1, 2, 10, 60)))
        text = text[:start] + drawn.choice(("", "", *ODD, *WORDS, text[end : end + 30])) + text[end:]
    sane(parse(Source("x.score", text)))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=200), SOUP.map(lambda words: " ".join(words).encode("utf-8", "surrogatepass"))))
def test_any_bytes(tmp_path: Path, data: bytes):
    path = tmp_path / "x.score"
    path.write_bytes(data)
    source, wrong = read_source(path, "x.score")
    sane(parse(source))
    assert (wrong is not None) == ("\ufffd" in source.text and b"\xef\xbf\xbd" not in data)


@given(SEEDS)
def test_equal_texts_give_equal_results(seed: int):
    """No parse leaves anything behind that another could see."""
    text = "\n".join(draw_project(seed, leads=0).files.values())
    worse = text.replace("then", "than", 1).replace("(", "", 1)
    first = parse(Source("x.score", worse))
    parse(Source("y.score", text))
    second = parse(Source("x.score", worse))
    assert (first.file, first.diagnostics) == (second.file, second.diagnostics)


MODEL = "model Fit for lead\n"
MANY = 4_000
LARGE = {
    "parentheses": "(" * MANY,
    "parentheses behind when": MODEL + "when " + "(" * MANY,
    "not": MODEL + "when " + "not " * MANY + "x then +1",
    "where in where": MODEL + "when " + "a where (" * MANY,
    "quotes": '"' * MANY,
    "unclosed texts": '"\n' * MANY,
    "curly quotes": "“" * MANY,
    "single quotes": "'" * MANY,
    "signs": "- +" * MANY,
    "backslashes": 'use "' + "\\x" * MANY,
    "dots": "a." * MANY,
    "a sum": MODEL + "when " + "a + " * MANY,
    "names": "x " * MANY,
    "starters": "when " * MANY,
    "unseen": "a\u200b" * MANY,
    "unknown characters in rules": MODEL + "when a % b then +1\n" * MANY,
    "unclosed rules": MODEL + 'when a is "x then +1\n' * MANY,
    "broken rules": MODEL + "when a > then +1\n" * MANY,
    "rules to mend": MODEL + "When a > 1 THEN 1\n" * MANY,
    "English": MODEL + "when a is greater than " * (MANY // 10),
    "commas": MODEL + "when a > " + "1,000," * MANY,
    "a list without commas": MODEL + "when a in [" + "1 " * MANY + "] then +1",
    "a long condition that ends wrong": MODEL + "when " + "a > 1 and " * MANY + "b b then +1",
    "blanks": MODEL + "when a then " + "\t" * MANY + "1",
    "digits": "1" * MANY,
}


@pytest.mark.parametrize("text", LARGE.values(), ids=LARGE)
def test_large_and_wrong(text: str):
    """Nothing here may nest in Python's own stack or take the product of two lengths: it would not end in time."""
    parsed = parse(Source("x.score", text))
    assert parsed.diagnostics
    sane(parsed)


@pytest.mark.parametrize(
    "text",
    [
        f"{MODEL}when a in [{'1, ' * 4_999}1] then +1",
        "let x = [" + ", ".join(f'"{number}"' for number in range(5_000)) + "]",
        MODEL + "when " + "a > 1 and " * MANY + "b then +1",
        MODEL + "when " + "a > 1 or " * MANY + "b then +1",
        MODEL + "when " + "a + " * MANY + "b > 1 then +1",
        MODEL + "when " + "(" * 200 + "a" + ")" * 200 + " then +1",
        MODEL + "when " + "not " * 200 + "a then +1",
        MODEL + "when a.b where (" + "(" * 199 + "c" + ")" * 199 + ") then +1",
        MODEL + "when a then +1\n" * MANY,
        "model x for lead\n" * MANY,
        "# comment\n" * MANY,
        MODEL + "when " + "a." * MANY + "b then +1",
    ],
    ids=lambda text: text[:30],
)
def test_large_and_fine(text: str):
    assert parse(Source("x.score", text)).diagnostics == ()


@pytest.mark.parametrize("fill", ["#", "é", "\U0001f600"])
def test_ten_megabytes_are_the_most(fill: str):
    size = len(fill.encode())
    text = "#" + fill * ((MOST_BYTES - 1) // size)
    assert parse(Source("x.score", text)).diagnostics == ()
    (found,) = parse(Source("x.score", text + fill)).diagnostics
    assert (found.code, found.place.start) == ("E120", (1, 1))
    assert "10 MB" in found.message
