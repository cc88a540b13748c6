"""The workload that every engine is measured on: rules as plain data, leads, their interactions and counts.

The mix is that of a B2B scoring model: of every 100 rules 40 test one field (equality, lists, ranges, yes/no), 25 join
two or three such tests, 15 look into a text, 20 count interactions, half of these within a window. No two rules ask the
same, and a long list has a long tail: its first rules are broad, the later ones more and more particular, as rules for
single products, campaigns and accounts are. All of it is drawn from a seed, so that two runs, and two engines in one
run, see the same.
"""

import datetime
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

SEED = 20_261_123
AS_OF = datetime.datetime(2026, 11, 1, 12, tzinfo=datetime.UTC)
INTERACTIONS = 50

Raw = str | float | bool | None

CHOICES = {
    "industry": 40, "country": 60, "source": 24, "department": 20, "language": 30, "segment": 12,
}  # fmt: skip
NUMBERS = {"employees": 20_000, "revenue": 5_000_000, "visits": 400, "seats": 1_000}
FLAGS = ("is_customer", "newsletter")
TEXTS = ("job_title", "email", "company")
FIELDS = (*CHOICES, *NUMBERS, *FLAGS, *TEXTS)
TYPES = (
    "email.opened", "email.clicked", "website.visited", "form.submitted",
    "webinar.attended", "demo.requested", "ad.clicked", "call.answered", "page.liked", "file.downloaded",
)  # fmt: skip
WINDOWS = (7, 14, 30, 90, 180)

TITLE_WORDS = (
    "Head", "Director", "VP", "Chief", "Manager", "Engineer", "Analyst", "Marketing", "Sales", "Finance", "Product",
    "Operations", "Data", "People", "Security", "Support", "Senior", "Junior", "Lead", "Assistant", "Buyer", "Partner",
    "Research", "Design", "Legal", "Growth", "Brand", "Regional", "Global", "Intern",
)  # fmt: skip
COMPANY_WORDS = (
    "Nord", "Süd", "Blue", "Green", "Alpha", "Delta", "Orion", "Terra", "Aqua", "Helio", "Metro", "Quantum", "Rhein",
    "Polar", "Summit", "Harbor", "Cedar", "Falcon", "Granit", "Vector", "Pixel", "Kern", "Lumen", "Apex", "Boreal",
)  # fmt: skip
COMPANY_ENDS = ("GmbH", "AG", "Ltd", "Inc", "Software", "Logistics", "Foods", "Energy", "Labs", "Group")
DOMAINS = tuple(
    f"{word.lower()}{end}.{top}"
    for word in COMPANY_WORDS
    for end in ("", "-labs", "-group", "-software", "online")
    for top in ("example", "test", "invalid", "example.org")
)


@dataclass(frozen=True)
class Equals:
    """A choice or yes/no field has this value."""

    field: str
    value: str | bool


