"""Opens the files to import: JSON, as systems write it.

Promises each file's content as JSON has it, or ImportUnusable with the line where it cannot be read. What the
content means is left to the reader of its format.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from scoreline.compiler.schema.imports.described import ImportUnusable

_VERSIONED = re.compile(r"\.\d+(\.\d+)*\.cdm\.json$")
_LONGEST_INT = 400
"""Digits; a longer number is as good as infinite, and Python takes no number of any length."""


@dataclass(frozen=True)
class JsonDocument:
    """A file: the name by which messages call it, and what is in it."""

    name: str
    content: object


def documents(paths: Iterable[Path], ending: str = ".json") -> tuple[JsonDocument, ...]:
    """The files that paths name, and those in the folders that they name, whose names have the ending."""
    files = dict.fromkeys(file for path in paths for file in _files(path, ending))
    return tuple(JsonDocument(str(file), _content(file)) for file in files)


def _files(path: Path, ending: str) -> Iterator[Path]:
    if not path.exists():
        raise ImportUnusable(f"there is no file `{path}`", "check the name, and the folder that it is relative to")
    if not path.is_dir():
        yield path
        return
    # Older editions lie beside the current one under names such as `Lead.1.2.cdm.json`.
    found = sorted(each for each in path.rglob(f"*{ending}") if each.is_file() and not _VERSIONED.search(each.name))
    if not found:
        raise ImportUnusable(f"the folder `{path}` has no file that ends in `{ending}`", "name the file, or its folder")
    yield from found


def _content(path: Path) -> object:
    try:
        data = path.read_bytes()
        text = data.decode(json.detect_encoding(data))  # `>` in PowerShell writes UTF-16
    except UnicodeDecodeError as fault:
        message = f"`{path}` is not UTF-8 text (byte {fault.start + 1})"
        raise ImportUnusable(message, "save it as UTF-8, without changing anything else") from None
    except OSError as fault:
        raise ImportUnusable(f"`{path}` cannot be opened: {(fault.strerror or 'no reason is given').lower()}") from None
    try:
        return json.loads(text, parse_int=_int)
    except json.JSONDecodeError as fault:
        message = f"`{path}` is not JSON: line {fault.lineno}, column {fault.colno} cannot be read"
        raise ImportUnusable(
            message, "fetch the file again, and check that it is complete and contains only JSON"
        ) from None
    except RecursionError:
        raise ImportUnusable(f"`{path}` is nested too deeply to be read", "name a file that describes fields") from None


def _int(digits: str) -> int | float:
    return int(digits) if len(digits) <= _LONGEST_INT else float(digits)
