"""The grammar has no conflict, its vocabulary is Lark's own, and our lexer reads what Lark would."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from golden.forms import read_as
from hypothesis import given, settings
from lark import Lark
from lark.exceptions import LarkError
from lark.lexer import PatternRE, PatternStr
from reference.strategies import DrawnProject, projects
from scoreline.dsl import nodes
from scoreline.dsl.lexer import lex
from scoreline.dsl.source import Source
from scoreline.grammar.vocabulary import KEYWORDS, grammar_text, is_name, vocabulary

TESTS = Path(__file__).parent.parent
RULES = sorted(TESTS.glob("conformance/*/*.score"))


def strict(grammar: str) -> Lark:
    return Lark(grammar, start="file", parser="lalr", lexer="basic", strict=True)


LARK = strict(grammar_text())


def test_the_grammar_is_lalr_without_a_conflict():
    assert strict(grammar_text()).parser is not None


@pytest.mark.parametrize(
    ("right", "conflicting"),
    [
        ("?negation: NOT negation | test", "?negation: NOT negation | negation AND negation | test"),
        ("path whole (TIMES | TIME) [ago] [where]", "path [where] [ago] [where]"),
        ('AGO: "ago"', "AGO: /ag+o/"),
    ],
)
def test_strict_would_tell_a_conflict(right: str, conflicting: str):
    assert right in grammar_text()
    with pytest.raises(LarkError):
        strict(grammar_text().replace(right, conflicting))


def test_the_vocabulary_is_what_lark_sees():
    terminals = {terminal.name: terminal.pattern for terminal in LARK.terminals}
    strings = {pattern.value: name for name, pattern in terminals.items() if isinstance(pattern, PatternStr)}
    patterns = {name: pattern.value for name, pattern in terminals.items() if isinstance(pattern, PatternRE)}
    words = vocabulary()
    assert {**words.keywords, **words.signs} == strings
    # Lark writes the escapes of line ends as the characters themselves.
    ours = {name: value.replace(r"\r", "\r").replace(r"\n", "\n") for name, value in words.patterns.items()}
    assert ours == patterns


def test_keywords_are_words_in_lower_case_and_signs_are_not():
    words = vocabulary()
    assert all(re.fullmatch("[a-z]+", word) for word in words.keywords)
    assert not any(sign.isalnum() for sign in words.signs)
    assert all(name == word.upper() for word, name in words.keywords.items())


def test_no_keyword_is_a_name():
    assert not any(is_name(word) for word in KEYWORDS)
    assert all(is_name(word + "x") for word in KEYWORDS)


def lark_tokens(text: str) -> list[tuple[str, str, int]]:
    return [(token.type, str(token), token.start_pos or 0) for token in LARK.lex(text)]


def our_tokens(text: str) -> list[tuple[str, str, int]]:
    lexed = lex(Source("x.score", text))
    assert lexed.diagnostics == []
    assert lexed.tokens[-1].type == "$END"
    return [(token.type, token.text, token.start) for token in lexed.tokens[:-1]]


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.parent.name)
def test_the_lexer_reads_what_lark_reads(path: Path):
    text = path.read_text(encoding="utf-8")
    assert our_tokens(text) == lark_tokens(text) != []


@settings(max_examples=60)
@given(projects(leads=0))
def test_the_lexer_reads_what_lark_reads_in_drawn_files(project: DrawnProject):
    for text in project.files.values():
        assert our_tokens(text) == lark_tokens(text)


def test_names_go_on_through_the_marks_of_their_script():
    """Lark's patterns end a name at a combining mark; the language does not."""
    for name in ("क्षेत्र", "e\u0301tat", "größe", "名前", "a_1"):
        assert our_tokens(f"when {name} is known") == [
            *(("WHEN", "when", 0), ("NAME", name, 5), ("IS", "is", 6 + len(name))),
            ("KNOWN", "known", 9 + len(name)),
        ]


def shown_forms() -> Iterator[tuple[str, str]]:
    """The forms that the docstrings of the nodes show: what stands in backticks before the first remark."""
    for name, kind in vars(nodes).items():
        if not (isinstance(kind, type) and issubclass(kind, nodes.Node)) or kind in (nodes.Node, nodes.File):
            continue
        line = (kind.__doc__ or "").splitlines()[0]
        forms: list[str] = []
        for between, form in re.findall("([^`]*)`([^`]+)`", line):
            if re.search("[–;(:.]", between):
                break
            forms.append(form)
        assert forms, f"the docstring of {name} shows no line of the language"
        yield from ((name, form) for form in forms)


@pytest.mark.parametrize(("kind", "form"), list(shown_forms()))
def test_a_docstring_shows_the_form_of_its_node(kind: str, form: str):
    assert len(read_as(kind, form)) == 1
