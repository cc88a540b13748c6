"""The functions that make a record of raw values: one for a lead, one for its contact.

    read(x, refused) → values by slot

`x` are the raw values of the fields in use, in their order. A value of the very type that a field is made of is taken
as it is, in line; anything else goes to the field's exact reader (`compiler/values/`), which converts it, or adds to
`refused`. Both ways give the same value. `quickly` may fail on an object that cannot be compared; `exactly` never.
"""

import ast
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast
from zoneinfo import ZoneInfo

from scoreline.compiler import plan
from scoreline.compiler.backends.closures import tree
from scoreline.compiler.backends.closures.build import Value, run
from scoreline.compiler.backends.closures.layout import FieldSlot
from scoreline.compiler.calendar import day_of
from scoreline.compiler.folding import fold
from scoreline.compiler.schema.fields import FieldSpec
from scoreline.compiler.values import Known, reader

ReportValue = Callable[[str, str, str], None]
"""Takes the column, the value as text, and the reason why it could not be read."""

Refused = list[tuple[str, str, str]]
"""Columns, values as text, and the reasons why they could not be read."""

ReadRecord = Callable[[Sequence[object], Refused], tuple[Value, ...]]
_Exact = Callable[[object, Refused], Known | None]


@dataclass(frozen=True, slots=True)
class FieldInUse:
    """A field that is read, its column, and the slots that its value fills: none if it is read for reports only."""

    name: str
    spec: FieldSpec
    slots: tuple[FieldSlot, ...]

    @property
    def column(self) -> str:
        """The column in the data."""
        return self.spec.column or self.name


@dataclass(frozen=True, slots=True)
class RecordReaders:
    """Two functions that do the same: `quickly` in line where it can, and `exactly`, which never fails."""

    quickly: ReadRecord
    exactly: ReadRecord


def record_readers(fields: Sequence[FieldInUse], slots: Sequence[FieldSlot], zone: ZoneInfo) -> RecordReaders:
    """The functions for these fields; `slots` is the order of the values that they give."""
    names: dict[str, object] = {"str": str, "int": int, "float": float, "type": type, "fold": fold}
    unpack: list[ast.stmt] = []
    if fields:
        raw = ast.Tuple([ast.Name(f"x{number}", ast.Store()) for number in range(len(fields))], ast.Store())
        unpack.append(ast.Assign([raw], tree.name("x")))
    places = {slot: place for place, slot in enumerate(slots)}
    quickly, exactly = list(unpack), list(unpack)
    for number, field in enumerate(fields):
        names[f"exact{number}"] = _exact(field, zone)
        names.update({f"convert{places[slot]}": converter(slot, field.spec, zone) for slot in field.slots})
        known = _exactly(number, [places[slot] for slot in field.slots])
        exactly.extend(known)
        quickly.extend(_quickly(number, field, places, names, known))
    result = ast.Return(tree.tuple_of(tree.name(f"f{place}") for place in range(len(slots))))
    made = run(
        [
            tree.function("quickly", ("x", "refused"), [*quickly, result]),
            tree.function("exactly", ("x", "refused"), [*exactly, result]),
        ],
        names,
    )
    return RecordReaders(cast(ReadRecord, made["quickly"]), cast(ReadRecord, made["exactly"]))


def converter(slot: FieldSlot, spec: FieldSpec, zone: ZoneInfo) -> Callable[[Known], Value]:
    """How a known value becomes what compiled tests compare: texts folded, choices as sets, days of instants."""
    if isinstance(slot, plan.DayOf):
        return lambda known: day_of(known, zone) if isinstance(known, int) else None
    match spec.type:
        case "text":
            return lambda known: fold(known) if isinstance(known, str) else None
        case "choice":
            folded = {value: fold(value) for value in spec.values}
            return lambda known: folded.get(known) if isinstance(known, str) else None
        case "choices":
            return lambda known: frozenset(map(fold, known)) if isinstance(known, tuple) else None
        case _:
            return lambda known: None if isinstance(known, tuple) else known


