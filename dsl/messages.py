"""What is said to people, in the language of their file.

A message is said in English where it arises, as a template with named holes: `say("`{name}` has no title", name=…)`.
Other languages are tables from English templates to theirs (`translations/`). What is written in holes stays as it
is, unless it was itself said, or is a piece of rules made with `code`, whose words are spelled in the file's language.

How to write them. The template is a plain string, never an f-string: it is looked up as it stands, and everything that
varies is a hole with a name. What the user wrote goes into a hole as it is. A word of the language goes into the
template, where the German one has the German word (`"`then` is missing"`); into a hole goes one that varies, as
`keyword("THEN")`, and a piece of rules that is offered, as `code("{name} is known", name=…)`. Alternatives are
`listed(…)`, which says its `or` in any language. A part that is a sentence of its own is said by itself and put into a
hole: `say("{problem}, and so is {other}", problem=say(…), other=…)`; never glue words together, for their order
changes. A template that depends on a number is two templates. All files `de.toml` and `de.*.toml` are one table.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import LiteralString, Self

from scoreline.grammar.lexicon import Terminal
from scoreline.grammar.vocabulary import ENGLISH, inflected, vocabulary


class Said(str):
    """A text for people that can be said in other languages; as a string, it is English until `said_in` is called."""

    template: str
    values: Mapping[str, object]

    @classmethod
    def of(cls, template: str, values: Mapping[str, object], written: str) -> Self:
        """The text of a template whose holes are filled, as it is `written` out."""
        said = cls(written)
        said.template = template
        said.values = values
        return said


class Code(Said):
    """A piece of rules, whose English words are the language's own: fixes and quotations are made of these."""


def say(template: LiteralString, /, **values: object) -> Said:
    """A message, a title or a part of one: a template, and what fills its holes."""
    return Said.of(template, values, template.format(**values))


def code(template: LiteralString, /, **values: object) -> Code:
    """A piece of rules: a template in English words of the language, and what fills its holes, as it was written."""
    return Code.of(template, values, template.format(**values))


def keyword(terminal: Terminal) -> Code:
    """A word of the language, by its terminal in the grammar."""
    word = vocabulary().words[terminal]
    return Code.of(word, {}, word)


def path(dotted: str) -> Code:
    """A path that was written, of which a part may be a word of the language: `Fit.grade`."""
    return Code.of(dotted, {}, dotted)


def listed(parts: Iterable[str]) -> str:
    """`a`, `a or b`, `a, b or c`: each part once."""
    *most, last = list(dict.fromkeys(parts)) or [""]
    if not most:
        return last
    first = most[0]
    for part in most[1:]:
        first = say("{first}, {second}", first=first, second=part)
    return say("{first} or {last}", first=first, last=last)


def said_in(language: str, text: str) -> str:
    """A text in a language: any string that nobody said stays as it is."""
    if language == ENGLISH or not isinstance(text, Said):
        return text
    values = {name: said_in(language, each) if isinstance(each, str) else each for name, each in text.values.items()}
    template = _spelled(language, text.template) if isinstance(text, Code) else _table(language).get(text.template)
    return text if template is None else type(text).of(text.template, values, template.format(**values))


_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"|\{\w*\}|[^\W\d_]\w*|[0-9]+|[^\w\s]')


def _spelled(language: str, template: str) -> str:
    """A piece of rules with the words of a language, each in the inflection that belongs there."""
    pieces = list(_PIECE.finditer(template))
    terminals = [_terminal(each[0]) for each in pieces]
    parts: list[str] = []
    end = 0
    for at, piece in enumerate(pieces):
        spelled = inflected(language, terminals, at) if piece[0] in vocabulary().keywords else piece[0]
        parts += [template[end : piece.start()], spelled]
        end = piece.end()
    return "".join((*parts, template[end:]))


def _terminal(piece: str) -> Terminal | None:
    """What a piece of rules is to the words beside it; what fills a hole is most often a name."""
    if piece.isdigit():
        return Terminal.INT
    return vocabulary().keywords.get(piece, Terminal.NAME if piece[0].isalpha() or piece[0] == "{" else None)


@cache
def _table(language: str) -> Mapping[str, str]:
    """All templates of a language, of whichever room: `de.toml` and every `de.*.toml`."""
    texts: dict[str, str] = {}
    for file in sorted(files("scoreline.dsl").joinpath("translations").iterdir(), key=lambda each: each.name):
        if file.name.startswith(f"{language}.") and file.name.endswith(".toml"):
            texts |= tomllib.loads(file.read_text(encoding="utf-8"))
    return texts
