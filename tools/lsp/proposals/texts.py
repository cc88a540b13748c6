"""What can stand in quotes at a cursor, and in comments: values, grades, stages, files, channels, codes."""

import os
import re
from collections.abc import Iterator

from lsprotocol.types import CompletionItemKind as Kind
from scoreline.compiler import checked
from scoreline.compiler.check.scope import RulesRef
from scoreline.compiler.schema.fields import FieldSpec
from scoreline.compiler.schema.labels import label_of
from scoreline.dsl.codes import CODES
from scoreline.dsl.messages import say
from scoreline.grammar.lexicon import Terminal
from scoreline.tools.lsp.cursor import Cursor
from scoreline.tools.lsp.document_view import DocumentView
from scoreline.tools.lsp.naming import compared, meaning, scope_at
from scoreline.tools.lsp.proposals.names import fields
from scoreline.tools.lsp.proposals.proposal import CompletionProposal

_BRACE = re.compile(r"(?<!\{)\{(?P<path>[\w.]*)\Z")
_MARK = re.compile(r"#\s*scoreline:\s*(?P<word>\w*)(?P<codes>.*)\Z", re.IGNORECASE)


def texts(here: DocumentView, at: Cursor) -> Iterator[CompletionProposal]:
    """The texts that can stand here, without their quotes."""
    types = at.types
    last = types[-1] if types else None
    match last:
        case Terminal.USE:
            yield from _files(here)
        case Terminal.UNIT:
            yield from _units(here)
        case Terminal.NOTIFY:
            channels = here.view.project.channels if here.view.project else None
            yield from (CompletionProposal(each, Kind.Value, say("channel"), rank=0) for each in sorted(channels or ()))
        case _:
            yield from _values(here, at)


def _values(here: DocumentView, at: Cursor) -> Iterator[CompletionProposal]:
    """What a text is compared with tells which there are."""
    if here.view.schema is None:
        return
    types = at.types
    if len(types) > 2 and types[0] == Terminal.STAGE and types[-1] == Terminal.TO and types[-3] == Terminal.SET:
        spec = here.view.schema.lead.fields.get(at.tokens[-2].text)
        yield from _choices(spec) if spec else ()
        return
    parts = compared(at.tokens)
    if at.head == Terminal.EXAMPLE and parts == ("stage",):
        yield from (
            CompletionProposal(each, Kind.EnumMember, say("a stage"), rank=0) for each in here.view.symbols.stages
        )
        return
    match meaning(scope_at(here, at), here, parts):
        case checked.Field(spec=spec):
            yield from _choices(spec)
        case checked.Grade(values=values):
            yield from (CompletionProposal(each, Kind.EnumMember, say("a grade"), rank=0) for each in values)
        case RulesRef(model=model):
            yield from (
                CompletionProposal(each, Kind.EnumMember, say("rule of {model}", model=model.name), rank=0)
                for each in model.rule_ids
            )
        case _:
            pass


def _choices(spec: FieldSpec) -> Iterator[CompletionProposal]:
    """The values as people call them; a label tells which value it stands for."""
    for value in spec.values:
        said = label_of(spec, value)
        yield CompletionProposal(
            said, Kind.EnumMember, say("value") if said == value else say("for `{value}`", value=value), rank=0
        )


def template_names(here: DocumentView, at: Cursor) -> tuple[int, list[CompletionProposal]] | None:
    """Inside `{…}` of a task's text: how much of the name is written, and the names there are."""
    if (
        not set(at.types[-1:]) & {Terminal.TASK, Terminal.FOR}
        or Terminal.CREATE not in at.types
        or here.view.schema is None
    ):
        return None
    brace = _BRACE.search(at.written)
    if brace is None:
        return None
    schema, (first, dot, last) = here.view.schema, brace["path"].rpartition(".")
    if dot and first in schema.lead.relations:
        return len(last), list(fields(schema.contact_fields))
    relations = [CompletionProposal(each, Kind.Reference, "relation", rank=3) for each in schema.lead.relations]
    return len(last), [*fields(schema.lead.fields), *relations]


def _units(here: DocumentView) -> Iterator[CompletionProposal]:
    schema = here.view.schema
    spec = schema.lead.fields.get(schema.lead.unit or "") if schema else None
    if spec is not None:
        yield from _choices(spec)


def _files(here: DocumentView) -> Iterator[CompletionProposal]:
    """Rule files of the project, from this one's folder."""
    root, folder = here.view.root, here.document.path.parent
    if here.view.project is None:
        return
    for path in sorted(root.rglob("*.score")):
        if path != here.document.path and not any(part.startswith(".") for part in path.relative_to(root).parts):
            yield CompletionProposal(
                os.path.relpath(path, folder).replace(os.sep, "/"), Kind.File, say("rule file"), rank=0
            )


def suppressions(at: Cursor) -> tuple[int, list[CompletionProposal]] | None:
    """In a comment: how much of a word is written, and what can stand there."""
    mark = _MARK.search(at.written)
    if mark is None:
        return None
    if not mark["codes"]:
        return len(mark["word"]), [
            CompletionProposal("ignore", Kind.Keyword, say("ignores a lint in this statement"), rank=0)
        ]
    if mark["word"].lower() != "ignore" or "(" in mark["codes"]:
        return None
    begun = re.search(r"\w*\Z", mark["codes"])
    lints = ((code, CODES[code]) for code in CODES if code.startswith("W"))
    found = [CompletionProposal(code, Kind.EnumMember, f"{each.name}: {each.title}", rank=0) for code, each in lints]
    return len(begun[0]) if begun else 0, found
