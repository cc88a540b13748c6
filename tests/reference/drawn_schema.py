"""Drawn schemas: fields of every type with defaults and stand-ins for missing values, and what is worth writing
into rules and data about each, so that the two meet."""

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .drawn_time import Moment
from .pen import Pen

CASES = ("Straße", "İzmir", "ΟΔΟΣ", "Software", "Finance")
TIERS = ("Gold", "silver", "Ünter é")
TOPICS = ("AI", "Cloud", "Straße", "ΣΑΣ")
UNITS = ("EMEA", "Amerİka", "apac")
TEXTS = (
    "Head of Sales",
    "VP",
    "Straße 5",
    "STRASSE 5",
    "İstanbul",
    "i\u0307stanbul",
    "ΟΔΟΣ",
    "café",
    "cafe\u0301",
    "Director",
    'say "hi" \\ 100%',
    "a",
    "ǅungla",
    "2026-01-31",
)
PARTS = ("head", "of ", "ß", "ss", "İ", "i", "σ", "ς", "é", "e", "A", "vp", "5", "st", "OS", "di", "\\", "ǆ")
NUMBERS = (0, 1, 2, 3, 2.5, -3, 50, 100, 120, 12000, 0.30000000000000004, 0.3, 9007199254740993)


@dataclass(frozen=True)
class Field:
    """A field, by the path that rules use, and typed values that rules and data should share."""

    path: str
    type: str
    pool: Sequence[object]
    values: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def under(self, prefix: str) -> "Field":
        """The same field behind a relation or an interaction."""
        return Field(f"{prefix}.{self.path}", self.type, self.pool, self.values, self.missing)


@dataclass(frozen=True)
class DrawnSchema:
    """A schema as TOML, and as lists to draw from."""

    toml: str
    lead: tuple[Field, ...]
    contact: tuple[Field, ...] | None
    relation: str
    unit: Field | None
    interactions: Mapping[str, tuple[Field, ...]]

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field that a model can name."""
        return self.lead + tuple(field.under(self.relation) for field in self.contact or ())

    @property
    def happenings(self) -> dict[str, tuple[Field, ...]]:
        """Every interaction that a model can name, with its properties; the favourite first."""
        theirs = {f"{self.relation}.{name}": fields for name, fields in self.interactions.items()}
        return dict(self.interactions) | (theirs if self.contact is not None else {})


LEAD = (
    ("job_title", "text"),
    ("город", "text"),
    ("employees", "number"),
    ("größe", "number"),
    ("newsletter", "yes/no"),
    ("is_customer", "yes/no"),
    ("founded_on", "date"),
    ("renewal_on", "date"),
    ("created_at", "datetime"),
    ("trial_ends_at", "datetime"),
    ("industry", "choice"),
    ("old_industry", "choice"),
    ("topics", "choices"),
)
CONTACT = (
    ("job_title", "text"),
    ("seniority", "number"),
    ("is_buyer", "yes/no"),
    ("born_on", "date"),
    ("seen_at", "datetime"),
    ("tier", "choice"),
    ("topics", "choices"),
)
INTERACTIONS = {
    "email.opened": (
        ("campaign", "text"),
        ("opens", "number"),
        ("mobile", "yes/no"),
        ("sent_on", "date"),
        ("delivered_at", "datetime"),
        ("tier", "choice"),
        ("tags", "choices"),
    ),
    "web.page.seen": (("page", "text"), ("seconds", "number")),
    "form.submitted": (("form", "choice"),),
    "call.made": (),
}
VALUES = {
    "industry": CASES,
    "old_industry": CASES,
    "tier": TIERS,
    "form": TIERS,
    "topics": TOPICS,
    "tags": TOPICS,
    "business_unit": UNITS,
}


def draw_schema(pen: Pen, moment: Moment) -> DrawnSchema:
    """A whole schema."""
    unit = ("business_unit", pen.pick(("choice", "text"))) if pen.chance(70) else None
    lead, lead_toml = _entity(pen, moment, LEAD + ((unit,) if unit else ()))
    relation = pen.pick(("contact", "person"))
    toml = f'[lead]\nkey = "lead_id"\n{"unit = " + chr(34) + unit[0] + chr(34) if unit else ""}\n'
    contact = None
    contact_toml = ""
    if not pen.chance(15):
        toml += f'relations = {{ {relation} = {{ to = "contact", column = "contact_id" }} }}\n'
        contact, fields_toml = _entity(pen, moment, CONTACT)
        contact_toml = f'[contact]\nkey = "contact_id"\n[contact.fields]\n{fields_toml}'
    toml += f"[lead.fields]\n{lead_toml}{contact_toml}"
    interactions: dict[str, tuple[Field, ...]] = {}
    for name, columns in pen.some(list(INTERACTIONS.items()), 4, 4):
        interactions[name], properties = _entity(pen, moment, columns)
        toml += f'[interactions."{name}".properties]\n{properties}'
    found = lead[-1] if unit else None
    return DrawnSchema(toml, lead, contact, relation, found, interactions)


def _entity(pen: Pen, moment: Moment, columns: Sequence[tuple[str, str]]) -> tuple[tuple[Field, ...], str]:
    fields: list[Field] = []
    lines = ""
    for name, kind in columns:
        pool = _pool(pen, name, kind, moment)
        parts = [f'type = "{kind}"']
        missing: tuple[str, ...] = ()
        if kind in ("choice", "choices"):
            parts.append(f"values = {json.dumps(VALUES[name], ensure_ascii=False)}")
        if kind in ("text", "choice") and pen.chance(10):
            missing = ("N/A", " sElect ")
            parts.append('missing = ["N/A", " sElect "]')
        if kind == "number" and pen.chance(10):
            parts.append("min = -1, max = 12000")
        admitted = [one for one in pool if _admitted(one)]
        if pen.chance(20) and admitted:
            parts.append(f"default = {_toml(pen.pick(admitted), kind)}")
        elif pen.chance(10):
            parts.append("required = true")
        fields.append(Field(name, kind, pool, VALUES.get(name, ()) if "choice" in kind else (), missing))
        lines += f"{json.dumps(name, ensure_ascii=False)} = {{ {', '.join(parts)} }}\n"
    return tuple(fields), lines


def _admitted(value: object) -> bool:
    """Whether a value fits a field whose `min` and `max` are drawn, and is exact in TOML."""
    return isinstance(value, bool) or not isinstance(value, int | float) or -1 <= value <= 12000


def _pool(pen: Pen, name: str, kind: str, moment: Moment) -> Sequence[object]:
    match kind:
        case "text":
            return UNITS if name == "business_unit" else pen.some(TEXTS, 5, 8)
        case "number":
            return pen.some(NUMBERS, 6, 8)
        case "yes/no":
            return (True, False)
        case "date":
            return moment.days
        case "datetime":
            return moment.borders
        case _:
            return VALUES[name]


def _toml(value: object, kind: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()
    text = json.dumps(value, ensure_ascii=False)
    return f"[{text}]" if kind == "choices" else text
