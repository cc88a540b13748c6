"""`fmt` writes what is canonical, leaves alone what it cannot read, and tells by its exit status."""

import io
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from scoreline.dsl.format import FormatFault
from scoreline.tools.cli import formatting
from scoreline.tools.cli.main import status

MESSY = b"model Extra for lead\nwhen   industry in ['Software'] then +5 # why\nwhen newsletter then +10\n".replace(
    b"'", b'"'
)
TIDY = b"""\
model Extra for lead
  when industry in ["Software"] then +5  # why
  when newsletter               then +10
"""
PATCH = """\
--- rules/extra.score
+++ rules/extra.score
@@ -1,3 +1,3 @@
 model Extra for lead
-when   industry in ["Software"] then +5 # why
-when newsletter then +10
+  when industry in ["Software"] then +5  # why
+  when newsletter               then +10
"""


@pytest.fixture
def messy(project):
    path = project / "rules" / "extra.score"
    path.write_bytes(MESSY)
    return path


@pytest.fixture
def typed(monkeypatch):
    """Gives a command these bytes as standard input."""
    return lambda data: monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_a_new_project_is_in_canonical_form(project, call):
    assert call("fmt", "--check") == call("fmt") == call("fmt", "--check", "rules")
    assert call("fmt").out == "nothing to change in 3 files\n"


def test_the_whole_project_is_formatted(messy, call):
    formatted = call("fmt")
    assert (formatted.status, formatted.err) == (0, "")
    assert formatted.out == "formatted rules/extra.score\n1 file of 4 formatted\n"
    assert messy.read_bytes() == TIDY
    assert call("fmt", "--check").status == 0


@pytest.mark.parametrize(
    "arguments", [("rules",), ("rules/extra.score",), ("rules", "rules/extra.score"), ("./rules",)]
)
def test_only_what_is_named_is_formatted(messy, call, arguments):
    assert call("fmt", *arguments).status == 0
    assert messy.read_bytes() == TIDY


def test_the_project_is_found_upwards(messy, call, monkeypatch):
    monkeypatch.chdir(messy.parent)
    assert call("fmt").out.startswith("formatted extra.score\n")


