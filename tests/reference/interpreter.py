"""A second implementation of the language: a naive walk over the tree, for the first to be compared with.

Promises to be written from the specification alone and to be obvious, not fast: three-valued logic is True,
False and None, every rule is judged by itself, and nothing is shared with the compiler or the runtime but the
tree and the shape of the schema. Expects a project without errors and typed values.
"""

import datetime
import posixpath
from collections.abc import Iterable, Mapping
from typing import TypedDict, TypeVar
from zoneinfo import ZoneInfo

from scoreline.compiler.schema import Schema
from scoreline.dsl import nodes

from .conditions import Here, Verdict
from .data import Facts, Interaction, gather
from .instants import UTC
from .models import judge
from .stages import qualify
from .text import fold, trim

Item = TypeVar("Item", bound=nodes.Node)


class Outcome(TypedDict):
    """All that the rules say of a lead."""

    models: dict[str, tuple[int | None, str | None, list[str]]]
    stages: dict[str, tuple[str | None, int]]
    stage: str | None
    disqualified_by: list[str]
    actions: list[dict[str, object]]


def score(
    files: Mapping[str, nodes.File],
    schema: Schema,
    lead: Mapping[str, object],
    contact: Mapping[str, object] | None,
    interactions: Iterable[Mapping[str, object]],
    as_of: datetime.datetime,
    previous: Mapping[str, object] | None,
    zone: ZoneInfo,
) -> Outcome:
    """Score one lead. `files` are by path; `previous` holds, by qualification, a stage or (stage, entered)."""
    facts = gather(schema, lead, contact, interactions, as_of.astimezone(UTC), zone)
    outcome: Outcome = {"models": {}, "stages": {}, "stage": None, "disqualified_by": [], "actions": []}

    def here(path: str, *, include: bool, verdicts: Mapping[str, Verdict]) -> Here:
        rows = _interactions(schema, facts, include=include)
        return Here(as_of.astimezone(UTC), zone, lets_of(path, files), facts.fields, rows, verdicts)

    for path, model in _all(files, nodes.Model):
        include = any(isinstance(item, nodes.Include) for item in model.items)
        verdict, rules, disqualifying = judge(model, here(path, include=include, verdicts={}))
        outcome["models"][model.name.text] = (*verdict, rules)
        outcome["disqualified_by"] += disqualifying
    verdicts = {name: (points, grade) for name, (points, grade, _) in outcome["models"].items()}
    for path, one in _all(files, nodes.Qualification):
        mine = falls_under(one, list(files.values()), schema, facts)
        admitted = mine and not outcome["disqualified_by"]
        before = (previous or {}).get(one.name.text)
        place = here(path, include=False, verdicts=verdicts)
        stage, entered, actions = qualify(one, place, admitted, before)
        outcome["stages"][one.name.text] = (stage, entered)
        outcome["actions"] += actions
        if mine:
            outcome["stage"] = stage
    return outcome


def _all(files: Mapping[str, nodes.File], kind: type[Item]) -> list[tuple[str, Item]]:
    """The models or the qualifications with their files, in the order of the paths, then of the text."""
    return [(path, item) for path in sorted(files) for item in files[path].items if isinstance(item, kind)]


def lets_of(path: str, files: Mapping[str, nodes.File]) -> dict[str, nodes.List | nodes.Condition]:
    """The lets that a file sees: its own, and those of the files it uses, directly or through others."""
    seen, waiting = set[str](), [path]
    lets: dict[str, nodes.List | nodes.Condition] = {}
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        for item in files[path].items:
            if isinstance(item, nodes.Use):
                waiting.append(posixpath.normpath(posixpath.join(posixpath.dirname(path), item.path.value)))
            if isinstance(item, nodes.Let):
                assert item.value is not None
                lets[item.name.text] = item.value
    return lets


def _interactions(schema: Schema, facts: Facts, *, include: bool) -> dict[str, tuple[Interaction, ...]]:
    """The interactions that a dotted name counts. A name that says `contact.` is the contact's, `include` or not."""
    named: dict[str, tuple[Interaction, ...]] = {}
    for kind in schema.interactions:
        rows = facts.union if include else facts.lead
        named[kind] = tuple(row for row in rows if row.type == kind)
        for relation in schema.lead.relations:
            named[f"{relation}.{kind}"] = tuple(row for row in facts.contact if row.type == kind)
    return named


def falls_under(one: nodes.Qualification, files: list[nodes.File], schema: Schema, facts: Facts) -> bool:
    """Whether a qualification is the one for the lead's business unit."""
    unit = None if schema.lead.unit is None else facts.fields[schema.lead.unit]
    named = {
        fold(trim(item.unit.value))
        for file in files
        for item in file.items
        if isinstance(item, nodes.Qualification) and item.unit is not None
    }
    mine = fold(unit) if isinstance(unit, str) else None
    return mine not in named if one.unit is None else mine == fold(trim(one.unit.value))
