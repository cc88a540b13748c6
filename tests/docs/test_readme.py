"""The README tells the truth: its example runs, and gives what is printed there."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = dict(re.findall(r"```(score|toml|python)\n(.*?)```", README, re.DOTALL))
OUTPUTS = re.findall(r"```text\n(.*?)```", README, re.DOTALL)


def write_files(folder: Path) -> None:
    (folder / "fit.score").write_text(BLOCKS["score"], encoding="utf-8")
    (folder / "crm.schema.toml").write_text(BLOCKS["toml"], encoding="utf-8")


def test_the_program_prints_what_the_readme_says(tmp_path: Path) -> None:
    write_files(tmp_path)
    ran = subprocess.run(
        [sys.executable, "-c", BLOCKS["python"]], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert ran.stdout == OUTPUTS[0]


def test_the_message_is_the_one_that_the_readme_shows(tmp_path: Path) -> None:
    write_files(tmp_path)
    rules = tmp_path / "fit.score"
    rules.write_text(rules.read_text(encoding="utf-8").replace('"Software"', '"Sofware"'), encoding="utf-8")
    command = [str(Path(sys.executable).parent / "scoreline"), "check", "fit.score", "--schema", "crm.schema.toml"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False)
    assert ran.returncode == 1
    assert OUTPUTS[1].strip() in ran.stdout


def test_every_link_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("https://") or (ROOT / target).exists(), target
