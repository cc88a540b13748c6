"""Reads Microsoft's Common Data Model: `Lead`, `Contact`, and the interactions of Customer Insights - Journeys.

Promises a description made of the definitions in the named files, and no others. All definitions of one entity are
layers of one table, as in Dataverse, where every solution adds columns to the same table, and values to the same
choice; where two layers differ, the later one counts. `cdm_attributes.py` reads a single attribute.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from scoreline.compiler.folding import fold
from scoreline.compiler.schema.imports import cdm_attributes
from scoreline.compiler.schema.imports.cdm_definitions import Definitions
from scoreline.compiler.schema.imports.described import (
    Attribute,
    Described,
    Entity,
    ImportedColumns,
    ImportUnusable,
    Interaction,
    Read,
    Remark,
    collected,
)
from scoreline.compiler.schema.imports.documents import JsonDocument
from scoreline.compiler.schema.imports.naming import title_for

ENDING = ".cdm.json"

_LEAD, _CONTACT = "Lead", "Contact"
_COLUMNS = ImportedColumns("InteractionType", "Timestamp", "LeadId", "ContactId", "InternalMarketingInteractionId")
_EITHER = "EntityId"
_EITHER_WAY = (
    f"`{_EITHER}` is a lead's or a contact's key, as `EntityName` tells: put it into `{_COLUMNS.lead_id}` or "
    f"`{_COLUMNS.contact_id}` in the data, and add the interaction by hand"
)
_TWICE = "left out: it is described twice (upper and lower case make no difference), and the first one counts"
_NO_BASE = "extends `{}`, which none of the files defines, so that its fields are missing: name its file or folder too"


def read_cdm(documents: Iterable[JsonDocument]) -> Described:
    """The description; ImportUnusable where there is no lead."""
    definitions = Definitions.of(documents)
    if not definitions.entities:
        raise ImportUnusable(
            "there is no Common Data Model entity in the files that were named: `definitions` has no `entityName`",
            "name the folder with `Lead.cdm.json`, or the file itself",
        )
    if _LEAD not in definitions.entities:
        message = f"there is no entity `{_LEAD}` in the files that were named"
        raise ImportUnusable(message, "name the file `Lead.cdm.json` too, or the folder that it lies in")
    lead, contact = _read(definitions, _LEAD), _read(definitions, _CONTACT)
    interactions, others = _interactions(definitions)
    has_contact = _CONTACT in definitions.entities
    return Described(
        lead=_entity(definitions, _LEAD, lead),
        contact=_entity(definitions, _CONTACT, contact) if has_contact else None,
        contact_column=definitions.column_to(_LEAD, _CONTACT) if has_contact else None,
        interactions=interactions,
        columns=_COLUMNS if interactions else ImportedColumns(),
        remarks=(*lead.remarks, *contact.remarks, *others),
    )


def _entity(definitions: Definitions, name: str, read: Read) -> Entity:
    return Entity(read.attributes, definitions.key_of(name), definitions.title_of(name))


def _read(definitions: Definitions, name: str) -> Read:
    """An entity's attributes, those of what it extends first."""
    if name not in definitions.entities:
        return Read()
    where = fold(name) if name in (_LEAD, _CONTACT) else name
    layers = [_once(where, layer) for layer in definitions.members_of(name, cdm_attributes.attribute)]
    missing = (Remark(where, _NO_BASE.format(base)) for base in definitions.missing_bases(name))
    # Dataverse knows no case, and layers are not always written alike.
    latest: dict[str, Attribute] = {}
    for each in (each for layer in layers for each in layer.attributes):
        column = fold(each.column)
        latest[column] = _over(latest[column], each) if column in latest else each
    return Read(tuple(latest.values()), (*missing, *(remark for layer in layers for remark in layer.remarks)))


def _once(where: str, members: Iterable[Attribute | Remark | Read]) -> Read:
    """One layer; of a column that it describes in two ways, the first counts."""
    read = collected(where, members)
    first: dict[str, Attribute] = {}
    repeated: list[Remark] = []
    for each in read.attributes:
        if not _holds_the_same(first.setdefault(fold(each.column), each), each):
            repeated.append(Remark(f"{where}.{each.column}", _TWICE))
    return Read(tuple(first.values()), (*read.remarks, *repeated))


def _holds_the_same(one: Attribute, other: Attribute) -> bool:
    """Whether two descriptions of a column differ in its names at most: Journeys has a key, and a reference by it."""
    return (one.type, one.options, one.low, one.high) == (other.type, other.options, other.low, other.high)


def _over(lower: Attribute, upper: Attribute) -> Attribute:
    """An attribute that a later layer describes again. A solution that adds values to a choice names only those, and
    the other values stay."""
    options = {each.value: each for each in (*lower.options, *upper.options)}
    return replace(upper, options=tuple(options.values()) if upper.options else lower.options)


def _interactions(definitions: Definitions) -> tuple[tuple[Interaction, ...], tuple[Remark, ...]]:
    """The entities that have a time and belong to a lead or a contact; a remark names all others."""
    found: list[Interaction] = []
    remarks: list[Remark] = []
    neither: list[str] = []
    either: list[str] = []
    nobody: list[str] = []
    for name in definitions.entities:
        if name in (_LEAD, _CONTACT):
            continue
        if not definitions.has_own(name, _COLUMNS.at):
            neither += [] if definitions.is_base(name) else [name]
        elif not any(definitions.has_own(name, each) for each in (_COLUMNS.lead_id, _COLUMNS.contact_id)):
            (either if definitions.has_own(name, _EITHER) else nobody).append(name)
        else:
            read = _read(definitions, name)
            remarks += read.remarks
            found.append(Interaction(name, tuple(_properties(read.attributes)), title_for(name)))
    remarks += _together(either, _EITHER_WAY)
    remarks += _together(nobody, f"without `{_COLUMNS.lead_id}` and `{_COLUMNS.contact_id}` nobody has done it")
    remarks += _together(neither, "neither a lead, a contact nor an interaction")
    return tuple(found), tuple(remarks)


def _together(names: list[str], why: str) -> Iterator[Remark]:
    """One remark for all that are left out for one reason."""
    if names:
        yield Remark(", ".join(names), f"left out: {why}")


def _properties(attributes: Iterable[Attribute]) -> Iterator[Attribute]:
    """The properties of one interaction, without the columns that all interactions have. Journeys marks none as
    required."""
    columns = {fold(each) for each in vars(_COLUMNS).values()}
    for each in attributes:
        if fold(each.column) not in columns:
            yield replace(each, required=False)
