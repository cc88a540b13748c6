"""The names of the columns that a query makes on its way: in the words of the rules, and never two alike.

Engines compare names without regard to case and cut long ones (PostgreSQL behind 63 bytes), so what would be long or
alike gets a number.
"""

from collections.abc import Iterable, Sequence

from scoreline.compiler import plan
from scoreline.compiler.counter_names import counter_names
from scoreline.compiler.plan_parts import properties_in_use
from scoreline.compiler.schema import FieldSpec

LEAD, CONTACT, TYPE, AT, ID = "lead key", "contact key", "type", "at", "id"
"""Columns that every query has; a name of the language has no space in it, so that no field is called so."""

DISQUALIFIED, DISQUALIFIED_BY = "disqualified", "disqualified by"

_MOST_BYTES = 60


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """The same names, in their order, short enough and each different from all others without regard to case."""
    taken: set[str] = set()
    made: list[str] = []
    for number, wanted in enumerate(names, 1):
        one = wanted
        if len(one.encode()) > _MOST_BYTES or one.casefold() in taken:
            one = f"{_cut(wanted, _MOST_BYTES - 10)}… {number}"
        taken.add(one.casefold())
        made.append(one)
    return tuple(made)


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore")


def field_column(field: plan.Field | plan.DayOf) -> str:
    """The column of a field that tests compare."""
    column = field.name if field.owner == "lead" else f"{field.owner}.{field.name}"
    return f"day of {column}" if isinstance(field, plan.DayOf) else column


def counter_columns(whole: plan.Plan) -> tuple[str, ...]:
    """The column of each counter."""
    return unique(counter_names(whole))


def property_column(type_: str, name: str) -> str:
    """The column of a property of one type of interaction."""
    return f"{type_}.{name}"


def rule_columns(models: Sequence[plan.Model]) -> tuple[tuple[str, ...], ...]:
    """The columns of the rules of each model: whether it fires, or for `for each` how often."""
    flat = iter(unique(rule.id for model in models for rule in model.rules))
    return tuple(tuple(next(flat) for _ in model.rules) for model in models)


def counted_types(whole: plan.Plan) -> list[str]:
    """The types of interactions that counters count, each once."""
    return list(dict.fromkeys(counter.type for counter in whole.counters))


def property_columns(whole: plan.Plan) -> dict[str, tuple[str, FieldSpec]]:
    """The columns of the properties that counters look at, each with the property's name and what the schema says."""
    found: dict[str, tuple[str, FieldSpec]] = {}
    for type_ in counted_types(whole):
        specs = whole.schema.interactions[type_].properties
        for name in properties_of(whole, type_):
            found[property_column(type_, name)] = (name, specs[name])
    return found


def interaction_columns(whole: plan.Plan) -> list[str]:
    """The columns of interactions: whose, which, when, and the properties that counters look at."""
    return [LEAD, CONTACT, TYPE, AT, *property_columns(whole)]


def properties_of(whole: plan.Plan, type_: str) -> list[str]:
    """The properties of a type that counters look at."""
    return list(dict.fromkeys(each.name for each in properties_in_use(whole, type_)))


def stage_before(qualification: plan.Qualification) -> str:
    """The column of the stage of the earlier run."""
    return f"{qualification.name} stage before"


def entered_before(qualification: plan.Qualification) -> str:
    """The column of how often a stage had been entered."""
    return f"{qualification.name} entered before"


def of_model(name: str, what: str) -> str:
    """The column of what a model or a qualification comes to."""
    return f"{name} {what}"
