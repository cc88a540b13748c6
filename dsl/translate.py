"""A rule file in the words of another language: the same tree, names, texts and comments.

Promises to prove itself as the formatter does: what it returns is canonical and says the same, or there is a diagnostic
that tells why it cannot be said in the other language. The first line that names the language comes and goes with it: a
file in English has one only where the line behind it would be taken for one.
"""

import unicodedata
from collections.abc import Iterator

from scoreline.dsl.diagnostics import Diagnostic
from scoreline.dsl.format import FormatFault, Formatted, formatted, same_rules
from scoreline.dsl.language import language_name, meant_line, renamed, said_again
from scoreline.dsl.messages import say
from scoreline.dsl.parse import parse
from scoreline.dsl.source import Source
from scoreline.dsl.trivia import Dressed, dressed
from scoreline.grammar.language_line import language_line
from scoreline.grammar.lexicon import Terminal
from scoreline.grammar.vocabulary import ENGLISH, vocabulary


def translated(source: Source, language: str) -> Formatted:
    """The canonical form of a source in a language, proven; or what is wrong with it, or stands in the way."""
    before = parse(source)
    if before.diagnostics or source.language == language:
        return formatted(source)
    pieces = dressed(source)
    in_the_way = tuple(_names_that_are_words(source, pieces, language))
    if in_the_way:
        return Formatted(None, in_the_way, named=True)
    words = _in_words_of(source, pieces, language)
    other = Source(source.name, _first_line(language, words) + words)
    result = formatted(other)
    if result.text is None:
        raise FormatFault("what it would write has a syntax error")
    after = Source(source.name, result.text)
    if not same_rules(before.file, parse(after).file):
        raise FormatFault("what it would write says something else")
    if _told(pieces, source.language, language) != _told(dressed(after), language, language):
        raise FormatFault("a comment would get lost or change its place")
    return result


def _told(pieces: tuple[Dressed, ...], old: str, new: str) -> list[str]:
    """The comments of a text, but for the line that names its language; others like it name the new one."""
    found = [
        comment
        for piece in pieces
        for comment in (
            *(renamed(each.text, old, new) for each in piece.above),
            *([] if piece.after is None else [piece.after]),
        )
    ]
    return found[1:] if pieces[0].above and language_line(pieces[0].above[0].text)[1] else found


def _first_line(language: str, words: str) -> str:
    return "" if language == ENGLISH and meant_line(words) is None else f"# language: {language}\n"


def _names_that_are_words(source: Source, pieces: tuple[Dressed, ...], language: str) -> Iterator[Diagnostic]:
    """Names that are words of the other language: nothing could tell one from the other there."""
    keywords, name = vocabulary(language).keywords, language_name(language)
    for token in (piece.token for piece in pieces if piece.token.type == Terminal.NAME):
        word = unicodedata.normalize("NFC", token.text)
        if word in keywords:
            message = say("in {name}, `{word}` is a word of the language and cannot be a name", name=name, word=word)
            help = say(
                'give it another name first; a field in the schema, as in `my_{word} = {{ …, column = "{word}" }}`',
                word=word,
            )
            yield Diagnostic("E118", message, source.at(token.span), help)


def _in_words_of(source: Source, pieces: tuple[Dressed, ...], language: str) -> str:
    """The text with other words, but otherwise as it stands, without a first line that names its language. Further
    lines that name it name the other one."""
    words = vocabulary(language).words
    text = source.text.removeprefix("\ufeff").lstrip()
    start = len(source.text) - len(text) + language_line(text)[1]
    changes = {piece.token.span: words[piece.token.type] for piece in pieces if piece.token.type in words}
    changes |= dict.fromkeys(said_again(source), language)
    parts: list[str] = []
    for span in sorted(changes):
        if span.start >= start:
            parts += [source.text[start : span.start], changes[span]]
            start = span.end
    return "".join((*parts, source.text[start:])).lstrip()
