"""The operators on texts: each is declared once, with its name, its meaning and the quick ways that are fit for it.

The checker, the interpreter, the compiled functions and the lints read these records, so a new operator is one record
here. SQL is declared beside the dialects, under the operator's name; a query for an operator without SQL is refused. An
operator without a `position` takes the plain way everywhere: no index searches for it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal, LiteralString

from pydantic import AfterValidator

Position = Literal["anywhere", "start", "end"]


@dataclass(frozen=True, slots=True)
class TextOperator:
    """An operator between a text and a needle, both folded and known."""

    name: LiteralString
    """The name in English rules, in plans and in messages."""

    holds: Callable[[str, str], bool]
    """What it means: whether it holds of a text and a needle. Pure."""

    position: Position | None = None
    """Where in the text the needle stands, if the operator asks for nothing else. Then an index may search for it."""

    of_choices: bool = False
    """Whether it may be asked of `choices`, where it means that the needle is one of the values."""

    @property
    def function(self) -> str:
        """The name of `holds` in compiled functions."""
        return "holds_" + self.name.replace(" ", "_")

    def covers(self, longer: str, needle: str) -> bool:
        """Whether the operator surely holds of a needle wherever it holds of the longer one."""
        return self.position is not None and self.holds(longer, needle)


def _contains(text: str, needle: str) -> bool:
    return needle in text


_ALL = (
    TextOperator("contains", _contains, "anywhere", of_choices=True),
    TextOperator("starts with", str.startswith, "start"),
    TextOperator("ends with", str.endswith, "end"),
)
TEXT_OPERATORS: dict[str, TextOperator] = {each.name: each for each in _ALL}


class UnknownOperatorError(ValueError):
    """An operator that a part of the engine does not have: it refuses, since it could only answer wrong."""


def text_operator(name: str) -> TextOperator:
    """The operator of a name; UnknownOperatorError if there is none."""
    found = TEXT_OPERATORS.get(name)
    if found is None:
        raise UnknownOperatorError(f"`{name}` is no operator on texts that this version knows")
    return found


def _known_name(name: str) -> str:
    return text_operator(name).name


OperatorName = Annotated[str, AfterValidator(_known_name)]
"""The name of an operator in a plan; one that this version does not know is refused when the plan is read."""
