"""The work of `sql`: chooses the models, names the tables, and writes the query, or gives the reason why it cannot."""

import re
import time
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from scoreline.compiler.backends.query.build import Query
from scoreline.compiler.backends.query.context import Context
from scoreline.compiler.backends.query.dialect import Dialect
from scoreline.compiler.backends.warehouse.limits import too_long, why_not
from scoreline.compiler.backends.warehouse.table_names import table_name
from scoreline.compiler.backends.warehouse.tables import WarehouseRelations, WarehouseTables
from scoreline.compiler.backends.warehouse.tidying import tidied
from scoreline.compiler.calendar import moment_values
from scoreline.compiler.narrowing import with_models
from scoreline.compiler.nearest import listed, nearest
from scoreline.compiler.plan import Plan
from scoreline.tools.cli.failure import Unusable
from scoreline.tools.render.query_text import QueryHeader, for_dbt, query_text, quoted, unused_marks

_SECOND = 1_000_000
_OPTIONS = ("leads", "contacts", "interactions", "previous")
_DBT_NAME = re.compile("[A-Za-z0-9_]+(?:[.][A-Za-z0-9_]+)?")
_NO_STAGES = "Stages need all models, so this query has no stages, and only these models disqualify."


@dataclass(frozen=True)
class QueryRequest:
    """The request of a call of `sql`; tables by their names as they are written."""

    dialect: Dialect
    as_of: int
    models: tuple[str, ...] = ()
    leads: str = "leads"
    contacts: str = "contacts"
    interactions: str = "interactions"
    previous: str | None = None
    ids: bool = True
    dbt: bool = False


def now() -> int:
    """The present second (microseconds since 1970 UTC)."""
    return int(time.time()) * _SECOND


def written_query(whole: Plan, request: QueryRequest) -> str:
    """The query as a text."""
    chosen = with_models(whole, _chosen(whole, request.models))
    named = {option: name for option in _OPTIONS if (name := getattr(request, option)) is not None}
    read = _dbt_parts if request.dbt else _parts
    parts = {option: read(option, name, request.dialect) for option, name in named.items()}
    tables = replace(WarehouseTables(ids=request.ids, contact_ids=chosen.schema.contact is not None), **parts)
    text = _text(whole, chosen, request, tables, tables)
    if not request.dbt:
        return text
    marks = unused_marks(text, [*parts])
    marked = replace(tables, **{option: (mark,) for option, mark in marks.items()})
    references = {quoted(mark, request.dialect): _reference(parts[option]) for option, mark in marks.items()}
    return for_dbt(_text(whole, chosen, request, marked, tables), references)


def _text(whole: Plan, chosen: Plan, request: QueryRequest, tables: WarehouseTables, named: WarehouseTables) -> str:
    """The query over some tables; its header names others as those that it reads."""
    zone = ZoneInfo(chosen.timezone)
    moments = moment_values(chosen.moments, request.as_of, zone)
    context = Context(chosen, moments, request.dialect)
    query = tidied(Query(context, WarehouseRelations(context, tables)).result(), request.dialect)
    _refuse(why_not(query, request.dialect), whole)
    files = tuple(dict.fromkeys(each.place.file for each in chosen.models))
    expected = WarehouseRelations(context, named).expected()
    names = tuple(each.name for each in chosen.models)
    remarks = () if chosen is whole or not whole.qualifications else (_NO_STAGES,)
    text = query_text(query, QueryHeader(request.dialect, names, files, request.as_of, zone, expected, remarks))
    _refuse(too_long(text, request.dialect), whole)
    return text


def _refuse(reason: str | None, whole: Plan) -> None:
    if reason is not None:
        fewer = len(whole.models) > 1
        raise Unusable(reason, "fewer models make a smaller query: `--model NAME`" if fewer else None)


def _chosen(whole: Plan, wanted: tuple[str, ...]) -> tuple[str, ...]:
    names = tuple(each.name for each in whole.models)
    if not names:
        raise Unusable("the rules have no model", "write one, as in `model Fit for lead`")
    for name in wanted:
        if name not in names:
            close = nearest(name, names)
            help_ = f"the models are {listed(names)}" if close is None else f"did you mean `{close}`?"
            raise Unusable(f"there is no model `{name}`", help_)
    return wanted or names


def _parts(option: str, name: str, dialect: Dialect) -> tuple[str, ...]:
    found = table_name(name, dialect)
    if found is None:
        help_ = 'write it as `leads`, `crm.leads` or, with any other characters, `crm."our leads"`'
        raise Unusable(f"--{option}: `{name}` is not the name of a table", help_)
    return found


def _dbt_parts(option: str, name: str, dialect: Dialect) -> tuple[str, ...]:
    if not _DBT_NAME.fullmatch(name):
        help_ = "write the name of a model, `leads`, or of a source and its table, `crm.leads`"
        raise Unusable(f"--{option}: `{name}` is not the name of a dbt model or source", help_)
    return tuple(name.split("."))


def _reference(parts: tuple[str, ...]) -> str:
    """How a dbt model names a table: another model, or a source's table."""
    names = ", ".join(f"'{each}'" for each in parts)
    return f"{{{{ {'ref' if len(parts) == 1 else 'source'}({names}) }}}}"
