"""Drawn leads, contacts and interactions: values from the pools of the rules, in other spellings, or missing."""

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from .drawn_fields import other_case
from .drawn_schema import DrawnSchema, Field
from .drawn_time import Moment, near
from .instants import MICROSECOND, UTC
from .pen import Pen

SPACES = ("", "", "", " ", "\u00a0", "\u3000\t", "\u2003", "\u0085", "\u2028", "\u001f", "\u200b")
ZONES = (UTC, ZoneInfo("Asia/Kolkata"), datetime.timezone(datetime.timedelta(hours=-9, minutes=-30)))


@dataclass(frozen=True)
class DrawnLead:
    """One lead with all that there is about it; `previous` maps a qualification to (stage, entered)."""

    lead: dict[str, object]
    contact: dict[str, object] | None
    interactions: tuple[dict[str, object], ...]
    previous: dict[str, tuple[str | None, int]]


def draw_lead(pen: Pen, schema: DrawnSchema, qualifications: dict[str, tuple[str, ...]], moment: Moment) -> DrawnLead:
    """A lead, perhaps its contact, and interactions of both and of others."""
    lead = {"lead_id": pen.pick(("L1", " L1 ", 7))} | _values(pen, schema.lead, moment)
    contact = None
    if schema.contact is not None and pen.chance(85):
        lead["contact_id"] = "C1"
        if pen.chance(85):
            contact = {"contact_id": pen.pick(("C1", "C1\u00a0"))} | _values(pen, schema.contact, moment)
            del pen.pick((lead, contact, {"contact_id": None}, {"contact_id": None}))["contact_id"]
    rows = tuple(_interaction(pen, schema, moment, lead["lead_id"]) for _ in range(pen.pick((0, 3, 6, 9, 12, 15))))
    previous: dict[str, tuple[str | None, int]] = {}
    for name, stages in qualifications.items():
        if pen.chance(50):
            previous[name] = (pen.pick((*stages, None, "No longer there")), pen.number(0, 3))
    return DrawnLead(lead, contact, rows, previous)


def _values(pen: Pen, fields: Sequence[Field], moment: Moment) -> dict[str, object]:
    """Values for some of the fields; a field that is missing is left out or None."""
    found: dict[str, object] = {}
    for field in fields:
        if pen.chance(80):
            found[field.path] = _value(pen, field, moment)
        elif pen.chance(50):
            found[field.path] = None
    return found


def _value(pen: Pen, field: Field, moment: Moment) -> object:
    value = pen.pick(field.pool)
    odd = pen.chance(6)
    match value:
        case bool():
            return value
        case str() if field.type == "choices":
            members = pen.some(field.values, 0, 3) + ["Unheard of"] * odd
            return [_spelled(pen, member) for member in members]
        case str():
            if odd:
                return pen.pick(("", " \u3000", "n/A", "SELECT", "Unheard of"))
            return _spelled(pen, value)
        case int() | float():
            return pen.pick((math.nan, math.inf, 1e300, -1e300, -0.0)) if odd else value + pen.pick((0, 0, 0, 1, -1))
        case datetime.datetime():
            return value.astimezone(moment.zone).date() if odd else _shown(pen, near(pen, value), moment)
        case datetime.date():
            return value + datetime.timedelta(days=pen.pick((0, 0, 0, 1, -1)))
    raise AssertionError(value)


def _spelled(pen: Pen, text: str) -> str:
    return pen.pick(SPACES) + other_case(pen, text) + pen.pick(SPACES)


def _shown(pen: Pen, at: datetime.datetime, moment: Moment) -> datetime.datetime:
    """The instant in some zone, or (then perhaps another instant) by the clocks of the project's zone."""
    if pen.chance(8):
        clock = at.astimezone(moment.zone).replace(tzinfo=None, fold=0)
        return clock.replace(hour=2, minute=30) if pen.chance(20) else clock  # an hour that zones leave out, or repeat
    return at.astimezone(pen.pick((*ZONES, moment.zone)))


def _interaction(pen: Pen, schema: DrawnSchema, moment: Moment, lead_id: object) -> dict[str, object]:
    names = list(schema.interactions)
    kind = pen.pick((*names, *names[:1] * 3))
    row: dict[str, object] = {"type": kind, "at": _shown(pen, _at(pen, moment), moment)}
    whose = pen.number(0, 9)
    if whose <= 3:
        row["lead_id"] = lead_id
    elif whose <= 5:
        row["contact_id"] = "C1"
    elif whose <= 7:
        row |= {"lead_id": lead_id, "contact_id": "C1"}
    elif whose == 8:
        row |= pen.pick(({"lead_id": "L2"}, {"contact_id": "C2"}, {"lead_id": "l1", "contact_id": "C1"}))
    if pen.chance(35):
        row["id"] = pen.pick(("e1", "E1", "e2", " e1", 17, "17"))
    row |= _values(pen, schema.interactions[kind], moment)
    if pen.chance(3):
        row["type"] = pen.pick(("unheard.of", "Email.Opened"))
    return row


def _at(pen: Pen, moment: Moment) -> datetime.datetime:
    """Mostly at or next to a border; never far in the future, now and then a little."""
    if pen.chance(80):
        at = near(pen, pen.pick(moment.borders))
        return at if at <= moment.as_of or pen.chance(15) else moment.as_of - (at - moment.as_of)
    return moment.as_of - datetime.timedelta(days=pen.number(0, 40), hours=pen.number(0, 23)) + MICROSECOND
