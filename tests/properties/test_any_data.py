"""Checked rules never raise, whatever a caller hands in as a lead: what cannot be read is missing, and told."""

import datetime

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from reference.hostile import Hostile
from reference.strategies import DrawnProject, projects
from scoreline.compiler.schema import Schema
from scoreline.compiler.schema.reading import read_schema
from scoreline.dsl.source import Source
from scoreline.runtime import from_texts

ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.dates(),
    st.datetimes(timezones=st.just(datetime.UTC)),
    st.binary(max_size=4),
    st.lists(st.text(max_size=3), max_size=3),
    st.builds(Hostile),
    st.just(float("nan")),
)


def drawn_lead(data: st.DataObject, schema: Schema) -> dict[str, object]:
    names = [schema.lead.key, *schema.lead.fields, *(each.column for each in schema.lead.relations.values())]
    return {name: data.draw(ANYTHING) for name in names}


def drawn_interaction(data: st.DataObject, schema: Schema) -> dict[str, object]:
    type_ = data.draw(st.one_of(ANYTHING, st.sampled_from([*schema.interactions, "unknown.type"])))
    properties = (
        schema.interactions[type_].properties if isinstance(type_, str) and type_ in schema.interactions else {}
    )
    row: dict[str, object] = {name: data.draw(ANYTHING) for name in ("at", "id", "lead_id", "contact_id", *properties)}
    return {**row, "type": type_}


@settings(phases=[Phase.generate])
@given(projects(), st.data())
def test_anything_can_be_scored(project: DrawnProject, data: st.DataObject) -> None:
    schema, _ = read_schema(Source("crm.schema.toml", project.schema))
    assert schema is not None
    rules = from_texts(project.files, schema, project.zone)
    contact = None
    if schema.contact is not None:
        contact = {name: data.draw(ANYTHING) for name in (schema.contact.key, *schema.contact.fields)}
    interactions = [drawn_interaction(data, schema) for _ in range(data.draw(st.integers(0, 4)))]
    result = rules.score(drawn_lead(data, schema), interactions=interactions, contact=contact, as_of=project.as_of)
    assert set(result.models) == set(rules.model_names)
