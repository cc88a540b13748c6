"""Each lint has one file of cases of its own name in `rules/`, in the form of the golden files (`golden/cases.py`).

Only what the lint itself finds is looked at, and all of that is expected. A `#=` below an expectation is the line (or
the lines) that the first fix leaves at the finding's place; every fix is applied, whether it is shown or not.
"""

import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from golden.cases import Case, Expected, cases_of
from golden.test_golden import matched
from lint.linting import applied, compiled, linted
from scoreline.dsl import nodes
from scoreline.dsl.codes import CODES
from scoreline.dsl.diagnostics import Applicability, Diagnostic, Severity
from scoreline.dsl.lexer import lex
from scoreline.dsl.parse import parse
from scoreline.dsl.source import Source
from scoreline.dsl.walk import within
from scoreline.tools.lint.lints import Lint, lints

FOLDER = Path(__file__).parent / "rules"


def file_of(lint: Lint) -> Path:
    return FOLDER / f"{CODES[lint.code].name.replace('-', '_')}.score"


PAIRS = [
    pytest.param(lint, case, id=case.name)
    for lint in lints().values()
    if file_of(lint).exists()
    for case in cases_of(file_of(lint))
]


def texts(case: Case) -> dict[str, str]:
    return {name: data.decode() for name, data in case.files.items()}


def found(lint: Lint, case: Case) -> tuple[Diagnostic, ...]:
    return tuple(each for each in linted(texts(case), case.own) if each.code == lint.code)


@pytest.mark.parametrize(("lint", "case"), PAIRS)
def test_a_lint_finds_what_it_should_and_nothing_else(lint: Lint, case: Case):
    for diagnostic, expected in matched(found(lint, case), case.expected):
        if expected.fixed is not None:
            shows(diagnostic, expected)
        for fix in diagnostic.fixes:
            mends(lint, case, diagnostic, fix)


def shows(diagnostic: Diagnostic, expected: Expected) -> None:
    place = diagnostic.place
    lines = applied(place.source.text, diagnostic.fixes[0]).split("\n")[place.start.line - 1 :]
    assert tuple(line.strip() for line in lines[: len(expected.fixed or ())]) == expected.fixed


def mends(lint: Lint, case: Case, diagnostic: Diagnostic, fix) -> None:
    """A fix leaves rules without an error, and at least one finding less."""
    place = diagnostic.place
    files = {**texts(case), place.file: applied(place.source.text, fix)}
    assert compiled(files, case.own).diagnostics == ()
    after = Counter(each.code for each in linted(files, case.own))
    assert after[lint.code] < len(found(lint, case)), (fix.title, files[place.file])


def with_comments(text: str) -> str:
    """A text with a comment, and then a new line, between all tokens that had white space between them."""
    tokens = lex(Source("", text)).tokens
    gaps = [text[one.end : other.start] for one, other in pairwise(tokens)]
    spaced = [" # why\n  " if gap and "#" not in gap else gap for gap in gaps]
    written = "".join(text[token.start : token.end] + gap for token, gap in zip(tokens, [*spaced, ""], strict=True))
    return text[: tokens[0].start] + written


def with_parentheses(text: str) -> str:
    """A text with parentheses around all tests of rules, and no white space beside any."""
    source = Source("", text)
    items = [item for item in parse(source).file.items if not isinstance(item, nodes.Example)]
    spans = [each.span for item in items for each in within(item) if isinstance(each, nodes.Test | nodes.No)]
    marks = sorted([(each.start, "(") for each in spans] + [(each.end, ")") for each in spans], reverse=True)
    for offset, bracket in marks:
        text = text[:offset] + bracket + text[offset:]
    return text.replace(" (", "(").replace(") ", ")")


def comments(text: str) -> int:
    return len(re.findall(r"#[^\r\n]*", text))


@pytest.mark.parametrize(
    "write", [with_comments, with_parentheses, lambda text: text.replace("\n", "\r\n"), str.rstrip]
)
@pytest.mark.parametrize(("lint", "case"), PAIRS)
def test_fixes_hold_however_rules_are_written(lint: Lint, case: Case, write: Callable[[str], str]):
    """A fix leaves rules without an error, and a safe one no comment less, but for those that silence."""
    written = {name: write(text) for name, text in texts(case).items()}
    for diagnostic in linted(written, case.own):
        if diagnostic.code != lint.code:
            continue
        for fix in diagnostic.fixes:
            source = diagnostic.place.source
            after = applied(source.text, fix)
            assert compiled({**written, source.name: after}, case.own).diagnostics == (), after
            if fix.applicability is Applicability.SAFE and not lint.last:
                assert comments(after) == comments(source.text), after


def test_every_lint_has_its_cases_of_both_kinds():
    for lint in lints().values():
        assert file_of(lint).exists(), f"{lint.code} has no file of cases"
        cases = cases_of(file_of(lint))
        assert any(case.expected for case in cases), f"{lint.code}: no case finds anything"
        assert any(not case.expected for case in cases), f"{lint.code}: no case is fine"
    assert len(list(FOLDER.iterdir())) == len(lints())


def test_every_code_of_the_linter_is_a_lint():
    assert set(lints()) == {code for code in CODES if code.startswith("W2")}
    assert len(lints()) >= 30


def test_lints_warn_and_hint_and_never_refuse():
    assert {lint.severity for lint in lints().values()} == {Severity.WARNING, Severity.HINT}


def test_more_than_half_of_the_lints_offer_a_fix():
    fixing = {each.code for pair in PAIRS for each in found(*pair.values) if each.fixes}
    assert len(fixing) * 2 > len(lints()), sorted(set(lints()) - fixing)


@pytest.mark.parametrize(("lint", "case"), PAIRS)
def test_messages_are_in_house_style(lint: Lint, case: Case):
    for each in found(lint, case):
        for text in (each.message, each.help or "x", *(fix.title for fix in each.fixes)):
            assert text[0] in "`" or not text[0].isupper(), text
            assert not text.endswith("."), text
