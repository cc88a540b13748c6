"""On drawn projects, the closures say exactly what the naive interpreter says: however rules are found, and whatever
form interactions are handed in.

`HYPOTHESIS_PROFILE=fuzz` draws thousands of projects, other ones each time.
"""

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from properties.comparing import as_outcome, by_reference, schema_of, trees_of
from reference.interpreter import Outcome
from reference.smallest import smallest
from reference.strategies import DrawnLead, DrawnProject, projects
from scoreline.compiler.backends.closures.dispatch.choice import Dispatch
from scoreline.dsl import nodes
from scoreline.runtime import Result, Rules, RulesInvalid, StageState, from_texts


def by_closures(project: DrawnProject, rules: Rules, lead: DrawnLead, form: str) -> Result:
    """`form` tells how the interactions are handed in."""
    previous = {  # a bare name stands for a stage that was entered once
        name: stage if stage is not None and entered == 1 else StageState(stage, entered)
        for name, (stage, entered) in lead.previous.items()
    }
    about = {"lead": lead.lead, "contact": lead.contact}
    told = list(lead.interactions)
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


def differences(project: DrawnProject) -> list[tuple[Outcome | str, Outcome]]:
    """What the closures say and what the interpreter says, wherever they say different things of a lead."""
    schema, trees = schema_of(project), trees_of(project)
    rules = from_texts(project.files, schema, project.zone)
    several = [rules, Rules(rules.plan, Dispatch.ALWAYS), Rules(rules.plan, Dispatch.NEVER)]
    found: list[tuple[Outcome | str, Outcome]] = []
    for lead in project.leads:
        expected = by_reference(project, schema, trees, lead)
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
