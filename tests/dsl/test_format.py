"""The formatter refuses whatever it cannot prove, and names every keyword through one table."""

import pytest
from scoreline.dsl import format as formatting
from scoreline.dsl.format import FormatFault, formatted
from scoreline.dsl.layout import Word, cells
from scoreline.dsl.source import Source
from scoreline.dsl.trivia import comments, dressed
from scoreline.grammar.vocabulary import KEYWORDS

TEXT = 'use "a.score" # a\nmodel Fit for lead\n  when a is "x" then +1\n  # b\n  when b then +2\n'


def broken(monkeypatch: pytest.MonkeyPatch, old: str, new: str) -> str:
    """The promise that is found broken when every result has another text in place of one."""
    whole = formatting.arranged
    monkeypatch.setattr(formatting, "arranged", lambda *given: (line.replace(old, new) for line in whole(*given)))
    with pytest.raises(FormatFault) as fault:
        formatted(Source("x.score", TEXT))
    return fault.value.broken


@pytest.mark.parametrize(
    ("old", "new", "promise"),
    [
        ("+2", "+3", "something else"),
        ("is", "is not", "something else"),
        ("  # a", "", "comment"),
        ("# b", "# c", "comment"),
        ("# a", "# b", "comment"),
        ("then", "than", "syntax error"),
        ('"a.score"', '"a.score', "syntax error"),
    ],
)
def test_a_result_that_is_wrong_is_refused(monkeypatch, old: str, new: str, promise: str) -> None:
    assert promise in broken(monkeypatch, old, new)


def test_a_result_that_would_not_stay_is_refused(monkeypatch) -> None:
    whole = formatting.arranged
    times = iter(range(9))
    monkeypatch.setattr(formatting, "arranged", lambda *given: [*whole(*given), *[""] * next(times)])
    with pytest.raises(FormatFault, match="twice"):
        formatted(Source("x.score", TEXT))


def test_comments_that_trade_places_are_noticed(monkeypatch) -> None:
    swapped = {"# a": "# b", "# b": "# a"}
    whole = formatting.arranged

    def wrong(*given):
        for line in whole(*given):
            head, sign, rest = line.partition("#")
            yield head + swapped[sign + rest] if sign else line

    monkeypatch.setattr(formatting, "arranged", wrong)
    with pytest.raises(FormatFault, match="comment"):
        formatted(Source("x.score", TEXT))


def test_every_keyword_comes_out_of_the_table() -> None:
    """What is written in another language is what the table says, wherever the word stands."""
    text = '# language: de\nmodell Fit für lead wenn a = "x" dann +1 wenn a != "y" dann +2 klasse "A" ab 5'
    words = str(formatted(Source("x.score", text)).text).split()
    assert not KEYWORDS - {"in"} & {word for word in words[3:] if not word.startswith('"')}
    assert {"modell", "für", "wenn", "ist", "nicht", "dann", "klasse", "ab"} <= set(words)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('nutze "a.score"\n', '# language: de\n\nnutze "a.score"\n'),
        ('\n\n\n# b\nnutze "a.score"', '# language: de\n\n# b\nnutze "a.score"\n'),
        ("", "# language: de\n"),
        ("# b", "# language: de\n\n# b\n"),
    ],
)
def test_the_line_of_the_language_stands_apart(text: str, written: str) -> None:
    assert formatted(Source("x.score", "# language: de\n" + text)).text == written


@pytest.mark.parametrize(
    ("rule", "written"),
    [
        ("wenn kein a innerhalb 1 tages dann +1", "wenn keine a binnen 1 tag dann +1"),
        ("wenn keinen a binnen 2 tage dann +1", "wenn keine a binnen 2 tagen dann +1"),
        ("wenn a binnen der letzte 2 tagen dann +1", "wenn a innerhalb der letzten 2 tage dann +1"),
        ("wenn a mehr als 2 jahren her dann +1", "wenn a mehr als 2 jahre her dann +1"),
        ("für jedes tag mit a dann +1", "für jeden tag mit a dann +1"),
        ("für jeden jahr mit a dann +1", "für jedes jahr mit a dann +1"),
        ("für jeden woche mit a dann +1", "für jede woche mit a dann +1"),
        ("für jeder a dann +1 halbiert je 2 monaten", "für jede a dann +1 halbierend je 2 monate"),
        ("wenn a ist kein dann +1", "wenn a ist nein dann +1"),
    ],
)
def test_german_words_are_written_in_the_inflection_that_belongs_there(rule: str, written: str) -> None:
    text = formatted(Source("x.score", f"# language: de\nmodell X für lead {rule}")).text
    assert text == f"# language: de\n\nmodell X für lead\n  {written}\n"


def test_every_comment_is_attached_once() -> None:
    pieces = dressed(Source("", '# a\n# b\n\n\nuse # c\n# d\n\n\'"x" # e\n\n# f'.replace("'", "")))
    assert list(comments(pieces)) == ["# a", "# b", "# c", "# d", "# e", "# f"]
    use, text, end = pieces
    assert [(comment.text, comment.blank) for comment in use.above] == [("# a", False), ("# b", False)]
    assert (use.blank, use.after) == (True, "# c")
    assert (text.above[0].text, text.blank, text.after) == ("# d", True, "# e")
    assert (end.above[0].text, end.above[0].blank, end.after) == ("# f", True, None)


@pytest.mark.parametrize(("text", "width"), [("abc", 3), ("größe", 5), ("顧客", 4), ("e\u0301", 1), ("a\u200bb", 2)])
def test_width_is_what_a_terminal_shows(text: str, width: int) -> None:
    assert cells(text) == width


def test_a_byte_order_mark_is_no_part_of_the_form() -> None:
    assert formatted(Source("", "\ufeffuse 'a'".replace("'", '"'))).text == 'use "a"\n'


def test_a_word_without_comments_is_plain() -> None:
    assert Word("a") == ("a", (), None, (), "")
