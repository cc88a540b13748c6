"""On drawn projects, the closures say exactly what the naive interpreter says: however rules are found, and whatever
form interactions are handed in.

`HYPOTHESIS_PROFILE=fuzz` draws thousands of projects, other ones each time.
"""

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from reference.interpreter import Outcome, score
from reference.smallest import smallest
from reference.strategies import DrawnLead, DrawnProject, projects
from scoreline.compiler.backends.closures.dispatch.choice import Dispatch
from scoreline.compiler.schema import Schema
from scoreline.compiler.schema.reading import read_schema
from scoreline.dsl import nodes
from scoreline.dsl.parse import parse
from scoreline.dsl.source import Source
from scoreline.runtime import Action, Result, Rules, RulesInvalid, StageState, from_texts

PARTS = ("kind", "qualification", "stage", "title", "owner", "due", "channel", "field", "value")


def schema_of(project: DrawnProject) -> Schema:
    schema, problems = read_schema(Source("crm.schema.toml", project.schema))
    assert schema is not None, [problem.message for problem in problems]
    return schema


def trees_of(project: DrawnProject) -> dict[str, nodes.File]:
    return {name: parse(Source(name, text)).file for name, text in project.files.items()}


def by_reference(project: DrawnProject, schema: Schema, trees: dict[str, nodes.File], lead: DrawnLead) -> Outcome:
    return score(trees, schema, lead.lead, lead.contact, lead.interactions, project.as_of, lead.previous, project.zone)


def by_closures(project: DrawnProject, rules: Rules, lead: DrawnLead, form: str) -> Result:
    """`form` tells how the interactions are handed in."""
    previous = {  # a bare name stands for a stage that was entered once
        name: stage if stage is not None and entered == 1 else StageState(stage, entered)
        for name, (stage, entered) in lead.previous.items()
    }
    about = {"lead": lead.lead, "contact": lead.contact}
    told = lead.interactions
    if form == "history":
        told = rules.history(lead.interactions, **about)
    elif form == "counts":
        told = rules.count(lead.interactions, **about, as_of=project.as_of)
    return rules.score(**about, interactions=told, as_of=project.as_of, previous=previous)


def said_by_closures(project: DrawnProject, several: list[Rules], lead: DrawnLead) -> Iterator[Outcome | str]:
    """What the closures say in every way; an exception is a difference like any other."""
    for rules in several:
        for form in ("list", "history", "counts"):
            try:
                yield as_outcome(by_closures(project, rules, lead, form))
            except Exception as fault:
                yield f"{form}: {fault!r}"


def as_outcome(result: Result) -> Outcome:
    return {
        "models": {name: (one.score, one.grade, list(one.rules)) for name, one in result.models.items()},
        "stages": {name: (one.stage, one.entered) for name, one in result.qualifications.items()},
        "stage": result.stage,
        "disqualified_by": list(result.disqualified_by),
        "actions": [_action(action) for action in result.actions],
    }


def _action(action: Action) -> dict[str, object]:
    return {part: value for part in PARTS if (value := getattr(action, part)) is not None}


def differences(project: DrawnProject) -> list[tuple[Outcome | str, Outcome]]:
    """What the closures say and what the interpreter says, wherever they say different things of a lead."""
    schema, trees = schema_of(project), trees_of(project)
    plan = from_texts(project.files, schema, project.zone).plan
    several = [Rules(plan, dispatch) for dispatch in Dispatch]
    found: list[tuple[Outcome | str, Outcome]] = []
    for lead in project.leads:
        expected = by_reference(project, schema, trees, lead)
        told = [{part: value for part, value in one.items() if value is not None} for one in expected["actions"]]
        expected["actions"] = told
        found.extend((said, expected) for said in said_by_closures(project, several, lead) if said != expected)
    return found


def differs(project: DrawnProject) -> bool:
    """Whether a project checks, and the two say different things of it."""
    try:
        return bool(differences(project))
    except (RulesInvalid, AssertionError, KeyError):  # no longer a project that checks
        return False


def shown(project: DrawnProject) -> str:
    """A project and the difference on it, for the message of a failing test."""
    files = "".join(f"# {name}\n{text}\n" for name, text in project.files.items() if text)
    closures, reference = differences(project)[0]
    return (
        f"as_of {project.as_of.isoformat()} in {project.zone.key}\n{files}{project.schema}\n{project.leads[0]}\n\n"
        f"closures  {closures}\nreference {reference}"
    )


@settings(phases=[Phase.generate])  # no shrinking of seeds: `smallest` does it, line by line
@given(projects())
def test_closures_equal_the_reference_interpreter(project: DrawnProject) -> None:
    if differences(project):
        pytest.fail(shown(smallest(project, differs)), pytrace=False)


def test_drawn_projects_are_lively() -> None:
    """A decent share of rules fires and does not, and everything that can happen happens: else nothing is compared."""
    seen: Counter[str] = Counter()

    @settings(max_examples=200, phases=[Phase.generate], suppress_health_check=list(HealthCheck), database=None)
    @given(projects())
    def count(project: DrawnProject) -> None:
        schema, trees = schema_of(project), trees_of(project)
        for lead in project.leads:
            _count(by_reference(project, schema, trees, lead), trees, seen)

    count()
    assert 0.2 < seen["fired"] / seen["rules"] < 0.8
    assert 0.1 < seen["staged"] / seen["stages"] < 0.9
    for happening in ("outside", "grade", "no grade", "disqualified", "action", "kept or entered before"):
        assert seen[happening] >= 5, happening


def _count(outcome: Outcome, trees: dict[str, nodes.File], seen: Counter[str]) -> None:
    models = [item for tree in trees.values() for item in tree.items if isinstance(item, nodes.Model)]
    for model in models:
        points, grade, fired = outcome["models"][model.name.text]
        seen["outside"] += points is None
        seen["grade" if grade is not None else "no grade"] += 1
        if points is not None:
            seen["rules"] += sum(isinstance(item, nodes.When | nodes.ForEach) for item in model.items)
            seen["fired"] += len(fired)
    for stage, entered in outcome["stages"].values():
        seen["stages"] += 1
        seen["staged"] += stage is not None
        seen["kept or entered before"] += entered > 1
    seen["disqualified"] += bool(outcome["disqualified_by"])
    seen["action"] += len(outcome["actions"])
