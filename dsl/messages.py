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

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import LiteralString, Self

from scoreline.grammar.forms import examples
from scoreline.grammar.lexicon import Terminal
from scoreline.grammar.vocabulary import ENGLISH, spelled, vocabulary


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


class QuotedCode(Said):
    """A piece of rules, whose English words are the language's own: fixes and quotations are made of these."""


class QuotedExample(QuotedCode):
    """An example of a statement: each language has its own (`grammar/forms.py`)."""


def say(template: LiteralString, /, **values: object) -> Said:
    """A message, a title or a part of one: a template, and what fills its holes."""
    return Said.of(template, values, template.format(**values))


def code(template: LiteralString, /, **values: object) -> QuotedCode:
    """A piece of rules: a template in English words of the language, and what fills its holes, as it was written."""
    return QuotedCode.of(template, values, template.format(**values))


def keyword(terminal: Terminal) -> QuotedCode:
    """A word of the language, by its terminal in the grammar."""
    word = vocabulary().words[terminal]
    return QuotedCode.of(word, {}, word)


def path(dotted: str) -> QuotedCode:
    """A path that was written, of which a part may be a word of the language: `Fit.grade`."""
    return QuotedCode.of(dotted, {}, dotted)


def shown(terminal: Terminal) -> Said:
    """How the statement that begins with a terminal looks, as one or two examples."""
    first, *others = (
        say("`{example}`", example=QuotedExample.of(each, {}, each)) for each in examples(ENGLISH)[terminal]
    )
    return say("{first}, or {second}", first=first, second=others[0]) if others else first


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
    match text:
        case QuotedExample():
            template = _examples(language)[text.template]
        case QuotedCode():
            template = spelled(text.template, language)
        case _:
            template = _table(language).get(text.template)
    return text if template is None else type(text).of(text.template, values, template.format(**values))


@cache
def _table(language: str) -> Mapping[str, str]:
    """All templates of a language, of whichever room: `de.toml` and every `de.*.toml`."""
    texts: dict[str, str] = {}
    for file in sorted(files("scoreline.dsl").joinpath("translations").iterdir(), key=lambda each: each.name):
        if file.name.startswith(f"{language}.") and file.name.endswith(".toml"):
            texts |= tomllib.loads(file.read_text(encoding="utf-8"))
    return texts


@cache
def _examples(language: str) -> Mapping[str, str]:
    """The examples of a language by the English ones."""
    pairs = zip(examples(ENGLISH).values(), examples(language).values(), strict=True)
    return {one: other for ones, others in pairs for one, other in zip(ones, others, strict=True)}
