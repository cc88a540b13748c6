"""A rule file in the words of another language: the same tree, names, texts and comments.

Promises to prove itself as the formatter does: what it returns is canonical and says the same, or there is a diagnostic
that tells why it cannot be said in the other language. The first line that names the language comes and goes with it.
"""

import unicodedata
from collections.abc import Iterator

from scoreline.dsl.diagnostics import Diagnostic
from scoreline.dsl.format import FormatFault, Formatted, formatted, same_rules
from scoreline.dsl.language import language_name
from scoreline.dsl.messages import say
from scoreline.dsl.parse import parse
from scoreline.dsl.source import Source
from scoreline.dsl.tokens import Token
from scoreline.dsl.trivia import Dressed, comments, dressed
from scoreline.grammar.language_line import language_line
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
    other = Source(source.name, _first_line(language) + _in_words_of(source, pieces, language))
    result = formatted(other)
    if result.text is None:
        raise FormatFault("what it would write has a syntax error")
    after = Source(source.name, result.text)
    if not same_rules(before.file, parse(after).file):
        raise FormatFault("what it would write says something else")
    if _told(pieces) != _told(dressed(after)):
        raise FormatFault("a comment would get lost or change its place")
    return result


def _told(pieces: tuple[Dressed, ...]) -> list[str]:
    """The comments of a text, but for the line that names its language."""
    found = list(comments(pieces))
    return found[1:] if found and language_line(found[0])[1] else found


def _first_line(language: str) -> str:
    return "" if language == ENGLISH else f"# language: {language}\n"


def _names_that_are_words(source: Source, pieces: tuple[Dressed, ...], language: str) -> Iterator[Diagnostic]:
    """Names that are words of the other language: nothing could tell one from the other there."""
    keywords, name = vocabulary(language).keywords, language_name(language)
    for token in (piece.token for piece in pieces if piece.token.type == "NAME"):
        word = unicodedata.normalize("NFC", token.text)
        if word in keywords:
            message = say("in {name} `{word}` is a word of the language and can be no name", name=name, word=word)
            help = say(
                'give it another name first; a field in the schema, as in `my_{word} = {{ …, column = "{word}" }}`',
                word=word,
            )
            yield Diagnostic("E118", message, source.at(token.span), help)


def _in_words_of(source: Source, pieces: tuple[Dressed, ...], language: str) -> str:
    """The text with other words, but otherwise as it stands, without a first line that names its language."""
    words = vocabulary(language).words
    end = language_line(source.text)[1] or int(source.text.startswith("\ufeff"))
    parts: list[str] = []
    for token in _keywords(pieces):
        parts += [source.text[end : token.start], words[token.type]]
        end = token.end
    return "".join((*parts, source.text[end:]))


def _keywords(pieces: tuple[Dressed, ...]) -> Iterator[Token]:
    return (piece.token for piece in pieces if piece.token.type in vocabulary().words)
