"""What the closures and the interpreter say of a drawn lead, in one shape: for tests that hold the two together."""

from reference.interpreter import Outcome, score
from reference.strategies import DrawnLead, DrawnProject
from scoreline.compiler.schema import Schema
from scoreline.compiler.schema.reading import read_schema
from scoreline.dsl import nodes
from scoreline.dsl.parse import parse
from scoreline.dsl.source import Source
from scoreline.runtime import Action, Result

PARTS = ("kind", "qualification", "stage", "title", "owner", "due", "channel", "field", "value")


def schema_of(project: DrawnProject) -> Schema:
    """The schema of a project."""
    schema, problems = read_schema(Source("crm.schema.toml", project.schema))
    assert schema is not None, [problem.message for problem in problems]
    return schema


def trees_of(project: DrawnProject) -> dict[str, nodes.File]:
    """The parsed rule files of a project."""
    return {name: parse(Source(name, text)).file for name, text in project.files.items()}


def by_reference(project: DrawnProject, schema: Schema, trees: dict[str, nodes.File], lead: DrawnLead) -> Outcome:
    """What the interpreter says; of an action, the parts that are told."""
    said = score(trees, schema, lead.lead, lead.contact, lead.interactions, project.as_of, lead.previous, project.zone)
    said["actions"] = [{part: value for part, value in one.items() if value is not None} for one in said["actions"]]
    return said


def as_outcome(result: Result) -> Outcome:
    """What the closures say, as the interpreter says it."""
    return {
        "models": {name: (one.score, one.grade, list(one.rules)) for name, one in result.models.items()},
        "stages": {name: (one.stage, one.entered) for name, one in result.qualifications.items()},
        "stage": result.stage,
        "disqualified_by": list(result.disqualified_by),
        "actions": [_action(action) for action in result.actions],
    }


def _action(action: Action) -> dict[str, object]:
    return {part: value for part in PARTS if (value := getattr(action, part)) is not None}
