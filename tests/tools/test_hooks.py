"""Hooks that other repositories and new projects run, with the real pre-commit; the workflow of a new project."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
MANIFEST = ROOT / ".pre-commit-hooks.yaml"
BIN = Path(sys.executable).parent
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="pre-commit needs git, which is not installed")


def run(folder: Path, *command: object) -> subprocess.CompletedProcess[str]:
    """A command in a folder, with a home and a configuration of git of its own."""
    home = folder.parent / "home"
    home.mkdir(exist_ok=True)
    path = os.pathsep.join((str(BIN), os.environ["PATH"]))
    git = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "PYTHONPATH": ""}
    words = [str(each) for each in command]
    return subprocess.run(
        words, cwd=folder, env={**os.environ, **git, "HOME": str(home), "PATH": path}, capture_output=True, text=True
    )


def on_this_machine(hooks: list[dict]) -> dict:
    """A configuration that runs the hooks with the Scoreline that is tested, not one installed for them."""
    kept = [
        {key: value for key, value in hook.items() if key != "additional_dependencies"} | {"language": "system"}
        for hook in hooks
    ]
    return {"repos": [{"repo": "local", "hooks": kept}]}


@pytest.fixture
def repository(project):
    """A new project under git, with the hooks of its own configuration."""
    (repo,) = yaml.safe_load((project / ".pre-commit-config.yaml").read_text())["repos"]
    (project / ".pre-commit-config.yaml").write_text(yaml.safe_dump(on_this_machine(repo["hooks"])))
    run(project, "git", "init", "-q")
    run(project, "git", "add", "-A")
    return project


def hooks(repository: Path) -> subprocess.CompletedProcess[str]:
    run(repository, "git", "add", "-A")
    return run(repository, "pre-commit", "run", "--all-files")


@needs_git
def test_a_new_project_passes_its_own_hooks(repository):
    ran = hooks(repository)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout.count("Passed") == 3


@needs_git
def test_hooks_refuse_a_mistake_and_show_it(repository):
    (repository / "rules" / "bad.score").write_text("model Bad for lead\n  when employes > 1 then +1\n")
    ran = hooks(repository)
    assert ran.returncode == 1 and "error[E201]" in ran.stdout and "employees" in ran.stdout


@needs_git
def test_the_hook_that_formats_writes_the_files_and_refuses_once(repository):
    file = repository / "rules" / "loose.score"
    file.write_text('model Loose "Loose" for lead\n      when   employees>1 then +1\n')
    assert hooks(repository).returncode == 1
    assert "  when employees > 1 then +1\n" in file.read_text()
    assert hooks(repository).returncode == 0


@needs_git
def test_the_manifest_is_one_and_its_hooks_run(repository):
    assert run(repository, "pre-commit", "validate-manifest", MANIFEST).returncode == 0
    manifest = yaml.safe_load(MANIFEST.read_text())
    (repository / ".pre-commit-config.yaml").write_text(yaml.safe_dump(on_this_machine(manifest)))
    ran = hooks(repository)
    assert ran.returncode == 0 and ran.stdout.count("Passed") == len(manifest) == 2


@pytest.fixture
def published(tmp_path):
    """Scoreline in a repository of its own, as others name it in their configuration, and its commit."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("the hooks are installed out of a repository, and this is none")
    folder = tmp_path / "published"
    for name in filter(lambda each: (ROOT / each).is_file(), listed.stdout.splitlines()):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    author = ("-c", "user.name=A", "-c", "user.email=a@example.com")
    for words in (("init", "-q"), ("add", "-A"), (*author, "commit", "-q", "-m", "all")):
        assert run(folder, "git", *words).returncode == 0
    return folder, run(folder, "git", "rev-parse", "HEAD").stdout.strip()


@needs_git
def test_pre_commit_installs_scoreline_out_of_its_repository_and_its_hooks_refuse_and_pass(repository, published):
    folder, commit = published
    wanted = [{"id": "scoreline-check"}, {"id": "scoreline-fmt"}]
    settings = {"repos": [{"repo": str(folder), "rev": commit, "hooks": wanted}]}
    (repository / ".pre-commit-config.yaml").write_text(yaml.safe_dump(settings))
    ran = hooks(repository)
    assert ran.returncode == 0 and ran.stdout.count("Passed") == 2, ran.stdout + ran.stderr
    file = repository / "rules" / "new.score"
    file.write_text('model New "New" for lead\n when employes>1 then +1\n')
    ran = hooks(repository)
    assert ran.returncode == 1 and ran.stdout.count("Failed") == 2, ran.stdout + ran.stderr
    assert "did you mean `employees`?" in ran.stdout and "formatted rules/new.score" in ran.stdout
    file.write_text(file.read_text().replace("employes", "employees"))
    assert hooks(repository).stdout.count("Passed") == 2


def test_the_workflow_of_a_new_project_runs_commands_that_pass(project, call):
    workflow = yaml.safe_load((project / ".github" / "workflows" / "scoreline.yml").read_text())
    (job,) = workflow["jobs"].values()
    commands = [step["run"] for step in job["steps"] if step.get("run", "").startswith("scoreline ")]
    assert [command.split()[1] for command in commands] == ["check", "fmt", "test"]
    assert [call(*command.split()[1:]).status for command in commands] == [0, 0, 0]