def test_the_project_can_be_named_from_elsewhere(messy, call, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert call("fmt", "--project", "my-rules").status == 0
    assert messy.read_bytes() == TIDY


def test_what_the_rules_use_is_formatted_too(project, call):
    (project / "shared").mkdir()
    used = project / "shared" / "lists.score"
    used.write_text('let dach=["DE"]\n')
    (project / "rules" / "more.score").write_text('use "../shared/lists.score"\n')
    assert "formatted shared/lists.score\n" in call("fmt").out
    assert used.read_text() == 'let dach = ["DE"]\n'


def test_a_broken_project_file_is_no_hindrance(messy, call):
    (messy.parents[1] / "scoreline.toml").write_text("[project\n")
    assert call("fmt").status == 0
    assert messy.read_bytes() == TIDY


def test_without_a_project_the_files_here_are_formatted(tmp_path, call, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "there are no rule files (ending in .score) to format" in call("fmt").err
    (tmp_path / "x.score").write_bytes(MESSY)
    assert call("fmt").status == 0
    assert (tmp_path / "x.score").read_bytes() == TIDY


def test_check_writes_nothing_and_exits_with_1(messy, call):
    checked = call("fmt", "--check")
    assert (checked.status, checked.out) == (1, "would change rules/extra.score\n1 file of 4 would change\n")
    assert messy.read_bytes() == MESSY


@pytest.mark.parametrize("options", [("--diff",), ("--diff", "--check")])
def test_diff_writes_a_patch_and_exits_with_1(messy, call, options):
    shown = call("fmt", *options)
    assert (shown.status, shown.out, shown.err) == (1, PATCH, "1 file of 4 would change\n")
    assert messy.read_bytes() == MESSY


@pytest.mark.skipif(shutil.which("git") is None, reason="git, which takes the patch, is not installed")
@pytest.mark.parametrize("name", ["rules/extra.score", "rules/so to say.score", "rules/größe.score"])
def test_a_patch_applied_is_what_would_be_written(messy, call, name):
    messy.rename(name)
    patch = call("fmt", "--diff").out
    applied = subprocess.run(["git", "apply", "-p0", "-"], input=patch.encode(), cwd=messy.parents[1])
    assert applied.returncode == 0
    assert call("fmt", "--check").status == 0


def test_a_diff_tells_of_a_last_line_without_an_end(messy, call):
    messy.write_bytes(TIDY.rstrip())
    shown = call("fmt", "--diff").out
    assert shown.endswith("then +10\n\\ No newline at end of file\n+  when newsletter               then +10\n")


def test_without_differences_there_is_no_diff(project, call):
    shown = call("fmt", "--diff")
    assert (shown.status, shown.out) == (0, "")


def test_standard_input_goes_to_standard_output(tmp_path, call, typed, monkeypatch):
    monkeypatch.chdir(tmp_path)
    typed(MESSY)
    assert call("fmt", "-").out.encode() == TIDY
    typed(MESSY)
    checked = call("fmt", "-", "--check")
    assert (checked.status, checked.out) == (1, "")
    typed(TIDY)
    assert call("fmt", "-", "--check").status == 0
    typed(MESSY)
    shown = call("fmt", "-", "--diff")
    assert (shown.status, shown.out) == (1, PATCH.replace("rules/extra.score", "standard input\t"))


def test_standard_input_with_a_syntax_error_gives_no_output(call, typed):
    typed(b"model Fit\n  when a then +1\n")
    called = call("fmt", "-")
    assert (called.status, called.out) == (2, "")
    assert "standard input:1:" in called.err


def test_standard_input_stands_alone(project, call):
    called = call("fmt", "-", "rules")
    assert called.status == 2
    assert "`-` means standard input" in called.err


def test_a_file_with_a_syntax_error_is_left_alone_and_hinders_no_other(messy, call):
    wrong = messy.with_name("a_wrong.score")
    wrong.write_text("model Wrong for lead\n  when a then 5\n  when then +1\n")
    called = call("fmt")
    assert called.status == 2
    assert called.out == "formatted rules/extra.score\n1 file of 5 formatted, 1 not formatted\n"
    assert called.err.startswith("error: `rules/a_wrong.score` has a syntax error, so it is not changed\n")
    assert "\n  rules/a_wrong.score:2:15: E110 " in called.err
    assert "\n  rules/a_wrong.score:3:8: E101 " in called.err
    assert wrong.read_text().startswith("model Wrong for lead\n  when a then 5\n")
    assert call("fmt", "--check").status == 2


def test_a_file_that_is_not_utf_8_is_left_alone(project, call):
    path = project / "rules" / "latin.score"
    path.write_bytes(b"# gr\xf6\xdfe\nlet a=b\n")
    called = call("fmt")
    assert called.status == 2
    assert "rules/latin.score:1:5: E120 this file is not UTF-8" in called.err
    assert path.read_bytes() == b"# gr\xf6\xdfe\nlet a=b\n"


def test_what_is_not_there_is_told(project, call):
    called = call("fmt", "rules", "nothing.score")
    assert called.status == 2
    assert "there is no file or folder `nothing.score`" in called.err


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf" + TIDY, TIDY.replace(b"\n", b"\r\n"), TIDY.replace(b"\n", b"\r")])
def test_line_ends_and_a_byte_order_mark_become_canonical(messy, call, data):
    messy.write_bytes(data)
    shown = call("fmt", "--diff")
    assert (shown.status, shown.out) == (1, "")
    assert "would change only in its line ends or its byte order mark" in shown.err
    assert call("fmt").status == 0
    assert messy.read_bytes() == TIDY


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_permissions_and_links_stay(messy, call):
    messy.chmod(0o640)
    link = messy.parent / "link.score"
    link.symlink_to("extra.score")
    assert call("fmt", "rules/link.score").status == 0
    assert link.is_symlink()
    assert messy.read_bytes() == TIDY
    assert stat.S_IMODE(messy.stat().st_mode) == 0o640
    assert sorted(path.name for path in messy.parent.iterdir() if path.name.startswith(".")) == []


def test_a_file_and_a_link_to_it_are_one_file(messy, call):
    Path("rules/again.score").symlink_to(messy)
    Path("rules/nowhere.score").symlink_to("nowhere.score")
    shown = call("fmt", "--diff", "rules")
    assert shown.out.count("+++ ") == 1
    assert "`rules/nowhere.score` cannot be read" in shown.err and "1 file of 5 would change" in shown.err


def test_a_canonical_file_is_not_touched(messy, call):
    messy.write_bytes(TIDY)
    os.utime(messy, (1, 1))
    assert call("fmt").status == 0
    assert messy.stat().st_mtime == 1


def test_a_fault_of_the_formatter_leaves_the_file_and_is_told(messy, monkeypatch, capsys):
    def faulty(source):
        raise FormatFault("what it would write says something else")

    monkeypatch.setattr(formatting, "formatted", faulty)
    assert status(["fmt", "rules/extra.score", "rules/fit.score"]) == 2
    told = capsys.readouterr().err
    assert told.startswith(
        "error: scoreline has an internal error: what it would write says something else, "
        "so `rules/extra.score` is left as it is\nhelp: please report this line"
    )
    assert "`rules/fit.score` is left as it is" in told
    assert messy.read_bytes() == MESSY


def test_what_somebody_else_writes_meanwhile_is_not_lost(messy, call, monkeypatch):
    real = formatting.formatted

    def slow(source):
        messy.write_bytes(b"# mine\n")
        return real(source)

    monkeypatch.setattr(formatting, "formatted", slow)
    called = call("fmt", "rules/extra.score")
    assert called.status == 2
    assert "was changed by somebody else meanwhile" in called.err
    assert messy.read_bytes() == b"# mine\n"
    assert [path.name for path in messy.parent.iterdir() if path.name.endswith(".part")] == []


def test_a_file_that_cannot_be_written_is_told(messy, call, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    called = call("fmt")
    assert called.status == 2
    assert "`rules/extra.score` cannot be written: it is read-only" in called.err
    assert messy.read_bytes() == MESSY


GERMAN = b"# language: de\n\n# mine\nmodell Extra f\xc3\xbcr lead\n  wenn employees >= 5 dann +1\n"
ENGLISH = b"# mine\nmodel Extra for lead\n  when employees >= 5 then +1\n"


@pytest.fixture
def both(project):
    """A rule file in English, which a test may find in German."""
    path = project / "rules" / "extra.score"
    path.write_bytes(ENGLISH)
    return path


def test_files_are_translated_there_and_back(both, call):
    assert call("fmt", "--to", "de", "rules/extra.score").status == 0
    assert both.read_bytes() == GERMAN
    assert call("fmt", "--to", "de", "--check", "rules/extra.score").status == 0
    assert call("fmt", "--to", "en", "--check", "rules/extra.score").status == 1
    assert call("fmt", "rules/extra.score").status == 0
    assert both.read_bytes() == GERMAN
    assert "+model Extra for lead\n" in call("fmt", "--to", "en", "--diff", "rules/extra.score").out
    assert call("fmt", "--to", "en", "rules/extra.score").status == 0
    assert both.read_bytes() == ENGLISH


def test_a_whole_project_in_german_is_checked_and_tested(project, call):
    assert call("fmt", "--to", "de").status == 0
    assert all(path.read_text().startswith("# language: de\n") for path in project.glob("rules/*.score"))
    assert call("check").status == 0
    assert call("test").status == 0


def test_names_that_are_words_there_are_told_and_the_file_stays(both, call):
    both.write_bytes(ENGLISH.replace(b"employees", b"stufe"))
    result = call("fmt", "--to", "de", "rules/extra.score")
    assert result.status == 2
    assert "rules/extra.score:3:8: E118 in German, `stufe` is a word of the language and cannot be a name" in result.err
    assert both.read_bytes() == ENGLISH.replace(b"employees", b"stufe")


def test_a_language_that_there_is_not(both, call):
    result = call("fmt", "--to", "fr")
    assert (result.status, both.read_bytes()) == (2, ENGLISH)
    assert "there is no language `fr`" in result.err
