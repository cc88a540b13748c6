"""The interactions of a JSON Schema: named one by one, or told apart by the value of their `type`.

Promises each interaction by the name that the data have for it. Three forms are known: an object with a property
for each; a list of such forms (`oneOf`) whose `type` is a `const`; a list of one form whose `type` is an `enum`.
"""

from collections.abc import Iterable, Iterator

from scoreline.compiler.folding import fold
from scoreline.compiler.schema.imports.described import Attribute, Columns, Interaction, Read, Remark, collected
from scoreline.compiler.schema.imports.jsonschema_fields import attribute
from scoreline.compiler.schema.imports.jsonschema_parts import Root, is_object, properties_of, resolved, types_of
from scoreline.compiler.schema.imports.raw import Json, as_text, list_of, table_of, tables_of, text_of

_COLUMNS = frozenset(vars(Columns()).values())


def interactions_of(part: Json | None, root: Root) -> tuple[tuple[Interaction, ...], tuple[Remark, ...]]:
    """The interactions of the part that tells of them."""
    if part is None:
        return (), ()
    found: list[Interaction] = []
    remarks: list[Remark] = []
    for names, each in _forms(part, root):
        if not names:
            why = "left out: its `type` is neither a `const` nor an `enum`, so that it has no name"
            remarks.append(Remark("interactions", why))
        for name in names:
            read = collected(name, _properties(each, root))
            remarks += read.remarks
            found.append(Interaction(name, read.attributes, text_of(each, "title")))
    return tuple(found), tuple(remarks)


def _forms(part: Json, root: Root) -> Iterator[tuple[tuple[str, ...], Json]]:
    """Each form of an interaction with the names that go by it."""
    if types_of(part) != ("array",) and "items" not in part:
        named = list(properties_of(part, root))
        for name, each, _ in named:
            # An interaction may be a list of what happened, or what happened.
            inner = resolved(each.get("items"), root) if "items" in each else each
            yield ((own,) if (own := as_text(name)) else ()), inner
        if not named:
            yield (), part
        return
    items = resolved(part.get("items"), root)
    forms = [*tables_of(items, "oneOf"), *tables_of(items, "anyOf")]
    for each in (resolved(form, root) for form in forms or [items]):
        yield tuple(_names(each, root)), each


def _names(form: Json, root: Root) -> Iterable[str]:
    type_ = resolved(table_of(form, "properties").get("type", {}), root)
    told = [type_["const"]] if "const" in type_ else list_of(type_, "enum")
    return [name for each in told if (name := as_text(each))]


def _properties(form: Json, root: Root) -> Iterator[Attribute | Remark | Read]:
    if not is_object(form):
        return
    for name, each, required in properties_of(form, root):
        if fold(name) not in _COLUMNS:
            yield attribute(name, each, required, root)
