"""Which inflection of a word is written where: `keine webinar.attended`, `für jeden tag`, `binnen 30 tagen`.

The rules stand in the tables of `languages/`; this only looks them up. Reading never asks: every inflection of a word
is the same word to the lexer.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from scoreline.grammar.vocabulary import language_table, vocabulary


class _Form(NamedTuple):
    """An inflection, and where it is written: behind one of these rows of terminals, or before one of these."""

    written: str
    after: tuple[tuple[str, ...], ...]
    before: tuple[str, ...]


def inflected(language: str, terminals: Sequence[str], at: int) -> str:
    """The word that is written for the keyword at a place in a row of terminals."""
    terminal = terminals[at]
    for form in _forms(language).get(terminal, ()):
        if terminals[at + 1 : at + 2] and terminals[at + 1] in form.before:
            return form.written
        if any(tuple(terminals[max(0, at - len(row)) : at]) == row for row in form.after):
            return form.written
    return vocabulary(language).words[terminal]


@cache
def _forms(language: str) -> Mapping[str, Sequence[_Form]]:
    found: dict[str, list[_Form]] = {}
    for each in language_table(language).get("forms", []):
        after = tuple(tuple(row) for row in each.get("after", []))
        form = _Form(each["written"], after, tuple(each.get("before", [])))
        found.setdefault(each["word"], []).append(form)
    return found
