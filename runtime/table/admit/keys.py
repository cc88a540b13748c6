"""Keys of leads and contacts: of the rows with one key the first counts; the others, and rows without a key, are
rejected.

The rule stands here twice: row by row, and as a query for engines (`rows_without_own_key`).
"""

from collections.abc import Iterable, Iterator

from scoreline.runtime.keys import read_key
from scoreline.runtime.table.read.rows import Row
from scoreline.runtime.table.rejects import Reason, Rejector


def each_once(rows: Iterable[Row], key_column: str, rejector: Rejector) -> Iterator[tuple[str, Row]]:
    """The rows that count, each with its key."""
    known: set[str] = set()
    for row in rows:
        number, values = row
        key = read_key(values.get(key_column))
        if key is None or key in known:
            reject_key(number, key, key_column, rejector)
        else:
            known.add(key)
            yield key, row


def reject_key(number: int, key: str | None, key_column: str | None, rejector: Rejector) -> None:
    """Rejects a row that has no key, or the key of an earlier row."""
    rejector.row(number, Reason.NO_KEY if key is None else Reason.SAME_KEY, key_column, key)
