"""What is said of a text file that is not UTF-8: which line, and how to save it."""

from pathlib import Path

from scoreline.runtime.table.files import TableUnusable

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_HELP = "save the file as UTF-8"


def not_text(path: Path) -> TableUnusable:
    """The fault of a file of which some byte is not UTF-8."""
    help_ = f"{_HELP} (Excel: Save as, “CSV UTF-8”)" if path.suffix.lower() == ".csv" else _HELP
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
