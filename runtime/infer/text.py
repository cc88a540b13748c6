"""Writes a guessed schema as TOML that people like to read: one field a line, long lists broken.

Promises text that `read_schema` takes without a diagnostic.
"""

from dataclasses import dataclass

from scoreline.compiler.folding import fold
from scoreline.compiler.toml.quoting import key, listed, quoted
from scoreline.runtime.infer.guess import Guess

_WIDTH = 110
_MOST_PADDING = 24


@dataclass(frozen=True)
class InferredColumn:
    """A column: the name that rules use, the column's own, and what it seems to hold."""

    name: str
    column: str
    guess: Guess


@dataclass(frozen=True)
class Inferred:
    """All that was found out about a file; `sure` when the key was told rather than guessed."""

    file: str
    rows: int
    key: str
    columns: tuple[InferredColumn, ...]
    unit: str | None
    sure: bool


def schema_text(found: Inferred) -> str:
    """The schema as TOML."""
    rows = f"{found.rows:,} row{'' if found.rows == 1 else 's'}"
    file = "".join(character if character.isprintable() else "?" for character in found.file)
    lines = [
        f"# A schema guessed from {file} ({rows}). Read it through: the types, the values, the names.",
        "",
        "[lead]",
        f"key = {quoted(found.key)}{'' if found.sure else '  # a guess: the column that tells one lead from another'}",
    ]
    if found.unit:
        lines.append(f"unit = {quoted(found.unit)}")
    if any(column.name == "contact_id" for column in found.columns):
        lines.append('# relations = { contact = { to = "contact", column = "contact_id" } }  # with a table [contact]')
    lines += ["", "[lead.fields]"]
    width = min(_MOST_PADDING, max((len(key(column.name)) for column in found.columns), default=0))
    for column in found.columns:
        lines += _field(column, width)
    return "\n".join(lines) + "\n"


def _field(column: InferredColumn, width: int) -> list[str]:
    parts = _parts(column)
    begin = f"{key(column.name):<{width}} = "
    if len(parts) == 1:
        return [*_remarks(column), begin + quoted(column.guess.type)]
    line = f"{begin}{{ {', '.join(parts)} }}"
    if len(line) > _WIDTH and column.guess.values:
        line = f"{begin}{{ {', '.join(_parts(column, broken=True))} }}"
    return [*_remarks(column), line]


def _parts(column: InferredColumn, broken: bool = False) -> list[str]:
    found = column.guess
    parts = [f"type = {quoted(found.type)}"]
    if column.column != column.name:
        parts.append(f"column = {quoted(column.column)}")
    if found.missing:
        # One spelling stands for all that differ in case alone.
        spellings = {fold(text): text for text in reversed(found.missing)}
        parts.append(f"missing = [{', '.join(quoted(text) for text in sorted(spellings.values()))}]")
    if found.values:
        parts.append(f"values = {listed(found.values, broken)}")
    return parts if len(parts) > 1 else [quoted(found.type)]


def _remarks(column: InferredColumn) -> list[str]:
    if column.guess.empty:
        return [f"# {key(column.name)} is empty in this file: the type is a guess"]
    if column.guess.odd:
        odd = ", ".join(quoted(text[:40]) for text in column.guess.odd)
        return [f"# {key(column.name)} has values that do not fit, and will be reported: {odd}"]
    return []
