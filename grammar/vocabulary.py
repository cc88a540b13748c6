"""The words, signs and value patterns of the language, read out of `rules.lark`, and its words in other languages.

Nothing here is written twice: a terminal that is a plain string of letters is a keyword, any other plain
string is a sign, and a regular expression is the pattern of a value. Neither Lark nor the parser is needed.
The English words stand in the grammar itself; any other language is a table of `languages/` over the same terminals.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, NamedTuple

_TERMINAL = re.compile(r'^(?P<name>[A-Z_]+)(?:\.\d+)?: (?:"(?P<string>[^"]+)"|/(?P<pattern>.+)/)$', re.MULTILINE)

ENGLISH = "en"


class Vocabulary(NamedTuple):
    """`keywords` and `signs` map what is written to its terminal; `patterns` map a terminal to its pattern, in
    the order in which they are to be tried; `words` maps a keyword's terminal to the word that is written for it
    where nothing tells which of its inflections."""

    keywords: Mapping[str, str]
    signs: Mapping[str, str]
    patterns: Mapping[str, str]
    words: Mapping[str, str]


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
    keywords: dict[str, str] = {}
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
    keywords: dict[str, str] = {}
    signs: dict[str, str] = {}
    patterns: dict[str, str] = {}
    for match in _TERMINAL.finditer(grammar_text()):
        name, string, pattern = match["name"], match["string"], match["pattern"]
        if pattern is not None:
            patterns[name] = pattern
        elif string.isalpha():
            keywords[string] = name
        else:
            signs[string] = name
    return Vocabulary(*map(MappingProxyType, (keywords, signs, patterns, _turned(keywords.items()))))


def _turned(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {terminal: word for word, terminal in pairs}


KEYWORDS: frozenset[str] = frozenset(vocabulary().keywords)
"""Every English word of the language, in lower case: none of them can be a name in the schema."""


def is_name(text: str, language: str = ENGLISH) -> bool:
    """Whether a text can be a name: it begins with a letter, goes on with letters, marks, digits and `_`, and is
    no word of the language."""
    return text.isidentifier() and not text.startswith("_") and text not in vocabulary(language).keywords
