"""The page for data engineers tells the truth: its example runs, its types are the dialects', its commands work."""

import re
from pathlib import Path

import duckdb
import pytest
from docs.guide import ROOT, blocks, broken_links
from docs.test_readme import write_files
from scoreline.compiler.backends.query.dialect import DIALECTS
from scoreline.compiler.schema.fields import FIELD_TYPES
from scoreline.tools.cli.main import status
from sqlglot import exp

TEXT = (ROOT / "docs" / "sql.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^    scoreline (.+)$", TEXT, re.MULTILINE)
SQLGLOT = {"text": "TEXT", "choice": "TEXT", "number": "DOUBLE", "yes/no": "BOOLEAN", "date": "DATE"}
SQLGLOT |= {"datetime": "TIMESTAMPNTZ", "choices": "ARRAY<TEXT>"}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_files(tmp_path)
    (tmp_path / "models").mkdir()
    (tmp_path / "scoreline.toml").write_text(
        '[project]\nrules = ["fit.score"]\nschema = "crm.schema.toml"\n', encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shown(names: list[str], rows: list[tuple[object, ...]]) -> list[list[str]]:
    return [names, *([str(cell) for cell in row] for row in rows)]


def test_the_run_gives_what_is_shown(project: Path) -> None:
    assert status(COMMANDS[0].split()) == 0
    [tables] = [each for each in blocks("sql.md") if each.language == "sql"]
    with duckdb.connect() as connection:
        connection.execute(tables.body)
        found = connection.execute((project / "scores.sql").read_text(encoding="utf-8") + "order by 1")
        names = [each[0] for each in found.description]
        assert shown(names, found.fetchall()) == [re.split(r" {2,}", line) for line in tables.shown.splitlines()]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_works(project: Path, command: str) -> None:
    assert status(command.split()) == 0


def test_references_of_dbt_are_as_told(project: Path) -> None:
    assert status(COMMANDS[1].split()) == 0
    written = (project / "models" / "lead_scores.sql").read_text(encoding="utf-8")
    for reference in re.findall(r"\{\{.*?\}\}", TEXT):
        assert reference in written


def test_the_steps_are_those_that_are_named(project: Path) -> None:
    assert status(COMMANDS[0].split()) == 0
    written = (project / "scores.sql").read_text(encoding="utf-8")
    [named] = re.findall(r"its steps have names \((.*?)\)", TEXT, re.DOTALL)
    for step in re.findall("`([^`]+)`", named):
        assert f'"{step}" AS (' in written


def test_the_types_are_the_dialects() -> None:
    header, _, *rows = [line for line in TEXT.splitlines() if line.startswith("|")]
    assert [cell.strip() for cell in header.split("|")[2:-1]] == [each.title for each in DIALECTS.values()]
    told = {row.split("|")[1].strip(" `"): [cell.strip() for cell in row.split("|")[2:-1]] for row in rows}
    assert sorted(told) == sorted(FIELD_TYPES)
    for field, types in told.items():
        expected = [exp.DataType.build(SQLGLOT[field]).sql(dialect) for dialect in DIALECTS]
        assert [each.replace("\\", "") for each in types] == expected


def test_every_link_leads_somewhere() -> None:
    assert broken_links("sql.md") == []
