"""The interactions of a JSON Schema: named one by one, or distinguished by the value of their `type`.

Promises each interaction by its name in the data. Three forms are known: an object with a property for each; a list of
such forms (`oneOf`) whose `type` is a `const`; a list of one form whose `type` is an `enum`. Properties beside the
`oneOf` belong to each form.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from scoreline.compiler.folding import fold
from scoreline.compiler.schema.imports.described import (
    HALF,
    Attribute,
    ImportedColumns,
    Interaction,
    Read,
    Remark,
    collected,
)
from scoreline.compiler.schema.imports.jsonschema_branches import properties_of, values_of
from scoreline.compiler.schema.imports.jsonschema_fields import attribute
from scoreline.compiler.schema.imports.jsonschema_parts import Root, merged, resolved, types_of, without_forks
from scoreline.compiler.schema.imports.raw import (
    Json,
    as_text,
    as_value,
    is_lost,
    is_whole,
    table_of,
    tables_of,
    text_of,
)

_EITHER = ("oneOf", "anyOf")
_COLUMNS = frozenset(vars(ImportedColumns()).values())


def interactions_of(part: Json | None, root: Root) -> tuple[tuple[Interaction, ...], tuple[Remark, ...]]:
    """The interactions that a part describes."""
    if part is None:
        return (), ()
    found: list[Interaction] = []
    remarks: list[Remark] = []
    for form in _forms(part, root):
        remarks += [Remark("interactions", form.why)] if form.why else []
        for name in form.names:
            read = collected(name, _properties(form.part, root))
            remarks += read.remarks
            found.append(Interaction(name, read.attributes, text_of(form.part, "title")))
    return tuple(found), tuple(remarks)


@dataclass(frozen=True)
class _InteractionForm:
    """A form of an interaction, the names that go by it, and what is to be said of names that it does not have."""

    names: tuple[str, ...]
    part: Json
    why: str | None = None


_NO_NAME = "left out: its `type` is neither a `const` nor an `enum`, so that it has no name"
_LOST_NAME = "without those whose `type` is neither a text nor a number"


def _forms(part: Json, root: Root) -> Iterator[_InteractionForm]:
    """Each form of an interaction."""
    if types_of(part) != ("array",) and "items" not in part:
        named = list(properties_of(part, root))
        for name, each, _ in named:
            # An interaction may be a list of what happened, or what happened.
            inner = resolved(each.get("items"), root) if "items" in each else each
            own = as_text(name) if is_whole(name) else None
            if own:
                yield _InteractionForm((own,), inner)
            else:
                yield _InteractionForm((), inner, HALF if as_text(name) else _NO_NAME)
        if not named:
            yield _InteractionForm((), part, _NO_NAME)
        return
    items = resolved(part.get("items"), root)
    forms = [resolved(each, root) for key in _EITHER for each in tables_of(items, key)]
    if not any(_types(each, root) for each in forms):
        yield _named(items, root)
        return
    shared = {key: value for key, value in without_forks(items, *_EITHER).items() if key != "title"}
    for each in forms:
        yield _named(merged(each, shared), root)


def _named(form: Json, root: Root) -> _InteractionForm:
    """A form with the names that its `type` can have."""
    types = _types(form, root)
    names = tuple(name for each in types if (name := as_value(each)) is not None)
    lost = _LOST_NAME if any(map(is_lost, types)) else None
    return _InteractionForm(names, form, lost if names else _NO_NAME)


def _types(form: Json, root: Root) -> list[object]:
    """The values that the `type` of a form may have, where these are named."""
    type_ = resolved(table_of(form, "properties").get("type", {}), root)
    return [value for value, _ in values_of(type_) or ()]


def _properties(form: Json, root: Root) -> Iterator[Attribute | Remark | Read]:
    for name, each, required in properties_of(form, root):
        if fold(name) not in _COLUMNS:
            yield attribute(name, each, required, root)
