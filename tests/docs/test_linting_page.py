"""The page about the linter lists every lint as it is, and what it shows works."""

import re
from pathlib import Path

from lint.linting import SETTINGS, linted
from lint.test_lints import PAIRS, found
from scoreline.compiler.project.shapes import MOST_TESTS
from scoreline.dsl.codes import CODES
from scoreline.dsl.diagnostics import Applicability
from scoreline.tools.lint.lints import lints

PAGE = (Path(__file__).parents[2] / "docs" / "linting.md").read_text(encoding="utf-8")
LISTED = re.findall(
    r"^\| \[(W\d+)\]\(codes/(W\d+)\.md\) \| (\S+) \| (.+) \| (\w+) \| ?([\w, ]*) \|$", PAGE, re.MULTILINE
)


def test_every_lint_is_listed_with_its_severity():
    assert [row[:5] for row in LISTED] == [
        (code, code, CODES[code].name, CODES[code].title, str(lint.severity)) for code, lint in lints().items()
    ]


def test_the_fixes_that_are_promised_are_those_that_the_cases_of_the_lints_show():
    """Counted over all findings of all cases in `tests/lint/rules`: which kinds of fixes a lint offers."""
    offered: dict[str, set[str]] = {code: set() for code in lints()}
    for each in (each for pair in PAIRS for each in found(*pair.values)):
        offered[each.code] |= {"safe" if fix.applicability is Applicability.SAFE else "offer" for fix in each.fixes}
    assert {row[0]: set(filter(None, row[5].split(", "))) for row in LISTED} == offered
    fixing, safe = (sum(kind <= kinds for kinds in offered.values() if kinds) for kind in (set[str](), {"safe"}))
    assert f"{fixing} of the {len(offered)} lints offer a fix" in PAGE
    assert f"{safe} lints have one" in PAGE
    assert fixing * 2 > len(offered)


def test_the_comment_that_is_shown_silences():
    (shown,) = re.findall(r"```score\n(.*?)```", PAGE, re.DOTALL)
    assert [each.code for each in linted({"a.score": shown}, settings=SETTINGS)] == ["W236"]


def test_the_number_of_tests_is_the_one_that_is_told():
    assert f"the default is {MOST_TESTS}." in PAGE
