"""Which fields a plan needs: those that tests compare, that texts of tasks show, and the unit."""

from collections.abc import Iterator
from typing import Literal

from scoreline.compiler import plan
from scoreline.compiler.plan_parts import operands


def needed_fields(whole: plan.Plan, owner: Literal["lead", "contact"]) -> frozenset[str]:
    """The names of the fields of the lead or of its contact that scoring reads."""
    unit = whole.schema.lead.unit
    names = {field.name for field in _fields(whole) if field.owner == owner}
    return frozenset(names | {unit} if owner == "lead" and unit is not None else names)


def _fields(whole: plan.Plan) -> Iterator[plan.Field | plan.DayOf]:
    for node in whole.nodes:
        yield from (each for each in operands(node) if isinstance(each, plan.Field | plan.DayOf))
    for qualification in whole.qualifications:
        for stage in qualification.stages:
            for action in stage.actions:
                yield from shown_fields(action)


def shown_fields(action: plan.Action) -> Iterator[plan.Field]:
    """The fields whose values an action shows or sets."""
    match action:
        case plan.CreateTask():
            yield from (each for each in (*action.title, *(action.owner or ())) if isinstance(each, plan.Field))
        case plan.SetField():
            if isinstance(action.value, plan.Field):
                yield action.value
        case plan.Notify():
            pass
