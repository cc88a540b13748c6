"""The definitions of Common Data Model files, found by name: entities, groups of attributes, data types.

Promises each entity's members in order, those of what it extends first, and no circle however the files refer to
each other. What a member means is left to `cdm_attributes.py`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from scoreline.compiler.folding import fold
from scoreline.compiler.schema.imports.cdm_traits import title_of
from scoreline.compiler.schema.imports.described import Attribute, Read, Remark
from scoreline.compiler.schema.imports.documents import JsonDocument
from scoreline.compiler.schema.imports.raw import Json, as_table, as_text, list_of, table_of, tables_of, text_of

# What every entity extends in the end, and what has no fields of its own.
_ROOTS = ("CdmEntity", "CdmObject")
_MOST_DEEP = 20

Types = Mapping[str, str]
Reader = Callable[[Json, Types], Attribute | Remark | Read]


@dataclass(frozen=True)
class Definitions:
    """Everything that was named, by name; of an entity all layers, in the order of the files."""

    entities: Mapping[str, tuple[Json, ...]]
    groups: Mapping[str, Json]
    types: Types

    @classmethod
    def of(cls, documents: Iterable[JsonDocument]) -> "Definitions":
        """The definitions in files; a file may have none."""
        entities: dict[str, list[Json]] = {}
        groups: dict[str, Json] = {}
        types: dict[str, str] = {}
        for document in documents:
            for each in _definitions(document):
                if name := text_of(each, "entityName"):
                    entities.setdefault(name, []).append(each)
                elif name := text_of(each, "attributeGroupName"):
                    groups.setdefault(name, each)
                elif name := text_of(each, "dataTypeName"):
                    types.setdefault(name, _name(each.get("extendsDataType"), "dataTypeReference") or "")
        return cls({name: tuple(each) for name, each in entities.items()}, groups, types)

    def members_of(self, name: str, read: Reader) -> Iterator[list[Attribute | Remark | Read]]:
        """The members of an entity and of what it extends, each read with `read`, layer by layer."""
        for layer in self._members_by_layer(name):
            yield [_undefined(each) if isinstance(each, str) else read(each, self.types) for each in layer]

    def missing_bases(self, name: str) -> tuple[str, ...]:
        """The entities that an entity extends and no file defines."""
        layers = self._layers(name)
        bases = [(_name(layer.get("extendsEntity"), "entityReference"), layer) for layer in layers]
        missing = [base for base, _ in bases if base and _last(base) not in (*self.entities, *_ROOTS)]
        own = [base for base, layer in bases if base and _last(base) == name and layer in self.entities[name]]
        # Every layer of a table extends another one: the lowest of them is not here.
        if len(own) == len(self.entities[name]):
            missing += own[:1]
        return tuple(dict.fromkeys(missing))

    def is_base(self, name: str) -> bool:
        """Whether another entity extends this one, whose fields have come with it."""
        layers = (layer for own, each in self.entities.items() if own != name for layer in each)
        return any(_base_of(layer) == name for layer in layers)

    def title_of(self, name: str) -> str | None:
        """The title of an entity."""
        return next((title for layer in self.entities[name] if (title := title_of(layer))), None)

    def key_of(self, name: str) -> str | None:
        """The column that is the key of an entity."""
        for member in self._raw_members(name):
            if _name(member.get("purpose"), "purposeReference") == "identifiedBy":
                return text_of(member, "sourceName") or text_of(member, "name")
        return None

    def column_to(self, name: str, other: str) -> str | None:
        """The column of an entity that holds another's key: its parent's, if there are several."""
        columns: list[str] = []
        for member in self._raw_members(name):
            if refers_to(member) == other and (column := column_of(foreign_key(member))):
                columns.append(column)
        return next((each for each in columns if "parent" in fold(each)), columns[0] if columns else None)

    def has_own(self, name: str, column: str) -> bool:
        """Whether an entity has a column of this name."""
        return any(fold(column_of(member) or "") == fold(column) for member in self._raw_members(name))

    def _raw_members(self, name: str) -> Iterator[Json]:
        return (each for each in self._members(name) if not isinstance(each, str))

    def _members(self, name: str) -> Iterator[Json | str]:
        return (each for layer in self._members_by_layer(name) for each in layer)

    def _members_by_layer(self, name: str) -> Iterator[Iterator[Json | str]]:
        """The members of an entity, those of what it extends first; a text is the name of a group that is not here."""
        done: set[str] = set()
        for layer in self._layers(name):
            yield self._flat(list_of(layer, "hasAttributes"), done, 0)

    def _layers(self, name: str) -> tuple[Json, ...]:
        """An entity's own layers, after those of what they extend; each entity once."""
        names = [name]
        for each in names:  # which grows on the way
            bases = dict.fromkeys(map(_base_of, self.entities.get(each, ())))
            names += (base for base in bases if base in self.entities and base not in (*names, *_ROOTS))
        return tuple(layer for each in reversed(names) for layer in self._own_layers(each))

    def _own_layers(self, name: str) -> list[Json]:
        """The layers of a table itself, before those that extend it."""
        return sorted(self.entities.get(name, ()), key=lambda each: _base_of(each) == name)

    def _flat(self, members: Iterable[object], done: set[str], depth: int) -> Iterator[Json | str]:
        """Members without the groups around them. A group that is named by reference counts where it is named first."""
        for member in members:
            table = as_table(member)
            group = table.get("attributeGroupReference") if table else member
            inner = as_table(group)
            name = _last(as_text(group) or text_of(inner, "attributeGroupName") or "")
            if table and group is None:
                yield table
            elif inner.get("members") is not None and depth < _MOST_DEEP:
                yield from self._flat(list_of(inner, "members"), done, depth + 1)
            elif name in self.groups and depth < _MOST_DEEP:
                if name not in done:
                    done.add(name)
                    yield from self._flat(list_of(self.groups[name], "members"), done, depth + 1)
            else:
                yield name or "a member without a name"


def _undefined(name: str) -> Remark:
    return Remark(name, "left out: it stands for attributes that none of the files defines")


def _definitions(document: JsonDocument) -> tuple[Json, ...]:
    # Manifests and lists of imports end in the same letters, and define nothing.
    return tables_of(as_table(document.content), "definitions")


def _base_of(entity: Json) -> str:
    """The name of what an entity extends, without the way to it."""
    return _last(_name(entity.get("extendsEntity"), "entityReference") or "")


def foreign_key(member: Json) -> Json:
    """The column by which an entity refers to another one, as far as it is described."""
    return table_of(member, "resolutionGuidance", "entityByReference", "foreignKeyAttribute")


def refers_to(member: Json) -> str | None:
    """The entity that a member refers to."""
    entity = member.get("entity")
    reference = as_table(entity).get("entityReference", entity)
    return as_text(reference) or text_of(as_table(reference), "entityName")


def column_of(member: Json) -> str | None:
    """The column of an attribute in the data."""
    return text_of(member, "sourceName") or text_of(member, "name")


def _name(value: object, key: str) -> str | None:
    """A name that stands by itself, or under a key of its own."""
    return as_text(value) or text_of(as_table(value), key)


def _last(path: str) -> str:
    return path.rpartition("/")[2]
