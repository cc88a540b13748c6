"""From a description to a schema: names every part, and takes out what does not go together.

Promises a valid schema, and a remark for everything in the description that the schema lacks.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from scoreline.compiler.folding import fold, trim
from scoreline.compiler.schema.field_checks import field_faults, settled
from scoreline.compiler.schema.fields import Default, FieldSpec
from scoreline.compiler.schema.imports.described import Attribute, Described, Entity, Interaction, Option, Remark
from scoreline.compiler.schema.imports.naming import named, named_interactions
from scoreline.compiler.schema.shapes import (
    EntitySpec,
    InteractionSpec,
    InteractionsTable,
    LeadSpec,
    Relation,
    Schema,
)

_RELATION = "contact"
_WRONG_DEFAULT = "E316"


def assembled(described: Described, *, labels: bool = False) -> tuple[Schema, tuple[Remark, ...]]:
    """The schema of a description. With `labels`, the data hold the labels of choices rather than their values."""
    remarks = list(described.remarks)
    relations = (_RELATION,) if described.contact else ()
    interactions, unnamed = named_interactions(described.interactions, relations)
    remarks += unnamed
    taken = {*relations, *_taken_by(interactions)}
    lead = _entity("lead", described.lead, taken, labels, remarks)
    contact = described.contact and _entity("contact", described.contact, taken, labels, remarks)
    if contact and not described.contact_column:
        remarks.append(Remark("contact", _NO_RELATION))
    columns = described.columns
    schema = Schema(
        lead=LeadSpec(**dict(lead), relations=_relations(described)),
        contact=contact,
        interactions={name: _interaction(name, each, labels, remarks) for name, each in interactions.items()},
        interactions_table=InteractionsTable(
            type=columns.type, at=columns.at, lead_id=columns.lead_id, contact_id=columns.contact_id, id=columns.id
        ),
    )
    return schema, tuple(remarks)


def _taken_by(interactions: Iterable[str]) -> Iterator[str]:
    """The names, in lower case, that no field can have beside interactions: `email` can stand beside `email.opened`,
    but not beside `email`, nor beside `Email.opened`."""
    for name in interactions:
        first = name.partition(".")[0]
        if first == name or first != fold(first):
            yield fold(first)


_NO_RELATION = (
    "no column of the lead is known to hold its contact's key: "
    'add `relations = { contact = { to = "contact", column = "…" } }` below `[lead]`'
)


def _relations(described: Described) -> dict[str, Relation]:
    if not described.contact or not described.contact_column:
        return {}
    return {_RELATION: Relation(to="contact", column=described.contact_column)}


def _entity(where: str, entity: Entity, taken: set[str], labels: bool, remarks: list[Remark]) -> EntitySpec:
    key = entity.key
    if key is None:
        key = f"{where}_id"
        remarks.append(Remark(where, f"no column is known as its key: `{key}` is a guess, below `[{where}]`"))
    attributes = [each for each in entity.attributes if each.column != key]
    fields = _fields(where, attributes, taken, where, labels, remarks)
    return EntitySpec(key=key, title=_title(entity.title, where), fields=fields)


def _interaction(name: str, each: Interaction, labels: bool, remarks: list[Remark]) -> InteractionSpec:
    properties = _fields(name, each.attributes, set(), "its", labels, remarks)
    return InteractionSpec(title=_title(each.title, name), properties=properties)


def _fields(
    where: str, attributes: Iterable[Attribute], taken: set[str], prefix: str, labels: bool, remarks: list[Remark]
) -> dict[str, FieldSpec]:
    found, told = named(attributes, taken, prefix)
    remarks += (Remark(f"{where}.{each.what}", each.why) for each in told)
    fields: dict[str, FieldSpec] = {}
    for name, attribute in found.items():
        options, told = _options(attribute, labels)
        default = _called(attribute) if labels else attribute.default
        attribute, more = _settled(replace(attribute, options=options, default=default))
        remarks += (Remark(f"{where}.{attribute.column}", why) for why in (*told, *more))
        spec = _field(name, attribute)
        faults = [each for each in field_faults((), spec) if each.code == _WRONG_DEFAULT]
        remarks += (Remark(f"{where}.{attribute.column}", f"without its default: {each.message}") for each in faults)
        fields[name] = settled(spec.model_copy(update={"default": None}) if faults else spec)
    return fields


def _field(name: str, attribute: Attribute) -> FieldSpec:
    return FieldSpec(
        type=attribute.type,
        values=tuple(each.value for each in attribute.options),
        labels={each.value: each.label for each in attribute.options if each.label},
        title=_title(attribute.title, name),
        column=None if attribute.column == name else attribute.column,
        required=attribute.required,
        min=attribute.low,
        max=attribute.high,
        default=attribute.default,
    )


def _title(title: str | None, name: str) -> str | None:
    """A title on one line; one that says no more than the name is none."""
    plain = " ".join((title or "").split())
    return None if not plain or fold(plain) == fold(name) else plain


def _settled(attribute: Attribute) -> tuple[Attribute, tuple[str, ...]]:
    """The attribute without parts that do not go together, and what is to be said of them."""
    if attribute.type in ("choice", "choices"):
        attribute = replace(attribute, low=None, high=None)
        if attribute.options:
            return attribute, ()
        why = "taken as a text: the file lists none of the values that can be chosen"
        return replace(attribute, type="text"), (why,)
    attribute = replace(attribute, options=())
    if attribute.type != "number":
        return replace(attribute, low=None, high=None), ()
    low, high = attribute.low, attribute.high
    if low is not None and high is not None and low > high:
        return replace(attribute, low=None, high=None), (f"without its range: {low:g} is above {high:g}",)
    return attribute, ()


def _options(attribute: Attribute, labels: bool) -> tuple[tuple[Option, ...], tuple[str, ...]]:
    """The options that differ in more than upper and lower case; of equal ones the first counts. With remarks."""
    if attribute.type not in ("choice", "choices"):
        return (), ()
    options = attribute.options
    if labels:
        options = tuple(Option(each.label or each.value) for each in options)
    values: dict[str, Option] = {}
    reasons: list[str] = []
    for each in options:
        folded = fold(trim(each.value))
        if folded in values:
            reasons.append(f"without the value `{each.value}`, which is there twice")
        elif folded:
            values[folded] = Option(trim(each.value), trim(each.label or "") or None)
    kept = tuple(_labelled(values, reasons))
    return kept, tuple(reasons)


def _called(attribute: Attribute) -> Default | None:
    """The default by the labels of its values."""
    labels = {fold(each.value): each.label for each in attribute.options if each.label}
    match attribute.default:
        case str() as default:
            return labels.get(fold(default), default)
        case tuple() as default:
            return tuple(labels.get(fold(each), each) for each in default)
        case default:
            return default


def _labelled(values: dict[str, Option], reasons: list[str]) -> Iterator[Option]:
    """The options, each with its label if that means this value alone."""
    seen: dict[str, str] = {}
    for folded, each in values.items():
        label = fold(each.label or "")
        if not label or label == folded:
            yield Option(each.value)
        elif label in values or label in seen:
            other = values[label].value if label in values else seen[label]
            reasons.append(f"`{each.value}` goes without its label `{each.label}`, which means `{other}` as well")
            yield Option(each.value)
        else:
            seen[label] = each.value
            yield each
