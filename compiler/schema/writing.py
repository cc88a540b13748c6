"""Writes a schema as TOML that can be edited by hand: one field a line, long lists broken, tables with a line for each
key.

Promises text that `reading.py` reads back as the same schema, without a diagnostic, whatever its texts contain.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scoreline.compiler.schema.fields import FieldSpec
from scoreline.compiler.schema.shapes import EntitySpec, InteractionsTable, LeadSpec, Schema
from scoreline.compiler.toml import quoting

_WIDTH = 110
_MOST_PADDING = 24


def schema_toml(schema: Schema, head: str = "") -> str:
    """The schema as TOML. `head` is said at the top, in a comment."""
    lines = [f"# {_shown(line)}" for line in head.splitlines()]
    lines += _section("[lead]", [*_entity(schema.lead), *_of_lead(schema.lead)])
    lines += _fields("lead.fields", schema.lead.fields)
    if schema.contact:
        lines += _section("[contact]", _entity(schema.contact))
        lines += _fields("contact.fields", schema.contact.fields)
    lines += _columns(schema.interactions_table)
    for name, interaction in schema.interactions.items():
        path = f"interactions.{quoting.key(name)}"
        lines += _section(f"[{path}]", _entries(title=interaction.title))
        lines += _fields(f"{path}.properties", interaction.properties)
    return "\n".join(lines).strip("\n") + "\n"


def _shown(line: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in line)


def _section(header: str, entries: list[tuple[str, str]]) -> list[str]:
    return ["", header, *(f"{name} = {written}" for name, written in entries)]


def _entries(**values: quoting.Value | None) -> list[tuple[str, str]]:
    return [(name, quoting.value(value)) for name, value in values.items() if value is not None]


def _entity(entity: EntitySpec) -> list[tuple[str, str]]:
    return _entries(key=entity.key, title=entity.title)


def _of_lead(lead: LeadSpec) -> list[tuple[str, str]]:
    relations = [(name, quoting.table(_entries(to=one.to, column=one.column))) for name, one in lead.relations.items()]
    return _entries(unit=lead.unit) + ([("relations", quoting.table(relations))] if relations else [])


def _columns(columns: InteractionsTable) -> list[str]:
    plain = InteractionsTable().model_dump()
    named = {name: str(column) for name, column in columns.model_dump().items() if column != plain[name]}
    return _section("[interactions-table]", _entries(**named)) if named else []


def _fields(path: str, fields: Mapping[str, FieldSpec]) -> list[str]:
    """The table of fields: first those that one line holds, then a table for each of the others."""
    if not fields:
        return []
    width = min(_MOST_PADDING, max(len(quoting.key(name)) for name in fields))
    written = {name: _Written(name, spec) for name, spec in fields.items()}
    short = [each.line(width) for each in written.values() if each.fits(width)]
    long = [line for each in written.values() if not each.fits(width) for line in each.table(path)]
    return [*([] if path.startswith("interactions") else [""]), f"[{path}]", *short, *long]


@dataclass(frozen=True)
class _Written:
    """A field in the three forms there are: a type, a line, a table of its own."""

    name: str
    spec: FieldSpec

    def fits(self, width: int) -> bool:
        """Whether a line is enough; a list of values may be broken, labels may not."""
        return not self.spec.labels or len(self.line(width)) <= _WIDTH

    def line(self, width: int) -> str:
        """`name = "type"`, or a table on the line."""
        begin = f"{quoting.key(self.name):<{width}} = "
        entries = [*self._plain(), *self._values(), *self._labels()]
        if len(entries) == 1:
            return begin + entries[0][1]
        line = begin + quoting.table(entries)
        if len(line) <= _WIDTH or not self.spec.values:
            return line
        return begin + quoting.table([*self._plain(), *self._values(broken=True), *self._labels()])

    def table(self, path: str) -> Iterator[str]:
        """A table of its own, with a line for each label."""
        own = f"{path}.{quoting.key(self.name)}"
        values = self._values()
        broken = any(len(written) > _WIDTH for _, written in values)
        yield from _section(f"[{own}]", [*self._plain(), *(self._values(broken=True) if broken else values)])
        yield from _section(f"[{own}.labels]", [(quoting.key(v), quoting.quoted(t)) for v, t in self._labelled()])[1:]

    def _plain(self) -> list[tuple[str, str]]:
        spec = self.spec
        return _entries(
            type=spec.type,
            title=spec.title,
            column=spec.column,
            required=spec.required or None,
            min=spec.min,
            max=spec.max,
            missing=spec.missing or None,
            default=spec.default,
        )

    def _values(self, broken: bool = False) -> list[tuple[str, str]]:
        values = self.spec.values
        if not values or values == tuple(self.spec.labels):
            return []
        return [("values", quoting.listed(values, broken))]

    def _labelled(self) -> list[tuple[str, str]]:
        """The labels in the order of the values."""
        return [(value, self.spec.labels[value]) for value in self.spec.values if value in self.spec.labels]

    def _labels(self) -> list[tuple[str, str]]:
        labels = [(value, quoting.quoted(label)) for value, label in self._labelled()]
        return [("labels", quoting.table(labels))] if labels else []
