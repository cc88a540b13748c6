"""How values are written, a notation an entry: which fields and cells have it, and how an engine reads it.

Every value has an exact reader, in Python (`compiler/values/`, `runtime/keys.py`). A notation is for what an engine
surely reads alike: what fits none is left to the exact reader, so that a notation may be narrow and must not be wrong.
Where a field has words for a missing value, what may be one of them fits none. A notation stands here once, for all
engines; the tests hold each against the exact reader, in each engine.
"""

import datetime
import math
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

from scoreline.compiler.backends.query import terms
from scoreline.compiler.backends.query.terms import Expr
from scoreline.compiler.folding import fold, trim
from scoreline.compiler.schema import FieldSpec
from scoreline.compiler.schema.fields import FieldType
from scoreline.runtime.table.admit.cells import CellForm, Cells, Kind
from scoreline.runtime.table.admit.engine_terms import (
    EngineTerms,
    between,
    cast,
    constant,
    fits,
    function,
    is_none_of,
    is_one_of,
    trimmed,
    try_cast,
)
from scoreline.runtime.table.admit.wall_clock import FIRST, LAST, instant_of, is_utc
from sqlglot import exp

Written = FieldType | Literal["key"]
"""What a column is read as: a field of a type, or a key."""

_EXACT = 2**53
_NUMBER = r"-?[0-9]{1,15}([.][0-9]{1,6})?"
_WHOLE = "-?[1-9][0-9]{0,17}|0"
_DAY = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_WALL = rf"{_DAY}[T ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{{1,6}})?"
_UTC = "(Z|[+]00:00)"
_OFFSET = "[+-]([01][0-9]|2[0-3]):[0-5][0-9]"
_MINUTE = 60_000_000
_YES_NO = {True: ("yes", "true", "y", "t", "1"), False: ("no", "false", "n", "f", "0")}
_DAYS = (1, datetime.date.max.toordinal())
_TIMES = (datetime.datetime(1, 1, 3), datetime.datetime(9999, 12, 29))
"""Times at the ends of the calendar are left to the exact reader."""


@dataclass(frozen=True)
class Asked:
    """What is to be read: cells of a field, or of a key (which has no rules of its own), by an engine."""

    spec: FieldSpec
    cells: Cells
    engine: EngineTerms
    zone: ZoneInfo
    sign: str

    @cached_property
    def placeholders(self) -> tuple[str, ...]:
        """The field's words for a missing value, folded."""
        return tuple(fold(trim(word)) for word in self.spec.missing)

    @property
    def values(self) -> list[str]:
        """The values of a choice that mean themselves."""
        return [value for value in map(trim, self.spec.values) if fold(value) not in self.placeholders]

    def but_placeholders(self, holds: Expr, moment: Expr | None = None) -> Expr:
        """A condition on texts without letters but `T` and `Z`, or on moments, that leaves out placeholders."""
        if not self.placeholders:
            return holds
        if moment is None:
            return terms.all_of([holds, is_none_of(exp.Lower(this=self.cells.raw), self.placeholders)])
        day = cast(cast(moment, "DATE"), "TEXT")
        return terms.all_of([holds, is_none_of(day, [word[:10] for word in self.placeholders])])


@dataclass(frozen=True)
class Notation:
    """A way in which values are written: of what, in which kinds of cells; `form` may decline."""

    name: str
    of: tuple[Written, ...]
    kinds: tuple[Kind, ...]
    form: Callable[[Asked], CellForm | None]


def forms(written: Written, asked: Asked) -> list[CellForm]:
    """The forms in which an engine reads cells."""
    fitting = (each for each in NOTATIONS if written in each.of and asked.cells.kind in each.kinds)
    return [form for each in fitting if (form := each.form(asked)) is not None]


def _text(asked: Asked) -> CellForm:
    value, holds = trimmed(asked.cells.raw, asked.engine), list[Expr]()
    if words := asked.placeholders:
        lengths = is_none_of(exp.Length(this=value), sorted({len(word) for word in words}))
        other = terms.all_of([fits(value, "[ -~]*"), is_none_of(exp.Lower(this=value), words)])
        holds.append(exp.Paren(this=terms.any_of([terms.unknown(value), lengths, other])))
    if asked.spec.required and asked.spec.default is None:
        holds.append(terms.known(value))
    if not holds and asked.cells.beside is None:
        return CellForm(None, value)
    return CellForm(terms.all_of([terms.known(asked.cells.raw), *holds]), value)


