"""What a database refuses in a query, so that it can be said before the query is run."""

from collections.abc import Mapping

from scoreline.compiler.backends.query.dialect import Dialect
from scoreline.compiler.backends.query.terms import Expr
from sqlglot import exp


def why_not(query: exp.Select, dialect: Dialect) -> str | None:
    """Why a query, made ready to be read, cannot be one of the dialect; None if it can."""
    for node in query.find_all(exp.Literal, exp.Identifier):
        if "\0" in node.name:
            return f"`{node.name}` holds the character U+0000, which no SQL text can"
        if dialect.replaces_settings and "${" in node.name:
            return f"{dialect.title} puts settings in the place of `${{…}}`, so it finds no name `{node.name}`"
    return _too_wide(query, dialect) or _cut_names(query, dialect) or _forbidden_names(query, dialect)


def too_long(text: str, dialect: Dialect) -> str | None:
    """Why a text is too long for the dialect; None if it is not."""
    size = len(text.encode(errors="replace"))
    if dialect.most_bytes is None or size <= dialect.most_bytes:
        return None
    return f"{dialect.title} takes queries of {dialect.most_bytes:,} bytes at most, and this one has {size:,}"


def _too_wide(query: exp.Select, dialect: Dialect) -> str | None:
    if dialect.most_columns is None:
        return None
    for name, columns in widths(query).items():
        if columns > dialect.most_columns:
            step = f"the step `{name}`" if name else "the result"
            return f"{dialect.title} takes {dialect.most_columns:,} columns at most, and {step} would have {columns:,}"
    return None


def _forbidden_names(query: exp.Select, dialect: Dialect) -> str | None:
    columns = [each.name for each in query.find_all(exp.Column) if isinstance(each.this, exp.Identifier)]
    for name in [*query.named_selects, *columns] if dialect.not_in_names else ():
        if wrong := sorted(dialect.not_in_names.intersection(name)):
            return f"{dialect.title} takes no column named `{name}`, for the `{wrong[0]}` in it"
    return None


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


def _cut_names(query: exp.Select, dialect: Dialect) -> str | None:
    """A cut name does no harm, unless two names become one or a column of the result gets another name."""
    if (most := dialect.name_bytes) is None:
        return None
    for name in query.named_selects:
        if name != _cut(name, most):
            return f"{dialect.title} cuts names behind {most} bytes, and the column `{name}` is longer"
    seen: dict[str, str] = {}
    for node in query.find_all(exp.Identifier):
        if seen.setdefault(_cut(node.name, most), node.name) != node.name:
            both = f"`{seen[_cut(node.name, most)]}` and `{node.name}`"
            return f"{dialect.title} cuts names behind {most} bytes, which makes one of {both}"
    return None


def _cut(name: str, most: int) -> str:
    return name.encode(errors="replace")[:most].decode(errors="ignore")
