"""Snippets for editors: a form to fill in for every statement, in every language that rules are written in.

Promises that each form of the table (`grammar/snippets.toml`) has its lines in each language, with the words of the
vocabulary, and is called and described in that language. Where the names of fields and the texts in quotes are only
proposals, the table says them in that language too, or they stay as they are.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from scoreline.grammar.lexicon import Terminal
from scoreline.grammar.vocabulary import ENGLISH, inflected, vocabulary

_FIELD = re.compile(r"(\$\{[0-9]+:)((?:[^}\\]|\\.)*)\}")
_BEHIND_DOT = re.compile(r"(?<=\.)[a-z]+")
_PIECE = re.compile(rf'"(?:[^"\\]|\\.)*"|{_FIELD.pattern}|#.*|[a-z]+')


class Snippet(NamedTuple):
    """What is typed to get it, what it is for, and its lines."""

    prefix: str
    about: str
    body: str


def read(table: str, language: str) -> list[Snippet]:
    """The snippets of a table, in a language."""
    content = tomllib.loads(table)
    texts: Mapping[str, str] = content.get(language, {})
    return [
        Snippet(
            texts.get(each["prefix"]) or said(each["prefix"], language),
            each["about"] if language == ENGLISH else texts[each["about"]],
            _FIELD.sub(lambda match: f"{match[1]}{texts.get(match[2], match[2])}}}", said(each["body"], language)),
        )
        for each in content["snippets"]
    ]


def snippets(table: str, language: str) -> str:
    """The snippets of a language, as the text of a file of VS Code's, which other editors read too."""
    forms = {
        f"{each.about} ({each.prefix})": {
            "prefix": each.prefix,
            "description": each.about,
            "body": each.body.split("\n"),
        }
        for each in read(table, language)
    }
    return json.dumps(forms, ensure_ascii=False, indent=2) + "\n"


def said(form: str, language: str) -> str:
    """A form with the words of a language: what stands in quotes, comments and fields to fill in stays."""
    return "".join(_said(form, language))


def _said(form: str, language: str) -> Iterator[str]:
    pieces = list(_PIECE.finditer(form))
    terminals = [_terminal(each) for each in pieces]
    end = 0
    for number, match in enumerate(pieces):
        yield form[end : match.start()]
        if match[1]:
            # What is proposed is a name, or a path whose last part may be a word: `Fit.grade`.
            yield _BEHIND_DOT.sub(lambda part: _word(part[0], language), match[0])
        elif match[0] in vocabulary().keywords:
            yield inflected(language, terminals, number)
        else:
            yield match[0]
        end = match.end()
    yield form[end:]


def _word(piece: str, language: str) -> str:
    terminal = vocabulary().keywords.get(piece)
    return vocabulary(language).words[terminal] if terminal else piece


def _terminal(match: "re.Match[str]") -> Terminal:
    """What a piece is to the rules of inflection: a word, a number or a name."""
    if match[1]:
        return Terminal.INT if match[2].isdigit() else Terminal.NAME
    return vocabulary().keywords.get(match[0], Terminal.TEXT if match[0][0] in '"#' else Terminal.NAME)


def filled(form: str) -> str:
    """A form with what it proposes in its fields."""
    return _FIELD.sub(lambda match: match[2].replace("\\}", "}"), form)
