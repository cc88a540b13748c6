"""The dialects in which a query can be printed: a record each, with all in which it differs from the others.

Nothing else asks for a dialect by its name, so a new dialect is one record here. What a record leaves out is as in most
databases, and sqlglot prints it as the dialect has it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from scoreline.compiler.backends.query import terms
from scoreline.compiler.backends.query.terms import Expr
from sqlglot import exp

TextSql = Callable[[Expr, Expr], Expr]
"""A condition on a text and a needle, unknown if either is missing."""


def _octets(value: Expr) -> Expr:
    return exp.Anonymous(this="OCTET_LENGTH", expressions=[value])


def _compact(texts: Expr) -> Expr:
    return exp.ArrayCompact(this=texts)


@dataclass(frozen=True, kw_only=True, eq=False)
class Dialect:
    """The SQL of one kind of database."""

    name: str
    """The name on the command line; sqlglot has the same."""

    title: str
    """The name of the database as people write it."""

    lowered: Callable[[Expr], Expr] | None = None
    """Its own lower-casing, where that is the language's. Elsewhere letters are looked up in a table."""

    byte_length: Callable[[Expr], Expr] = _octets
    """The length of a text in bytes of UTF-8."""

    text_operators: Mapping[str, TextSql] = field(default_factory=dict[str, TextSql])
    """Operators on texts that it has another SQL for than the others (`text_operators.py`)."""

    without_missing: Callable[[Expr], Expr] = _compact
    """A list of texts without the missing ones, in the same order."""

    collation: str | None = None
    """The collation that orders texts by code points, where that is not the usual one."""

    keeps_steps: bool = True
    """Whether a step is computed once. If not, its planner puts steps into each other unless it is told not to."""

    unquoted_names: Literal["kept", "lower", "upper"] = "kept"
    """What it makes of a name of plain letters that stands without quotes."""

    replaces_settings: bool = False
    """Whether it puts a setting of the session in the place of `${name}`, wherever that stands."""

    not_in_names: frozenset[str] = frozenset()
    """The characters that no name of a column can have."""

    most_columns: int | None = None
    most_bytes: int | None = None
    """The most columns of a step, and the most bytes of a query."""

    name_bytes: int | None = None
    """It cuts names behind so many bytes."""


def _lowered_by_duckdb(value: Expr) -> Expr:
    """Unicode's lower-casing, but for the final sigma."""
    return exp.Replace(this=exp.Lower(this=value), expression=terms.text("ς"), replacement=terms.text("σ"))


def _contains_in_duckdb(text: Expr, needle: Expr) -> Expr:
    return exp.Contains(this=text, expression=needle)


def _ends_with_in_postgres(text: Expr, needle: Expr) -> Expr:
    end = exp.Right(this=text, expression=exp.Length(this=needle))
    return terms.equal(end, needle.copy())


def _without_missing_in_postgres(texts: Expr) -> Expr:
    return exp.Anonymous(this="ARRAY_REMOVE", expressions=[texts, terms.null()])


def _without_missing_in_bigquery(texts: Expr) -> Expr:
    """BigQuery has no function for it, and a list from a query has no order unless it is asked for."""
    alias = exp.TableAlias(columns=[terms.name("rule")])
    source = exp.Unnest(expressions=[texts], alias=alias, offset=terms.name("place"))
    query = exp.select(terms.column("rule")).from_(source).where(terms.known(terms.column("rule")))
    return exp.Array(expressions=[query.order_by(terms.column("place"))])


def _byte_length_in_bigquery(value: Expr) -> Expr:
    return exp.ByteLength(this=value)


DUCKDB = Dialect(
    name="duckdb", title="DuckDB", lowered=_lowered_by_duckdb, text_operators={"contains": _contains_in_duckdb}
)
SPARK = Dialect(name="spark", title="Spark", replaces_settings=True)
POSTGRES = Dialect(
    name="postgres",
    title="PostgreSQL",
    text_operators={"ends with": _ends_with_in_postgres},
    without_missing=_without_missing_in_postgres,
    collation="C",
    keeps_steps=False,
    unquoted_names="lower",
    most_columns=1_664,
    name_bytes=63,
)
SNOWFLAKE = Dialect(name="snowflake", title="Snowflake", unquoted_names="upper", most_bytes=1_000_000)
BIGQUERY = Dialect(
    name="bigquery",
    title="BigQuery",
    byte_length=_byte_length_in_bigquery,
    without_missing=_without_missing_in_bigquery,
    not_in_names=frozenset('!"$()*,./;?@[\\]^`{}~'),
    most_columns=10_000,
    most_bytes=1_000_000,
)

DIALECTS: dict[str, Dialect] = {each.name: each for each in (DUCKDB, SPARK, POSTGRES, SNOWFLAKE, BIGQUERY)}
