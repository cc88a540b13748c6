"""Makes the data of this example: leads, contacts and interactions of a made-up seller of warehouse software.

The same seed gives the same bytes on every machine and every Python: nothing is drawn but `Random.random()`, the one
method whose sequence Python promises, and no function of the platform's mathematics is called. Two hidden traits
drive everything: how well a lead suits the product, and how interested it is. The rules never see them; they see the
fields and the interactions that the traits cause, and so does the outcome, `converted`.

The dirt is made on purpose, each kind in a function of its own at the end of its table, and counted in README.md.

    python examples/b2b/make_data.py [FOLDER]      writes leads.csv, contacts.csv and interactions.csv
"""

import csv
import datetime
import sys
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

import words
from dice import Dice

SEED = 20260302
LEADS = 3000
AS_OF = datetime.datetime(2026, 3, 2, 9, 0)  # the moment the demo looks at the data, local time
FIRST_DAY = datetime.datetime(2025, 1, 7, 8, 0)

Row = dict[str, str]


@dataclass
class Person:
    """A lead on its way to the file: its row, and the two traits that no rule sees (each from 0 to 1)."""

    row: Row
    suits: float
    interest: float
    created: datetime.datetime
    interactions: list[Row] = field(default_factory=list[Row])


# Leads


def make_person(dice: Dice, number: int) -> Person:
    suits, interest = dice.draw(), dice.draw() * dice.draw()
    interest = min(1.0, interest + 0.15 * suits)
    created = FIRST_DAY + datetime.timedelta(minutes=dice.whole(0, 13 * 32 * 24 * 60))
    country = dice.weighted([(code, entry.weight) for code, entry in words.COUNTRIES.items()])
    row = {"lead_id": f"L{number:04}", "contact_id": f"C{number:04}", "created_on": stamp(created)}
    row |= {"country": country, "business_unit": words.COUNTRIES[country].unit}
    row |= name_and_address(dice, country, suits) | company(dice, country, suits) | wishes(dice, suits, interest)
    row["status"] = dice.weighted((("Open", 80), ("Nurture", 12), ("Closed", 5), ("", 3)))
    return Person(row, suits, interest, created)


def name_and_address(dice: Dice, country: str, suits: float) -> Row:
    place = words.COUNTRIES[country]
    first, last, word = dice.word(place.first_names), dice.word(place.last_names), dice.word(words.COMPANIES)
    domain = "gmail.com" if dice.chance(0.22 - 0.2 * suits) else words.plain(f"{word}-{place.company}.example")
    if dice.chance(0.008):
        domain = dice.one(words.RIVALS)
    return {
        "first_name": first,
        "last_name": last,
        "email": f"{words.plain(first)}.{words.plain(last)}@{domain}",
        "phone": phone(dice, country) if dice.chance(0.75) else "",
        "company": f"{word} {place.company}",
    }


def phone(dice: Dice, country: str) -> str:
    """A number out of the ranges that regulators keep for stories."""
    number = dice.whole(0, 99)
    abroad = "+1 202 555 01{:02}" if words.COUNTRIES[country].unit == "Americas" else "+44 20 7946 00{:02}"
    return {"DE": "+49 30 23125 0{:02}", "FR": "+33 1 99 00 00 {:02}"}.get(country, abroad).format(number)


def company(dice: Dice, country: str, suits: float) -> Row:
    industry = dice.weighted(
        [(name, weight if i > 2 or suits > 0.35 else 2) for i, (name, weight) in enumerate(words.INDUSTRIES)]
    )
    low, high = dice.weighted(
        [((low, high), weight if low >= 50 or suits < 0.6 else 2) for weight, low, high in words.SIZES]
    )
    titles = (
        words.TITLES_HIGH
        if dice.chance(0.1 + 0.5 * suits)
        else words.TITLES_MIDDLE
        if dice.chance(0.6)
        else words.TITLES_LOW
    )
    if titles is words.TITLES_HIGH and dice.chance(0.4):
        titles = words.TITLES_AT_HOME.get(country, titles)
    return {
        "industry": industry if dice.chance(0.94) else "",
        "employees": str(dice.whole(low, high)) if dice.chance(0.9) else "",
        "job_title": dice.one(titles) if dice.chance(0.93) else "",
    }


