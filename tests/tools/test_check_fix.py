"""`check --fix`: what it writes, what it leaves to people, and that it never makes things worse."""

import pytest

MISTAKES = """model Warm for lead
  When industry = "Sofware" Then +10
  when employees > 10 then +5
"""


@pytest.fixture
def rules(project):
    """A file of one's own in a new project."""
    return project / "rules" / "warm.score"


def test_safe_fixes_are_written_and_guesses_are_not(rules, call):
    rules.write_text(MISTAKES)
    fixed = call("check", "--fix")
    assert (fixed.status, rules.read_text().splitlines()[1]) == (1, '  when industry = "Sofware" then +10')
    assert "fixed rules/warm.score:2:3: E108 write `when`" in fixed.out
    assert "2 mistakes in 1 file fixed" in fixed.out and "1 error in 4 files" in fixed.out


def test_lints_are_fixed_too_in_as_many_passes_as_it_takes(rules, call):
    rules.write_text(
        'model Warm "Warm" for lead\n  when industry is "software" or industry is "finance" then +20\n'
        'example "x"\n  given industry is "Finance"\n  expect Warm is 20\n'
    )
    assert call("check", "--fix", "--fail-on", "hint").status == 0
    assert rules.read_text().splitlines()[1] == '  when industry in ["Software", "Finance"] then +20'


def test_fixing_twice_is_fixing_once(rules, call):
    rules.write_text(MISTAKES)
    call("check", "--fix")
    once = rules.read_bytes()
    again = call("check", "--fix")
    assert rules.read_bytes() == once and "fixed" not in again.out


def test_diff_shows_the_changes_and_writes_nothing(rules, call):
    rules.write_text(MISTAKES)
    shown = call("check", "--diff")
    assert (shown.status, rules.read_text()) == (1, MISTAKES)
    assert '+  when industry = "Sofware" then +10\n' in shown.out
    assert "2 mistakes in 1 file would be fixed" in shown.err


def test_line_ends_and_a_bom_stay(rules, call):
    rules.write_bytes(b"\xef\xbb\xbf" + MISTAKES.replace("\n", "\r\n").encode())
    call("check", "--fix")
    assert rules.read_bytes().startswith(b'\xef\xbb\xbfmodel Warm for lead\r\n  when industry = "Sofware" then +10\r\n')


def test_a_file_that_is_no_text_is_left_alone(rules, call):
    rules.write_bytes(b"When x \xff then 10")
    assert call("check", "--fix").status == 1
    assert rules.read_bytes() == b"When x \xff then 10"


def test_a_suppressed_finding_is_not_fixed(rules, call):
    line = '  when industry is "software" then +20  # scoreline: ignore W245 (as the CRM shows it)\n'
    rules.write_text(f"model Warm for lead\n{line}")
    call("check", "--fix")
    assert line in rules.read_text()


@pytest.mark.parametrize(("fail_on", "status"), [("error", 0), ("warning", 0), ("hint", 1)])
def test_fail_on_tells_from_which_severity_on_a_run_fails(rules, call, fail_on, status):
    rules.write_text('model Warm "Warm" for lead\n  when industry is "software" then +20\n')
    assert call("check", "--fail-on", fail_on).status == status
    assert call("check", "--fail-on", fail_on, "--format", "json").status == status


def test_a_warning_fails_where_warnings_do(rules, call):
    rules.write_text('model Warm "Warm" for lead\n  for each email.opened then +5 up to 3\n')
    assert [call("check", "--fail-on", each).status for each in ("error", "warning", "hint")] == [0, 1, 1]


def test_diff_goes_with_no_format(project, call):
    refused = call("check", "--diff", "--format", "json")
    assert refused.status == 2 and "shows changes and nothing else" in refused.err
