"""What rules count has names that read as the rules do, each its own and the same wherever the same is counted."""

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from properties.comparing import schema_of
from reference.drawn_large import draw_large
from reference.strategies import DrawnProject, draw_project
from scoreline.compiler import plan
from scoreline.compiler.counter_names import counter_names
from scoreline.compiler.pipeline import compile_rules, text_reader
from scoreline.compiler.schema.reading import read_schema
from scoreline.dsl.source import Source
from scoreline.runtime import from_texts

SCHEMA = """
[lead]
key = "lead_id"
relations = { contact = { to = "contact", column = "contact_id" } }
[contact]
key = "contact_id"
[interactions."email.clicked".properties]
link = "text"
price = "number"
paid = "yes/no"
tags = { type = "choices", values = ["Spring", "Fall"] }
sent_on = "date"
[interactions."call.made"]
"""
# Each is the rule's own text.
READ_AS_RULES = (
    "email.clicked",
    "contact.email.clicked",
    "email.clicked within 30 days",
    "email.clicked within 1 month",
    "email.clicked within 2 years",
    "email.clicked within 36 hours",
    "email.clicked more than 90 minutes ago",
    "email.clicked since 2026-01-31",
    'email.clicked where (link contains "pricing") within 30 days',
    'email.clicked where (link is "say \\"hi\\" \\\\ 100%")',
    'email.clicked where (link starts with "a" and paid is yes)',
    'email.clicked where (link is known and (price > 2.5 or price not in [1, 2]))',
    'email.clicked where (tags contains "spring")',
    "email.clicked where (sent_on < 2026-01-31)",
    "distinct email.clicked.link",
    "day with call.made within 1 year",
    "week with contact.call.made",
)  # fmt: skip
SEEDS = st.integers(0, 2**24 - 1)
PROJECTS = st.builds(lambda seed, draw: draw(seed, leads=0), SEEDS, st.sampled_from((draw_project, draw_large)))


def planned(project: DrawnProject, **more: str) -> plan.Plan:
    files = {**project.files, **{f"{name}.score": text for name, text in more.items()}}
    compiled = compile_rules(sorted(files), text_reader(files), schema_of(project), project.zone)
    assert compiled.plan is not None, compiled.diagnostics
    return compiled.plan


@settings(phases=[Phase.generate], max_examples=settings.default.max_examples // 6)
@given(PROJECTS)
def test_each_counter_has_a_name_of_its_own_and_keeps_it(project: DrawnProject) -> None:
    whole = planned(project)
    names = counter_names(whole)
    assert len(set(names)) == len(names) == len(whole.counters)
    assert counter_names(planned(project)) == names
    happening = next(iter(whole.schema.interactions))
    other = f"model Other for lead\n  when {happening} within 3 days or {happening} >= 7 then +1\n"
    assert {*counter_names(planned(project, other=other))} >= {*names}, "rules beside it change no name"


@pytest.mark.parametrize("text", READ_AS_RULES)
def test_a_name_reads_as_the_rule_does(text: str) -> None:
    schema, _ = read_schema(Source("crm.schema.toml", SCHEMA))
    assert schema is not None
    rules = from_texts({"a.score": f"model Fit for lead\n  for each {text} then +1\n"}, schema, "Europe/Berlin")
    assert rules.counters == (text,)


def test_equal_counts_share_a_name_and_different_ones_do_not() -> None:
    schema, _ = read_schema(Source("crm.schema.toml", SCHEMA))
    assert schema is not None
    text = """model Fit for lead
  when call.made >= 2 within 7 days then +1
  when call.made within the last 1 week then +1
  for each call.made within 168 hours then +1
  for each call.made then +4 halving every 3 days
model Both for lead
  include contact interactions
  when call.made then +1
"""
    assert set(from_texts({"a.score": text}, schema).counters) == {
        "call.made within 7 days",
        "call.made",
        "points of call.made: +4 after 3 days ago, +2 after 6 days ago, +1 after 9 days ago, +1 after 12 days ago",
        "call.made or contact.call.made",
    }
