"""`test` runs the examples of the rule files and shows what was found instead of what was expected."""

import pytest

TITLE = 'example "The company gives at most 60 points"'


@pytest.fixture
def failing(project):
    rules = project / "rules" / "fit.score"
    rules.write_text(rules.read_text().replace("expect Fit is 60", 'expect Fit is 65 and Fit.grade is "A"'))
    return project


def test_examples_that_hold_pass(project, call):
    shown = call("test")
    assert (shown.status, shown.err) == (0, "")
    assert shown.out.endswith("9 examples passed\n")


def test_an_example_that_fails_shows_expected_found_and_place(failing, call):
    shown = call("test")
    assert shown.status == 1
    lines = [line.strip() for line in shown.out.splitlines()]
    at = 1 + (failing / "rules" / "fit.score").read_text().splitlines().index(TITLE)
    place = lines.index(f"failed  The company gives at most 60 points   rules/fit.score:{at}")
    assert lines[place + 1] == f'expected  Fit is 65 and Fit.grade is "A"   rules/fit.score:{at + 2}'
    assert lines[place + 2] == "found     Fit is 60, Fit.grade is B"
    assert lines[-1] == "1 example of 9 failed"


def test_paths_choose_the_examples(failing, call):
    assert call("test", "rules/engagement.score").status == 0
    assert call("test", "rules/fit.score").status == 1
    assert call("test", "rules").status == 1


def test_mistakes_in_the_rules_are_findings(project, call):
    (project / "rules" / "more.score").write_text("when\n")
    shown = call("test")
    assert shown.status == 1
    assert "rules/more.score" in shown.err


def test_a_project_without_examples_says_so(project, call):
    for path in (project / "rules").iterdir():
        path.unlink()
    (project / "rules" / "one.score").write_text("model Fit for lead\n  when phone is known then +1\n")
    shown = call("test")
    assert (shown.status, shown.out) == (0, "")
    assert "there are no examples" in shown.err


@pytest.mark.parametrize("arguments", [["none.score"], ["--project", "none"]])
def test_what_is_not_there_exits_with_2(project, call, arguments):
    assert call("test", *arguments).status == 2
