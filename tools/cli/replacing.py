"""Replaces the content of a file, or gives the reason why the file is left as it is.

Promises that a file is replaced as a whole or not at all, keeps its permissions, and is not touched if another program
has changed it in the meantime.
"""

import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from scoreline.dsl.diagnostics import Diagnostic
from scoreline.runtime.table.read.files import reason
from scoreline.tools.cli.failure import Unusable


@dataclass(frozen=True, slots=True)
class FileRefusal:
    """Why a file is left as it is: what is wrong, where (if it is the file that is wrong), and what to do."""

    message: str
    help: str
    diagnostics: tuple[Diagnostic, ...] = ()


def replaced(path: Path, name: str, before: bytes, after: bytes) -> FileRefusal | None:
    """Replaces the content of a file that holds `before`, or returns the reason why that was not possible; `name` is
    the file's name in messages."""
    target = path.resolve()
    draft = target.with_name(f".{target.name[:100]}.{os.urandom(4).hex()}.part")
    try:
        if not os.access(target, os.W_OK):
            return FileRefusal(f"`{name}` cannot be written: it is read-only", "make it writable, or name other files")
        draft.write_bytes(after)
        _like(target, draft)
        if target.read_bytes() != before:
            return FileRefusal(f"`{name}` was changed by somebody else meanwhile, so it is not changed", "try again")
        draft.replace(target)
    except OSError as fault:
        return FileRefusal(f"`{name}` cannot be written: {reason(fault)}", "it is as it was")
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return None


def _like(target: Path, draft: Path) -> None:
    """Gives a new file the permissions and, where that is allowed, the owner of the one that it will replace."""
    status = target.stat()
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(draft, status.st_uid, status.st_gid)
    draft.chmod(stat.S_IMODE(status.st_mode))


def put(path: Path, content: bytes) -> None:
    """Writes a file of our own, new or not, as a whole."""
    draft = path.with_name(f".{path.name[:100]}.{os.urandom(4).hex()}.part")
    try:
        draft.write_bytes(content)
        if path.exists():
            _like(path, draft)
        draft.replace(path)
    except OSError as fault:
        raise Unusable(
            f"`{path}` cannot be written: {reason(fault)}", "check the name, and that you may write there"
        ) from None
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
