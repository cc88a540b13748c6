"""Finds one lead in the tables, for an explanation: the same reading as for a whole run."""

from dataclasses import dataclass

from scoreline.runtime.explain import Explanation, explain
from scoreline.runtime.keys import read_key
from scoreline.runtime.rules import Rules
from scoreline.runtime.table.engines.python.loaded import Loaded
from scoreline.runtime.table.progress import Progress, silent
from scoreline.runtime.table.read.columns import RequestedColumns
from scoreline.runtime.table.read.files import TableUnusable
from scoreline.runtime.table.read.rows import Row, table_rows
from scoreline.runtime.table.read.sources import Tables, rejector_of
from scoreline.runtime.table.rejects import Reject


@dataclass(frozen=True, slots=True)
class Explained:
    """A lead's explanation as of an instant (microseconds since 1970 UTC), and what of its own row is not used."""

    key: str
    as_of: int
    explanation: Explanation
    rejects: tuple[Reject, ...]


def explain_lead(
    rules: Rules, tables: Tables, key: str, as_of: int | None = None, progress: Progress = silent
) -> Explained:
    """Explains the result of the lead with a key; TableUnusable if the leads have none, or a file cannot be read."""
    wanted = read_key(key)
    number, row = _row(rules, tables, wanted)
    loaded = Loaded(rules, tables, _ignored, progress)
    rejects: list[Reject] = []
    rejector = rejector_of("leads", tables.leads, rejects.append)
    read_lead = loaded.read_lead(wanted or "", number, row, rejector)
    session = rules.session(as_of)
    evaluated = session.evaluate(read_lead, loaded.stages(wanted or ""))
    return Explained(wanted or "", session.as_of, explain(rules.scorer, read_lead, evaluated), tuple(rejects))


def _row(rules: Rules, tables: Tables, wanted: str | None) -> Row:
    """The first row with a key."""
    lead = rules.plan.schema.lead
    relations = [relation.column for relation in lead.relations.values()]
    fields = [spec.column or name for name, spec in lead.fields.items()]
    columns = RequestedColumns(required=(lead.key,), optional=(*fields, *relations))
    folded: str | None = None
    for number, row in table_rows(tables.leads, columns, rejector_of("leads", tables.leads, _ignored)):
        key = read_key(row.get(lead.key))
        if key is not None and key == wanted:
            return number, row
        if key is not None and wanted is not None and key.casefold() == wanted.casefold():
            folded = key
    raise TableUnusable(
        f"there is no lead `{wanted or ''}` in `{tables.leads}`",
        f"did you mean `{folded}`? upper and lower case matter in keys"
        if folded
        else f"the key of a lead is `{lead.key}`",
    )


def _ignored(reject: Reject) -> None:
    """What other rows suffer from is no part of this lead's explanation."""
