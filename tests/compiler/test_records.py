"""A record that is read quickly is the record that is read exactly, and the same values are refused on the way."""

import math
import sys
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, StrEnum
from typing import get_args
from zoneinfo import ZoneInfo

from hypothesis import event, given
from hypothesis import strategies as st
from reference.hostile import Hostile
from scoreline.compiler import plan
from scoreline.compiler.backends.closures.layout import FieldSlot
from scoreline.compiler.backends.closures.records import FieldInUse, Refused, record_readers
from scoreline.compiler.schema.field_checks import field_faults, settled
from scoreline.compiler.schema.fields import FieldSpec, FieldType

VALUES = ("Software", "İzmir", "ΟΔΟΣ", "Straße", "a b", " Trimmed\u3000", "\x1fUnit", "0")
WORDS = ("N/A", " select ", "0", "yes", "-1", "software", "ΟΔΟσ", "nan")
BLANKS = st.sampled_from(("", "", "", " ", "\t", "\u00a0", "\u3000", "\u200b", "\x1f", "\x85", "\u2028", "\ufeff"))
DEFAULTS: dict[str, st.SearchStrategy[object]] = {
    "text": st.sampled_from(VALUES),
    "number": st.sampled_from((0.0, -0.0, 2.5, -1.0)),
    "yes/no": st.booleans(),
    "date": st.dates(),
    "datetime": st.datetimes() | st.dates(),
    "choice": st.sampled_from(VALUES),
    "choices": st.lists(st.sampled_from(VALUES), min_size=1, max_size=3).map(tuple),
}


class Industry(Enum):
    """A value apart from its name, as enumerations have them."""

    SOFTWARE = "Software"
    SIZE = 12
    NOTHING = None


class Tier(StrEnum):
    """An enumeration whose members are texts."""

    SOFTWARE = "software"
    Software = "Straße"


class Text(str):
    """A text of somebody's own."""


class Whole(int):
    """A number of somebody's own."""


class HostileText(str):
    """A text that fails at what texts can do."""

    def strip(self, chars: str | None = None) -> str:
        raise RuntimeError("no strip")

    def __str__(self) -> str:
        raise RuntimeError("no text")

    __hash__ = None  # pyright: ignore[reportAssignmentType]


SPELLED = st.builds(
    lambda before, text, case, behind: before + case(text) + behind,
    BLANKS,
    st.sampled_from((*VALUES, *WORDS, "12", "2.5", "1e999", "2026-01-31", "2026-03-29T02:30", "2026-01-31T12:00:00Z")),
    st.sampled_from((str, str.lower, str.upper, str.title)),
    BLANKS,
)
ODD = st.sampled_from(
    ("İzmir", "ΟΔΟΣ", "ΑΣ", "ς", "Straße", "SS\u0307", "a\x1f", "\u200b", "\u3000b", " c", "d\n", "Ab")
)
TEXTS = SPELLED | st.text(max_size=6) | st.text(st.sampled_from("İςßΣi\u0307 \x1f\u3000Aa"), max_size=5)
NUMBERS = st.one_of(
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.sampled_from((-0.0, math.nan, math.inf, -math.inf, 5e-324, sys.float_info.max, -sys.float_info.max)),
    st.sampled_from((2**53 + 1, int(sys.float_info.max), -1, 0, 1, 10)),
)
DECIMALS = st.decimals(allow_nan=False) | st.just(Decimal("NaN"))
ZONES = st.sampled_from(("UTC", "Europe/Berlin", "America/Sao_Paulo", "Pacific/Apia")).map(ZoneInfo)
USUAL = st.one_of(
    st.none(), st.booleans(), TEXTS, NUMBERS, DECIMALS, st.dates(), st.datetimes(), st.datetimes(timezones=ZONES)
)
FITTING: dict[str, st.SearchStrategy[object]] = {
    "text": st.sampled_from((TEXTS, st.sampled_from(WORDS), ODD)).flatmap(lambda texts: texts),
    "number": st.sampled_from((NUMBERS, st.integers(-2, 12))).flatmap(lambda numbers: numbers),
    "yes/no": st.booleans(),
    "choice": st.sampled_from((*VALUES, *WORDS)),
}
ANYTHING = st.one_of(
    USUAL,
    st.sampled_from((10**400, -(10**400), int(sys.float_info.max) + 2**970, Decimal("1e400"), Decimal("sNaN"))),
    st.sampled_from((*Industry, *Tier, Industry, Whole(3), Text("Software"), Text(" İzmir "), Text(""))),
    st.lists(SPELLED, max_size=3),
    st.lists(SPELLED, max_size=3).map(tuple),
    st.binary(max_size=4),
    st.dictionaries(st.text(max_size=2), st.integers(), max_size=2),
    st.builds(Hostile),
    SPELLED.map(HostileText),
    st.builds(lambda: [Hostile(), "Software"]),
)


