"""The few terms that DuckDB and Spark write differently, one record an engine; sqlglot prints all others for both.

A text, a name or a number is always a node of an expression, so that none is ever taken for SQL.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from scoreline.compiler.backends.query import terms
from scoreline.compiler.backends.query.terms import Expr
from scoreline.compiler.folding import WHITE_SPACE
from scoreline.runtime.table.read.queries import function as function
from sqlglot import exp

Function = Callable[[Expr], Expr]


@dataclass(frozen=True)
class EngineTerms:
    """How an engine writes a day of its number (`datetime.date.toordinal`), an instant (a zone-less time in UTC) of its
    microseconds since 1970 and these of an instant, a text's last character, one of many numbers by its place from 0.

    `set_of_list` makes the text of a set (`choices.py`) of a list whose members are all among some values, with the
    condition that they are; None where that is left to the exact reader.
    """

    name: str
    day: Function
    instant: Function
    micros: Function
    last_character: Function
    number_at: Callable[[Sequence[int], Expr], Expr]
    set_of_list: Callable[[Expr, Sequence[str], str], tuple[Expr, Expr]] | None = None


def constant(value: str | float | bool) -> Expr:
    """A constant; engines read no query beyond a NUL, which therefore is a function's result."""
    match value:
        case str() if "\0" in value:
            parts = [terms.text(part) for part in value.split("\0")]
            made = parts[0]
            for part in parts[1:]:
                made = exp.DPipe(this=exp.DPipe(this=made, expression=function("chr", terms.whole(0))), expression=part)
            return exp.Paren(this=made)
        case str():
            return terms.text(value)
        case bool():
            return terms.yes_no(value)
        case int():
            return terms.whole(value)
        case float():
            return terms.number(value)


def is_one_of(value: Expr, values: Iterable[str | float]) -> Expr:
    """Whether a value is one of some constants; never of none."""
    listed = [constant(each) for each in values]
    return exp.In(this=value, expressions=listed) if listed else terms.yes_no(False)


def is_none_of(value: Expr, values: Iterable[str | float]) -> Expr:
    """Whether a value is none of some constants."""
    return exp.Not(this=exp.Paren(this=is_one_of(value, values)))


def between(value: Expr, low: Expr, high: Expr) -> Expr:
    """Whether a value lies between two others, or is one of them."""
    return exp.Between(this=value, low=low, high=high)


def fits(text: Expr, pattern: str) -> Expr:
    """Whether a whole text fits a pattern that all engines read alike."""
    return exp.RegexpLike(this=text, expression=terms.text(rf"\A(?:{pattern})\z"))


def try_cast(value: Expr, type_: str) -> Expr:
    """A value as one of a type, missing where it is none."""
    return exp.TryCast(this=value, to=exp.DataType(this=exp.DataType.Type[type_]), safe=True)


def cast(value: Expr, type_: str) -> Expr:
    """A value as one of a type."""
    return terms.cast(value, type_)


def has_clean_ends(text: Expr, engine: EngineTerms) -> Expr:
    """Whether a text begins and ends with a visible ASCII sign, so that there is nothing to trim."""
    first, delete = terms.text("!"), terms.text("\x7f")
    last = engine.last_character(text)
    return exp.Paren(
        this=terms.all_of(
            [
                exp.GTE(this=text, expression=first), exp.LT(this=text, expression=delete),
                exp.GTE(this=last, expression=first), exp.LT(this=last, expression=delete),
            ]
        )
    )  # fmt: skip


def trimmed(text: Expr, engine: EngineTerms) -> Expr:
    """A text without White_Space at its ends, missing if nothing is left. Few texts take more than a look at two
    signs."""
    rest = exp.Nullif(this=exp.Trim(this=text, expression=terms.text(WHITE_SPACE)), expression=terms.text(""))
    return terms.case([(has_clean_ends(text, engine), text)], rest)


def printed(made: Expr, engine: EngineTerms) -> str:
    """An expression as the engine reads it."""
    return made.sql(dialect=engine.name, copy=False)


def _numbers(numbers: Sequence[int]) -> Expr:
    return terms.text(",".join(map(str, numbers)))


def _of_duckdb(numbers: Sequence[int], place: Expr) -> Expr:
    several = exp.Cast(
        this=function("string_split", _numbers(numbers), terms.text(",")), to=exp.DataType.build("BIGINT[]")
    )
    return function("list_extract", several, exp.Add(this=place, expression=terms.whole(1)))


def _of_spark(numbers: Sequence[int], place: Expr) -> Expr:
    return cast(function("get", function("split", _numbers(numbers), terms.text(",")), place), "BIGINT")


def _set_of_spark(values: Expr, allowed: Sequence[str], sign: str) -> tuple[Expr, Expr]:
    each, all_values = exp.to_identifier("each"), function("array", *map(constant, allowed))
    known = terms.or_else(is_one_of(exp.Column(this=each), allowed), terms.yes_no(False))
    there = exp.Lambda(this=function("array_contains", values, exp.Column(this=each)), expressions=[each])
    found = function("filter", all_values, there)
    text = function("concat", terms.text(sign), function("array_join", found, terms.text(sign)), terms.text(sign))
    some = exp.GT(this=function("size", values), expression=terms.whole(0))
    return function("forall", values, exp.Lambda(this=known, expressions=[each])), terms.case([(some, text)])


_FIRST_DAY = terms.day(1)


def _whole_days(ordinal: Expr) -> Expr:
    return cast(exp.Paren(this=exp.Sub(this=ordinal, expression=terms.whole(1))), "INT")


DUCKDB = EngineTerms(
    "duckdb",
    day=lambda ordinal: exp.Paren(this=exp.Add(this=_FIRST_DAY.copy(), expression=_whole_days(ordinal))),
    instant=partial(function, "make_timestamp"),
    micros=partial(function, "epoch_us"),
    last_character=lambda text: function("array_extract", text, terms.whole(-1)),
    number_at=_of_duckdb,
)

SPARK = EngineTerms(
    "spark",
    day=lambda ordinal: function("date_add", _FIRST_DAY.copy(), _whole_days(ordinal)),
    instant=lambda micros: cast(function("timestamp_micros", micros), "TIMESTAMPNTZ"),
    micros=lambda wall: function("unix_micros", cast(wall, "TIMESTAMPLTZ")),
    last_character=lambda text: function("right", text, terms.whole(1)),
    number_at=_of_spark,
    set_of_list=_set_of_spark,
)