def _whole_as_text(asked: Asked) -> CellForm | None:
    return None if asked.placeholders else CellForm(None, cast(asked.cells.raw, "TEXT"))


def _key(asked: Asked) -> CellForm:
    raw = asked.cells.raw
    return CellForm(None if asked.cells.beside is None else terms.known(raw), trimmed(raw, asked.engine))


def _key_of_json(asked: Asked) -> CellForm | None:
    beside = asked.cells.beside
    return None if beside is None else CellForm(fits(beside, _WHOLE), beside)


def _key_of_float(asked: Asked) -> CellForm:
    raw = asked.cells.raw
    is_small = exp.LT(this=exp.Abs(this=raw), expression=terms.whole(_EXACT))
    is_whole = exp.EQ(this=raw, expression=function("floor", raw))
    return CellForm(terms.all_of([is_small, is_whole]), cast(cast(raw, "BIGINT"), "TEXT"))


def _number(asked: Asked) -> CellForm:
    raw, kind = asked.cells.raw, asked.cells.kind
    value = cast(cast(raw, "TEXT") if kind == "decimal" else raw, "DOUBLE")
    return CellForm(_in_bounds(asked, value), value)


def _number_of_text(asked: Asked) -> CellForm:
    return _digits(asked, asked.cells.raw)


def _number_of_json(asked: Asked) -> CellForm | None:
    return None if asked.cells.beside is None else _digits(asked, asked.cells.beside)


def _digits(asked: Asked, text: Expr) -> CellForm:
    value = try_cast(text, "DOUBLE")
    return CellForm(terms.all_of([fits(text, _NUMBER), _in_bounds(asked, value)]), value)


def _in_bounds(asked: Asked, value: Expr) -> Expr:
    """Whether a field takes a number; infinities and NaN are outside of all bounds."""
    spec = asked.spec
    low = terms.number(-sys.float_info.max if spec.min is None else float(spec.min))
    high = terms.number(sys.float_info.max if spec.max is None else float(spec.max))
    inside = between(value, low, high)
    others = [number for number in map(_finite, asked.placeholders) if number is not None]
    return terms.all_of([inside, is_none_of(value, others)]) if others else inside


def _finite(word: str) -> float | None:
    try:
        number = float(word)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _typed_yes_no(asked: Asked) -> CellForm | None:
    return None if asked.placeholders else CellForm(None, asked.cells.raw)


def _word(known: bool) -> Callable[[Asked], CellForm | None]:
    def form(asked: Asked) -> CellForm | None:
        return None if asked.placeholders else CellForm(is_one_of(asked.cells.raw, _YES_NO[known]), constant(known))

    return form


def _choice(asked: Asked) -> CellForm | None:
    values = asked.values
    return CellForm(is_one_of(asked.cells.raw, values), asked.cells.raw) if values else None


def _set(asked: Asked) -> CellForm | None:
    if asked.engine.set_of_list is None or not asked.values:
        return None
    return CellForm(*asked.engine.set_of_list(asked.cells.raw, asked.values, asked.sign))


def _day(asked: Asked) -> CellForm:
    raw = asked.cells.raw
    return CellForm(asked.but_placeholders(between(raw, *map(terms.day, _DAYS)), raw), raw)


def _day_of_text(asked: Asked) -> CellForm:
    value = try_cast(asked.cells.raw, "DATE")
    return CellForm(
        asked.but_placeholders(terms.all_of([fits(asked.cells.raw, _DAY), between(value, *map(terms.day, _DAYS))])),
        value,
    )


def _instant(asked: Asked) -> CellForm:
    moment = asked.cells.moment or terms.null()
    return CellForm(_surely(asked, between(moment, *map(_time, _TIMES))), moment)


def _wall(asked: Asked) -> CellForm:
    moment = asked.cells.moment or terms.null()
    return CellForm(_surely(asked, _inside(moment, asked.zone)), instant_of(moment, asked.zone, asked.engine))


def _surely(asked: Asked, holds: Expr) -> Expr:
    sure = asked.cells.is_sure
    return asked.but_placeholders(holds if sure is None else terms.all_of([sure, holds]), asked.cells.moment)


def _midnight(asked: Asked) -> CellForm | None:
    """In other zones, clocks may jump over midnight."""
    if not is_utc(asked.zone):
        return None
    wall = cast(asked.cells.raw, "TIMESTAMPNTZ")
    holds = asked.but_placeholders(_inside(wall, asked.zone), asked.cells.raw)
    return CellForm(holds, wall)


