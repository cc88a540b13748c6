"""The workload as a marketer would write it: a rule file, and the schema that goes with it."""

import json
from collections.abc import Sequence

from benchmarks.workload import (
    CHOICES,
    FLAGS,
    NUMBERS,
    TEXTS,
    TYPES,
    AtLeast,
    Below,
    Between,
    Count,
    Equals,
    OneOf,
    Rule,
    Test,
    TextTest,
    choice_values,
)

MODEL = "Fit"


def rule_text(rules: Sequence[Rule]) -> str:
    """The text of a rule file with one model."""
    lines = [f"  when {' and '.join(map(_condition, rule.tests))} then {rule.points:+}" for rule in rules]
    return "\n".join([f"model {MODEL} for lead", *lines, ""])


def schema_text() -> str:
    """The text of the schema file."""
    values = {field: ", ".join(map(_quoted, choice_values(field))) for field in CHOICES}
    fields = [f'{field} = {{ type = "choice", values = [{values[field]}] }}' for field in CHOICES]
    fields += [f'{field} = "{type_}"' for type_, of in _TYPES.items() for field in of]
    interactions = [f'[interactions."{type_}"]' for type_ in TYPES]
    return "\n".join(["[lead]", 'key = "lead_id"', "[lead.fields]", *fields, *interactions, ""])


_TYPES = {"number": tuple(NUMBERS), "yes/no": FLAGS, "text": TEXTS}


def _condition(test: Test) -> str:
    match test:
        case Equals(field, bool() as value):
            return f"{field} is {'yes' if value else 'no'}"
        case Equals(field, value):
            return f"{field} is {_quoted(value)}"
        case OneOf(field, values):
            return f"{field} in [{', '.join(map(_quoted, values))}]"
        case AtLeast(field, low):
            return f"{field} >= {low}"
        case Below(field, high):
            return f"{field} < {high}"
        case Between(field, low, high):
            return f"{field} between {low} and {high}"
        case TextTest(field, how, needles):
            several = ", ".join(map(_quoted, needles))
            return f"{field} {how} {several if len(needles) == 1 else f'any of [{several}]'}"
        case Count(type_, days, times):
            return f"{type_} >= {times}{'' if days is None else f' within {days} days'}"


def _quoted(text: object) -> str:
    return json.dumps(text, ensure_ascii=False)
