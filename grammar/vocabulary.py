"""The words, signs and value patterns of the language, read out of `rules.lark`.

Nothing here is written twice: a terminal that is a plain string of letters is a keyword, any other plain
string is a sign, and a regular expression is the pattern of a value. Neither Lark nor the parser is needed.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import NamedTuple

_TERMINAL = re.compile(r'^(?P<name>[A-Z_]+)(?:\.\d+)?: (?:"(?P<string>[^"]+)"|/(?P<pattern>.+)/)$', re.MULTILINE)


class Vocabulary(NamedTuple):
    """`keywords` and `signs` map what is written to its terminal; `patterns` map a terminal to its pattern, in
    the order in which they are to be tried."""

    keywords: Mapping[str, str]
    signs: Mapping[str, str]
    patterns: Mapping[str, str]


def grammar_text() -> str:
    """The grammar, as Lark reads it."""
    return files("scoreline.grammar").joinpath("rules.lark").read_text(encoding="utf-8")


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of the language."""
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
    return Vocabulary(MappingProxyType(keywords), MappingProxyType(signs), MappingProxyType(patterns))


KEYWORDS: frozenset[str] = frozenset(vocabulary().keywords)
"""Every word of the language, in lower case: none of them can be a name."""


def is_name(text: str) -> bool:
    """Whether a text can be a name: it begins with a letter, goes on with letters, marks, digits and `_`, and is
    no word of the language."""
    return text.isidentifier() and not text.startswith("_") and text not in KEYWORDS