@st.composite
def fields(draw: st.DrawFn, number: int) -> FieldInUse:
    """A field without a fault, whose value fills one slot of the record, or several, or none."""
    name, kind = f"field_{number}", draw(st.sampled_from((*get_args(FieldType), "text", "number", "choice")))
    parts: dict[str, object] = {"type": kind, "required": draw(st.booleans())}
    if kind in ("choice", "choices"):
        parts["values"] = VALUES
    if draw(st.booleans()):
        parts["missing"] = tuple(draw(st.lists(st.sampled_from(WORDS), max_size=2)))
    if kind == "number" and draw(st.booleans()):
        parts |= {"min": draw(st.sampled_from((None, -1.0, 0.0))), "max": draw(st.sampled_from((None, 0.0, 10.0)))}
    if draw(st.booleans()):
        parts["default"] = draw(DEFAULTS[kind])
    spec = FieldSpec(**parts)
    if any(field_faults((), spec)):
        spec = spec.model_copy(update={"default": None})
    own = plan.Field("lead", name)
    several = [(), (own,), (own,), (own,)]
    if kind == "datetime":
        several += [(own, plan.DayOf("lead", name)), (plan.DayOf("lead", name),)]
    return FieldInUse(name, settled(spec), draw(st.sampled_from(several)))


@dataclass(frozen=True)
class Drawn:
    """Fields, the slots that they fill, and raw values for them."""

    fields: tuple[FieldInUse, ...]
    slots: tuple[FieldSlot, ...]
    zone: ZoneInfo
    raw: tuple[object, ...]


def drawn(values: st.SearchStrategy[object]) -> st.SearchStrategy[Drawn]:
    """Records of some fields whose raw values are out of these."""

    @st.composite
    def records(draw: st.DrawFn) -> Drawn:
        several = tuple(draw(fields(number)) for number in range(draw(st.integers(2, 6))))
        slots = draw(st.permutations([slot for each in several for slot in each.slots]))
        fitting = [FITTING.get(each.spec.type, values) for each in several]
        raw = tuple(draw(draw(st.sampled_from((values, each)))) for each in fitting)
        return Drawn(several, tuple(slots), draw(ZONES), raw)

    return records()


@given(drawn(ANYTHING))
def test_both_ways_to_read_give_the_same_of_whatever_they_can_read(case: Drawn) -> None:
    readers = record_readers(case.fields, case.slots, case.zone)
    refused: Refused = []
    exactly = readers.exactly(case.raw, refused)
    assert len(exactly) == len(case.slots)
    also_refused: Refused = []
    try:
        quickly = readers.quickly(case.raw, also_refused)
    except Exception as fault:  # allowed: `exactly` has read it
        event(f"quickly fails with {type(fault).__name__}")
        return
    assert (typed(quickly), also_refused) == (typed(exactly), refused)


@given(drawn(USUAL))
def test_values_as_data_have_them_are_read_quickly(case: Drawn) -> None:
    """What is no object of somebody's own never falls back to the exact way, so the two are compared indeed."""
    readers = record_readers(case.fields, case.slots, case.zone)
    refused: Refused = []
    also_refused: Refused = []
    assert typed(readers.quickly(case.raw, also_refused)) == typed(readers.exactly(case.raw, refused))
    assert also_refused == refused


def typed(record: tuple[object, ...]) -> list[tuple[type, object]]:
    """A record in which 1 is not 1.0 and not yes."""
    return [(type(value), value) for value in record]
