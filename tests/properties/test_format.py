"""The formatter changes neither what a file says nor its comments, and what it has formatted stays as it is."""

import re

from hypothesis import given
from hypothesis import strategies as st
from properties.messing import messed
from properties.test_parser import SOUP
from reference.strategies import draw_project
from scoreline.dsl.format import Formatted, formatted
from scoreline.dsl.layout import WIDTH, cells
from scoreline.dsl.parse import parse
from scoreline.dsl.source import Source
from scoreline.dsl.trivia import comments, dressed

SEEDS = st.integers(0, 2**24 - 1)
COMMENT = re.compile(r"#[^\r\n]*")


def drawn_text(seed: int) -> str:
    """A whole valid file, now a long one with models, now a short one of lists."""
    files = sorted(draw_project(seed, leads=0).files.values(), key=len)
    return files[-1] if seed % 4 else files[0]


def canonical(text: str) -> str:
    """The form of a text, which must have one."""
    found = formatted(Source("x.score", text))
    assert found.text is not None, found.diagnostics
    return found.text


def told(text: str) -> list[str]:
    """Its comments, found without the help of what is tested: no text of a drawn file holds a `#`."""
    return [comment.rstrip() for comment in COMMENT.findall(text)]


def clean(text: str) -> None:
    """What holds for every line of a canonical text."""
    lines = text.split("\n")
    assert lines.pop() == ""
    assert "\n\n\n" not in text
    assert all(lines[:1] + lines[-1:])
    for line in lines:
        assert line == line.rstrip()
        assert "\r" not in line and "\t" not in line.lstrip()[:1]
        assert (len(line) - len(line.lstrip())) % 2 == 0


@given(SEEDS)
def test_comments_everywhere(seed: int) -> None:
    text = messed(COMMENT.sub("", drawn_text(seed)), seed)
    result = canonical(text)
    assert parse(Source("", result)).file == parse(Source("", text)).file
    assert told(result) == told(text)
    assert canonical(result) == result
    clean(result)


@given(SEEDS)
def test_white_space_makes_no_difference(seed: int) -> None:
    """One form, however the text came in; only blank lines between statements are the writer's."""
    text = drawn_text(seed)
    one, other = (messed(text, seed + way, comments=False, blanks=False) for way in (0, 1))
    result = canonical(one)
    assert result == canonical(other)
    assert parse(Source("", result)).file == parse(Source("", text)).file
    for line in result.split("\n"):
        narrow(line)


def narrow(line: str) -> None:
    """Whether a line that is too wide has no word before which it could break."""
    if cells(line) > WIDTH:
        rest = re.sub(r'"(?:[^"\\]|\\.)*"', '""', line.strip())
        assert not re.search(r".\b(and|or|then|until|as)\b|, ", re.sub(r"between \S+ and", "", rest)), line


@given(SOUP, st.sampled_from([" ", "\n"]))
def test_any_words_are_formatted_or_left_alone(words: list[str], between: str) -> None:
    found = formatted(Source("x.score", between.join(words)))
    assert isinstance(found, Formatted)
    assert (found.text is None) == bool(found.diagnostics)


@given(st.text(max_size=200))
def test_any_text_is_formatted_or_left_alone(text: str) -> None:
    found = formatted(Source("x.score", text))
    assert (found.text is None) == bool(found.diagnostics)


@given(st.lists(st.sampled_from(["#", "# a", "  # b", "\t#c ", "", "  "]), max_size=12))
def test_a_file_of_comments_alone(lines: list[str]) -> None:
    text = "\n".join(lines)
    result = canonical(text)
    assert told(result) == told(text)
    assert [comment.text for piece in dressed(Source("", result)) for comment in piece.above] == told(text)
    assert list(comments(dressed(Source("", result)))) == told(text)
    assert canonical(result) == result
