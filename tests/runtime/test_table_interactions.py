"""Which rows of interactions count, for whom, and what is said of the others (rulings 21 and 22)."""

from zoneinfo import ZoneInfo

import pytest
from scoreline.runtime.history import BOTH, CONTACT, LEAD
from scoreline.runtime.table.admit.contract import InteractionColumns
from scoreline.runtime.table.engines.python.interactions import InteractionReader
from scoreline.runtime.table.rejects import Rejector

COLUMNS = InteractionColumns(
    "type", "at", "lead_id", "contact_id", "id", {"email.opened": ("campaign",), "form.submitted": ("form", "campaign")}
)
T1, T2 = "2026-01-01T10:00:00Z", "2026-01-02T10:00:00Z"


@pytest.fixture
def read():
    """Reads rows given as mappings, numbered from 2; gives the interactions and the rejects as (row, column, value)."""

    def reading(*rows, leads=("7",)):
        rejects = []
        rejector = Rejector("interactions", "i.csv", rejects.append)
        reader = InteractionReader(COLUMNS, ZoneInfo("UTC"), lambda name, raw, report: tuple(raw), rejector)
        found = reader.read(enumerate(rows, 2))
        found.report_unknown_leads(set(leads), {"c"}, rejector, "lead_id")
        return found, [(one.row, one.column, one.value) for one in rejects]

    return reading


def opened(**more):
    return {"type": "email.opened", "at": T1, **more}


def of(found, lead, contact=None):
    names = {LEAD: "lead", CONTACT: "contact", BOTH: "both"}
    return [(one.row, names[origin]) for one, origin in found.of(lead, contact)]


def test_a_row_counts_for_its_lead_and_for_its_contact(read):
    found, rejects = read(opened(lead_id="7"), opened(contact_id="c"), opened(lead_id="7", contact_id="c"))
    assert of(found, "7", "c") == [(2, "lead"), (4, "both"), (3, "contact")]
    assert not rejects


def test_a_contacts_interactions_include_rows_that_name_another_lead(read):
    found, _ = read(opened(lead_id="8", contact_id="c"), leads=("7", "8"))
    assert of(found, "7", "c") == [(2, "contact")]
    assert of(found, "8", "c") == [(2, "both")]
    assert of(found, "8", "d") == [(2, "lead")]


def test_a_lead_without_a_contact_has_its_own_only(read):
    found, _ = read(opened(lead_id="7", contact_id="c"), opened(contact_id="c"))
    assert of(found, "7") == [(2, "lead")]


def test_keys_are_trimmed_and_compared_with_case_and_numbers_read_as_digits(read):
    found, rejects = read(
        opened(lead_id=" 7\u3000"), opened(lead_id=7), opened(lead_id=7.0), opened(lead_id="A"), leads=("7", "a")
    )
    assert of(found, "7") == [(2, "lead"), (3, "lead"), (4, "lead")]
    assert rejects == [(5, "lead_id", "A")]


def test_properties_are_those_of_the_type_in_order(read):
    found, _ = read({"type": " form.submitted ", "at": T1, "lead_id": "7", "campaign": "x", "form": "y", "z": 1})
    [(happened, _)] = found.of("7", None)
    assert (happened.type, happened.values) == ("form.submitted", ("y", "x"))


def test_an_unknown_type_is_counted_not_reported(read):
    found, rejects = read(*[{"type": "sms.sent", "at": "?"}] * 3, {"type": "Email.Opened", "at": T1, "lead_id": "7"})
    assert found.unknown_types == {"sms.sent": 3, "Email.Opened": 1}
    assert not rejects


def test_rows_without_type_time_lead_and_contact_are_reported(read):
    found, rejects = read(
        {"at": T1, "lead_id": "7"},
        {"type": "email.opened", "lead_id": "7", "at": ""},
        {"type": "email.opened", "lead_id": "7", "at": "yesterday"},
        opened(lead_id=" ", contact_id=None),
    )
    assert rejects == [(2, "type", None), (3, "at", None), (4, "at", "yesterday"), (5, "lead_id", None)]
    assert not of(found, "7")


def test_an_unknown_lead_is_reported_unless_a_contact_has_use_for_the_row(read):
    found, rejects = read(
        opened(lead_id="9"), opened(lead_id="9", contact_id="c"), opened(lead_id="9", contact_id="nobody")
    )
    assert rejects == [(2, "lead_id", "9"), (4, "lead_id", "9")]
    assert of(found, "7", "c") == [(3, "contact")]


def test_rows_without_an_id_are_never_merged(read):
    found, _ = read(opened(lead_id="7"), opened(lead_id="7"), opened(lead_id="7", id=" "))
    assert len(of(found, "7")) == 3


def test_a_row_delivered_twice_counts_once_without_a_word(read):
    found, rejects = read(opened(lead_id="7", id="x"), opened(lead_id=7, id=" x"))
    assert of(found, "7") == [(2, "lead")]
    assert not rejects


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (opened(lead_id="7"), opened(lead_id="7", at=T2)),
        (opened(lead_id="7"), {"type": "form.submitted", "at": T1, "lead_id": "7"}),
        (opened(contact_id="c"), opened(lead_id="7", contact_id="c")),
        (opened(lead_id="10"), opened(lead_id="7")),
        (opened(lead_id="7"), opened(lead_id="7", contact_id="c")),
    ],
)
def test_of_rows_with_one_id_the_earliest_by_time_type_lead_contact_counts(read, first, second):
    for rows in ([first, second], [second, first]):
        found, rejects = read(*({**row, "id": "x"} for row in rows), leads=("7", "10"))
        kept = {one.row for lead in ("7", "10") for one, _ in found.of(lead, "c")}
        assert kept == {2 + rows.index(first)}
        assert rejects == [(2 + rows.index(second), "id", "x")]


def test_a_row_that_cannot_count_does_not_settle_an_id(read):
    found, rejects = read(
        opened(lead_id="7", at="never", id="x"), {"type": "sms.sent", "at": T1, "id": "x"}, opened(lead_id="7", id="x")
    )
    assert of(found, "7") == [(4, "lead")]
    assert [row for row, *_ in rejects] == [2]


def test_for_full_ties_the_first_in_the_file_counts(read):
    found, rejects = read(opened(lead_id="7", id="x", campaign="a"), opened(lead_id="7", id="x", campaign="b"))
    assert of(found, "7") == [(2, "lead")]
    assert [row for row, *_ in rejects] == [3]
