"""What the page about setting up says of schemas that are classes."""

import pytest
from docs.guide import ROOT
from scoreline.compiler.schema import Schema

TEXT = (ROOT / "docs" / "schema.md").read_text(encoding="utf-8")
CLASSES = """
import datetime, decimal, enum, typing
from pydantic import BaseModel, Field
from scoreline.runtime import Schema
class Color(enum.Enum):
    RED = "red"
class Lead(BaseModel):
    id: str
    x: {annotation}
schema = Schema.from_models(Lead)
"""


@pytest.mark.parametrize(
    ("annotation", "told", "key", "value"),
    [
        ("str", "`str`", "type", "text"),
        ("int", "`int`, `float`, `Decimal`", "type", "number"),
        ("float", "`int`, `float`, `Decimal`", "type", "number"),
        ("decimal.Decimal", "`int`, `float`, `Decimal`", "type", "number"),
        ("bool", "`bool`", "type", "yes/no"),
        ("datetime.date", "`date`", "type", "date"),
        ("datetime.datetime", "`datetime`", "type", "datetime"),
        ("Color", "`Literal`, `Enum`", "type", "choice"),
        ('typing.Literal["a"]', "`Literal`, `Enum`", "type", "choice"),
        ("list[Color]", "`list`, `set`, `frozenset` or `tuple` of these", "type", "choices"),
        ("set[Color]", "`list`, `set`, `frozenset` or `tuple` of these", "type", "choices"),
        ("frozenset[Color]", "`list`, `set`, `frozenset` or `tuple` of these", "type", "choices"),
        ("tuple[Color, ...]", "`list`, `set`, `frozenset` or `tuple` of these", "type", "choices"),
        ("typing.Optional[str]", "`Optional`, `… \\| None`", "required", False),
        ("str | None", "`Optional`, `… \\| None`", "required", False),
        ("str", "no default, and not `Optional`", "required", True),
        ("str = Field(default='a')", "`Field(default=…)`", "default", "a"),
        ("str = Field(alias='Lead Source')", '`Field(alias="Lead Source")`', "column", "Lead Source"),
        ("int = Field(ge=1, le=9)", "`Field(ge=1, le=9)`", "min", 1.0),
        ("int = Field(ge=1, le=9)", "`Field(ge=1, le=9)`", "max", 9.0),
        ("str = Field(title='T')", '`Field(title="…")`', "title", "T"),
    ],
)
def test_classes_become_what_is_told(annotation: str, told: str, key: str, value: object) -> None:
    assert f"\n| {told} |" in TEXT
    names: dict[str, object] = {"__name__": "page"}
    exec(CLASSES.format(annotation=annotation), names)
    schema = names["schema"]
    assert isinstance(schema, Schema)
    assert getattr(schema.lead.fields["x"], key) == value


def test_other_types_are_a_type_error_that_names_the_attribute() -> None:
    with pytest.raises(TypeError, match=r"Lead\.x"):
        exec(CLASSES.format(annotation="dict[str, str]"), {"__name__": "page"})


def test_the_key_of_a_class_may_have_another_name() -> None:
    names: dict[str, object] = {"__name__": "page"}
    exec(CLASSES.format(annotation="str").replace("(Lead)", "(Lead, key='x')"), names)
    schema = names["schema"]
    assert isinstance(schema, Schema)
    assert schema.lead.key == "x"
