"""The house stands: imports go one way, types and style hold, files and functions stay small."""

import ast
import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("grammar", "dsl", "compiler", "runtime", "tools")
SOURCES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
LONGEST_FILE = 507
LONGEST_FUNCTION = 57


def run(*command: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [str(Path(sys.executable).parent / command[0]), *command[1:]],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "command",
    [
        ("lint-imports", "--no-cache"),
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("basedpyright",),
    ],
    ids=lambda command: " ".join(command),
)
def test_the_tools_find_nothing(command: tuple[str, ...]) -> None:
    result = run(*command)
    assert result.returncode == 0, result.stdout[-4000:] + result.stderr[-2000:]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_says_what_it_is_and_stays_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert not text.strip() or ast.get_docstring(tree), "a module's docstring says what it promises"
    assert len(text.splitlines()) <= LONGEST_FILE
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{node.name} has {length} lines"


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_is_a_typed_package(room: str) -> None:
    assert (ROOT / room / "__init__.py").exists()
    assert (ROOT / room / "py.typed").exists()


@pytest.mark.parametrize("folder", sorted({path.parent for path in SOURCES}), ids=lambda path: path.name)
def test_every_folder_of_the_rooms_is_packaged(folder: Path) -> None:
    package = "scoreline." + folder.relative_to(ROOT).as_posix().replace("/", ".")
    found = importlib.util.find_spec(package)
    assert found is not None, "not installed: `uv sync --reinstall-package scoreline` after adding a folder"
    assert found.origin is not None, "a folder without an `__init__.py` is in no wheel"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_that_is_spoken_of_is_there(path: Path) -> None:
    known = {source.name for source in SOURCES}
    spoken_of = re.findall(r"`(?:[a-z_]+/)*([a-z_]+\.py)`", path.read_text(encoding="utf-8"))
    assert set(spoken_of) <= known


def test_a_class_has_a_name_of_its_own_but_for_the_twins_of_the_phases() -> None:
    twins = {ROOT / "dsl/source.py", ROOT / "dsl/nodes.py", ROOT / "compiler/checked.py", ROOT / "compiler/plan.py"}
    homes: dict[str, set[Path]] = {}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                homes.setdefault(node.name, set()).add(path)
    assert not {name: paths for name, paths in homes.items() if len(paths) > 1 and not paths <= twins}
