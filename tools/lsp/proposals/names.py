"""Names that can stand at a cursor, by what they would mean there."""

import re
from collections.abc import Iterator, Mapping

from lsprotocol.types import CompletionItemKind as Kind
from scoreline.compiler import checked
from scoreline.compiler.check.scope import Scope
from scoreline.compiler.check.symbols import LetSymbol
from scoreline.compiler.schema import FieldSpec, Schema
from scoreline.dsl import nodes
from scoreline.dsl.messages import say
from scoreline.grammar.lexicon import Part, Terminal, terminals
from scoreline.grammar.vocabulary import vocabulary
from scoreline.tools.lsp.cursor import Cursor
from scoreline.tools.lsp.describing import field_text, interaction_text, type_of
from scoreline.tools.lsp.document_view import DocumentView
from scoreline.tools.lsp.fitting import subject, type_of_value
from scoreline.tools.lsp.naming import path_before, scope_at
from scoreline.tools.lsp.proposals.proposal import CompletionProposal

_SPACES = re.compile(r"(?<=\S) {2,}")
_NEW = terminals(Part.NAMED)
_COUNTED = (Terminal.NO, Terminal.EACH, Terminal.DISTINCT, Terminal.WITH)
_LISTS = (Terminal.IN, Terminal.OF)
_ADDED = (Terminal.PLUS, Terminal.STAR)
_SEARCHING = terminals(Part.SEARCHES)
_VALUES = terminals(Part.BEFORE_VALUE) - {Terminal.WITH, Terminal.LSQB, Terminal.COMMA}


def names(here: DocumentView, at: Cursor) -> Iterator[CompletionProposal]:
    """The names that can stand here."""
    schema, types = here.view.schema, at.types
    last = types[-1] if types else None
    if schema is None or not at.expected & (
        {Terminal.NAME, Terminal.GRADE, Terminal.RULES} if last == Terminal.DOT else {Terminal.NAME}
    ):
        return
    scope = scope_at(here, at)
    if last == Terminal.FOR:
        yield CompletionProposal("lead", Kind.Class, say("what models score"), rank=1)
    elif last == Terminal.INCLUDE:
        yield from _relations(schema)
    elif last == Terminal.SET:
        yield from fields(schema.lead.fields)
    elif last == Terminal.DOT:
        yield from _behind_dot(scope, at, schema)
    elif last not in _NEW:
        yield from _beginning(here, scope, at, schema, last)


def _beginning(
    here: DocumentView, scope: Scope, at: Cursor, schema: Schema, last: Terminal | None
) -> Iterator[CompletionProposal]:
    """Names at the beginning of a path."""
    searched = last == Terminal.WITH and at.types[-2] in _SEARCHING
    if searched or (last in _VALUES and at.types[0] != Terminal.LET):
        alike = type_of_value(here, at)
        specs = _specs(scope, schema)
        yield from fields({name: spec for name, spec in specs.items() if alike in (None, spec.type)})
    elif last in _LISTS:
        yield from _lets(here, scope, at, lists=True)
    elif scope.kind == "properties":
        yield from fields(_specs(scope, schema))
    elif last in _ADDED:
        if scope.sees_models and not isinstance(subject(here, at), checked.Count):
            yield from _models(scope)
        yield from _interactions(schema)
    elif last in _COUNTED:
        yield from _interactions(schema)
        yield from _relations(schema)
    else:
        yield from _lets(here, scope, at, lists=False)
        if scope.sees_models and at.types[0] != Terminal.GIVEN:
            yield from _models(scope)
        yield from fields(schema.lead.fields)
        yield from _interactions(schema)
        yield from _relations(schema)


def _specs(scope: Scope, schema: Schema) -> Mapping[str, FieldSpec]:
    """The properties of the interaction at hand, or else the fields of the lead."""
    known = schema.interactions.get(scope.interaction or "")
    return schema.lead.fields if known is None else known.properties


def _models(scope: Scope) -> Iterator[CompletionProposal]:
    return (CompletionProposal(each, Kind.Class, say("score"), rank=0) for each in scope.symbols.models)


def _relations(schema: Schema) -> Iterator[CompletionProposal]:
    return (CompletionProposal(each, Kind.Reference, say("relation"), rank=3) for each in schema.lead.relations)


def _behind_dot(scope: Scope, at: Cursor, schema: Schema) -> Iterator[CompletionProposal]:
    """What can go on a path."""
    parts = path_before(at.tokens, len(at.tokens) - 1)
    if not parts:
        return
    if scope.sees_models and parts[0] in scope.symbols.models:
        words = vocabulary(at.source.language).words
        yield CompletionProposal(words[Terminal.GRADE], Kind.Property, say("the grade"), rank=0)
        if scope.kind == "expect":
            yield CompletionProposal(words[Terminal.RULES], Kind.Property, say("the rules that fired"), rank=0)
        return
    if parts[0] in schema.lead.relations:
        if len(parts) == 1:
            yield from fields(schema.contact_fields)
            yield from _interactions(schema)
            return
        parts = parts[1:]
    prefix = ".".join(parts)
    for name, spec in schema.interactions.items():
        if name.startswith(f"{prefix}."):
            yield CompletionProposal(
                name[len(prefix) + 1 :], Kind.Event, spec.title, about=tuple(interaction_text(name, spec)), rank=1
            )
    if prefix in schema.interactions and Terminal.DISTINCT in at.types:
        yield from fields(schema.interactions[prefix].properties)


def fields(specs: Mapping[str, FieldSpec]) -> Iterator[CompletionProposal]:
    """Fields or properties."""
    for name, spec in specs.items():
        yield CompletionProposal(name, Kind.Field, type_of(spec), about=tuple(field_text(name, spec)), rank=1)


def _interactions(schema: Schema) -> Iterator[CompletionProposal]:
    for name, spec in schema.interactions.items():
        yield CompletionProposal(
            name, Kind.Event, spec.title or say("interaction"), about=tuple(interaction_text(name, spec)), rank=2
        )


def _lets(here: DocumentView, scope: Scope, at: Cursor, *, lists: bool) -> Iterator[CompletionProposal]:
    """Lets that are lists, or those that are conditions; none that is just being written."""
    own = at.tokens[1].text if at.types[:2] == (Terminal.LET, Terminal.NAME) else None
    for let in scope.lets.values():
        if isinstance(let.value, nodes.List) is lists and let.name != own:
            yield CompletionProposal(let.name, Kind.Variable, _let_kind(let), about=(let_text(let),), rank=0)


def _let_kind(let: LetSymbol) -> str:
    if isinstance(let.value, nodes.List):
        return say("list · {file}", file=let.file.name)
    return say("condition · {file}", file=let.file.name)


def let_text(let: LetSymbol) -> str:
    """A let as it is written."""
    source = let.file.parsed.source
    if let.value is None:
        return f"`{let.name}`"
    written = source.text[let.place.span.start : let.value.span.end]
    closing = "]" if isinstance(let.value, nodes.List) and not written.endswith("]") else ""
    return f"```scoreline\nlet {_SPACES.sub(' ', written)}{closing}\n```"
