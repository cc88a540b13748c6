"""A list of rows of one shape is read column by column, and means what the same rows mean one by one."""

import datetime
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st
from properties.test_any_data import drawn_interaction
from reference.strategies import DrawnProject, draw_project, projects
from scoreline.compiler.instants import as_datetime
from scoreline.compiler.schema.reading import read_schema
from scoreline.compiler.values import read_instant
from scoreline.dsl.source import Source
from scoreline.runtime import Result, Rules, from_texts
from scoreline.runtime.rows import ShapedRows

ZONES = (datetime.UTC, datetime.timezone(datetime.timedelta(hours=2)), None)


def compiled(project: DrawnProject) -> Rules:
    schema, _ = read_schema(Source("crm.schema.toml", project.schema))
    assert schema is not None
    return from_texts(project.files, schema, project.zone)


def alike(rows: Iterable[dict[str, object]], drop: Iterable[str] = ()) -> list[dict[str, object]]:
    """The rows with the same keys, those that a row lacks being None."""
    rows = list(rows)
    names = dict.fromkeys(name for row in rows for name in row if name not in set(drop))
    return [{name: row.get(name) for name in names} for row in rows]


def plain(rules: Rules, rows: Iterable[dict[str, object]]) -> list[dict[str, object]]:
    """The rows of known types and readable times, with times in UTC."""
    found: list[dict[str, object]] = []
    for row in rows:
        try:
            instant = read_instant(row.get("at"), rules.zone)
        except ValueError:
            continue
        if row.get("type") in rules.plan.schema.interactions and instant is not None:
            found.append({**row, "at": as_datetime(instant)})
    return found


def both_ways(
    rules: Rules, lead: object, contact: object, rows: list[dict[str, object]], as_of: datetime.datetime
) -> tuple[Result, Result]:
    """The result with the list, and with an iterator over it, of which no columns can be made."""
    whole = rules.score(lead, contact=contact, interactions=rows, as_of=as_of)
    return whole, rules.score(lead, contact=contact, interactions=iter(rows), as_of=as_of)


@given(projects(), st.sampled_from([(), ("id",), ("lead_id", "contact_id"), ("id", "lead_id", "contact_id")]))
def test_rows_of_one_shape_mean_what_they_mean_one_by_one(project: DrawnProject, drop: tuple[str, ...]) -> None:
    rules = compiled(project)
    for lead in project.leads:
        rows = plain(rules, alike(lead.interactions, drop))
        whole, one_by_one = both_ways(rules, lead.lead, lead.contact, rows, project.as_of)
        assert whole == one_by_one


@given(projects(leads=1), st.data())
def test_so_do_rows_of_anything(project: DrawnProject, data: st.DataObject) -> None:
    rules = compiled(project)
    rows = alike(drawn_interaction(data, rules.plan.schema) for _ in range(data.draw(st.integers(0, 6))))
    for row in rows:
        if data.draw(st.booleans()):
            zone = data.draw(st.sampled_from(ZONES))
            row["at"] = data.draw(st.datetimes(timezones=st.just(zone) if zone else st.none()))
    for lead in project.leads:
        whole, one_by_one = both_ways(rules, lead.lead, lead.contact, rows, project.as_of)
        assert whole == one_by_one


def test_many_drawn_lists_are_read_column_by_column() -> None:
    """Else nothing is compared."""
    read = 0
    for seed in range(100):
        project = draw_project(seed)
        rules = compiled(project)
        reader = ShapedRows(rules.plan, rules.layout, rules.events)
        for lead in project.leads:
            rows = plain(rules, alike(lead.interactions, ("id", "lead_id", "contact_id")))
            read += reader.read(rows, lambda: (None, None), False, lambda *told: None) is not None
    assert read > 60
