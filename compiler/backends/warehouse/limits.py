"""What a database refuses in a query, told before it does."""

from collections.abc import Mapping

from scoreline.compiler.backends.query.terms import Expr
from scoreline.compiler.backends.warehouse.tidying import NOT_IN_BIGQUERY
from sqlglot import exp

_COLUMNS = {"postgres": 1_664, "bigquery": 10_000}
_NAME_BYTES = 63
_TEXT_BYTES = {"snowflake": 1_000_000, "bigquery": 1_000_000}
_TITLES = {"postgres": "PostgreSQL", "bigquery": "BigQuery", "snowflake": "Snowflake"}
_FORBIDDEN = frozenset('!"$()*,./;?@[\\]^`{}~')


def why_not(query: exp.Select, dialect: str) -> str | None:
    """Why a query, made ready to be read, cannot be one of the dialect; None if it can."""
    for node in query.find_all(exp.Literal, exp.Identifier):
        if "\0" in node.name:
            return f"`{node.name}` holds the character U+0000, which no SQL text can"
        if dialect == "spark" and "${" in node.name:
            return f"Spark puts settings in the place of `${{…}}`, so it finds no name `{node.name}`"
    if (most := _COLUMNS.get(dialect)) is not None:
        for name, columns in widths(query).items():
            if columns > most:
                step = f"the step `{name}`" if name else "the result"
                return f"{_TITLES[dialect]} takes {most:,} columns at most, and {step} would have {columns:,}"
    if dialect == "postgres":
        return _cut_names(query)
    if dialect == "bigquery":
        told = [each.name for each in query.find_all(exp.Column) if isinstance(each.this, exp.Identifier)]
        for name in [*query.named_selects, *told]:
            if wrong := sorted(NOT_IN_BIGQUERY.intersection(name)):
                return f"BigQuery takes no column named `{name}`, for the `{wrong[0]}` in it"
    return None


def too_long(text: str, dialect: str) -> str | None:
    """Why a text is too long for the dialect; None if it is not."""
    most = _TEXT_BYTES.get(dialect)
    size = len(text.encode(errors="replace"))
    if most is None or size <= most:
        return None
    return f"{_TITLES[dialect]} takes queries of {most:,} bytes at most, and this one has {size:,}"


def widths(query: exp.Select) -> dict[str, int]:
    """How many columns each step has, and the result (``)."""
    found: dict[str, int] = {}
    for each in query.ctes:
        found[each.alias] = _width(each.this, found)
    return found | {"": _width(query, found)}


def _width(query: Expr, steps: Mapping[str, int]) -> int:
    if isinstance(query, exp.SetOperation):
        return _width(query.left, steps)
    assert isinstance(query, exp.Select)
    source = query.args["from_"].name if query.args.get("from_") else ""
    width = 0
    for column in query.expressions:
        if isinstance(column, exp.Star):
            width += steps[source]
        elif isinstance(column, exp.Column) and isinstance(column.this, exp.Star):
            width += steps[column.table]
        else:
            width += 1
    return width


def _cut_names(query: exp.Select) -> str | None:
    """PostgreSQL cuts names, which does no harm unless two become one, or one of the result's is another then."""
    for name in query.named_selects:
        if name != _cut(name):
            return f"PostgreSQL cuts names behind {_NAME_BYTES} bytes, and the column `{name}` is longer"
    seen: dict[str, str] = {}
    for node in query.find_all(exp.Identifier):
        if seen.setdefault(_cut(node.name), node.name) != node.name:
            both = f"`{seen[_cut(node.name)]}` and `{node.name}`"
            return f"PostgreSQL cuts names behind {_NAME_BYTES} bytes, which makes one of {both}"
    return None


def _cut(name: str) -> str:
    return name.encode(errors="replace")[:_NAME_BYTES].decode(errors="ignore")
