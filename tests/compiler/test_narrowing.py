"""A plan without its examples is the plan of the same files without them, and scores alike."""

from hypothesis import given
from properties.comparing import schema_of
from reference.strategies import DrawnProject, projects
from scoreline.compiler.narrowing import without_examples
from scoreline.runtime import Rules, from_texts

EXAMPLE = """
example "One that nobody asked for"
  given today is 2031-05-05
  given {type} 3 times 17 days ago
  expect {model} > -77 and {model} < 7777777
"""


@given(projects(leads=2))
def test_an_example_more_makes_no_difference(project: DrawnProject) -> None:
    schema = schema_of(project)
    rules = from_texts(project.files, schema, project.zone)
    last = list(project.files)[-1]
    example = EXAMPLE.format(type=next(iter(schema.interactions)), model=rules.model_names[0])
    more = from_texts({**project.files, last: project.files[last] + example}, schema, project.zone)
    narrow = without_examples(rules.plan)
    assert len(more.plan.examples) == len(rules.plan.examples) + 1
    assert without_examples(more.plan) == narrow
    again = Rules(narrow)
    for lead in project.leads:
        given_ = {"contact": lead.contact, "interactions": list(lead.interactions), "as_of": project.as_of}
        assert again.score(lead.lead, **given_) == rules.score(lead.lead, **given_)
