"""The command line, called as a user calls it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from scoreline.tools.cli.main import status


@dataclass(frozen=True)
class Called:
    """What a call left behind: exit status, standard output, standard error."""

    status: int
    out: str
    err: str


Call = Callable[..., Called]


@pytest.fixture
def call(capsys) -> Call:
    """Calls a command in this process; no fault of our own may show in what it says."""

    def calling(*arguments: object) -> Called:
        code = status([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        assert "internal error" not in captured.err, captured.err
        return Called(code, captured.out, captured.err)

    return calling


@pytest.fixture
def project(call, tmp_path, monkeypatch) -> Path:
    """A new project, as `init` makes it, and the working directory in it."""
    folder = tmp_path / "my-rules"
    assert call("init", folder).status == 0
    monkeypatch.chdir(folder)
    return folder
