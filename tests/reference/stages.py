"""Qualifications: the stage a lead is in, and what entering it asks for (meanings 10, 11, 14)."""

import re

from scoreline.dsl import nodes

from .conditions import Here, holds
from .data import Value
from .instants import step
from .text import trim

Actions = list[dict[str, object]]


def qualify(one: nodes.Qualification, here: Here, admitted: bool, previous: object) -> tuple[str | None, int, Actions]:
    """The stage, how often a stage has been entered so far, and the actions of a stage entered just now.

    `admitted` is false for a lead of another business unit, or one that is disqualified.
    """
    before, entered = _previous(previous)
    if not admitted or (one.where is not None and holds(one.where, here) is not True):
        return None, entered, []
    names = [stage.name.value for stage in one.stages]
    reached = -1
    for place, stage in enumerate(one.stages):
        if holds(stage.when, here) is True:
            reached = place
    kept = names.index(before) if before in names else -1
    if kept >= 0:
        until = one.stages[kept].until
        ended = until is not None and holds(until, here) is True
        if not ended:
            reached = max(reached, kept)
    if reached == -1:
        return None, entered, []
    if reached == kept:
        return names[reached], entered, []
    return (
        names[reached],
        entered + 1,
        [_action(action, one, one.stages[reached], here) for action in one.stages[reached].actions],
    )


def _previous(previous: object) -> tuple[str | None, int]:
    if previous is None:
        return None, 0
    if isinstance(previous, str):  # nobody says how often it was entered; once at least
        return previous, 1
    assert isinstance(previous, tuple)
    stage, entered = previous
    return stage, entered


def _action(action: nodes.Action, one: nodes.Qualification, stage: nodes.Stage, here: Here) -> dict[str, object]:
    told: dict[str, object] = {"qualification": one.name.text, "stage": stage.name.value}
    match action:
        case nodes.CreateTask():
            due = None if action.due is None else step(here.as_of, action.due, here.zone, +1)
            owner = None if action.owner is None else action.owner.value
            return told | {"kind": "create task", "title": fill(action.title.value, here), "owner": owner, "due": due}
        case nodes.Notify():
            return told | {"kind": "notify", "channel": action.channel.value}
        case nodes.SetField():
            return told | {"kind": "set", "field": action.field.text, "value": _settable(action.value, here)}


def _settable(node: nodes.Value, here: Here) -> Value:
    match node:
        case nodes.Path():
            return here.fields[node.dotted]
        case nodes.Text():
            return trim(node.value)
        case _:
            return node.value


def fill(text: str, here: Here) -> str:
    """A task's text, with the fields it names filled in; `{{` is a brace."""

    def one(match: re.Match[str]) -> str:
        if match[0] == "{{":
            return "{"
        value = here.fields[trim(match[1])]
        return "" if value is None else str(value)

    return re.sub(r"\{\{|\{([^{}]*)\}", one, text)
