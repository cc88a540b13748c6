"""The lexicon has a row for each terminal of the grammar, and nobody else spells the names of terminals."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lark import Lark
from scoreline.grammar.lexicon import SINGULAR, Colour, Part, Terminal, terminals
from scoreline.grammar.vocabulary import grammar_text, languages, meaning, vocabulary

ROOT = Path(__file__).parents[2]
ROOMS = ("grammar", "dsl", "compiler", "runtime", "tools")
NAMES = frozenset(Terminal)
# Words of others: Vim calls the absence of a colour so.
OTHERS = {("grammar/vim.py", "NONE")}


def in_grammar() -> set[Terminal]:
    """The terminals with which a text is made; the others mark ends."""
    return {each for each in Terminal if not each.startswith("$")}


def test_each_terminal_of_the_grammar_has_one_row() -> None:
    lark = Lark(grammar_text(), start="file", parser="lalr", lexer="basic")
    assert sorted(terminal.name for terminal in lark.terminals) == sorted(in_grammar())
    rows = ast.parse((ROOT / "grammar" / "lexicon.py").read_text(encoding="utf-8"))
    [row] = [each for each in rows.body if isinstance(each, ast.ClassDef) and each.name == "Terminal"]
    named = [each.targets[0].id for each in row.body if isinstance(each, ast.Assign)]  # pyright: ignore
    assert sorted(named) == sorted(Terminal.__members__)


def test_a_row_has_a_colour_for_what_it_is() -> None:
    words = vocabulary()
    for_words = {Colour.IMPORT, Colour.DECLARATION, Colour.CONSTANT, Colour.PSEUDO, Colour.UNIT, Colour.WORD_OPERATOR}
    assert {each.colour for each in words.words} <= for_words | {Colour.KEYWORD}
    assert {each.colour for each in words.signs.values()} == {Colour.OPERATOR, Colour.PUNCTUATION}
    assert not {each.colour for each in words.patterns} & (for_words | {Colour.OPERATOR, Colour.PUNCTUATION})


@pytest.mark.parametrize("language", languages())
def test_a_word_has_a_meaning_in_every_language_or_in_none(language: str) -> None:
    words = {terminal for terminal in Terminal if terminal.meaning}
    assert words <= set(vocabulary().words)
    assert {terminal for terminal in Terminal if meaning(terminal, language)} == words


def test_whoever_begins_a_statement_has_a_meaning() -> None:
    assert all(each.meaning for each in terminals(Part.STARTS | Part.WINDOW | Part.SEARCHES))


def test_what_begins_a_comparison_or_a_window_says_what_it_can_be_asked_of() -> None:
    assert all(each.suits for each in Terminal)
    limited = {each for each in Terminal if each.suits != Terminal.IS.suits}
    assert limited <= terminals(Part.COMPARISON | Part.WINDOW) | {Terminal.WHERE}


def test_one_and_many_are_both_in_the_grammar() -> None:
    assert terminals(Part.UNIT) <= {*SINGULAR, *SINGULAR.values()}
    assert set(SINGULAR) - terminals(Part.UNIT) == {Terminal.TIMES}


def product_files() -> Iterator[Path]:
    """The files that deal with tokens: those of the language, and those that ask it for terminals."""
    asks = re.compile(r"scoreline\.(?:grammar\.(?:lexicon|vocabulary)|dsl\.(?:tokens|lexer|statements))")
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if room in ("grammar", "dsl") or asks.search(path.read_text(encoding="utf-8")):
                yield path


def bare(path: Path) -> Iterator[str]:
    """The plain strings of a file that are names of terminals, or several of them."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isupper():
            words = node.value.split()
            if all(word in NAMES for word in words):
                yield f"{path.relative_to(ROOT)}:{node.lineno}: {node.value}"


def test_no_name_of_a_terminal_is_a_bare_string() -> None:
    lexicon = ROOT / "grammar" / "lexicon.py"
    found = [each for path in product_files() if path != lexicon for each in bare(path)]
    allowed = [f"{path}:" for path, _ in OTHERS]
    assert [each for each in found if not each.startswith(tuple(allowed))] == []