@dataclass(frozen=True)
class OneOf:
    """A choice field has one of these values."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class AtLeast:
    """A number field is this or more."""

    field: str
    low: int


@dataclass(frozen=True)
class Below:
    """A number field is less than this."""

    field: str
    high: int


@dataclass(frozen=True)
class Between:
    """A number field lies between these, both included."""

    field: str
    low: int
    high: int


@dataclass(frozen=True)
class TextTest:
    """A text field contains (starts with, ends with) one of these, whatever its case."""

    field: str
    how: Literal["contains", "starts with", "ends with"]
    needles: tuple[str, ...]


@dataclass(frozen=True)
class Count:
    """An interaction happened at least so often, within so many days (None: ever)."""

    type: str
    days: int | None
    times: int


Test = Equals | OneOf | AtLeast | Below | Between | TextTest | Count


@dataclass(frozen=True)
class Rule:
    """All of these tests, and the points they give."""

    tests: tuple[Test, ...]
    points: int


@dataclass(frozen=True)
class Lead:
    """A lead: its fields (None where missing), and its interactions, newest first, as (type, instant) pairs."""

    fields: Mapping[str, Raw]
    interactions: Sequence[tuple[str, datetime.datetime]]


def rules(number: int) -> tuple[Rule, ...]:
    """So many rules; the mix is exact, its order drawn."""
    draw = random.Random(SEED + number)
    makers = [_single] * (number * 40 // 100) + [_joined] * (number * 25 // 100) + [_text] * (number * 15 // 100)
    makers += [_count] * (number - len(makers))
    draw.shuffle(makers)
    made: dict[tuple[Test, ...], Rule] = {}
    for place, maker in enumerate(makers, 1):
        share = min(0.3, 10 / place)
        tests = maker(draw, share)
        while tests in made:
            tests = maker(draw, share)
        made[tests] = Rule(tests, draw.choice([*range(-15, 0), *range(1, 31)]))
    return tuple(made.values())


def leads(number: int) -> tuple[Lead, ...]:
    """So many leads; every value is missing in one of twelve."""
    draw = random.Random(SEED)
    return tuple(_lead(draw) for _ in range(number))


def _single(draw: random.Random, share: float) -> tuple[Test, ...]:
    return (_test_of(draw, draw.choice([*CHOICES, *NUMBERS]), share),)


def _joined(draw: random.Random, share: float) -> tuple[Test, ...]:
    fields = draw.sample([*CHOICES, *NUMBERS, *FLAGS], draw.choice([2, 2, 3]))
    return tuple(_test_of(draw, field, share ** (1 / len(fields))) for field in fields)


def _test_of(draw: random.Random, field: str, share: float) -> Test:
    """A test that holds for about such a share of the leads, or the narrowest that there is."""
    if field in FLAGS:
        return Equals(field, draw.random() < 0.5)
    if field in CHOICES:
        several = min(8, round(share * CHOICES[field]))
        values = draw.sample(choice_values(field), max(1, several))
        return Equals(field, values[0]) if several < 2 else OneOf(field, tuple(values))
    kind, width = draw.random(), share * 0.9
    if share > 0.1 and kind < 0.3:
        return AtLeast(field, _number(field, 1 - width * draw.uniform(0.5, 1)))
    if share > 0.1 and kind < 0.5:
        return Below(field, _number(field, 0.1 + width * draw.uniform(0.5, 1)))
    low = draw.uniform(0.1, 1 - width)
    return Between(field, _number(field, low), _number(field, low + width))


def _text(draw: random.Random, share: float) -> tuple[Test, ...]:
    kind = draw.random()
    if kind < 0.4:
        return (TextTest("email", "ends with", ("@" + draw.choice(DOMAINS),)),)
    one, two = draw.sample(TITLE_WORDS, 2)
    if kind < 0.8 and share > 0.1:
        return (TextTest("job_title", "contains", tuple(draw.sample(TITLE_WORDS, draw.randint(1, 4)))),)
    if kind < 0.8:
        phrases = (f"{one} of {two}", f"{one} {two}", f"{two} of {one}")
        return (TextTest("job_title", "contains", phrases[: draw.randint(1, 3)]),)
    one, two = draw.sample(COMPANY_WORDS, 2)
    if share > 0.1:
        return (TextTest("company", draw.choice(["contains", "starts with"]), (one,)),)
    return (TextTest("company", draw.choice(["contains", "starts with"]), (f"{one} {two}",)),)


def _count(draw: random.Random, share: float) -> tuple[Test, ...]:
    days = draw.choice(WINDOWS) if draw.random() < 0.5 else None
    return (Count(draw.choice(TYPES), days, draw.randint(1, 12) if share > 0.1 else draw.randint(5, 60)),)


def choice_values(field: str) -> tuple[str, ...]:
    """The values of a choice field."""
    return tuple(f"{field.capitalize()} {number}" for number in range(1, CHOICES[field] + 1))


def _number(field: str, place: float) -> int:
    """Small numbers are as usual as large ones: numbers are drawn evenly by their order of magnitude, from 0.1 to 1."""
    return int(NUMBERS[field] ** place)


def _lead(draw: random.Random) -> Lead:
    fields: dict[str, Raw] = {field: draw.choice(choice_values(field)) for field in CHOICES}
    fields.update((field, _number(field, draw.uniform(0.1, 1))) for field in NUMBERS)
    fields.update((field, draw.random() < 0.5) for field in FLAGS)
    first, second, third = draw.sample(TITLE_WORDS, 3)
    fields["job_title"] = draw.choice([f"{first} of {second}", f"{first} {second} {third}", f"{first} {second}"])
    company = f"{draw.choice(COMPANY_WORDS)} {draw.choice(COMPANY_WORDS).lower()} {draw.choice(COMPANY_ENDS)}"
    fields["company"] = company
    fields["email"] = f"person{draw.randrange(10**6)}@{draw.choice(DOMAINS)}"
    for field in FIELDS:
        if draw.random() < 1 / 12:
            fields[field] = None
    ages = sorted(draw.expovariate(1 / 120) for _ in range(INTERACTIONS))
    happened = [
        (draw.choice(TYPES), AS_OF - datetime.timedelta(seconds=int(age * 86_400), microseconds=draw.randrange(10**6)))
        for age in ages
    ]
    return Lead(fields, happened)
