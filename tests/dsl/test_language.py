"""Which language a file is in, and the fixes for files that do not say so as they should."""

import pytest
from scoreline.dsl.diagnostics import Diagnostic
from scoreline.dsl.parse import parse
from scoreline.dsl.source import Source

GERMAN = "modell Fit für lead\n  wenn newsletter dann +5\n"
ENGLISH = "model Fit for lead\n  when newsletter then +5\n"
LINE = "# language: de\n"
TREE = parse(Source("x.score", ENGLISH)).file


def only(text: str) -> Diagnostic:
    """The one thing that is wrong with a text, which reads as the rules above all the same."""
    parsed = parse(Source("x.score", text))
    assert parsed.file == TREE
    (told,) = parsed.diagnostics
    return told


def mended(text: str) -> str:
    """The text with the fix of the one thing that is wrong with it."""
    (fix,) = only(text).fixes
    for edit in sorted(fix.edits, key=lambda each: each.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (GERMAN, LINE + GERMAN),
        ("\ufeff" + GERMAN, "\ufeff" + LINE + GERMAN),
        ("# sales\n" + LINE + GERMAN, LINE + "# sales\n" + GERMAN),
        ("\n" + LINE + GERMAN, LINE + "\n" + GERMAN),
        (" " + LINE + GERMAN, LINE + GERMAN),
        ("# language: Deutsch\n" + GERMAN, LINE + GERMAN),
        ("# language: de-AT\n" + GERMAN, LINE + GERMAN),
        ("# Sprache: deutsch\n" + GERMAN, LINE + GERMAN),
        ("# language: klingon\n" + GERMAN, LINE + GERMAN),
        ("# language: en\n" + GERMAN, LINE + GERMAN),
        ("# language: klingon\n" + ENGLISH, "# language: en\n" + ENGLISH),
        (LINE + ENGLISH, ENGLISH),
        (ENGLISH + LINE, None),
    ],
)
def test_a_file_is_read_as_it_is_meant_and_offered_what_to_write(text: str, right: str | None) -> None:
    assert only(text).code == "E124"
    if right is not None:
        assert mended(text) == right
        assert not parse(Source("x.score", right)).diagnostics


@pytest.mark.parametrize(
    "text",
    [
        LINE + GERMAN,
        "#language:de\r\n" + GERMAN,
        "\ufeff" + LINE + GERMAN,
        LINE + "# language: de\n" + GERMAN,
        "# language: en\n" + ENGLISH,
        "# about the language: it is German\n" + ENGLISH,
        "# language notes\n" + ENGLISH,
        ENGLISH + "# language: fr\n",
    ],
)
def test_nothing_is_wrong_with_these(text: str) -> None:
    parsed = parse(Source("x.score", text))
    assert parsed.diagnostics == ()
    assert parsed.file == TREE


def test_what_is_said_of_a_german_file_is_german() -> None:
    for text in (GERMAN, LINE + GERMAN):
        told = parse(Source("x.score", text.replace("dann +5", "+5"))).diagnostics[-1]
        assert told.message == "vor `+5` fehlt `dann`"
