"""All contacts, by their key, each once: of rows with one key the first counts, the others are reported."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from scoreline.runtime.keys import read_key
from scoreline.runtime.table.read.rows import Row
from scoreline.runtime.table.rejects import Rejecting

T = TypeVar("T")


def by_key(
    rows: Iterable[Row], key_column: str, rejecting: Rejecting, read: Callable[[int, dict[str, object]], T]
) -> dict[str, T]:
    """What `read` makes of each row (its number and values), by the row's key; rows without one are reported."""
    found: dict[str, T] = {}
    for number, values in rows:
        key = read_key(values.get(key_column))
        if key is None:
            rejecting.row(number, "no key: the row is left out", key_column)
        elif key in found:
            rejecting.row(number, "a second row with this key: the first one counts", key_column, key)
        else:
            found[key] = read(number, values)
    return found
