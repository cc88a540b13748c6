"""A neutral description of a system's leads: it stands between a source and a schema.

Promises frozen data with columns and labels as the source spells them, without white space at the ends. Nothing is
checked here: `assembling.py` finds names that rules can write, and values that go together.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from scoreline.compiler.schema.fields import Default, FieldType
from scoreline.compiler.schema.imports.raw import Json, as_value, is_lost, is_whole, text_of

HALF = "left out: its name has half a character in it, which no file can hold"
LOST_VALUES = "without those of its values that are neither a text nor a number"


@dataclass(frozen=True)
class Remark:
    """Something that could not be taken over as it was: its name in the source, and the reason."""

    what: str
    why: str


class ImportUnusable(Exception):  # noqa: N818 (it reads as what it says: the file is of no use)
    """A file that no schema can be made of: what is wrong with it and where, and what to do instead."""

    def __init__(self, message: str, help: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


@dataclass(frozen=True)
class Option:
    """A value of a choice as the data hold it, and its label."""

    value: str
    label: str | None = None


@dataclass(frozen=True)
class Attribute:
    """A column: what it holds, and what the source says about it. `name` is the text to make a name of, if not the
    column's own."""

    column: str
    type: FieldType
    name: str | None = None
    title: str | None = None
    options: tuple[Option, ...] = ()
    required: bool = False
    low: float | None = None
    high: float | None = None
    default: Default | None = None


@dataclass(frozen=True)
class Entity:
    """A table: `key` is its key column, if the source names it."""

    attributes: tuple[Attribute, ...]
    key: str | None = None
    title: str | None = None


@dataclass(frozen=True)
class Interaction:
    """A type of interaction, by the name that the data have for it."""

    name: str
    attributes: tuple[Attribute, ...] = ()
    title: str | None = None


@dataclass(frozen=True)
class ImportedColumns:
    """The columns that every interaction has, if the source names them."""

    type: str = "type"
    at: str = "at"
    lead_id: str = "lead_id"
    contact_id: str = "contact_id"
    id: str = "id"


@dataclass(frozen=True)
class Described:
    """Everything that a source describes. `contact_column` is the lead's column with the key of its contact."""

    lead: Entity
    contact: Entity | None = None
    contact_column: str | None = None
    interactions: tuple[Interaction, ...] = ()
    columns: ImportedColumns = field(default=ImportedColumns())
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Read:
    """The attributes of a table that could be read, and remarks on the others."""

    attributes: tuple[Attribute, ...] = ()
    remarks: tuple[Remark, ...] = ()


def collected(where: str, read: Iterable["Attribute | Remark | Read"]) -> Read:
    """The parts that were read, put together; `where` stands before the place of each remark."""
    attributes: list[Attribute] = []
    remarks: list[Remark] = []
    for each in read:
        match each:
            case Attribute():
                attributes.append(each)
            case Remark():
                remarks.append(Remark(f"{where}.{each.what}" if where else each.what, each.why))
            case Read():
                attributes += each.attributes
                remarks += (Remark(f"{where}.{one.what}" if where else one.what, one.why) for one in each.remarks)
    return Read(tuple(attributes), tuple(remarks))


def column_and_type(
    raw: Json, what: str, types: Callable[[str], FieldType | None], unfit: Mapping[str, str]
) -> tuple[str, FieldType] | Remark:
    """The column of a field and what it holds, or why it is left out.

    `what` is what the source calls a field; `types` gives our type for the source's own; `unfit` says what the fields
    hold whose type has none of ours.
    """
    column, named = text_of(raw, "name"), text_of(raw, "type")
    if column is None or named is None:
        return Remark(column or f"a {what} without a name", f"left out: a {what} needs a `name` and a `type`")
    if not is_whole(raw.get("name")):
        return Remark(column, HALF)
    kind = types(named)
    if kind is not None:
        return column, kind
    why = f"it holds {unfit[named]}" if named in unfit else f"its type `{named}` is not known"
    return Remark(column, f"left out: {why}")


def options_of(listed: Iterable[Json]) -> Iterator[Option]:
    """The values to choose from, read from `value` and `label` of each entry; an entry without a value is left out."""
    for each in listed:
        if (value := as_value(each.get("value"))) is not None:
            yield Option(value, text_of(each, "label"))


def with_lost_values(found: Attribute, values: Iterable[object]) -> Attribute | Read:
    """An attribute, and a remark if it is a choice and one of its values is none that a cell can hold."""
    if found.type in ("choice", "choices") and any(map(is_lost, values)):
        return Read((found,), (Remark(found.column, LOST_VALUES),))
    return found
