"""The types of operands, and how to speak of them."""

from typing import Literal, assert_never

from scoreline.compiler import checked
from scoreline.dsl import nodes
from scoreline.dsl.messages import say

Type = Literal["text", "choice", "choices", "number", "yes/no", "date", "datetime"]
Family = Literal["text", "choices", "number", "yes/no", "time"]

SPOKEN: dict[Type, str] = {
    "text": say("a text"),
    "choice": say("a choice"),
    "choices": say("a set of choices"),
    "number": say("a number"),
    "yes/no": say("a yes/no value"),
    "date": say("a date"),
    "datetime": say("a date and time"),
}
ORDERED: frozenset[Type] = frozenset({"number", "date", "datetime"})


def type_of(operand: checked.Operand) -> Type:
    """The type of an operand; counts and scores are numbers, grades and stages are choices."""
    match operand:
        case checked.Field():
            return operand.spec.type
        case checked.Count() | checked.Score() | checked.Sum() | nodes.Number():
            return "number"
        case checked.Grade() | checked.StageNow():
            return "choice"
        case nodes.Text():
            return "text"
        case nodes.Date():
            return "date"
        case nodes.YesNo():
            return "yes/no"
        case _:
            assert_never(operand)


def family(type_: Type) -> Family:
    """What can be compared with each other: texts with choices, dates with datetimes."""
    match type_:
        case "text" | "choice":
            return "text"
        case "date" | "datetime":
            return "time"
        case _:
            return type_


def spoken(operand: checked.Operand) -> str:
    """What an operand is, with its article."""
    match operand:
        case checked.Count():
            return say("a count of interactions")
        case checked.Score():
            return say("a score")
        case checked.Grade():
            return say("a grade")
        case checked.StageNow():
            return say("a stage")
        case _:
            return SPOKEN[type_of(operand)]


def values_of(operand: checked.Operand) -> tuple[str, ...] | None:
    """The values that a choice has; None for what is no choice."""
    match operand:
        case checked.Field() if operand.spec.type in ("choice", "choices"):
            return operand.spec.values
        case checked.Grade() | checked.StageNow():
            return operand.values
        case _:
            return None
