"""What could be written where the cursor is."""

from collections.abc import Iterable

from lsprotocol import types
from scoreline.dsl.statements import STARTERS
from scoreline.grammar.lexicon import Terminal
from scoreline.tools.lsp.cursor import Cursor, cursor
from scoreline.tools.lsp.document_view import DocumentView
from scoreline.tools.lsp.fitting import unfit
from scoreline.tools.lsp.proposals.keywords import keywords, statements
from scoreline.tools.lsp.proposals.names import names
from scoreline.tools.lsp.proposals.proposal import CompletionProposal
from scoreline.tools.lsp.proposals.texts import suppressions, template_names, texts

TRIGGERS = [".", '"', " ", "(", "{", "[", ","]


def completion(here: DocumentView, position: types.Position, *, snippets: bool = True) -> list[types.CompletionItem]:
    """The proposals at a position; whole statements only to those who can fill in forms."""
    source = here.document.source
    at = cursor(source, here.encoding.offset(source, position))
    if at.inside == "comment":
        begun = suppressions(at)
        return [] if begun is None else _items(here, at, begun[1], begun[0])
    if at.inside == "text":
        braces = template_names(here, at)
        return _quoted(here, at) if braces is None else _items(here, at, braces[1], braces[0])
    return _items(here, at, _in_code(here, at, snippets=snippets), len(at.written))


def _in_code(here: DocumentView, at: Cursor, *, snippets: bool) -> list[CompletionProposal]:
    found = [*names(here, at), *keywords(at, unfit(here, at))]
    if Terminal.TEXT in at.expected:
        found += (_in_quotes(each) for each in texts(here, at))
    if snippets and at.begins_line and at.expected & STARTERS:
        found += statements(at)
    return found


def _in_quotes(each: CompletionProposal) -> CompletionProposal:
    quoted = f'"{_escaped(each.label)}"'
    return CompletionProposal(quoted, each.kind, each.detail, about=each.about, rank=each.rank)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _quoted(here: DocumentView, at: Cursor) -> list[types.CompletionItem]:
    """In a text: it goes up to the quotes behind the cursor, if they end this word; else they are added."""
    rest = at.source.text[at.offset : at.source.line_end(at.offset)]
    word = len(rest) - len(rest.lstrip("".join({each for each in rest if each.isalnum() or each == "_"})))
    closed = rest[word : word + 1] == '"'
    end = "" if closed else '"'
    edit = _range(here, at, len(at.written), word if closed else 0)
    return [_item(here, each, edit, _escaped(each.text or each.label) + end) for each in texts(here, at)]


def _items(
    here: DocumentView, at: Cursor, found: Iterable[CompletionProposal], written: int
) -> list[types.CompletionItem]:
    edit = _range(here, at, written, 0)
    return [_item(here, each, edit, each.text or each.label) for each in found]


def _range(here: DocumentView, at: Cursor, before: int, behind: int) -> types.Range:
    places = (at.source.position(at.offset - before), at.source.position(at.offset + behind))
    start, end = (here.encoding.shown(at.source, each) for each in places)
    return types.Range(start, end)


def _item(here: DocumentView, each: CompletionProposal, edit: types.Range, text: str) -> types.CompletionItem:
    about = here.localized(*each.about)
    return types.CompletionItem(
        label=each.label,
        kind=each.kind,
        detail=here.localized(each.detail) if each.detail else None,
        documentation=types.MarkupContent(types.MarkupKind.Markdown, about) if about else None,
        sort_text=f"{each.rank}{each.label}",
        filter_text=text.strip() if each.text and not each.snippet else None,
        insert_text_format=types.InsertTextFormat.Snippet if each.snippet else None,
        text_edit=types.TextEdit(edit, text),
    )
