"""Which language a file is in, and the fixes for files that do not say so as they should."""

import pytest
from scoreline.dsl.diagnostics import Diagnostic
from scoreline.dsl.format import formatted
from scoreline.dsl.parse import parse
from scoreline.dsl.source import Source
from scoreline.dsl.translate import translated

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
        ("\n \n# Sprache: deutsch\n" + GERMAN, LINE + GERMAN),
        ("\ufeff\r\n# language: klingon\r\n" + ENGLISH, "\ufeff# language: en\r\n" + ENGLISH),
        ("\u2003# language: de\u2003\n" + GERMAN, LINE + GERMAN),
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
        "\n# language: en\n" + ENGLISH,
        "# sales\n# language: en\n" + ENGLISH,
    ],
)
def test_nothing_is_wrong_with_these(text: str) -> None:
    parsed = parse(Source("x.score", text))
    assert parsed.diagnostics == ()
    assert parsed.file == TREE


def there(text: str, language: str) -> str:
    """The text in a language, which must be possible."""
    found = translated(Source("x.score", text), language)
    assert found.text is not None, found.diagnostics
    return found.text


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("# sales\n# language: en\n" + ENGLISH, LINE + "\n# sales\n# language: de\n" + GERMAN),
        (ENGLISH + "  # language: en\n", LINE + "\n" + GERMAN + "  # language: de\n"),
        (ENGLISH[:-1] + "  # language: en\n", LINE + "\n" + GERMAN[:-1] + "  # language: en\n"),
        (ENGLISH + "  # language: fr\n", LINE + "\n" + GERMAN + "  # language: fr\n"),
        ("# language: en\n\n# language: en\n" + ENGLISH, LINE + "\n# language: de\n" + GERMAN),
        ("# language: en\n\n# Sprache: deutsch\n" + ENGLISH, LINE + "\n# Sprache: deutsch\n" + GERMAN),
        ("# language: en\n\n# language: fr\n" + ENGLISH, LINE + "\n# language: fr\n" + GERMAN),
    ],
)
def test_further_lines_about_the_language_are_comments_that_stay_true(english: str, german: str) -> None:
    assert there(english, "de") == german
    assert there(german, "en") == english


def test_a_first_line_that_names_english_says_nothing_and_is_gone_after_going_there_and_back() -> None:
    for above in ("", "\n", "\n\n  ", "\ufeff"):
        german = there(f"{above}# language: en\n" + ENGLISH, "de")
        assert german == LINE + "\n" + GERMAN
        assert there(german, "en") == ENGLISH
    assert there("# language: en\n" + ENGLISH, "en") == "# language: en\n\n" + ENGLISH


@pytest.mark.parametrize(
    "line", ["\n# Sprache: deutsch", "\f# language: de", "# language: de\u2003", "\n\n# language: fr"]
)
def test_what_would_be_a_first_line_once_it_is_formatted_is_told_before(line: str) -> None:
    told, *_ = formatted(Source("x.score", line + "\n" + ENGLISH)).diagnostics
    assert told.code == "E124"


def test_what_is_said_of_a_german_file_is_german() -> None:
    for text in (GERMAN, LINE + GERMAN):
        told = parse(Source("x.score", text.replace("dann +5", "+5"))).diagnostics[-1]
        assert told.message == "vor `+5` fehlt `dann`"
