"""Baselines: findings that a project had before do not count, and nothing else is hidden."""

import json

import pytest

OLD = 'model Warm "Warm" for lead\n  when employes > 10 then +5\n'


@pytest.fixture
def rules(project):
    """A file with a mistake in a project that keeps a baseline."""
    settings = project / "scoreline.toml"
    settings.write_text(settings.read_text() + '\n[lint]\nbaseline = "baseline.json"\n')
    file = project / "rules" / "warm.score"
    file.write_text(OLD)
    return file


def test_what_stands_in_the_baseline_does_not_count(rules, call):
    written = call("check", "--write-baseline")
    assert "1 finding written to the baseline `baseline.json`" in written.err
    checked = call("check", "--fail-on", "hint")
    assert (checked.status, checked.out) == (0, "no problems in 4 files\n1 old finding more in the baseline\n")


def test_old_findings_are_known_when_lines_move(rules, call):
    call("check", "--write-baseline")
    rules.write_text("# more\n\n" + OLD)
    assert call("check").status == 0


MISTAKEN = """\
model Warm "Warm" for lead
  when industri in ["Software","Finance","Retail",] and employees between 50 and 500 and country="Germany" then +20
  when country in
    ["Austria"] and no website.visited within 1 days then +1
"""
LINTED = """\
model Warm "Warm" for lead
  when country="DE"or country = "AT" or country="CH" or industry="Software" or email contains "a" then +5 as "x"
  when not (industry
     != "Retail" and country in ["de"]) then +1 as "y"
  #when country="DE" then +5
"""


@pytest.mark.parametrize("text", [MISTAKEN, LINTED])
def test_old_findings_are_known_when_the_file_is_formatted(rules, call, text):
    rules.write_text(text)
    call("check", "--write-baseline")
    before = call("check", "--fail-on", "hint").out
    assert int(before.split()[-7]) >= 3
    call("fmt")
    assert len(rules.read_text().splitlines()) != len(text.splitlines())
    assert call("check", "--fail-on", "hint").out == before


def test_old_findings_are_known_from_the_top_of_a_repository(rules, call, monkeypatch, tmp_path):
    call("check", "--write-baseline")
    (tmp_path / "loose.score").write_text("model Loose for lead\n")
    monkeypatch.chdir(tmp_path)
    assert call("check").status == 0


def test_one_more_of_a_kind_is_new(rules, call):
    call("check", "--write-baseline")
    rules.write_text(OLD + "  when employes > 10 then +5\n")
    checked = call("check")
    assert checked.status == 1 and checked.out.count("error[E201]") == 1


def test_findings_that_are_gone_are_told_and_taken_out(rules, call):
    call("check", "--write-baseline")
    rules.write_text(OLD.replace("employes", "employees"))
    assert "1 finding of the baseline `baseline.json` is no longer there" in call("check").err
    assert "1 old finding removed" in call("check", "--write-baseline").err
    assert "no longer" not in call("check").err


def test_a_baseline_means_the_same_from_any_folder(rules, call, monkeypatch):
    call("check", "--write-baseline")
    monkeypatch.chdir(rules.parent)
    assert call("check").status == 0
    assert call("check", "warm.score").status == 0


def test_a_baseline_written_for_one_file_keeps_what_it_says_of_others(rules, call):
    (rules.parent / "cold.score").write_text('model Cold "Cold" for lead\n  when employes < 10 then +5\n')
    call("check", "--write-baseline")
    call("check", "--write-baseline", "rules/warm.score")
    assert call("check").status == 0


def test_every_format_leaves_old_findings_out(rules, call):
    call("check", "--write-baseline")
    assert json.loads(call("check", "--format", "json").out)["diagnostics"] == []
    assert json.loads(call("check", "--format", "sarif").out)["runs"][0]["results"] == []
    assert "::" not in call("check", "--format", "github").out
    assert "<failure" not in call("check", "--format", "junit").out


def one_entry(**told: object) -> str:
    return json.dumps({"version": 1, "findings": [{"file": "a.score", "code": "E201", "fingerprint": "0", **told}]})


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "\0", '{"version": 9}', '{"version": true, "findings": []}',
        '{"version": 1, "findings": [{"file": 1}]}',
        one_entry(file="a" * 5000), one_entry(file="a/" * 5000), one_entry(file="a\0"), one_entry(file="\ud800"),
        one_entry(count=True), one_entry(count=0), one_entry(count="1"), one_entry(count=1.5),
    ],
)  # fmt: skip
def test_a_file_that_is_no_baseline_is_refused(rules, call, text):
    (rules.parent.parent / "baseline.json").write_text(text)
    checked = call("check")
    assert checked.status == 2 and "is not a baseline" in checked.err


def test_an_entry_of_a_file_that_is_not_there_is_gone(rules, call):
    (rules.parent.parent / "baseline.json").write_text(one_entry(count=2))
    assert "2 findings of the baseline `baseline.json` are no longer there" in call("check").err


def test_a_baseline_that_is_not_there_is_told_with_the_way_to_one(rules, call):
    checked = call("check")
    assert checked.status == 2 and "--write-baseline" in checked.err
