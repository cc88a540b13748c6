"""The page for programmers tells the truth: its pieces run one after another, and print what stands there."""

import re
import subprocess
import sys
from pathlib import Path

from docs.test_readme import write_files

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
PIECES = re.findall(r"```python\n(.*?)```\n+```text\n(.*?)```", PAGE, re.DOTALL)


def test_the_pieces_print_what_the_page_says(tmp_path: Path) -> None:
    write_files(tmp_path)
    program = "print('-----')\n".join(code for code, _ in PIECES)
    ran = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    assert ran.stdout.split("-----\n") == [text for _, text in PIECES]


def test_every_link_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", PAGE):
        assert (ROOT / "docs" / target).exists(), target
