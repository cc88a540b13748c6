"""A schema as text: which names rules may use, what they hold, and which columns they come from."""

from collections.abc import Iterator, Mapping

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text
from scoreline.compiler.schema import FieldSpec, Schema
from scoreline.compiler.schema.labels import label_of
from scoreline.tools.render.terminal import one_line

_MOST_VALUES = 12


def schema_text(schema: Schema) -> Group:
    """The whole schema: the lead, the contact, the interactions."""
    parts: list[RenderableType] = [*_entity("lead", schema.lead.title, schema.lead.key, schema.lead.fields, "")]
    parts += _relations(schema)
    if schema.contact is not None:
        prefix = next((f"{name}." for name, one in schema.lead.relations.items() if one.to == "contact"), "contact.")
        contact = schema.contact
        parts += [Text(), *_entity("contact", contact.title, contact.key, contact.fields, prefix)]
    if schema.interactions:
        parts += [Text(), *_interactions(schema)]
    return Group(*parts)


def _entity(
    name: str, title: str | None, key: str, fields: Mapping[str, FieldSpec], prefix: str
) -> Iterator[RenderableType]:
    shown = f" {one_line(title)}" if title else ""
    yield Text.assemble((name, "bold"), shown, (f"   key: {one_line(key)}", "dim"))
    yield _fields(fields, prefix, "  ")


def _relations(schema: Schema) -> Iterator[RenderableType]:
    if schema.lead.unit:
        yield Text(f"  its business unit is `{schema.lead.unit}`", "dim")
    for name, relation in schema.lead.relations.items():
        yield Text(f"  `{name}` leads to its {relation.to}, by the column {one_line(relation.column)}", "dim")


def _interactions(schema: Schema) -> Iterator[RenderableType]:
    columns = schema.interactions_table
    named = ", ".join(map(one_line, (columns.type, columns.at, columns.lead_id, columns.contact_id, columns.id)))
    yield Text.assemble(("interactions", "bold"), (f"   columns: {named}", "dim"))
    for name, interaction in schema.interactions.items():
        title = one_line(interaction.title) if interaction.title else ""
        yield Text.assemble((f"  {name}", "cyan"), (f"   {title}" if title else "", "dim"))
        if interaction.properties:
            yield _fields(interaction.properties, "", "    ")


def _fields(fields: Mapping[str, FieldSpec], prefix: str, indent: str) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, spec in fields.items():
        table.add_row(Text(f"{indent}{prefix}{name}", "cyan"), Text(spec.type), Text(_facts(spec), "dim"))
    return table


def _facts(spec: FieldSpec) -> str:
    """The facts about a field besides its type, in the words of the schema file."""
    parts = [one_line(spec.title)] if spec.title else []
    if spec.values:
        shown = ", ".join(_value(spec, value) for value in spec.values[:_MOST_VALUES])
        more = len(spec.values) - _MOST_VALUES
        parts.append(f"one of {shown}" + (f" and {more} more" if more > 0 else ""))
    if spec.column is not None:
        parts.append(f"column `{one_line(spec.column)}`")
    if spec.missing:
        parts.append("missing: " + ", ".join(f'"{one_line(word, 40)}"' for word in spec.missing))
    if spec.default is not None:
        parts.append(f"default {_default(spec)}")
    if spec.required:
        parts.append("required")
    parts += [f"{name} {bound:.15g}" for name, bound in (("min", spec.min), ("max", spec.max)) if bound is not None]
    return "; ".join(parts)


def _value(spec: FieldSpec, value: str) -> str:
    """A value of a choice: its label first, which users know, and behind it the value in the data."""
    label = label_of(spec, value)
    return one_line(value, 40) if label == value else f"{one_line(label, 40)} ({one_line(value, 40)})"


def _default(spec: FieldSpec) -> str:
    if isinstance(spec.default, bool):
        return "yes" if spec.default else "no"
    if isinstance(spec.default, tuple):
        return ", ".join(_value(spec, value) for value in spec.default)
    if isinstance(spec.default, str) and spec.labels:
        return _value(spec, spec.default)
    return one_line(str(spec.default), 60)
