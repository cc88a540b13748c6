"""`init` makes a project that works at once, and overwrites nothing."""

import csv
import datetime
import json
import re
from pathlib import Path

import pytest
import yaml
from scoreline.tools.cli.commands.init import project_files

ROOT = Path(__file__).parents[2]
TODAY = datetime.date(2026, 3, 31)


def test_the_new_project_has_all_that_was_promised(project):
    files = {path.relative_to(project).as_posix() for path in project.rglob("*") if path.is_file()}
    assert {
        "scoreline.toml",
        "crm.schema.toml",
        "rules/fit.score",
        "data/leads.csv",
        "data/interactions.csv",
        ".github/workflows/scoreline.yml",
        ".pre-commit-config.yaml",
        ".editorconfig",
        ".vscode/settings.json",
    } <= files


def test_the_new_project_checks_clean(project, call):
    checked = call("check")
    assert (checked.status, checked.out, checked.err) == (0, "no problems in 3 files\n", "")


def test_no_placeholder_is_left():
    for name, text in project_files(TODAY).items():
        assert not re.search(r"(?<!\$)\{\{|days ago\}\}", text.replace("{first_name}", "")), name


def test_sample_interactions_happened_before_today():
    rows = list(csv.DictReader(project_files(TODAY)["data/interactions.csv"].splitlines()))
    days = {datetime.datetime.fromisoformat(row["at"]).date() for row in rows}
    assert max(days) == TODAY - datetime.timedelta(days=2)
    assert {row["lead_id"] for row in rows} <= {
        row["lead_id"] for row in csv.DictReader(project_files(TODAY)["data/leads.csv"].splitlines())
    }


def test_the_editor_files_are_json():
    files = project_files(TODAY)
    assert json.loads(files[".vscode/settings.json"])
    assert json.loads(files[".vscode/crm.schema.json"])["$schema"]


def test_visual_studio_code_takes_rules_for_what_its_extension_knows():
    settings = json.loads(project_files(TODAY)[".vscode/settings.json"])
    extension = json.loads((ROOT / "editors" / "vscode" / "package.json").read_text(encoding="utf-8"))
    (language,) = extension["contributes"]["languages"]
    assert settings["files.associations"] == {f"*{each}": language["id"] for each in language["extensions"]}
    assert f"[{language['id']}]" in settings


def test_the_workflow_may_only_read_and_names_its_actions_by_their_commits():
    workflow = yaml.safe_load(project_files(TODAY)[".github/workflows/scoreline.yml"])
    assert workflow["permissions"] == {"contents": "read"}
    (job,) = workflow["jobs"].values()
    used = [step["uses"] for step in job["steps"] if "uses" in step]
    assert used and all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", each) for each in used)


def test_nothing_is_overwritten_and_nothing_is_written_beside_it(tmp_path, call):
    (tmp_path / "crm.schema.toml").write_text("mine")
    refused = call("init", tmp_path)
    assert refused.status == 2
    assert "already has `crm.schema.toml`; nothing was written" in refused.err
    assert [path.name for path in tmp_path.iterdir()] == ["crm.schema.toml"]
    assert (tmp_path / "crm.schema.toml").read_text() == "mine"


def test_a_folder_with_other_files_is_fine(tmp_path, call):
    (tmp_path / "README.md").write_text("mine")
    assert call("init", tmp_path).status == 0
    assert (tmp_path / "README.md").read_text() == "mine"


@pytest.mark.parametrize("name", ["a b", "o'brien", 'q"uote', "ümlaut", "-dash"])
def test_any_folder_name_will_do(tmp_path, call, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    assert call("init", "--", name).status == 0
    assert (tmp_path / name / "scoreline.toml").is_file()


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path, call):
    (tmp_path / "x").touch()
    for path in (tmp_path / "x", tmp_path / "x" / "y"):
        refused = call("init", path)
        assert refused.status == 2
        assert refused.err.startswith("error: ")
