"""How statements look, in every language that rules are written in: the one source for help, completion and editors.

Promises that each form of the table (`forms.toml`) has its lines in each language, with the words of the vocabulary,
and is called and described in that language; and that each statement has examples and clauses made in the same way.
Where the names of fields and the texts in quotes are only proposals, the table says them in that language too, or they
stay as they are. Where a form is shown is left to `dsl/hints.py`, to the language server and to `export.py`.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from scoreline.grammar.lexicon import Terminal
from scoreline.grammar.vocabulary import ENGLISH, spelled

_FIELD = re.compile(r"(\$\{[0-9]+:)((?:[^}\\]|\\.)*)\}")


class Form(NamedTuple):
    """What is typed to get it, what it is for, and its lines with fields to fill in."""

    prefix: str
    about: str
    body: str


class Clause(NamedTuple):
    """The terminals that open a clause of a statement, and how it looks."""

    openers: tuple[Terminal, ...]
    form: str


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(files("scoreline.grammar").joinpath("forms.toml").read_text(encoding="utf-8"))


@cache
def forms(language: str) -> tuple[Form, ...]:
    """The forms to fill in, in a language."""
    texts: Mapping[str, str] = _table().get(language, {})
    return tuple(
        Form(
            texts.get(each["prefix"]) or spelled(each["prefix"], language),
            each["about"] if language == ENGLISH else texts[each["about"]],
            _FIELD.sub(lambda match: f"{match[1]}{texts.get(match[2], match[2])}}}", spelled(each["body"], language)),
        )
        for each in _table()["forms"]
    )


@cache
def clauses(language: str) -> Mapping[Terminal, tuple[Clause, ...]]:
    """The clauses of each statement, by the terminal that begins it."""
    return {
        Terminal(each["begins"]): tuple(
            Clause(tuple(map(Terminal, openers.split())), spelled(form, language)) for openers, form in each["clauses"]
        )
        for each in _table()["statements"]
    }


@cache
def examples(language: str) -> Mapping[Terminal, tuple[str, ...]]:
    """How each statement looks, by the terminal that begins it: one or two examples of a line each."""
    lines = {
        each["prefix"]: filled(form.body).split("\n")[0]
        for each, form in zip(_table()["forms"], forms(language), strict=True)
    }
    return {
        Terminal(each["begins"]): tuple(lines[prefix] for prefix in each["examples"]) for each in _table()["statements"]
    }


def snippets(language: str) -> str:
    """The forms of a language, as the text of a file of VS Code's, which other editors read too."""
    written = {
        f"{each.about} ({each.prefix})": {
            "prefix": each.prefix,
            "description": each.about,
            "body": each.body.split("\n"),
        }
        for each in forms(language)
    }
    return json.dumps(written, ensure_ascii=False, indent=2) + "\n"


def filled(body: str) -> str:
    """A form with what it proposes in its fields."""
    return _FIELD.sub(lambda match: match[2].replace("\\}", "}"), body)
