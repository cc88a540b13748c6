"""The words, signs and value patterns of the language, read out of `rules.lark`, and its words in other languages.

Nothing here is written twice: a terminal that is a plain string of letters is a keyword, any other plain
string is a sign, and a regular expression is the pattern of a value. Neither Lark nor the parser is needed.
The English words stand in the grammar itself; any other language is a table of `languages/` over the same terminals.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, NamedTuple

from scoreline.grammar.lexicon import Terminal

_TERMINAL = re.compile(r'^(?P<name>[A-Z_]+)(?:\.\d+)?: (?:"(?P<string>[^"]+)"|/(?P<pattern>.+)/)$', re.MULTILINE)

ENGLISH = "en"


class Vocabulary(NamedTuple):
    """`keywords` and `signs` map what is written to its terminal; `patterns` map a terminal to its pattern, in
    the order in which they are to be tried; `words` maps a keyword's terminal to the word that is written for it
    where nothing tells which of its inflections."""

    keywords: Mapping[str, Terminal]
    signs: Mapping[str, Terminal]
    patterns: Mapping[Terminal, str]
    words: Mapping[Terminal, str]


def grammar_text() -> str:
    """The grammar, as Lark reads it."""
    return files("scoreline.grammar").joinpath("rules.lark").read_text(encoding="utf-8")


@cache
def languages() -> tuple[str, ...]:
    """The languages that rules can be written in, by their ISO 639 codes; English comes first."""
    tables = files("scoreline.grammar").joinpath("languages").iterdir()
    others = sorted(each.name.removesuffix(".toml") for each in tables if each.name.endswith(".toml"))
    return (ENGLISH, *others)


@cache
def vocabulary(language: str = ENGLISH) -> Vocabulary:
    """The vocabulary of the language, with its words in one of the `languages()`."""
    if language == ENGLISH:
        return _english()
    english = _english()
    table = language_table(language)["words"]
    keywords: dict[str, Terminal] = {}
    for terminal in english.words:
        for word in table[terminal]:
            keywords.setdefault(word, terminal)
    words = {terminal: table[terminal][0] for terminal in english.words}
    return english._replace(keywords=MappingProxyType(keywords), words=MappingProxyType(words))


@cache
def language_table(language: str) -> Mapping[str, Any]:
    """What the table of a language says, as it stands there; English has none."""
    if language == ENGLISH:
        return {}
    file = files("scoreline.grammar").joinpath("languages", f"{language}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _english() -> Vocabulary:
    keywords: dict[str, Terminal] = {}
    signs: dict[str, Terminal] = {}
    patterns: dict[Terminal, str] = {}
    for match in _TERMINAL.finditer(grammar_text()):
        name, string, pattern = Terminal(match["name"]), match["string"], match["pattern"]
        if pattern is not None:
            patterns[name] = pattern
        elif string.isalpha():
            keywords[string] = name
        else:
            signs[string] = name
    words = {terminal: word for word, terminal in keywords.items()}
    return Vocabulary(*map(MappingProxyType[Any, Any], (keywords, signs, patterns, words)))


def meaning(terminal: Terminal, language: str) -> str:
    """What a word of the language means, in one line; empty for a terminal of which there is nothing to say."""
    return terminal.meaning and (language_table(language).get("meanings") or {terminal: terminal.meaning})[terminal]


class _Form(NamedTuple):
    """An inflection, and where it is written: behind one of these rows of terminals, or before one of these."""

    written: str
    after: tuple[tuple[Terminal, ...], ...]
    before: tuple[Terminal, ...]


def inflected(language: str, terminals: Sequence[Terminal | None], at: int) -> str:
    """The word that is written for the keyword at a place in a row of terminals; None stands for what is none.

    The rules stand in the tables of `languages/`. Only what writes rules asks for them: to the lexer, every
    inflection of a word is the same word.
    """
    terminal = terminals[at]
    if terminal is None:
        raise KeyError(at)
    for form in _forms(language).get(terminal, ()):
        if terminals[at + 1 : at + 2] and terminals[at + 1] in form.before:
            return form.written
        if any(tuple(terminals[max(0, at - len(row)) : at]) == row for row in form.after):
            return form.written
    return vocabulary(language).words[terminal]


@cache
def _forms(language: str) -> Mapping[Terminal, Sequence[_Form]]:
    found: dict[Terminal, list[_Form]] = {}
    for each in language_table(language).get("forms", []):
        after = tuple(tuple(map(Terminal, row)) for row in each.get("after", []))
        form = _Form(each["written"], after, tuple(map(Terminal, each.get("before", []))))
        found.setdefault(Terminal(each["word"]), []).append(form)
    return found


_PIECE = re.compile(
    r'"(?:[^"\\]|\\.)*"|#.*|\$\{[0-9]+:(?P<field>(?:[^}\\]|\\.)*)\}|\{\w*\}'
    r"|[^\W\d_]\w*|(?P<number>[0-9]+)|[^\w\s]"
)
_BEHIND_DOT = re.compile(r"(?<=\.)[a-z]+")


def spelled(rules: str, language: str) -> str:
    """A piece of rules with the words of a language instead of the English ones, each in the right inflection.

    Texts and comments stay as they are. So do holes (`{name}`) and fields to fill in (`${1:name}`), except for a word
    behind a dot in a field.
    """
    pieces = list(_PIECE.finditer(rules))
    terminals = [_terminal(each) for each in pieces]
    parts: list[str] = []
    end = 0
    for at, piece in enumerate(pieces):
        word = piece[0]
        if word in vocabulary().keywords:
            word = inflected(language, terminals, at)
        elif piece["field"]:
            word = _BEHIND_DOT.sub(lambda part: spelled(part[0], language), word)
        parts += [rules[end : piece.start()], word]
        end = piece.end()
    return "".join((*parts, rules[end:]))


def _terminal(piece: "re.Match[str]") -> Terminal | None:
    """What a piece of rules is to the words beside it; what fills a hole or a field is most often a name."""
    if piece["number"] or (piece["field"] or "").isdigit():
        return Terminal.INT
    is_name = piece["field"] or piece[0][0] == "{" or piece[0][0].isalpha()
    return vocabulary().keywords.get(piece[0], Terminal.NAME if is_name else None)


KEYWORDS: frozenset[str] = frozenset(vocabulary().keywords)
"""Every English word of the language, in lower case: none of them can be a name in the schema."""


def is_name(text: str, language: str = ENGLISH) -> bool:
    """Whether a text can be a name: it begins with a letter, goes on with letters, marks, digits and `_`, and is
    no word of the language."""
    return text.isidentifier() and not text.startswith("_") and text not in vocabulary(language).keywords