def wishes(dice: Dice, suits: float, interest: float) -> Row:
    budget = dice.whole(2, 30) * 1000 + int(suits * 40) * 1000
    ends = AS_OF + datetime.timedelta(days=dice.whole(-60, 700))
    return {
        "Lead Source": dice.weighted(words.SOURCES) if dice.chance(0.88) else dice.one(("Select", "N/A")),
        "interests": ";".join(topic for topic in words.INTERESTS if dice.chance(0.1 + 0.4 * interest)),
        "budget": str(budget) if dice.chance(0.3) else "",
        "contract_ends": ends.date().isoformat() if dice.chance(0.35) else "",
        "newsletter": dice.weighted((("yes", 4), ("no", 4), ("", 3))),
    }


def decide(dice: Dice, person: Person) -> None:
    """The outcome: rare without interest, as rare without fit, and never sure."""
    rivals = person.row["email"].endswith(words.RIVALS)
    probability = 0.01 + person.interest * person.suits * (0.35 + 1.3 * person.interest)
    person.row["converted"] = "yes" if not rivals and dice.chance(min(0.9, probability)) else "no"


def share_contacts(dice: Dice, people: list[Person]) -> None:
    """Some contacts enquire twice: two leads, one contact. A few leads have no contact at all."""
    for earlier, person in zip(people, people[7:], strict=False):
        if dice.chance(0.03):
            kept = ("contact_id", "first_name", "last_name", "email", "company")
            person.row |= {column: earlier.row[column] for column in kept}
        elif dice.chance(0.05):
            person.row["contact_id"] = ""


def spoil_leads(rows: list[Row]) -> list[Row]:
    """Dirt as CRMs have it: numbers in words, codes outside of any list, one record exported twice."""
    spoils = (
        ("employees", ("about 200", "1,200", "50-100", "n/a", "-4")),
        ("country", ("UK", "Germany")),
        ("industry", ("Crypto", "logistik")),
        ("created_on", ("31.01.2026", "2025-02-30")),
        ("business_unit", ("APAC", "")),
        ("newsletter", ("maybe",)),
        ("contract_ends", ("Q3 2026", "2026-06-31")),
        ("interests", ("Routing;Robots", "Drones")),
    )
    for place, (column, value) in enumerate((column, value) for column, values in spoils for value in values):
        rows[131 * (place + 1)][column] = value
    rows[40]["job_title"], rows[41]["industry"] = "  Head of   Logistics ", "LOGISTICS"
    twice = [rows[500] | {"job_title": "Intern"}, dict(rows[900]), rows[1700] | {"company": ""}]
    return [*rows[:1000], twice[0], *rows[1000:2000], *twice[1:], *rows[2000:], rows[3] | {"lead_id": ""}]


# Contacts


def make_contacts(dice: Dice, people: list[Person]) -> list[Row]:
    rows: dict[str, Row] = {}
    for person in people:
        key = person.row["contact_id"]
        if key and key not in rows and dice.chance(0.86):
            rows[key] = make_contact(dice, key, person)
    return spoil_contacts(list(rows.values()))


def make_contact(dice: Dice, key: str, person: Person) -> Row:
    senior = person.row["job_title"].startswith(words.SENIOR)
    return {
        "contact_id": key,
        "seniority": dice.one(("C-level", "Director")) if senior else dice.one(("Manager", "Staff", "")),
        "is_customer": "yes" if dice.chance(0.02 + 0.08 * person.suits) else dice.one(("no", "")),
        "opted_out": "yes" if dice.chance(0.015) else "",
        "language": dice.one(("en", "en", "de", "fr", "es", "")),
    }


def spoil_contacts(rows: list[Row]) -> list[Row]:
    rows[60]["seniority"], rows[61]["is_customer"] = "Boss", "perhaps"
    return [*rows, rows[10] | {"seniority": "Staff"}]


# Interactions


def make_interactions(dice: Dice, people: list[Person]) -> list[Row]:
    for person in people:
        live_through(dice, person)
    rows = sorted(
        (row for person in people for row in person.interactions), key=lambda row: (row["at"], row["lead_id"])
    )
    for number, row in enumerate(rows):
        if row["type"].startswith(("email.", "form.")):
            row["id"] = f"m{number}"
    return spoil_interactions(dice, rows)


def live_through(dice: Dice, person: Person) -> None:
    """The interactions of one lead: a keen lead has more of them, later, and more of those that take time."""
    days = (AS_OF - person.created).days
    if days < 1:
        return
    count = (
        dice.whole(0, 4)
        + int(70 * person.interest * person.interest * dice.draw())
        + int(22 * person.interest * dice.draw())
    )
    peak = days * (1 - dice.draw() * (1 - person.interest))
    for _ in range(count):
        at = working_hour(dice, person.created, peak + (dice.draw() + dice.draw() - 1) * 90, days)
        kinds = words.KINDS + words.KINDS_KEEN if dice.chance(person.interest * 2) else words.KINDS
        person.interactions.append(make_interaction(dice, person, dice.weighted(kinds), at))
    if dice.chance(0.02):
        at = AS_OF - datetime.timedelta(days=dice.whole(0, min(days, 300)), hours=1)
        person.interactions.append(make_interaction(dice, person, "email.unsubscribed", at))


