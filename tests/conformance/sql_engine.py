"""The rules as one SQL query, over tables of a database that hold a case's rows as typed values."""

from conformance.cases import Case, Row
from conformance.engines import schema_of
from databases.database import Database
from databases.typed_tables import Tabled, scored
from scoreline.runtime import from_texts


def by_query(case: Case, database: Database) -> list[Row]:
    """One row for every lead, as `score -o` names the columns."""
    plan = from_texts(case.rules, schema_of(case), case.timezone).plan
    leads, contacts = (case.keyed(table) for table in ("leads", "contacts"))
    data = Tabled(list(leads.values()), list(contacts.values()), case.rows("interactions"), case.rows("previous"))
    rows = scored(database, plan, case.as_of, data)
    return [rows[key] for key in leads]
