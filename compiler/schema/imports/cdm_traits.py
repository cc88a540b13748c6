"""What the traits of a Common Data Model attribute say: its title, whether it is needed, the options of a list.

Promises answers for any form that traits take: a name, a table with arguments, arguments with or without names. Of
several languages English counts, or else the first.
"""

from collections.abc import Iterator, Sequence

from scoreline.compiler.schema.imports.described import Option
from scoreline.compiler.schema.imports.raw import (
    Json,
    as_list,
    as_number,
    as_table,
    as_text,
    as_value,
    list_of,
    tables_of,
    text_of,
)

_LANGUAGE = "en"
_REQUIRED = ("required", "systemrequired", "applicationrequired")


def title_of(raw: Json) -> str | None:
    """How people call an attribute or an entity."""
    if title := text_of(raw, "displayName"):
        return title
    rows = [row for trait in _traits(raw, "is.localized.displayedAs") for row in _constants(trait)]
    return next((as_text(row[1]) for row in _of_language(rows) if len(row) > 1), None)


def is_required(raw: Json) -> bool:
    """Whether the system lets no row be without a value."""
    for trait in _traits(raw, "is.requiredAtLevel"):
        for argument in list_of(trait, "arguments"):
            level = as_text(argument) or text_of(as_table(argument), "value")
            if level in _REQUIRED:
                return True
    return False


def options_of(raw: Json) -> tuple[Option, ...]:
    """The values of a list to choose from, with their labels, in the order of display."""
    rows = [row for trait in _all_traits(raw) for row in _constants(trait) if len(row) > 2]
    rows += [_row(each) for each in tables_of(raw, "defaultValue")]
    found: list[tuple[float, Option]] = []
    for row in _of_language(rows):
        value = as_value(row[2])
        if value is not None:
            order = as_number(row[3]) if len(row) > 3 else None
            found.append((len(found) if order is None else order, Option(value, as_text(row[1]))))
    return tuple(option for _, option in sorted(found, key=lambda each: each[0]))


def _row(raw: Json) -> Sequence[object]:
    """A row of a list that is written out, as resolved files have it."""
    return [raw.get(each) for each in ("languageTag", "displayText", "attributeValue", "displayOrder")]


def _all_traits(raw: Json) -> Iterator[Json]:
    """The traits of the data type, then those of the attribute, but for its texts."""
    for owner in (as_table(raw.get("dataType")), raw):
        for trait in tables_of(owner, "appliedTraits"):
            if not (text_of(trait, "traitReference") or "").startswith("is.localized."):
                yield trait


def _traits(raw: Json, name: str) -> Iterator[Json]:
    for key in ("appliedTraits", "exhibitsTraits"):
        for trait in tables_of(raw, key):
            if text_of(trait, "traitReference") == name:
                yield trait


def _constants(trait: Json) -> Iterator[Sequence[object]]:
    """The rows of constants that a trait is given."""
    for argument in tables_of(trait, "arguments"):
        for holder in (argument, as_table(argument.get("value"))):
            for row in list_of(as_table(holder.get("entityReference")), "constantValues"):
                yield as_list(row)


def _of_language(rows: Sequence[Sequence[object]]) -> list[Sequence[object]]:
    """The rows in English, or else in the language of the first."""
    rows = [row for row in rows if row]
    languages = {as_text(row[0]) for row in rows}
    chosen = _LANGUAGE if _LANGUAGE in languages else as_text(rows[0][0]) if rows else None
    return [row for row in rows if as_text(row[0]) == chosen]