def _exact(field: FieldInUse, zone: ZoneInfo) -> _Exact:
    read, column = reader(field.spec, zone), field.column
    return lambda raw, refused: read(raw, lambda value, reason: refused.append((column, value, reason)))


def _exactly(number: int, places: Sequence[int]) -> list[ast.stmt]:
    """The statements that fill a field's slots by its exact reader."""
    raw = tree.name(f"x{number}")
    body: list[ast.stmt] = [tree.assign("known", tree.call(tree.name(f"exact{number}"), raw, tree.name("refused")))]
    for place in places:
        missing = tree.compare(tree.name("known"), ast.Is(), tree.constant(None))
        converted = tree.call(tree.name(f"convert{place}"), tree.name("known"))
        body.append(tree.assign(f"f{place}", ast.IfExp(missing, tree.constant(None), converted)))
    return body


def _quickly(
    number: int, field: FieldInUse, places: Mapping[FieldSlot, int], names: dict[str, object], exactly: list[ast.stmt]
) -> list[ast.stmt]:
    """The statements that fill a field's only slot in line, where its value lets them."""
    if len(field.slots) != 1 or isinstance(field.slots[0], plan.DayOf) or field.spec.missing:
        return exactly
    raw, target = f"x{number}", f"f{places[field.slots[0]]}"
    otherwise: list[ast.stmt] = exactly
    if field.spec.default is None and not field.spec.required:
        missing = tree.compare(tree.name(raw), ast.Is(), tree.constant(None))
        otherwise = [ast.If(missing, [tree.assign(target, tree.constant(None))], exactly)]
    match field.spec.type:
        case "text":
            return _text(raw, target, otherwise)
        case "choice":
            folded = {value: fold(value) for value in field.spec.values if value == value.strip()}
            names[f"choice{number}"] = folded.get
            found = tree.assign(target, tree.call(tree.name(f"choice{number}"), tree.name(raw)))
            return [found, tree.if_(tree.compare(tree.name(target), ast.Is(), tree.constant(None)), *otherwise)]
        case "number":
            return _number(raw, target, field.spec, otherwise, exactly)
        case "yes/no":
            either = [tree.compare(tree.name(raw), ast.Is(), tree.constant(each)) for each in (True, False)]
            return [ast.If(tree.any_of(either), [tree.assign(target, tree.name(raw))], otherwise)]
        case "date" | "datetime" | "choices":
            return otherwise


def _text(raw: str, target: str, otherwise: list[ast.stmt]) -> list[ast.stmt]:
    """What is stripped of all that Python takes for white space has none at its ends, and Python takes more for it."""
    value = tree.name(raw)
    whole = tree.compare(tree.method(value, "strip"), ast.Is(), value)
    lowered = ast.IfExp(tree.method(value, "isascii"), tree.method(value, "lower"), tree.call(tree.name("fold"), value))
    return [ast.If(tree.all_of([_of_type(raw, "str"), value, whole]), [tree.assign(target, lowered)], otherwise)]


def _number(
    raw: str, target: str, spec: FieldSpec, otherwise: list[ast.stmt], exactly: list[ast.stmt]
) -> list[ast.stmt]:
    low = -sys.float_info.max if spec.min is None else spec.min
    high = sys.float_info.max if spec.max is None else spec.max
    value = tree.name(target)
    as_float = tree.assign(target, ast.BinOp(tree.name(raw), ast.Add(), tree.constant(0.0)))
    inside = ast.Compare(tree.constant(low), [ast.LtE(), ast.LtE()], [value, tree.constant(high)])
    bounded = tree.if_(tree.negative(inside), *exactly)
    return [ast.If(tree.any_of([_of_type(raw, "int"), _of_type(raw, "float")]), [as_float, bounded], otherwise)]


def _of_type(raw: str, name: str) -> ast.expr:
    return tree.compare(tree.call(tree.name("type"), tree.name(raw)), ast.Is(), tree.name(name))
