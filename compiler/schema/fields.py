"""The shape of a field of a lead, a contact or an interaction: its type, its values, its column.

Promises frozen data and nothing more. `field_checks.py` checks whether the parts of a field go together (a `min` on a
text); `compiler/values/` reads values.
"""

import datetime
from collections.abc import Mapping
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

FieldType = Literal["text", "number", "yes/no", "date", "datetime", "choice", "choices"]
FIELD_TYPES: tuple[FieldType, ...] = get_args(FieldType)

_DAY = len("2026-01-31")

Default = str | float | bool | datetime.datetime | datetime.date | tuple[str, ...]
Finite = Annotated[float, Field(allow_inf_nan=False)]


class TomlTable(BaseModel):
    """A table of a TOML file: frozen, and strict about types and unknown keys."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", populate_by_name=True)


class FieldSpec(TomlTable):
    """One field: what it holds, and where and how it is found in the data."""

    type: FieldType = Field(description="What the field holds.")
    values: tuple[str, ...] = Field(default=(), description="The values of a choice, in the spelling to show.")
    labels: Mapping[str, str] = Field(default={}, description="The labels of the values of a choice, by the value.")
    title: str | None = Field(default=None, description="The name of the field for people.")
    column: str | None = Field(
        default=None, description="The column in the data, if its name is not the name of the field."
    )
    missing: tuple[str, ...] = Field(default=(), description="Texts that stand for a missing value, such as `N/A`.")
    default: Default | None = Field(default=None, description="The value that replaces a missing one.")
    required: bool = Field(default=False, description="Whether a missing value is reported.")
    min: Finite | None = Field(default=None, description="The smallest number that can be right.")
    max: Finite | None = Field(default=None, description="The largest number that can be right.")

    def __hash__(self) -> int:
        """Frozen, and so it can be a key, although `labels` by itself cannot."""
        return hash((self.type, self.values, self.title, self.column))

    @field_validator("default", mode="after")
    @classmethod
    def _day_in_json(cls, default: Default | None, info: ValidationInfo) -> Default | None:
        """JSON has no days and times: a plan's defaults of these types are texts there."""
        if info.mode != "json" or not isinstance(default, str) or info.data.get("type") not in ("date", "datetime"):
            return default
        read = datetime.date.fromisoformat if len(default) == _DAY else datetime.datetime.fromisoformat
        return read(default)
