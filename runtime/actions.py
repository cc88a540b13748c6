"""Actions as data: what is to be done because a stage was entered, with the lead's values filled in."""

import datetime
from collections.abc import Sequence
from urllib.parse import quote

from scoreline.compiler import plan
from scoreline.compiler.instants import as_datetime
from scoreline.compiler.schema import Schema
from scoreline.compiler.schema.fields import FieldSpec
from scoreline.compiler.values import Known
from scoreline.runtime.leads import Values
from scoreline.runtime.results import Action
from scoreline.runtime.wording import known_text


class ActionMaker:
    """Makes the actions of a stage for one lead at a time."""

    def __init__(self, schema: Schema, zone: datetime.tzinfo) -> None:
        self._lead = schema.lead.fields
        self._contact = schema.contact_fields
        self._zone = zone

    def actions(
        self,
        qualification: plan.Qualification,
        stage: plan.StagePlan,
        entering: int,
        key: str | None,
        values: tuple[Values, Values],
        moments: Sequence[int],
    ) -> tuple[Action, ...]:
        """The actions of entering a stage for the `entering`th time; `values` are the lead's and its contact's."""
        made: list[Action] = []
        for number, action in enumerate(stage.actions, 1):
            parts = (key or "", qualification.name, stage.name, str(entering), str(number))
            identity = "/".join(quote(part, safe="") for part in parts)
            made.append(self._action(action, identity, qualification.name, stage.name, values, moments))
        return tuple(made)

    def _action(
        self,
        action: plan.Action,
        key: str,
        qualification: str,
        stage: str,
        values: tuple[Values, Values],
        moments: Sequence[int],
    ) -> Action:
        match action:
            case plan.CreateTask():
                owner = None if action.owner is None else self._text(action.owner, values)
                due = None if action.due is None else as_datetime(moments[action.due])
                title = self._text(action.title, values)
                return Action(action.kind, key, qualification, stage, title=title, owner=owner, due=due)
            case plan.Notify():
                return Action(action.kind, key, qualification, stage, channel=action.channel)
            case plan.SetField():
                value = self._value(action, values)
                return Action(action.kind, key, qualification, stage, field=action.field, value=value)

    def _text(self, parts: tuple[str | plan.Field, ...], values: tuple[Values, Values]) -> str:
        return "".join(part if isinstance(part, str) else self._filled(part, values) for part in parts)

    def _filled(self, field: plan.Field, values: tuple[Values, Values]) -> str:
        known, spec = self._known(field, values)
        return "" if known is None else known_text(known, spec, self._zone)

    def _known(self, field: plan.Field, values: tuple[Values, Values]) -> tuple[Known | None, FieldSpec]:
        lead, contact = values
        if field.owner == "contact":
            return contact.get(field.name), self._contact[field.name]
        return lead.get(field.name), self._lead[field.name]

    def _value(
        self, action: plan.SetField, values: tuple[Values, Values]
    ) -> str | float | bool | datetime.date | datetime.datetime | None:
        value = action.value
        if isinstance(value, plan.Day):
            return datetime.date.fromordinal(value.value)
        if not isinstance(value, plan.Field):
            return value.value
        known, spec = self._known(value, values)
        return _outside(known, spec)


def _outside(known: Known | None, spec: FieldSpec) -> str | float | bool | datetime.date | datetime.datetime | None:
    """A known value as Python's own type."""
    if isinstance(known, int) and not isinstance(known, bool):
        if spec.type == "date":
            return datetime.date.fromordinal(known)
        return as_datetime(known)
    return ";".join(known) if isinstance(known, tuple) else known
