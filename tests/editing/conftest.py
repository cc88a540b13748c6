"""What tests of editors need beside Python; where it is not installed they are skipped, but not in CI."""

import os
import shutil
from typing import NoReturn

import pytest
from editing import nodes


def _absent(reason: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def packages() -> None:
    """The npm packages of the extension, installed."""
    if nodes.node() is None:
        _absent(f"Node.js {nodes.OLDEST} or newer with npm is not installed")
    nodes.install()


@pytest.fixture(scope="session", params=["vim", "nvim"])
def editor(request: pytest.FixtureRequest) -> str:
    """Vim, and Neovim."""
    if shutil.which(request.param) is None:
        _absent(f"`{request.param}` is not installed (Debian's packages are `vim` and `neovim`)")
    return request.param
