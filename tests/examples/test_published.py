"""The published models: each project checks clean and its examples hold."""

import json
from pathlib import Path

import pytest
from scoreline.tools.cli.main import app
from typer.testing import CliRunner

PUBLISHED = Path(__file__).parents[2] / "examples" / "published"
PROJECTS = ("marketo_own", "relias", "three_models", "two_axes")


def run(project: str, *arguments: str) -> str:
    result = CliRunner().invoke(app, [*arguments, "--project", str(PUBLISHED / project)])
    assert result.exit_code == 0, result.output
    return result.output


def test_every_folder_is_tested() -> None:
    assert sorted(path.parent.name for path in PUBLISHED.glob("*/scoreline.toml")) == sorted(PROJECTS)


@pytest.mark.parametrize("project", PROJECTS)
def test_the_rules_have_no_fault(project: str) -> None:
    assert json.loads(run(project, "check", "--format", "json"))["diagnostics"] == []


@pytest.mark.parametrize("project", PROJECTS)
def test_every_example_holds(project: str) -> None:
    texts = [path.read_text(encoding="utf-8") for path in (PUBLISHED / project).rglob("*.score")]
    examples = sum(text.count("\nexample ") for text in texts)
    assert examples >= 4
    assert str(examples) in run(project, "test")
