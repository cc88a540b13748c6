"""A new lint begins as three files of one name and a line among the codes."""

import runpy
from pathlib import Path

import pytest
from golden.cases import cases_of
from scoreline.dsl.codes import CODES
from scoreline.tools.lint.lints import Lint
from scoreline.tools.lint.scaffold import main, scaffold

ROOT = Path(__file__).parents[2]
FREE = next(f"W{number}" for number in range(254, 300) if f"W{number}" not in CODES)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("dsl", "tools/lint/rules", "docs/codes"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "dsl" / "codes.py").write_bytes((ROOT / "dsl" / "codes.py").read_bytes())
    return tmp_path


def test_the_files_of_a_new_lint_can_be_run(root: Path):
    codes, lint, cases, page = scaffold(root, FREE, "odd-name", "a name that is odd")
    made = runpy.run_path(str(codes))["CODES"]
    assert made[FREE].name == "odd-name" and list(made) == sorted(made) and set(made) == {*CODES, FREE}
    found = runpy.run_path(str(lint))["LINT"]
    assert isinstance(found, Lint) and found.code == FREE
    assert [bool(case.expected) for case in cases_of(cases)] == [True, False]
    assert page.read_text().startswith(f"# {FREE} odd-name\n")


WRONG = [("W201", "odd-name", "x"), (FREE, "repeated-test", "x"), ("E900", "odd-name", "x"), ()]


@pytest.mark.parametrize("arguments", WRONG)
def test_what_is_taken_or_wrong_writes_nothing(root: Path, arguments: tuple[str, ...], monkeypatch, capsys):
    monkeypatch.chdir(root)
    before = (root / "dsl" / "codes.py").read_text()
    assert main([*arguments]) == 2
    assert capsys.readouterr().err
    assert (root / "dsl" / "codes.py").read_text() == before
    assert not list((root / "tools" / "lint" / "rules").iterdir())
