"""The stages of last time as a view."""

from pathlib import Path

from scoreline.compiler.backends.query import names
from scoreline.runtime.rules import Rules
from scoreline.runtime.table.admit.previous import read_previous
from scoreline.runtime.table.engines.spark.session import Spark
from scoreline.runtime.table.rejects import Report
from scoreline.runtime.table.write.tables import entered_column, stage_column

PREVIOUS = "scoreline previous"


def load_previous(spark: Spark, rules: Rules, path: Path | None, report: Report) -> str | None:
    """The name of a view with each lead's stages, None if there are none. The file is read here, not by workers."""
    if path is None:
        return None
    qualifications = rules.qualification_names
    found = read_previous(path, rules.plan.schema.lead.key, qualifications, report)
    columns = [(names.LEAD, "string")]
    for name in qualifications:
        columns += [(stage_column(name), "string"), (entered_column(name), "bigint")]
    rows = [
        [key, *(cell for name in qualifications for cell in (states[name].stage, states[name].entered))]
        for key, states in found.items()
    ]
    spark.made(PREVIOUS, columns, rows)
    return PREVIOUS