def _utc_of_text(asked: Asked) -> CellForm:
    text = asked.cells.raw
    wall = function("replace", text, terms.text("Z"), terms.text(""))
    wall = function("replace", wall, terms.text("+00:00"), terms.text(""))
    value = try_cast(wall, "TIMESTAMPNTZ")
    return CellForm(
        asked.but_placeholders(terms.all_of([fits(text, _WALL + _UTC), between(value, *map(_time, _TIMES))])), value
    )


def _wall_of_text(asked: Asked) -> CellForm:
    wall = try_cast(asked.cells.raw, "TIMESTAMPNTZ")
    holds = terms.all_of([fits(asked.cells.raw, _WALL), _inside(wall, asked.zone)])
    return CellForm(asked.but_placeholders(holds), instant_of(wall, asked.zone, asked.engine))


def _offset_of_text(asked: Asked) -> CellForm:
    text, engine = asked.cells.raw, asked.engine

    def part(last: int, length: int) -> Expr:
        return try_cast(function("left", function("right", text, terms.whole(last)), terms.whole(length)), "BIGINT")

    before_offset = exp.Sub(this=exp.Length(this=text), expression=terms.whole(6))
    local = try_cast(function("left", text, before_offset), "TIMESTAMPNTZ")
    minutes = exp.Add(this=exp.Mul(this=part(5, 2), expression=terms.whole(60)), expression=part(2, 2))
    micros = exp.Mul(this=exp.Paren(this=minutes), expression=terms.whole(_MINUTE))
    is_behind = exp.EQ(
        this=function("left", function("right", text, terms.whole(6)), terms.whole(1)), expression=terms.text("-")
    )
    away = terms.case([(is_behind, exp.Neg(this=exp.Paren(this=micros)))], micros)
    holds = terms.all_of([fits(text, _WALL + _OFFSET), between(local, *map(_time, _TIMES))])
    value = engine.instant(exp.Sub(this=engine.micros(local), expression=away))
    return CellForm(asked.but_placeholders(holds), value)


def _inside(wall: Expr, zone: ZoneInfo) -> Expr:
    if is_utc(zone):
        return between(wall, *map(_time, _TIMES))
    after = exp.GTE(this=wall, expression=_time(FIRST))
    return terms.all_of([after, exp.LT(this=wall, expression=_time(LAST))])


def _time(wall: datetime.datetime) -> Expr:
    return cast(terms.text(wall.isoformat(sep=" ")), "TIMESTAMPNTZ")


NOTATIONS = (
    Notation("a text", ("text",), ("text",), _text),
    Notation("a whole number as a text", ("text",), ("whole",), _whole_as_text),
    Notation("a key", ("key",), ("text",), _key),
    Notation("a key that JSON has as a number", ("key",), ("text",), _key_of_json),
    Notation("a key that is a whole number", ("key",), ("whole",), _whole_as_text),
    Notation("a key of a column of floats", ("key",), ("float",), _key_of_float),
    Notation("a number", ("number",), ("float", "whole", "decimal"), _number),
    Notation("digits", ("number",), ("text",), _number_of_text),
    Notation("digits in JSON", ("number",), ("text",), _number_of_json),
    Notation("yes or no", ("yes/no",), ("yes/no",), _typed_yes_no),
    Notation("a word for yes", ("yes/no",), ("text",), _word(True)),
    Notation("a word for no", ("yes/no",), ("text",), _word(False)),
    Notation("a value in the schema's spelling", ("choice",), ("text",), _choice),
    Notation("a list of values in the schema's spelling", ("choices",), ("texts",), _set),
    Notation("a day", ("date",), ("day",), _day),
    Notation("2026-01-31", ("date",), ("text",), _day_of_text),
    Notation("an instant", ("datetime",), ("instant",), _instant),
    Notation("a time of the project's zone", ("datetime",), ("wall",), _wall),
    Notation("the midnight of a day", ("datetime",), ("day",), _midnight),
    Notation("2026-01-31T12:00:00Z", ("datetime",), ("text",), _utc_of_text),
    Notation("2026-01-31T12:00:00", ("datetime",), ("text",), _wall_of_text),
    Notation("2026-01-31T12:00:00+01:00", ("datetime",), ("text",), _offset_of_text),
)
