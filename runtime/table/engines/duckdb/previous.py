"""The stages of last time as a table."""

from pathlib import Path

import duckdb
from scoreline.compiler.backends.query import names
from scoreline.runtime.rules import Rules
from scoreline.runtime.table.admit.previous import read_previous
from scoreline.runtime.table.read.queries import identifier
from scoreline.runtime.table.rejects import Report
from scoreline.runtime.table.write.tables import entered_column, stage_column

_TABLE = "previous"


def load_previous(base: duckdb.DuckDBPyConnection, rules: Rules, path: Path | None, report: Report) -> str | None:
    """The name of a table with each lead's stages, None if there are none."""
    if path is None:
        return None
    qualifications = rules.qualification_names
    columns = [f"{identifier(names.LEAD)} varchar"]
    for name in qualifications:
        columns += [f"{identifier(stage_column(name))} varchar", f"{identifier(entered_column(name))} bigint"]
    base.execute(f"create table {_TABLE} ({', '.join(columns)})")
    found = read_previous(path, rules.plan.schema.lead.key, qualifications, report)
    with base.appender(_TABLE) as appender:
        for key, states in found.items():
            cells = [cell for name in qualifications for cell in (states[name].stage, states[name].entered)]
            appender.append_row(key, *cells)
    return _TABLE
