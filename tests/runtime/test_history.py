"""A history, and counts, stand for the interactions that they were made of: for the rules that made them only."""

import datetime
import pickle
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from properties.comparing import as_outcome, schema_of
from properties.test_any_data import drawn_interaction
from reference.strategies import DrawnLead, DrawnProject, projects
from scoreline.compiler.schema.reading import read_schema
from scoreline.compiler.values import read_instant
from scoreline.dsl.source import Source
from scoreline.runtime import InteractionCounts, Rules, from_texts

NOW = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
SCHEMA = """
[lead]
key = "lead_id"
relations = { contact = { to = "contact", column = "contact_id" } }
[contact]
key = "contact_id"
[interactions."email.opened".properties]
campaign = "text"
price = "number"
[interactions."call.made"]
"""
MODEL = "model Fit for lead\n  include contact interactions\n"
RULES = f"""{MODEL}
  when email.opened >= 2 within 30 days then +20
  when email.opened where (price > 5) then +3
  for each call.made then -4 halving every 7 days
"""
OFTEN = "email.opened or contact.email.opened within 30 days"
POINTS = "points of call.made or contact.call.made"
DRAWN = settings(phases=[Phase.generate], max_examples=settings.default.max_examples // 4)


def rules_of(text: str) -> Rules:
    schema, problems = read_schema(Source("crm.schema.toml", SCHEMA))
    assert schema is not None, problems
    return from_texts({"fit.score": text}, schema)


@pytest.fixture(scope="module")
def rules() -> Rules:
    return rules_of(RULES)


def compiled(project: DrawnProject) -> Rules:
    return from_texts(project.files, schema_of(project), project.zone)


def without_ties(rules: Rules, lead: DrawnLead) -> list[dict[str, object]]:
    """A lead's interactions, without those of one id that happened at one time: of them the first one counts."""
    seen: dict[object, dict[str, object]] = {}
    for number, row in enumerate(lead.interactions):
        at = (str(row["id"]).strip(), row["type"], read_instant(row["at"], rules.zone)) if "id" in row else number
        seen.setdefault(at, row)
    return list(seen.values())


@DRAWN
@given(projects(), st.integers(0, 2**24 - 1))
def test_the_order_of_interactions_does_not_matter(project: DrawnProject, seed: int) -> None:
    rules = compiled(project)
    for lead in project.leads:
        rows = without_ties(rules, lead)
        about: dict[str, Any] = {"lead": lead.lead, "contact": lead.contact}
        expected = rules.score(**about, interactions=rows, as_of=project.as_of)
        shuffled = Random(seed).sample(rows, len(rows))
        history = rules.history(shuffled, **about)
        for interactions in (shuffled, history, rules.count(shuffled, **about, as_of=project.as_of)):
            result = rules.score(**about, interactions=interactions, as_of=project.as_of)
            assert as_outcome(result) == as_outcome(expected)
            if not isinstance(interactions, InteractionCounts):
                assert sorted(map(repr, result.rejected)) == sorted(map(repr, expected.rejected))


@DRAWN
@given(projects(leads=1), st.lists(st.integers(-500, 40), min_size=2, max_size=3))
def test_a_history_is_good_for_any_time(project: DrawnProject, days: list[int]) -> None:
    rules = compiled(project)
    (lead,) = project.leads
    about: dict[str, Any] = {"lead": lead.lead, "contact": lead.contact}
    history = rules.history(iter(lead.interactions), **about)
    for day in days:
        as_of = project.as_of + datetime.timedelta(days=day)
        expected = rules.explain(**about, interactions=lead.interactions, as_of=as_of)
        assert rules.explain(**about, interactions=history, as_of=as_of) == expected
        assert rules.score(**about, interactions=history, as_of=as_of) == expected.result
        counted = rules.count(lead.interactions, **about, as_of=as_of)
        assert rules.count(history, as_of=as_of).values == counted.values


@DRAWN
@given(projects(leads=1), st.data())
def test_what_could_not_be_read_is_told_as_it_is_of_the_list(project: DrawnProject, data: st.DataObject) -> None:
    rules = compiled(project)
    rows = [drawn_interaction(data, rules.plan.schema) for _ in range(data.draw(st.integers(0, 5)))]
    (lead,) = project.leads
    about: dict[str, Any] = {"lead": lead.lead, "contact": lead.contact}
    expected = rules.score(**about, interactions=rows, as_of=project.as_of)
    history = rules.history(rows, **about)
    assert rules.score(**about, interactions=history, as_of=project.as_of) == expected
    told = [each for each in expected.rejected if each.table == "interactions"]
    assert list(history.rejected) == told
    counted = rules.score(**about, interactions=rules.count(rows, **about), as_of=project.as_of)
    assert list(counted.rejected) == [each for each in expected.rejected if each not in told]


def test_a_history_of_nobody_takes_whatever_names_anybody_for_theirs(rules: Rules) -> None:
    rows: list[object] = [{"type": "email.opened", "at": NOW, "lead_id": each} for each in ("a", "b")]
    assert rules.score({"lead_id": "a"}, interactions=rows, as_of=NOW)["Fit"].score == 0
    assert rules.score({"lead_id": "a"}, interactions=rules.history(rows), as_of=NOW)["Fit"].score == 20
    assert rules.count(rows, lead={"lead_id": "b"}, as_of=NOW).values[OFTEN] == 1


@pytest.mark.parametrize("other", [f"{MODEL}  when call.made then +20\n", RULES.replace("30 days", "31 days")])
def test_counts_of_other_rules_are_refused(rules: Rules, other: str) -> None:
    theirs = rules_of(other)
    for counts in (theirs.count([], as_of=NOW), theirs.counts_of({})):
        for takes in (rules.score, rules.explain):
            with pytest.raises(ValueError, match="counts were made for other rules"):
                takes({}, interactions=counts, as_of=NOW)


@pytest.mark.parametrize(
    "other",
    [
        f"{MODEL}  when call.made then +20\n",
        RULES.replace("include contact interactions", ""),
        RULES.replace("price >", "campaign is known and price >"),
    ],
)
def test_a_history_of_other_rules_is_refused(rules: Rules, other: str) -> None:
    history = rules_of(other).history([{"type": "email.opened", "at": NOW, "price": 7}])
    refusing: tuple[Callable[[], object], ...] = (
        lambda: rules.score({}, interactions=history, as_of=NOW),
        lambda: rules.explain({}, interactions=history, as_of=NOW),
        lambda: rules.count(history, as_of=NOW),
    )
    for refuse in refusing:
        with pytest.raises(ValueError, match="history was read for other rules"):
            refuse()


def test_the_same_rules_made_anew_take_what_the_old_ones_made(rules: Rules) -> None:
    rows: list[object] = [{"type": "email.opened", "at": NOW, "price": 7}] * 2
    expected = rules.score({}, interactions=rows, as_of=NOW)
    for again in (rules_of(RULES), pickle.loads(pickle.dumps(rules))):
        for interactions in (rules.history(rows), rules.count(rows, as_of=NOW)):
            assert again.score({}, interactions=interactions, as_of=NOW) == expected


def test_counts_that_were_kept_elsewhere_stand_for_interactions(rules: Rules) -> None:
    def scored(**counts: int) -> int | None:
        named = {{"often": OFTEN, "points": name_of(rules, POINTS)}[key]: value for key, value in counts.items()}
        return rules.score({}, interactions=rules.counts_of(named), as_of=NOW)["Fit"].score

    assert [scored(), scored(often=1), scored(often=2), scored(often=10**30)] == [0, 0, 20, 20]
    assert rules.counts_of({OFTEN: 3}).values == dict.fromkeys(rules.counters, 0) | {OFTEN: 3}
    assert rules.counts_of({name_of(rules, POINTS): -7}).values[name_of(rules, POINTS)] == -7


def name_of(rules: Rules, beginning: str) -> str:
    """The one counter whose name begins so."""
    (name,) = (each for each in rules.counters if each.startswith(beginning))
    return name


def test_a_count_of_nothing_that_rules_count_is_told_with_the_nearest(rules: Rules) -> None:
    nearly = OFTEN.replace("opened within", "openned within")
    with pytest.raises(ValueError) as refused:
        rules.counts_of({OFTEN: 1, nearly: 2})
    assert repr(nearly) in str(refused.value)
    assert f"did you mean {OFTEN!r}?" in str(refused.value)
    with pytest.raises(ValueError, match=r"nothing called 'xyz'$"):
        rules.counts_of({"xyz": 1})


@pytest.mark.parametrize("number", ["2", 2.0, None, True, [2]])
def test_a_count_is_a_whole_number(rules: Rules, number: Any) -> None:
    with pytest.raises(TypeError, match=f"is a whole number, not a {type(number).__name__}"):
        rules.counts_of({OFTEN: number})


def test_a_count_is_not_below_0(rules: Rules) -> None:
    with pytest.raises(ValueError, match="is -1, and a count is 0 or more"):
        rules.counts_of({OFTEN: -1})


@pytest.mark.parametrize(
    ("schema", "zone"), [(SCHEMA.replace('price = "number"', 'price = "text"'), "UTC"), (SCHEMA, "Asia/Tokyo")]
)
def test_a_history_that_was_read_by_another_schema_or_zone_is_refused(schema: str, zone: str) -> None:
    text = f'{MODEL}  when email.opened where (campaign is "a" and price is known) then +1\n'
    read, _ = read_schema(Source("crm.schema.toml", schema))
    assert read is not None
    other = from_texts({"fit.score": text}, read, zone)
    assert other.layout == rules_of(text).layout
    with pytest.raises(ValueError, match="read for other rules"):
        rules_of(text).score({}, interactions=other.history([]), as_of=NOW)
