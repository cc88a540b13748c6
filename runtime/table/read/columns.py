"""Which columns of a file are wanted, and what is said when the file lacks some.

Columns that nobody requests are ignored, even when two bear one name. A required one that is lacking makes the
file unusable; any other is missing in every row, and that is reported once.
"""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scoreline.runtime.table.read.files import TableUnusable
from scoreline.runtime.table.rejects import Reason, Rejector


@dataclass(frozen=True, slots=True)
class RequestedColumns:
    """The columns to read.

    `required` must be there; of `either` at least one; `wanted` are reported when they lack; `optional` are not.
    """

    required: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Every column to read, each once."""
        return tuple(dict.fromkeys((*self.required, *self.either, *self.wanted, *self.optional)))


def present(path: Path, names: Sequence[str], columns: RequestedColumns) -> dict[str, int]:
    """Where the columns to read stand among the file's own `names`; TableUnusable if the file cannot do."""
    found: dict[str, int] = {}
    to_read = frozenset(columns.all)
    for index, name in enumerate(names):
        if name in found:
            raise TableUnusable(f"`{path}` has two columns named `{name}`", "rename or remove one of them")
        if name in to_read:
            found[name] = index
    for name in columns.required:
        if name not in found:
            raise _lacking(path, names, name)
    if columns.either and not any(name in found for name in columns.either):
        raise _lacking(path, names, *columns.either)
    return found


def report_lacking(columns: RequestedColumns, lacking: set[str], rejector: Rejector) -> None:
    """Tells of each wanted column that was not in the file."""
    for name in columns.wanted:
        if name in lacking:
            rejector.whole(Reason.NO_COLUMN, name)


def _lacking(path: Path, names: Sequence[str], *wanted: str) -> TableUnusable:
    sought = " and no ".join(f"column `{name}`" for name in wanted)
    near = difflib.get_close_matches(wanted[0], names, 1, 0.7)
    there = ", ".join(f"`{name}`" for name in names[:12]) + (", …" if len(names) > 12 else "")
    meant = f"did you mean `{near[0]}`? " if near else ""
    return TableUnusable(
        f"`{path}` has no {sought}",
        f"{meant}its columns are {there}; the schema says which column to use" if names else None,
    )
