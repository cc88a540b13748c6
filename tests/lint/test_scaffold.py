"""A new lint begins as three files of one name and a line among the codes."""

import runpy
from collections.abc import Iterable
from pathlib import Path

import pytest
from golden.cases import Case, cases_of
from golden.test_golden import matched
from lint.linting import SCHEMA, SETTINGS, compiled
from scoreline.dsl.codes import CODES
from scoreline.dsl.diagnostics import Diagnostic
from scoreline.tools.lint.lints import Lint, lints
from scoreline.tools.lint.memory import LintMemory
from scoreline.tools.lint.project import ProjectView
from scoreline.tools.lint.scaffold import main, scaffold

ROOT = Path(__file__).parents[2]
CHANGED = ("dsl/codes.py", "docs/linting.md", "dsl/translations/de.lint.toml")
FREE = next(f"W{number}" for number in range(254, 300) if f"W{number}" not in CODES)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "tools" / "lint" / "rules").mkdir(parents=True)
    for file in CHANGED:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_bytes((ROOT / file).read_bytes())
    return tmp_path


def test_the_files_of_a_new_lint_can_be_run(root: Path):
    lint, cases, page, codes, listed, said = scaffold(root, FREE, "quite-odd-name", "a name that is odd")
    made = runpy.run_path(str(codes))["CODES"]
    assert made[FREE].name == "quite-odd-name" and list(made) == sorted(made) and set(made) == {*CODES, FREE}
    found = runpy.run_path(str(lint))["LINT"]
    assert isinstance(found, Lint) and found.code == FREE
    assert [bool(case.expected) for case in cases_of(cases)] == [True, False]
    for case in cases_of(cases):
        matched(tuple(reported(found, case)), case.expected)
    assert f"| [{FREE}](codes/{FREE}.md) | quite-odd-name | a name that is odd | hint | |\n" in listed.read_text()
    assert f"of the {len(lints()) + 1} lints" in listed.read_text()
    assert '"quite-odd-name: say what is wrong" = ' in said.read_text()
    assert page.read_text().startswith(f"# {FREE} quite-odd-name\n")


def reported(lint: Lint, case: Case) -> Iterable[Diagnostic]:
    """What a lint finds in a case, which the linter does not know yet."""
    assert SCHEMA is not None
    texts = {name: data.decode() for name, data in case.files.items()}
    return lint.diagnostics(ProjectView.of(compiled(texts, case.own), SCHEMA, SETTINGS, LintMemory()))


WRONG = [("W201", "odd-name", "x"), (FREE, "repeated-test", "x"), ("E900", "odd-name", "x"), ()]


@pytest.mark.parametrize("arguments", WRONG)
def test_what_is_taken_or_wrong_writes_nothing(root: Path, arguments: tuple[str, ...], monkeypatch, capsys):
    monkeypatch.chdir(root)
    before = [(root / file).read_text() for file in CHANGED]
    assert main([*arguments]) == 2
    assert capsys.readouterr().err
    assert [(root / file).read_text() for file in CHANGED] == before
    assert not list((root / "tools" / "lint" / "rules").iterdir())
