"""The checks of a whole schema, beyond the form of its parts: each name must be one that rules can write, with one
meaning.

Promises every fault of a draft at once, and the settled form of a schema without faults. Parts of a draft that could
not be read are None and are passed over. `field_checks.py` checks a single field.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from scoreline.compiler.folding import fold
from scoreline.compiler.schema.field_checks import field_faults, settled
from scoreline.compiler.schema.fields import FieldSpec
from scoreline.compiler.schema.naming import has_form_of_name, is_schema_name, name_for
from scoreline.compiler.schema.shapes import Schema
from scoreline.compiler.toml.faults import Fault, did_you_mean, shown
from scoreline.compiler.toml.places import KeyPath

Fields = Mapping[str, FieldSpec | None]


@dataclass(frozen=True)
class Draft:
    """The parts of a schema before it is known to be good. `relations` map to the entity they lead to; `columns`
    are those of the interactions table."""

    lead: Fields
    contact: Fields | None
    unit: str | None = None
    relations: Mapping[str, str | None] = field(default_factory=dict[str, str | None])
    interactions: Mapping[str, Fields] = field(default_factory=dict[str, Fields])
    columns: Mapping[str, str] = field(default_factory=dict[str, str])

    @classmethod
    def of(cls, schema: Schema) -> "Draft":
        """The parts of a schema that was put together elsewhere."""
        return cls(
            lead=schema.lead.fields,
            contact=schema.contact.fields if schema.contact else None,
            unit=schema.lead.unit,
            relations={name: relation.to for name, relation in schema.lead.relations.items()},
            interactions={name: each.properties for name, each in schema.interactions.items()},
            columns=schema.interactions_table.model_dump(),
        )

    @property
    def tables(self) -> Iterator[tuple[KeyPath, str, Fields]]:
        """Each table of fields: its key path, what stands before a name that needs something before it, the fields."""
        yield ("lead", "fields"), "lead", self.lead
        if self.contact is not None:
            yield ("contact", "fields"), "contact", self.contact
        for name, properties in self.interactions.items():
            yield ("interactions", name, "properties"), "its", properties


def schema_faults(draft: Draft) -> tuple[Fault, ...]:
    """Everything that is wrong with a draft."""
    return (
        *chain.from_iterable(_table_faults(*table) for table in draft.tables),
        *_interaction_faults(tuple(draft.interactions)),
        *_relation_faults(draft),
        *_meaning_faults(draft),
        *_case_faults(_top_names(draft)),
        *_unit_faults(draft),
        *_column_faults(("interactions-table",), draft.columns),
    )


def settled_schema(schema: Schema) -> Schema:
    """The same schema with values trimmed and each default as its field spells it; only for a good schema."""

    def all_settled(fields: Mapping[str, FieldSpec]) -> dict[str, FieldSpec]:
        return {name: settled(spec) for name, spec in fields.items()}

    contact = schema.contact
    return schema.model_copy(
        update={
            "lead": schema.lead.model_copy(update={"fields": all_settled(schema.lead.fields)}),
            "contact": contact and contact.model_copy(update={"fields": all_settled(contact.fields)}),
            "interactions": {
                name: each.model_copy(update={"properties": all_settled(each.properties)})
                for name, each in schema.interactions.items()
            },
        }
    )


def _table_faults(path: KeyPath, prefix: str, fields: Fields) -> Iterator[Fault]:
    for name, spec in fields.items():
        yield from _name_faults((*path, name), name, prefix, spec.column if spec else None)
        if spec:
            yield from field_faults((*path, name), spec)
    if path != ("lead", "fields"):  # the lead's are judged together with its relations and interactions
        yield from _case_faults([(name, (*path, name)) for name in fields])
    yield from _column_faults(path, {name: spec.column or name for name, spec in fields.items() if spec})


def _name_faults(path: KeyPath, name: str, prefix: str, column: str | None) -> Iterator[Fault]:
    if is_schema_name(name):
        return
    better = f"write `{name_for(name, prefix=prefix)} = {{ …, column = {shown(column or name)[1:-1]} }}`"
    yield _name_fault(path, name, name, better)


def _name_fault(path: KeyPath, name: str, part: str, better: str) -> Fault:
    if has_form_of_name(part):
        where = "" if part == name else f" in `{name}`"
        return Fault(path, "E307", f"`{part}`{where} is a word of the language and cannot be a name", better, key=True)
    message = f"`{name}` cannot be a name: a name is letters, digits and `_`, and begins with a letter"
    return Fault(path, "E308", message, better, key=True)


def _interaction_faults(names: tuple[str, ...]) -> Iterator[Fault]:
    for name in names:
        path = ("interactions", name)
        bad = next((part for part in name.split(".") if not is_schema_name(part)), None)
        if bad is not None:
            better = ".".join(name_for(part, prefix="was") if part else "name" for part in name.split("."))
            yield _name_fault(path, name, bad, f"choose another name, here and in the data, such as `{better}`")
        for other in names:
            if fold(name).startswith(fold(other) + "."):
                message = f"the interaction `{other}` begins another one, `{name}`"
                yield Fault(("interactions", other), "E310", message, _RENAME, key=True)
    # First parts are judged together with all that a path can begin with.
    for first in dict.fromkeys(name.partition(".")[0] for name in names):
        own = [name for name in names if name.partition(".")[0] == first]
        yield from _case_faults([(name, ("interactions", name)) for name in own])


_RENAME = "give one of them another name"


def _relation_faults(draft: Draft) -> Iterator[Fault]:
    led: dict[str, str] = {}
    for name, to in draft.relations.items():
        path = ("lead", "relations", name)
        if not is_schema_name(name):
            yield _name_fault(path, name, name, f"choose another name, such as `{name_for(name, prefix='the')}`")
        if to is None:
            continue
        if to != "contact":
            yield Fault((*path, "to"), "E311", f"there is no `{to}` to lead to", did_you_mean(to, ["contact"]))
        elif draft.contact is None:
            message = "the relation leads to `contact`, but there is no `[contact]` in this file"
            yield Fault((*path, "to"), "E311", message, 'add `[contact]` with `key = "contact_id"`')
        if to in led:
            message = f"the relations `{led[to]}` and `{name}` both lead to `{to}`"
            yield Fault(path, "E312", message, "remove one of them", key=True)
        led.setdefault(to, name)


def _first_parts(draft: Draft) -> dict[str, str]:
    """The first part of each interaction's name, and the first interaction that has it."""
    found: dict[str, str] = {}
    for name in draft.interactions:
        found.setdefault(name.partition(".")[0], name)
    return found


