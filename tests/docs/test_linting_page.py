"""The page about the linter lists every lint as it is, and what it shows works."""

import re
from pathlib import Path

from lint.linting import SETTINGS, linted
from scoreline.compiler.project.shapes import MOST_TESTS
from scoreline.dsl.codes import CODES
from scoreline.tools.lint.registry import lints

PAGE = (Path(__file__).parents[2] / "docs" / "linting.md").read_text(encoding="utf-8")


def test_every_lint_is_listed_with_its_severity():
    listed = re.findall(r"^\| \[(W\d+)\]\(codes/(W\d+)\.md\) \| (\S+) \| (.+) \| (\w+) \|$", PAGE, re.MULTILINE)
    assert listed == [
        (code, code, CODES[code].name, CODES[code].title, str(lint.severity)) for code, lint in lints().items()
    ]


def test_the_comment_that_is_shown_silences():
    (shown,) = re.findall(r"```score\n(.*?)```", PAGE, re.DOTALL)
    assert [each.code for each in linted({"a.score": shown}, settings=SETTINGS)] == ["W236"]


def test_the_number_of_tests_is_the_one_that_is_told():
    assert f"which is {MOST_TESTS} if nothing is said" in PAGE
