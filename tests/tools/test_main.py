"""What holds for every command: help, usage errors, faults of our own, closed pipes."""

import os
import subprocess
import sys

import pytest
from scoreline.tools.cli.commands import rule
from scoreline.tools.cli.main import COMMANDS, status

SCORELINE = [sys.executable, "-c", "from scoreline.tools.cli.main import run; run()"]


def shell(*arguments: str, **options) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*SCORELINE, *arguments], capture_output=True, text=True, encoding="utf-8", timeout=60, check=False, **options
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(call, name):
    shown = call(name, "--help")
    assert shown.status == 0
    assert f"Example:  scoreline {name}" in shown.out


def test_the_help_lists_every_command(call):
    shown = call("--help")
    assert all(line in shown.out for line in COMMANDS.values())


def test_the_help_imports_neither_engine_nor_parser():
    code = (
        "import sys; from scoreline.tools.cli.main import status; status(['--help']);"
        "sys.exit(any(name in sys.modules for name in ('duckdb', 'lark', 'scoreline.compiler', 'scoreline.runtime')))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=False).returncode == 0


def test_the_version_is_told(call):
    assert call("--version").out.startswith("scoreline ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["chek"], "Did you mean `check`"),
        (["rule"], "missing argument `CODE`"),
        (["rule", "E101", "more"], "unexpected extra argument"),
        (["check", "--nope"], "no such option: --nope"),
        ([], ""),
    ],
)
def test_a_wrong_call_says_what_is_wrong_and_exits_with_2(call, arguments, message):
    called = call(*arguments)
    assert called.status == 2
    assert message in called.err


def test_an_unknown_code_says_what_codes_look_like(call):
    called = call("rule", "X1")
    assert called.status == 2
    assert "there is no code `X1`" in called.err


def test_a_fault_of_our_own_is_one_line_without_a_traceback(monkeypatch, capsys):
    def broken(code: str) -> str:
        raise ZeroDivisionError("on\npurpose")

    monkeypatch.setattr(rule, "_known", broken)
    assert status(["rule", "E101"]) == 2
    error = capsys.readouterr().err
    assert error.startswith("error: scoreline has an internal error: ZeroDivisionError: on")
    assert "Traceback" not in error
    assert "report" in error


def test_an_interrupt_is_no_fault(monkeypatch, capsys):
    def interrupted(code: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(rule, "_known", interrupted)
    assert status(["rule", "E101"]) == 130
    assert "Traceback" not in capsys.readouterr().err


def test_errors_go_to_standard_error_and_nothing_to_standard_output(tmp_path):
    called = shell("check", "none.score", cwd=tmp_path)
    assert (called.returncode, called.stdout) == (2, "")
    assert called.stderr.startswith("error: there is no file or folder `none.score`\nhelp: ")


def test_a_reader_that_goes_away_leaves_no_traceback(tmp_path):
    (tmp_path / "a.score").write_text("when\n" * 3000)
    with subprocess.Popen(
        [*SCORELINE, "check", "a.score"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        error = process.stderr.read().decode()
    assert "Traceback" not in error and "fault" not in error and "Exception" not in error


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_any_output_encoding_will_do(tmp_path, encoding):
    (tmp_path / "a.score").write_text("when 業種 is “é” then 5\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    called = subprocess.run(
        [*SCORELINE, "check"], cwd=tmp_path, env=environment, capture_output=True, timeout=60, check=False
    )
    assert called.returncode == 1
    assert b"error[E104]" in called.stdout
    assert b"Traceback" not in called.stderr