def working_hour(dice: Dice, start: datetime.datetime, day: float, days: int) -> datetime.datetime:
    """A moment of that day; days before the start or after the end are mirrored back, so that none piles up there."""
    day = -day if day < 0 else 2 * days - day if day > days else day
    at = start + datetime.timedelta(days=int(max(0.0, min(day, days))))
    at = at.replace(hour=dice.whole(6, 20), minute=dice.whole(0, 59))
    return at if at < AS_OF else at - datetime.timedelta(days=1)


def make_interaction(dice: Dice, person: Person, kind: str, at: datetime.datetime) -> Row:
    contact = person.row["contact_id"]
    shown = dice.draw()
    lead = "" if contact and shown < 0.08 else person.row["lead_id"]
    return {
        "type": kind,
        "at": stamp(at),
        "lead_id": lead,
        "contact_id": contact if not lead or shown > 0.8 else "",
    } | properties(dice, kind, person.interest)


def properties(dice: Dice, kind: str, interest: float) -> Row:
    match kind:
        case "email.opened" | "email.unsubscribed":
            return {"campaign": dice.one(words.CAMPAIGNS)}
        case "email.clicked":
            return {"campaign": dice.one(words.CAMPAIGNS), "link": dice.one(words.LINKS)}
        case "website.visited":
            return {"page": dice.weighted(words.PAGES) if dice.chance(1 - interest / 4) else "/pricing"}
        case "form.submitted":
            return {"form": dice.one(("Contact us", "Demo request", "Newsletter", "ROI calculator"))}
        case "webinar.attended":
            return {"topic": dice.one(words.TOPICS), "stayed": str(dice.whole(2, 60))}
        case "webinar.registered":
            return {"topic": dice.one(words.TOPICS)}
        case "content.downloaded":
            return {"asset": dice.one(words.ASSETS)}
        case "meeting.held":
            return {"outcome": dice.one(("Interested", "Follow-up", "No show", ""))}
        case _:
            return {}


def spoil_interactions(dice: Dice, rows: list[Row]) -> list[Row]:
    """Deliveries that came twice, unknown leads, clocks that run ahead, types that the schema does not name."""
    again = [dict(row) for row in rows if row.get("id") and dice.chance(0.006)]
    other = [row | {"at": stamp(AS_OF - datetime.timedelta(hours=1))} for row in again[:3]]
    strange = [dice.one(rows) | {"type": "sms.sent", "id": ""} for _ in range(42)]
    strange += [dice.one(rows) | {"type": "page_view", "id": ""} for _ in range(11)]
    nobody = [
        rows[i] | {"lead_id": lead, "contact_id": "", "id": ""}
        for i, lead in ((90, "L9998"), (91, "L9999"), (92, "L9999"), (93, ""))
    ]
    undated = [rows[i] | {"at": at, "id": ""} for i, at in ((200, "yesterday"), (300, ""), (400, "2026-13-01T10:00"))]
    ahead = [rows[i] | {"at": stamp(AS_OF + datetime.timedelta(days=i % 40 + 1)), "id": ""} for i in range(5000, 5006)]
    short = [rows[i] | {"type": "webinar.attended", "stayed": "half", "topic": "Returns", "id": ""} for i in (700, 701)]
    return [*rows, *again, *other, *strange, *nobody, *undated, *ahead, *short]


def stamp(at: datetime.datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M")


def write(path: Path, columns: Collection[str], rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def make(folder: Path) -> None:
    """Write the three files into `folder`, which is created if it is missing."""
    dice = Dice(SEED)
    people = [make_person(dice, number + 1) for number in range(LEADS)]
    share_contacts(dice, people)
    for person in people:
        decide(dice, person)
    contacts = make_contacts(dice, people)
    interactions = make_interactions(dice, people)
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "leads.csv", words.LEAD_COLUMNS, spoil_leads([person.row for person in people]))
    write(folder / "contacts.csv", words.CONTACT_COLUMNS, contacts)
    write(folder / "interactions.csv", words.INTERACTION_COLUMNS, interactions)


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "data")
