"""A query as a file: a header that says where it comes from and what it reads, then the query; for dbt with
references."""

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from zoneinfo import ZoneInfo

from scoreline.compiler.backends.query import terms
from scoreline.compiler.backends.query.dialect import Dialect
from scoreline.compiler.backends.query.printing import printed
from scoreline.compiler.backends.warehouse.tables import ExpectedColumn
from scoreline.compiler.backends.warehouse.tidying import unreplaced
from scoreline.compiler.instants import as_datetime
from scoreline.compiler.nearest import listed
from scoreline.tools.render.terminal import one_line
from sqlglot import exp

_WIDTH = 110
_EXECUTED = re.compile(r"\{(?=[{%#])|\r")
_AS_TEXT = {"{": "{{ '{' }}", "\r": "{{ '\\r' }}"}


@dataclass(frozen=True)
class QueryHeader:
    """The facts for the comment above a query."""

    dialect: Dialect
    models: tuple[str, ...]
    files: tuple[str, ...]
    as_of: int
    zone: ZoneInfo
    expected: Sequence[ExpectedColumn]
    remarks: tuple[str, ...] = ()


def query_text(query: exp.Select, header: QueryHeader) -> str:
    """The text of a query, with its header."""
    return _header(query, header) + printed(query, header.dialect, pretty=True) + "\n"


def for_dbt(text: str, references: Mapping[str, str]) -> str:
    """The text as a dbt model: names of tables become references, and nothing else is Jinja's."""
    made = _EXECUTED.sub(lambda found: _AS_TEXT[found[0]], text)
    for name, reference in references.items():
        made = made.replace(name, reference)
    return made


def unused_marks(text: str, options: Sequence[str]) -> dict[str, str]:
    """For each option a name that occurs nowhere in a text."""
    sign = "scoreline_table"
    while sign in text:
        sign += "_"
    return {option: f"{sign}_of_{option}" for option in options}


def quoted(name: str, dialect: Dialect) -> str:
    """A name as it stands in a query."""
    return printed(terms.name(name), dialect)


def _header(query: exp.Select, header: QueryHeader) -> str:
    lines = [*_origin(header), "", *_tables(header), "", *_columns(query)]
    text = "".join(f"-- {line}".rstrip() + "\n" for line in lines)
    return unreplaced(text, header.dialect)


def _origin(header: QueryHeader) -> Iterator[str]:
    one = len(header.models) == 1
    models = f"The model {listed(header.models)}" if one else f"The models {listed(header.models)}"
    title = header.dialect.title
    yield from _wrapped(f"{models} of {listed(header.files)} as one query for {title}, written by `scoreline sql`.")
    at = as_datetime(header.as_of)
    local = at.astimezone(header.zone)
    moment = f"As of {local:%Y-%m-%d %H:%M:%S} in {header.zone.key}"
    moment += f", which is {at:%Y-%m-%d %H:%M:%S} in UTC" if local.utcoffset() else ""
    yield ""
    yield from _wrapped(
        f"{moment}. Every bound in time below was computed from that: for another day, print the query anew."
    )
    for remark in header.remarks:
        yield from _wrapped(remark)


def _tables(header: QueryHeader) -> Iterator[str]:
    yield "Reads, with types that these can be cast from:"
    widest = max((len(_column(each, header.dialect)) for each in header.expected), default=0)
    for parts, columns in groupby(header.expected, lambda each: each.table):
        yield f"  {one_line('.'.join(parts))}"
        for each in columns:
            remark = f", {each.remark}" if each.remark else ""
            yield f"    {_column(each, header.dialect):{min(widest, 40)}}  {printed(each.type, header.dialect)}{remark}"


def _column(column: ExpectedColumn, dialect: Dialect) -> str:
    return one_line(printed(exp.to_identifier(column.column, quoted=not column.column.isidentifier()), dialect))


def _columns(query: exp.Select) -> Iterator[str]:
    names = [one_line(each) for each in query.named_selects]
    yield from _wrapped(f"Gives a row for each lead: {', '.join(names)}")


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(one_line(text, 4_000), _WIDTH, break_long_words=False, break_on_hyphens=False)
