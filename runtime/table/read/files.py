"""Which files are tables, and what is said of one that cannot be used.

A table is CSV, JSONL or Parquet, told by the ending of its name. A file that cannot be read or written at all
raises `TableUnusable`, whose text is meant for the person who named the file; a single bad row or value never
does (see `rejects.py`).
"""

import re
from pathlib import Path
from typing import Literal

Format = Literal["csv", "jsonl", "parquet"]

ENDINGS: dict[str, Format] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
}
"""The known endings, in lower case; a file's own may be in any case."""


class TableUnusable(Exception):  # noqa: N818 (it reads as what it says: the table is unusable)
    """A table that cannot be read or written: what is wrong, and what to do about it."""

    def __init__(self, message: str, help: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


def format_of(path: Path) -> Format:
    """The format that the ending tells; TableUnusable for any other ending."""
    known = ENDINGS.get(path.suffix.lower())
    if known is None:
        raise TableUnusable(
            f"`{path}`: a table's name ends in .csv, .parquet or .jsonl",
            _compressed_help(path) or "rename the file, or export it in one of these formats",
        )
    return known


def readable(path: Path) -> Format:
    """The format of a file that is there and can be opened; TableUnusable says why it is not."""
    if not path.exists():
        raise TableUnusable(f"there is no file `{path}`", "check the name, and the folder that it is relative to")
    if path.is_dir():
        raise TableUnusable(f"`{path}` is a folder, not a table", "name the file in it")
    known = format_of(path)
    try:
        with path.open("rb"):
            return known
    except OSError as fault:
        raise TableUnusable(f"`{path}` cannot be opened: {reason(fault)}") from fault


def told_as(path: Path) -> str:
    """The path as messages and reports show it; bytes that are no text become `?`, and no password is shown."""
    told = str(path).encode("utf-8", "replace").decode("utf-8")
    return _FOLDED.sub(r"\1://", _PASSWORD.sub("***", told)) if told.startswith("postgres") else told


_FOLDED = re.compile(r"\A(postgres(?:ql)?):/(?!/)")
"""A path has one `/` where an address has two."""

_PASSWORD = re.compile(r"(?<=[^/]:)[^/@]*(?=@)|(?<=password=)[^&#]*")


def reason(fault: OSError) -> str:
    """What the system says, in lower case and without numbers: `permission denied`."""
    return (fault.strerror or "the system refuses it").lower()


def _compressed_help(path: Path) -> str | None:
    if path.suffix.lower() in {".xlsx", ".xls", ".xlsm", ".ods"}:
        return "this is a workbook: save the sheet as “CSV UTF-8” and name that file"
    return "unpack it first" if path.suffix.lower() in {".gz", ".zip", ".zst", ".bz2", ".xz"} else None


_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_UTF_8_HELP = "save the file as UTF-8"


def not_text(path: Path) -> TableUnusable:
    """The fault of a file of which some byte is not UTF-8."""
    help_ = f"{_UTF_8_HELP} (Excel: Save as, “CSV UTF-8”)" if path.suffix.lower() == ".csv" else _UTF_8_HELP
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if number == 1 and line.startswith(_UTF_16):
                return TableUnusable(f"`{path}` is written in UTF-16", help_)
            try:
                line.decode()
            except UnicodeDecodeError as fault:
                byte = line[fault.start]
                return TableUnusable(f"`{path}`: line {number} is not UTF-8 text (byte {byte:#04x})", help_)
    return TableUnusable(f"`{path}` is not UTF-8 text", help_)
