"""The words that the made-up data is made of: places, first and last names, companies, mails, pages and columns.

Nothing here is real except the countries: domains end in `.example`, and names are common ones combined by chance.
"""

from typing import NamedTuple


class Country(NamedTuple):
    """Where leads come from: the unit that sells there, a weight, common names, and how companies' names end."""

    unit: str
    weight: int
    first_names: str
    last_names: str
    company: str


COUNTRIES = {
    "DE": Country("EMEA", 18, "Anna Jonas Lena Felix Miriam Jürgen", "Köhler Brandt Seidel Vogt Özdemir", "Logistik"),
    "AT": Country("EMEA", 5, "Theresa Lukas Eva Stefan", "Hofer Leitner Pichler Moser", "Handel"),
    "CH": Country("EMEA", 5, "Nadja Reto Chiara Beat", "Frei Zürcher Bianchi Rochat", "Transporte"),
    "FR": Country("EMEA", 8, "Élodie Mathieu Amélie Karim", "Lefèvre Marchand Dubois Benali", "Entrepôts"),
    "NL": Country("EMEA", 5, "Sanne Daan Femke Joris", "Visser Dekker Bakker Mulder", "Distributie"),
    "GB": Country("EMEA", 9, "Harriet Owen Priya Callum", "Ashworth Patel Hughes Mackay", "Freight"),
    "PL": Country("EMEA", 5, "Zofia Paweł Agnieszka Łukasz", "Wójcik Zieliński Dąbrowska Lis", "Magazyny"),
    "ES": Country("EMEA", 5, "Lucía Álvaro Marta Íñigo", "Ibáñez Serrano Peña Muñoz", "Almacenes"),
    "US": Country("Americas", 28, "Denise Marcus Olivia Hector Grace Tyler", "Bennett Coleman Nguyen Walsh", "Supply"),
    "CA": Country("Americas", 6, "Noémie Liam Aisha Graham", "Tremblay Fraser Singh Gagnon", "Logistics"),
    "MX": Country("Americas", 4, "Ximena Rodrigo Paola Emilio", "Cárdenas Rojas Villaseñor Luna", "Bodegas"),
    "BR": Country("Americas", 4, "João Beatriz Thiago Larissa", "Conceição Moraes Araújo Prado", "Armazéns"),
}
COMPANIES = "Nord Bergland Hafen Quay Delta Aspen Lumen Orion Cedar Falcon Mistral Prisma Summit Vela Harbour Granit"
RIVALS = ("rivalware.example", "stockpilot.example")
INDUSTRIES = (("Logistics", 9), ("Wholesale", 7), ("Retail", 7), ("Manufacturing", 5), ("Software", 4), ("Services", 4))
SIZES = ((4, 1, 9), (9, 10, 49), (12, 50, 499), (6, 500, 4999), (2, 5000, 60000))
TITLES_HIGH = (
    "Head of Logistics",
    "Director of Operations",
    "VP Supply Chain",
    "Chief Operating Officer",
)
TITLES_AT_HOME = {
    **dict.fromkeys(("DE", "AT", "CH"), ("Leiterin Logistik", "Leiter Lager und Versand")),
    "FR": ("Directeur des opérations", "Directeur logistique"),
}
SENIOR = ("Head", "Director", "Directeur", "VP", "Chief", "Leiter")
TITLES_MIDDLE = ("Warehouse Manager", "Supply Chain Planner", "Operations Manager", "Logistics Analyst")
TITLES_LOW = ("Assistant", "Buyer", "Consultant", "Student", "Intern")
SOURCES = (("Website", 10), ("Webinar", 5), ("Trade fair", 4), ("Referral", 3), ("Partner", 2), ("Purchased list", 4))
INTERESTS = ("Routing", "Inventory", "Returns", "Forecasting")
CAMPAIGNS = ("spring", "autumn", "peak-season", "release-7", "benchmark", "newsletter")
LINKS = ("/blog/slotting", "/pricing", "/cases/retail", "/release-7", "/pricing/calculator", "/webinars")
PAGES = (("/", 9), ("/blog", 9), ("/product", 8), ("/cases", 5), ("/pricing", 4), ("/docs", 3), ("/careers", 1))
ASSETS = ("ROI guide", "Benchmark 2025", "Slotting checklist", "Returns handbook", "Buyer's guide")
TOPICS = ("Slotting", "Peak season", "Returns", "Forecasting")
KINDS = (
    ("email.opened", 34),
    ("website.visited", 34),
    ("email.clicked", 14),
    ("content.downloaded", 5),
    ("webinar.registered", 4),
)
KINDS_KEEN = (("webinar.attended", 5), ("form.submitted", 3), ("meeting.held", 2), ("fair.visited", 1))

LEAD_COLUMNS = (
    *("lead_id", "contact_id", "business_unit", "first_name", "last_name", "email", "phone", "company", "industry"),
    *("employees", "country", "job_title", "Lead Source", "interests", "budget", "contract_ends", "newsletter"),
    *("status", "created_on", "converted"),
)
CONTACT_COLUMNS = ("contact_id", "seniority", "is_customer", "opted_out", "language")
INTERACTION_COLUMNS = (
    *("type", "at", "lead_id", "contact_id", "id", "campaign", "link", "page", "form", "topic", "asset", "outcome"),
    "stayed",
)


def plain(text: str) -> str:
    """`Łukasz` as it stands in an address: `lukasz`."""
    letters = str.maketrans("äöüßéèêàâçñíóôúáãłąęńśźżõ ø", "aouseeeaacnioouaalaenszzo-o")
    return text.lower().translate(letters)
