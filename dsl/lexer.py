"""Text to tokens, with the patterns of the grammar.

Promises to get through any text: what is no token is reported once, with a fix where one is evident, and the
tokens go on as though it had been written right, so that the parser does not stumble over the same mistake.
What is wrong with a piece of text, and in which words, is told by `lexical.py`.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from scoreline.dsl.diagnostics import Diagnostic
from scoreline.dsl.lexical import TROUBLE, Mended, english_word, mend, wrong_value
from scoreline.dsl.source import Source
from scoreline.dsl.tokens import Token
from scoreline.grammar.lexicon import Terminal
from scoreline.grammar.vocabulary import ENGLISH, vocabulary

_UNSTORABLE = re.compile("[\0\ud800-\udfff]+")
_FIRST = (Terminal.SPACE, Terminal.NAME, Terminal.TEXT, Terminal.DATE)
_BEFORE_SIGNS = ("WRONG_DATE", "FOREIGN", "WRONG_SIGNED", "LEADING_POINT")


class Lexed(NamedTuple):
    """The tokens of a text (the last one is `$END`), what was wrong, and where the lexer had to leave something
    out (offsets), so that the parser can be lenient with the statement around it."""

    tokens: list[Token]
    diagnostics: list[Diagnostic]
    gaps: list[int]


class _TokenScanner(NamedTuple):
    """The patterns and tables of a language; `foreign` are the English words that mean nothing in it."""

    pattern: re.Pattern[str]
    keywords: dict[str, Terminal]
    signs: dict[str, Terminal]
    values: dict[str, Terminal]
    foreign: frozenset[str]


@cache
def _scanner(language: str) -> _TokenScanner:
    words = vocabulary(language)
    signs = "|".join(re.escape(sign) for sign in sorted(words.signs, key=len, reverse=True))
    patterns = dict(words.patterns)
    alternatives = [
        *(rf"(?P<{each}>{patterns.pop(each)})" for each in _FIRST),
        rf"(?P<WRONG_DATE>{TROUBLE['WRONG_DATE']})",
        *(f"(?P<{name}>{pattern})" for name, pattern in patterns.items()),
        rf"(?P<FOREIGN>{TROUBLE['FOREIGN']})",
        rf"(?P<WRONG_SIGNED>{TROUBLE['WRONG_SIGNED']})",
        rf"(?P<LEADING_POINT>{TROUBLE['LEADING_POINT']})",
        rf"(?P<SIGN>{signs})",
        *(f"(?P<{name}>{TROUBLE[name]})" for name in TROUBLE if name not in _BEFORE_SIGNS),
    ]
    foreign = frozenset(vocabulary(ENGLISH).keywords) - frozenset(words.keywords)
    values = {str(each): each for each in words.patterns}
    return _TokenScanner(re.compile("|".join(alternatives)), dict(words.keywords), dict(words.signs), values, foreign)


def lex(source: Source, start: int = 0) -> Lexed:
    """The tokens of a source and everything that is lexically wrong with it; from the offset `start` on, where a line
    begins. Never raises."""
    tokens: list[Token] = []
    diagnostics: list[Diagnostic] = []
    gaps: list[int] = []
    for item in _scan(source, start):
        if isinstance(item, Token):
            tokens.append(item)
        else:
            if not _goes_on(source, diagnostics, item):
                diagnostics.extend(item.diagnostics)
            tokens.extend(item.tokens)
            if item.gap:
                gaps.append(item.start)
    diagnostics.extend(_hidden_nuls(source, start, diagnostics))
    end = len(source.text)
    tokens.append(Token(Terminal.END, "", end, end))
    return Lexed(tokens, diagnostics, gaps)


def _goes_on(source: Source, told: list[Diagnostic], item: Mended) -> bool:
    """Whether a text that is not closed is but the end of one that was not closed on the line before."""
    codes = [each.code for each in item.diagnostics]
    if codes != ["E105"] or not told or told[-1].code != "E105":
        return False
    opens = source.text[item.start + 1 : item.start + 2].isalnum()
    return not opens and source.position(item.start).line == told[-1].place.start.line + 1


def _hidden_nuls(source: Source, start: int, told: list[Diagnostic]) -> Iterator[Diagnostic]:
    """A NUL, and half a character, is an error inside a text and a comment too."""
    if _UNSTORABLE.search(source.text, start) is None:
        return
    known = {offset for each in told if each.code == "E116" for offset in range(*each.place.span)}
    for match in _UNSTORABLE.finditer(source.text, start):
        if match.start() not in known:
            yield from mend(source, "INVISIBLE", match.start(), match.end()).diagnostics


def _scan(source: Source, start: int) -> Iterator[Token | Mended]:
    pattern, keywords, signs, values, foreign = _scanner(source.language)
    ignored, name = (str(Terminal.SPACE), str(Terminal.COMMENT)), str(Terminal.NAME)
    text = source.text
    match_at = pattern.match
    offset = 1 if start == 0 and text.startswith("\ufeff") else start
    while (match := match_at(text, offset)) is not None:
        kind = match.lastgroup
        start, offset = match.span()
        if kind in ignored:
            continue
        word = match[0]
        if kind == name:
            following = text[offset : offset + 1]
            if not (word.isascii() and (following.isspace() or (following.isascii() and following >= " "))):
                mended = _unicode_name(source, start, offset, keywords)
                offset = mended.end
                yield mended
                continue
            if word in foreign:
                yield english_word(source, word, start, offset)
            else:
                yield Token(keywords.get(word, Terminal.NAME), word, start, offset)
        elif kind == "SIGN":
            yield Token(signs[word], word, start, offset)
        elif (terminal := values.get(kind or "")) is not None:
            wrong = wrong_value(source, terminal, word, start)
            yield wrong if wrong is not None else Token(terminal, word, start, offset)
        else:
            mended = mend(source, kind or "OTHER", start, offset)
            offset = mended.end
            yield mended


def _unicode_name(source: Source, start: int, stop: int, keywords: dict[str, Terminal]) -> Mended:
    """A name in any script: as far as Unicode's rule for identifiers goes, over characters nobody can see; `stop` is
    where the pattern of names ends."""
    text = source.text
    name = text[start]
    end = start + 1
    unseen: list[Diagnostic] = []
    while end < len(text):
        character = text[end]
        if f"a{character}".isidentifier():
            name += character
        elif re.match(TROUBLE["INVISIBLE"], character) and f"a{text[end + 1 : end + 2]}".isidentifier():
            unseen.extend(mend(source, "INVISIBLE", end, end + 1).diagnostics)
        else:
            break
        end += 1
    if not name.isidentifier():
        return mend(source, "OTHER", start, stop)
    kind = keywords.get(name) or keywords.get(unicodedata.normalize("NFC", name), Terminal.NAME)
    return Mended(start, end, (Token(kind, name, start, end),), tuple(unseen))