def _meaning_faults(draft: Draft) -> Iterator[Fault]:
    first_parts = _first_parts(draft)
    for name in draft.relations:
        path = ("lead", "relations", name)
        if name in draft.lead:
            yield Fault(path, "E310", f"`{name}` is a relation and a field of the lead", _RENAME, key=True)
        if name in first_parts:
            message = f"`{name}` is a relation and begins the interaction `{first_parts[name]}`"
            yield Fault(path, "E310", message, _RENAME, key=True)
    for path, _, fields in draft.tables:
        if path[0] == "interactions":
            continue
        # A field beside an interaction of more parts (`email` and `email.opened`) is no doubt: the parts tell.
        for name in fields:
            if name in draft.interactions:
                message = f"`{name}` is a field of the {path[0]} and an interaction"
                yield Fault((*path, name), "E310", message, _RENAME, key=True)


def _top_names(draft: Draft) -> list[tuple[str, KeyPath]]:
    """The names that a path in a rule can begin with: fields, relations, first parts of interactions."""
    parts = _first_parts(draft).items()
    return [
        *((name, ("lead", "fields", name)) for name in draft.lead),
        *((name, ("lead", "relations", name)) for name in draft.relations),
        *((part, ("interactions", name)) for part, name in parts),
    ]


def _case_faults(names: Iterable[tuple[str, KeyPath]]) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for name, path in names:
        other = seen.setdefault(fold(name), name)
        if other != name:
            message = f"`{other}` and `{name}` differ only in upper and lower case"
            yield Fault(path, "E309", message, _RENAME, key=True)


def _unit_faults(draft: Draft) -> Iterator[Fault]:
    if draft.unit is None:
        return
    path = ("lead", "unit")
    if draft.unit not in draft.lead:
        help_ = did_you_mean(draft.unit, draft.lead)
        yield Fault(path, "E313", f"the unit `{draft.unit}` is not a field of the lead", help_)
    elif (spec := draft.lead[draft.unit]) and spec.type not in ("text", "choice"):
        message = f"the unit `{draft.unit}` is a {spec.type}, and a unit is a text or a choice"
        yield Fault(path, "E313", message, "name a field that holds a text or a choice")


def _column_faults(path: KeyPath, columns: Mapping[str, str]) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for name, column in columns.items():
        other = seen.setdefault(column, name)
        if other != name:
            message = f"`{other}` and `{name}` both take the column `{column}`"
            yield Fault((*path, name), "E317", message, "remove one of them, or name another `column`", key=True)
