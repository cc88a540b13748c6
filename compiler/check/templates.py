"""The texts of tasks: `{field}` and `{contact.field}` in them."""

import re

from scoreline.compiler import checked
from scoreline.compiler.check.symbols import Symbols
from scoreline.compiler.problems import statements
from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Diagnostic
from scoreline.dsl.source import Place
from scoreline.dsl.span import Span

_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]|[^{}]+")


def template(text: nodes.Text, place: Place, symbols: Symbols) -> tuple[checked.Template, list[Diagnostic]]:
    """The parts of a text, and what is wrong with its braces. `{{` and `}}` are braces."""
    parts: list[str | checked.Field] = []
    wrong: list[Diagnostic] = []
    written = 0
    for match in _PIECE.finditer(text.value):
        piece, name = match[0], match[1]
        if name is None:
            if piece == "{":
                wrong.append(statements.open_brace(place))
            parts.append(piece[0] if piece in ("{{", "}}") else piece)
        elif (found := _field(name.strip(), symbols)) is not None:
            parts.append(found)
        else:
            written = max(written, place.text.find(piece, written))
            here = Span(place.span.start + written, place.span.start + written + len(piece))
            written += len(piece)
            wrong.append(statements.placeholder(place.source.at(here), name, _names(symbols)))
    return tuple(parts), wrong


def _field(name: str, symbols: Symbols) -> checked.Field | None:
    lead, contact = symbols.schema.lead, symbols.schema.contact
    if name in lead.fields:
        return checked.Field("lead", name, lead.fields[name])
    relation, _, rest = name.partition(".")
    if contact is not None and relation in lead.relations and rest in contact.fields:
        return checked.Field("contact", rest, contact.fields[rest])
    return None


def _names(symbols: Symbols) -> list[str]:
    lead, contact_fields = symbols.schema.lead, symbols.schema.contact_fields
    return [*lead.fields, *(f"{relation}.{name}" for relation in lead.relations for name in contact_fields)]
