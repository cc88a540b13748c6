"""The traits of a Common Data Model attribute: its title, whether it is required, the options of a list.

Promises an answer for every form that traits take: a name, a table with arguments, arguments with or without names. Of
several languages English counts, or else the first. A value without a text in these keeps the text that it has.
"""

from collections.abc import Iterator, Sequence

from scoreline.compiler.folding import fold
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
    """The title of an attribute or an entity."""
    if title := text_of(raw, "displayName"):
        return title
    rows = [row for trait in _traits(raw, "is.localized.displayedAs") for row in _constants(trait)]
    rows = [row for row in rows if len(row) > 1]
    ranks = _ranks(rows)
    return as_text(rows[ranks.index(min(ranks))][1]) if rows else None


def is_required(raw: Json) -> bool:
    """Whether the system lets no row be without a value."""
    for trait in _traits(raw, "is.requiredAtLevel"):
        for argument in list_of(trait, "arguments"):
            level = as_text(argument) or text_of(as_table(argument), "value")
            if level in _REQUIRED:
                return True
    return False


def options_of(raw: Json) -> tuple[tuple[Option, ...], tuple[str, ...]]:
    """The values of a list to choose from, with their labels, in the order of display; and what is to be said of rows
    that have no value."""
    rows = [row for trait in _all_traits(raw) for row in _constants(trait)]
    rows += [_row(each) for each in tables_of(raw, "defaultValue")]
    without = [row for row in rows if _value(row) is None]
    found: list[tuple[float, Option]] = []
    for row in _best([row for row in rows if _value(row) is not None]):
        order = as_number(row[3]) if len(row) > 3 else None
        found.append((len(found) if order is None else order, Option(_value(row) or "", as_text(row[1]))))
    options = tuple(option for _, option in sorted(found, key=lambda each: each[0]))
    return options, tuple(dict.fromkeys(map(_without, without)))


def _value(row: Sequence[object]) -> str | None:
    return as_value(row[2]) if len(row) > 2 else None


def _without(row: Sequence[object]) -> str:
    """The remark for a row that has no value."""
    label = as_text(row[1]) if len(row) > 1 else None
    return f"without `{label}`, for which the file has no value" if label else "without a row that has no value"


def _best(rows: Sequence[Sequence[object]]) -> Iterator[Sequence[object]]:
    """The rows of each value that are in the language to be preferred."""
    ranks = _ranks(rows)
    best: dict[str | None, tuple[bool, int]] = {}
    for row, rank in zip(rows, ranks, strict=True):
        best[_value(row)] = min(best.get(_value(row), rank), rank)
    return (row for row, rank in zip(rows, ranks, strict=True) if rank == best[_value(row)])


def _row(raw: Json) -> Sequence[object]:
    """A row of a list that is written out, as resolved files have it."""
    return [raw.get(each) for each in ("languageTag", "displayText", "attributeValue", "displayOrder")]


def _all_traits(raw: Json) -> Iterator[Json]:
    """The traits of the data type, then those of the attribute, without its texts."""
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


def _ranks(rows: Sequence[Sequence[object]]) -> list[tuple[bool, int]]:
    """How far behind each row comes: a text is better than none, English better than its kin, these better than the
    language of the first row, and so on."""
    languages = [fold(as_text(row[0]) or "") for row in rows]
    english = [_LANGUAGE, *(each for each in languages if each.startswith((f"{_LANGUAGE}-", f"{_LANGUAGE}_")))]
    order = {each: number for number, each in enumerate(dict.fromkeys([*english, *languages]))}
    return [(as_text(row[1]) is None, order[each]) for row, each in zip(rows, languages, strict=True)]
