"""Reports the interactions that cannot count: those without a type, a time, or anybody whose they are."""

from collections.abc import Sequence

import duckdb
from scoreline.runtime.table.admit.contract import InteractionColumns
from scoreline.runtime.table.admit.readings import Told
from scoreline.runtime.table.admit.words import listed
from scoreline.runtime.table.engines.duckdb.happened import Happened
from scoreline.runtime.table.rejects import Reason, Rejector


def report_unusable(
    base: duckdb.DuckDBPyConnection, happened: Happened, columns: InteractionColumns, rejector: Rejector
) -> None:
    """Reports the rows of a part that have no type or no time."""

    def rows(where: str) -> list[int]:
        return [int(row) for (row,) in base.execute(f'select "row" from {happened.source} where {where}').fetchall()]

    seen = happened.seen
    if seen.without_type:
        kind = happened.type.cells
        for row in rows(f"({kind.missing}) or cast({kind.key} as varchar) in ({listed(seen.nameless)})"):
            rejector.row(row, Reason.NO_TYPE, columns.type)
    if seen.untimed:
        _, missing = happened.at.reading.read(None)
        for row in rows(f"{happened.is_known} and {happened.at.cells.missing}"):
            _tell(rejector, row, columns.at, missing)
        _report_times(base, happened, columns, rejector)


def report_ownerless(
    base: duckdb.DuckDBPyConnection, happened: Happened, columns: InteractionColumns, rejector: Rejector
) -> None:
    """Reports the rows of a part whose keys were looked at that have neither a lead nor a contact."""
    if happened.may_be_ownerless:
        nobodys = f"({happened.key('lead')}) is null and ({happened.key('contact')}) is null"
        where = f"{happened.is_known} and ({happened.value('at')}) is not null and {nobodys}"
        for (row,) in base.execute(f'select "row" from {happened.source} where {where}').fetchall():
            rejector.row(int(row), Reason.NO_OWNER, columns.lead)


def _report_times(
    base: duckdb.DuckDBPyConnection, happened: Happened, columns: InteractionColumns, rejector: Rejector
) -> None:
    exact = happened.exact.get("at")
    if exact is not None and exact.told:
        bad = f"{happened.is_known} and at_exact.bad"
        for row, number in base.execute(f'select "row", at_exact.n from {happened.source} where {bad}').fetchall():
            _tell(rejector, row, columns.at, exact.told[number])


def _tell(rejector: Rejector, row: int, column: str, told: Sequence[Told]) -> None:
    for value, reason in told:
        rejector.row(row, reason, column, value)
