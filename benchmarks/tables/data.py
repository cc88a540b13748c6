"""The tables that are scored: leads, contacts and interactions as Parquet, made by DuckDB out of hashes of numbers.

The fields are those of `benchmarks.workload`, and their values are missing as often. A lead has 20 interactions on
average, of ten types; nine of ten name a lead, one of five a contact, so that some name both. Every second lead has a
contact, and every contact a lead. Half of the interactions are less than 83 days old, as in real data. Nothing is
random: the same size gives the same tables.
"""

import datetime
from pathlib import Path

import duckdb

from benchmarks import workload

INTERACTIONS_A_LEAD = 20
_AS_OF = workload.AS_OF.strftime("%Y-%m-%d %H:%M:%S")
_MEAN_AGE_DAYS = 120
_MANY = 2_147_483_647


def write_tables(folder: Path, leads: int) -> None:
    """Writes leads.parquet, contacts.parquet (0.3 for each lead) and interactions.parquet into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    contacts = max(1, leads * 3 // 10)
    with duckdb.connect() as base:
        _copy(base, folder / "leads.parquet", _leads(leads, contacts))
        _copy(base, folder / "contacts.parquet", f"select {_key('C', 'i')} as contact_id from range({contacts}) t(i)")
        _copy(base, folder / "interactions.parquet", _interactions(leads, contacts))


def new_interactions(path: Path, leads: int, rows: int, span: datetime.timedelta) -> None:
    """Writes so many interactions within a span of time behind the tables', of the same leads and contacts."""
    contacts = max(1, leads * 3 // 10)
    micros = span // datetime.timedelta(microseconds=1)
    at = f"timestamp '{_AS_OF}' + to_microseconds(({_drawn(7)} * 1000 + {_drawn(8)}) % {micros})"
    with duckdb.connect() as base:
        _copy(base, path, _happened(leads, contacts, at, rows, INTERACTIONS_A_LEAD * leads))


def _copy(base: "duckdb.DuckDBPyConnection", path: Path, query: str) -> None:
    base.execute(f"copy ({query}) to '{path}' (format parquet)")


def _key(letter: str, number: str) -> str:
    return f"'{letter}' || lpad(({number})::varchar, 8, '0')"


def _drawn(salt: int, number: str = "i") -> str:
    """A whole number from 0 to a million that looks drawn."""
    return f"(hash({number} * 1000 + {salt}) % {_MANY})::bigint"


def _picked(texts: tuple[str, ...], salt: int) -> str:
    return f"([{', '.join(repr(each) for each in texts)}])[1 + {_drawn(salt)} % {len(texts)}]"


def _leads(leads: int, contacts: int) -> str:
    columns = [
        f"{_key('L', 'i')} as lead_id",
        f"case when i % 2 = 0 then {_key('C', f'i // 2 % {contacts}')} end as contact_id",
    ]
    made = {field: _picked(workload.choice_values(field), salt) for salt, field in enumerate(workload.CHOICES, 10)}
    for salt, (field, most) in enumerate(workload.NUMBERS.items(), 30):
        made[field] = f"floor(pow({most}, 0.1 + 0.9 * {_drawn(salt)} / {_MANY}))"
    made |= {field: f"{_drawn(salt)} % 2 = 0" for salt, field in enumerate(workload.FLAGS, 40)}
    made["job_title"] = f"{_picked(workload.TITLE_WORDS, 50)} || ' of ' || {_picked(workload.TITLE_WORDS, 51)}"
    made["company"] = f"{_picked(workload.COMPANY_WORDS, 52)} || ' ' || lower({_picked(workload.COMPANY_WORDS, 53)})"
    made["email"] = f"'person' || {_drawn(54)} || '@' || {_picked(workload.DOMAINS, 55)}"
    for salt, (field, value) in enumerate(made.items(), 60):
        columns.append(f"case when {_drawn(salt)} % 12 > 0 then {value} end as {field}")
    return f"select {', '.join(columns)} from range({leads}) t(i)"


def _interactions(leads: int, contacts: int) -> str:
    age = f"(-ln(1 - {_drawn(4)} / {_MANY}) * {_MEAN_AGE_DAYS * 86_400})::bigint * 1000000 + {_drawn(5)}"
    at = f"timestamp '{_AS_OF}' - to_microseconds({age})"
    return _happened(leads, contacts, at, INTERACTIONS_A_LEAD * leads, 0)


def _happened(leads: int, contacts: int, at: str, rows: int, first: int) -> str:
    columns = (
        f"case when {_drawn(1)} % 10 < 9 then {_key('L', f'{_drawn(2)} % {leads}')} end as lead_id",
        f"case when {_drawn(1)} % 10 > 7 then {_key('C', f'{_drawn(3)} % {contacts}')} end as contact_id",
        f"{_picked(workload.TYPES, 6)} as type",
        f'{at} as "at"',
    )
    return f"select {', '.join(columns)} from range({first}, {first + rows}) t(i)"
