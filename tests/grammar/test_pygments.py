"""The highlighter: found by name and by ending, loses nothing, and colours every word of the vocabulary."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygments.lexers import get_lexer_by_name, get_lexer_for_filename, get_lexer_for_mimetype
from pygments.token import Error, Keyword, Literal, Name, Number, Operator, Punctuation, String, Token
from scoreline.dsl.parse import parse
from scoreline.dsl.source import Source
from scoreline.grammar.pygments_lexer import ScorelineLexer
from scoreline.grammar.vocabulary import is_name, languages, vocabulary

HERE = Path(__file__).parent
SHOWCASE = (HERE / "showcase.score").read_text(encoding="utf-8")
MISTAKES = (HERE / "mistakes.score").read_text(encoding="utf-8")
ENGLISH = vocabulary()

# Texts that look like rules, cut and glued anywhere, beside wholly random ones.
PIECES = st.lists(
    st.sampled_from(
        [*SHOWCASE.split(" "), *ENGLISH.keywords, *ENGLISH.signs, *"\"“”'\\{}#+-.1\n\r\t\ufeff\0", "é", "क\u093f", "²"]
    )
    | st.text(max_size=4),
    max_size=40,
).map("".join)


def tokens(text: str) -> list[tuple[str, str]]:
    """The tokens of a text but for white space, as `Colour` and what is written."""
    found = ScorelineLexer().get_tokens_unprocessed(text)
    return [(str(kind).removeprefix("Token."), word) for _, kind, word in found if word.strip()]


def kind_of(text: str) -> object:
    """The kind of a text that is one token."""
    [(_, kind, word)] = ScorelineLexer().get_tokens_unprocessed(text)
    assert word == text
    return kind


def errors(text: str) -> list[str]:
    return [word for _, kind, word in ScorelineLexer().get_tokens_unprocessed(text) if kind is Error]


def test_pygments_finds_it_by_alias_ending_and_mimetype() -> None:
    for found in (
        get_lexer_by_name("scoreline"),
        get_lexer_for_filename("rules/fit.score"),
        get_lexer_for_mimetype("text/x-scoreline"),
    ):
        assert type(found).__name__ == "ScorelineLexer"
        assert found.name == "Scoreline"


def test_pygmentize_renders_the_showcase() -> None:
    command = [sys.executable, "-m", "pygments", "-f", "html", str(HERE / "showcase.score")]
    page = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    assert '<span class="nc">Fit</span>' in page
    assert 'class="err"' not in page


@given(PIECES | st.text(alphabet=st.characters(exclude_categories=())))
def test_no_character_is_lost_or_moved(text: str) -> None:
    offset = 0
    for start, _, word in ScorelineLexer().get_tokens_unprocessed(text):
        assert start == offset
        assert word
        offset += len(word)
    assert "".join(word for _, _, word in ScorelineLexer().get_tokens_unprocessed(text)) == text


@given(PIECES)
def test_what_pygments_hands_on_is_the_text_too(text: str) -> None:
    plain = text.replace("\r", "").removeprefix("\ufeff")
    lexer = get_lexer_by_name("scoreline", stripnl=False, ensurenl=False)
    assert "".join(word for _, word in lexer.get_tokens(plain)) == plain


def test_the_showcase_has_these_tokens() -> None:
    """Made anew with `python tests/grammar/test_pygments.py`, and then to be read."""
    assert dump(SHOWCASE) == (HERE / "showcase.tokens").read_text(encoding="utf-8")


def test_the_showcase_is_what_the_parser_takes_and_shows_every_word_and_sign() -> None:
    assert not parse(Source("showcase.score", SHOWCASE)).diagnostics
    written = {word for _, word in tokens(SHOWCASE)}
    assert set(ENGLISH.keywords) - written == set()
    assert set(ENGLISH.signs) - written == {"<=", ">", "!="}


def test_every_word_of_the_vocabulary_has_a_kind_of_word() -> None:
    for word in ENGLISH.keywords:
        kind = kind_of(word)
        assert kind in Keyword or kind is Operator.Word, word


@pytest.mark.parametrize("language", languages())
def test_a_word_looks_like_its_terminal_in_every_language(language: str) -> None:
    words = vocabulary(language)
    for word, terminal in words.keywords.items():
        [*_, (_, kind, last)] = ScorelineLexer().get_tokens_unprocessed(f"# language: {language}\n{word}")
        assert last == word
        assert kind is kind_of(ENGLISH.words[terminal]), word


def test_the_first_line_tells_the_language_of_words() -> None:
    german = tokens("# language: de\nwenn branche ist bekannt when")
    assert german == [
        ("Comment.Special", "# language: de"),
        ("Keyword", "wenn"),
        ("Name", "branche"),
        ("Operator.Word", "ist"),
        ("Operator.Word", "bekannt"),
        ("Name", "when"),
    ]
    assert tokens("# language: tlh\nwenn")[1] == ("Name", "wenn")
    assert tokens("\n# language: de\nwenn")[1] == ("Name", "wenn")
    assert ("Operator.Word", "keine") in tokens("# language: de\nwenn keine email.opened dann +1")
    assert ("Keyword.Constant", "nein") in tokens("# language: de\nwenn newsletter ist nein dann +1")


def test_every_sign_of_the_vocabulary_has_a_kind_of_sign() -> None:
    for sign in ENGLISH.signs:
        assert kind_of(sign) in (Operator, Punctuation), sign


@given(st.from_regex(r"\A[^\W_]\w{0,8}\Z").filter(is_name))
def test_any_other_word_is_a_name(word: str) -> None:
    assert kind_of(word) is Name


@given(
    st.characters(exclude_categories=["L", "M", "N", "Z", "Cc", "Pc"]).filter(lambda sign: sign not in ENGLISH.signs)
)
def test_any_other_sign_is_a_mistake(sign: str) -> None:
    assert errors(sign) == ([] if sign in "#\ufeff" else [sign])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("+10", Number.Integer),
        ("-5", Number.Integer),
        ("12_000", Number.Integer),
        ("2.5", Number.Float),
        ("2026-01-31", Literal.Date),
        ('"Software"', String.Double),
        ("yes", Keyword.Constant),
        ("no", Keyword.Constant),
        ("days", Keyword.Type),
        ("between", Operator.Word),
        ("when", Keyword),
        ("qualification", Keyword.Declaration),
        ("größe", Name),
        ("कंपनी", Name),
        ("# why", Token.Comment.Single),
        ("# scoreline: ignore W204", Token.Comment.Special),
    ],
)
def test_each_kind_of_thing_has_its_token(text: str, kind: object) -> None:
    assert kind_of(text) is kind


def test_what_is_named_stands_out() -> None:
    assert ("Name.Class", "Fit") in tokens('model Fit "Fit" for lead')
    assert ("Name.Class", "B2B") in tokens("qualification B2B")
    assert ("Name.Variable", "dach") in tokens("let # so it goes\n dach = [1]")
    assert tokens("contact.email.opened")[::2] == [
        ("Name", "contact"),
        ("Name.Attribute", "email"),
        ("Name.Attribute", "opened"),
    ]


def test_words_that_can_mean_two_things_are_told_by_what_stands_round_them() -> None:
    assert ("Keyword.Declaration", "stage") in tokens('stage # the first\n "Warm" when Fit > 1')
    assert ("Keyword.Pseudo", "stage") in tokens('expect stage is "Warm"')
    assert ("Name.Attribute", "grade") in tokens('Fit.grade is "A"')
    assert ("Operator.Word", "no") in tokens("when no email.opened then +1")
    assert ("Keyword.Constant", "no") in tokens("when newsletter is no then +1")
    assert ("Operator.Word", "with") in tokens('name starts with "a"')
    assert ("Keyword", "with") in tokens("for each day with email.opened")


def test_braces_are_fields_in_the_texts_of_tasks_only() -> None:
    task = 'then create task "Call {first_name}{{" for "{owner}"'
    assert [each for each in tokens(task) if each[1].startswith("{")] == [
        ("Literal.String.Interpol", "{first_name}"),
        ("Literal.String.Escape", "{{"),
        ("Literal.String.Interpol", "{owner}"),
    ]
    assert tokens('notify "{owner}"')[1] == ("Literal.String.Double", '"{owner}"')


def test_escapes_are_told_from_the_rest_of_a_text() -> None:
    assert tokens(r'"a\"b\\\n\t"') == [
        ("Literal.String.Double", '"a'),
        ("Literal.String.Escape", r"\""),
        ("Literal.String.Double", "b"),
        ("Literal.String.Escape", r"\\"),
        ("Literal.String.Escape", r"\n"),
        ("Literal.String.Escape", r"\t"),
        ("Literal.String.Double", '"'),
    ]


def test_a_mistake_is_an_error_and_nothing_else_is() -> None:
    assert errors(MISTAKES) == [
        "“Software”",
        '"Soft then +10',
        "'Software'",
        "==",
        "&",
        "&",
        "10a",
        "1.5.2",
        "−",
        "31.12.2026",
        "+5as",
        r"\d",
        "”lost then +1",
    ]
    assert errors(SHOWCASE) == []


def test_the_line_after_a_mistake_keeps_its_colours() -> None:
    right = tokens('  when name is "found" then +1\n')
    for line in MISTAKES.splitlines():
        assert tokens(f'{line}\n  when name is "found" then +1\n')[-len(right) :] == right


@pytest.mark.parametrize(
    "text", ['"', "“", "'", "{", '"a\\', "1.", "²", "²a", "+", "stage ", "no #x\n", "stage#\n\n", "_", "\u093f"]
)
def test_long_nonsense_takes_no_long_time(text: str) -> None:
    """Below a second each; where the work grew with the square of the length, it would be minutes."""
    began = time.process_time()
    assert (
        sum(len(word) for _, _, word in ScorelineLexer().get_tokens_unprocessed(text * 100_000)) == len(text) * 100_000
    )
    assert time.process_time() - began < 10


def dump(text: str) -> str:
    return "".join(f"{kind:<22} {word}\n" for kind, word in tokens(text))


if __name__ == "__main__":
    (HERE / "showcase.tokens").write_text(dump(SHOWCASE), encoding="utf-8")
