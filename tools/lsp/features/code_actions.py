"""What can be done about what is wrong: every fix, all safe fixes at once, and a comment that silences a lint here."""

import re
from collections.abc import Callable, Iterator

from lsprotocol import types
from scoreline.dsl.diagnostics import Diagnostic, Fix
from scoreline.dsl.lexer import lex
from scoreline.dsl.messages import say
from scoreline.dsl.source import Position, Source
from scoreline.tools.lsp.document_view import DocumentView
from scoreline.tools.lsp.features.diagnostics import shown

_MARK = re.compile(r"#\s*scoreline:\s*ignore\b[:\s]*(?P<codes>[A-Z]\d+(?:[,\s]+[A-Z]\d+)*)", re.IGNORECASE)

# These are about a comment: no other comment can follow it.
_OF_COMMENTS = ("commented-out-rule", "unused-suppression")

FIX_ALL = types.CodeActionKind.SourceFixAll
KINDS = [types.CodeActionKind.QuickFix, FIX_ALL]


def code_actions(
    here: DocumentView, asked: types.Range, only: list[str] | None, fixed: Callable[[], str | None]
) -> list[types.CodeAction]:
    """What is offered for a range. `fixed` gives the text with every safe fix, None where there is nothing to fix."""
    if here.file is None:
        return []
    found: list[types.CodeAction] = []
    if _wanted(only, types.CodeActionKind.QuickFix):
        found += (action for diagnostic in _within(here, asked) for action in _quick(here, diagnostic))
    if only and _wanted(only, FIX_ALL) and (text := fixed()) is not None:
        end = here.encoding.shown(here.document.source, here.document.source.position(len(here.document.text)))
        edit = types.TextEdit(types.Range(types.Position(0, 0), end), text)
        title = here.localized(say("fix everything that is safe to fix"))
        found.append(types.CodeAction(title, FIX_ALL, edit=_edit(here, [edit])))
    return found


def _wanted(only: list[str] | None, kind: str) -> bool:
    return not only or any(kind == each or kind.startswith(f"{each}.") for each in only)


def _within(here: DocumentView, asked: types.Range) -> Iterator[Diagnostic]:
    """The diagnostics that touch a range."""
    for diagnostic in here.view.diagnostics.get(here.view.name(here.document.path), ()):
        place = here.encoding.place(diagnostic.place)
        if _key(place.start) <= _key(asked.end) and _key(asked.start) <= _key(place.end):
            yield diagnostic


def _key(position: types.Position) -> tuple[int, int]:
    return position.line, position.character


def _quick(here: DocumentView, diagnostic: Diagnostic) -> Iterator[types.CodeAction]:
    about = [shown(here, diagnostic)]
    for fix in diagnostic.fixes:
        yield types.CodeAction(
            fix.title,
            types.CodeActionKind.QuickFix,
            diagnostics=about,
            edit=_edit(here, _edits(here, diagnostic.place.source, fix)),
            is_preferred=fix is diagnostic.safe_fix or None,
        )
    if diagnostic.code.startswith("W") and diagnostic.name not in _OF_COMMENTS:
        title = here.localized(say("ignore {code} here (write the reason in the comment)", code=diagnostic.code))
        edit = _edit(here, [_silencing(here, diagnostic)])
        yield types.CodeAction(title, types.CodeActionKind.QuickFix, diagnostics=about, edit=edit)


def _edits(here: DocumentView, source: Source, fix: Fix) -> list[types.TextEdit]:
    ends = here.document.line_end
    return [types.TextEdit(here.encoding.range(source, each.span), each.text.replace("\n", ends)) for each in fix.edits]


def _edit(here: DocumentView, edits: list[types.TextEdit]) -> types.WorkspaceEdit:
    return types.WorkspaceEdit(changes={here.document.uri: edits})


def _silencing(here: DocumentView, diagnostic: Diagnostic) -> types.TextEdit:
    """The comment behind the statement; one that is there already becomes its reason, or takes one code more."""
    number = diagnostic.place.start.line
    line = diagnostic.place.source.line_text(number)
    *tokens, _ = lex(Source("", line)).tokens
    code = line[tokens[-1].end :] if tokens else line
    behind = tokens[-1].end if tokens else len(line.rstrip())
    comment = code.strip()
    if (mark := _MARK.search(code)) is not None:
        at = behind + mark.end("codes")
        return types.TextEdit(_columns(here, diagnostic, at, at), f", {diagnostic.code}")
    reason = f" ({comment.lstrip('# ')})" if comment else ""
    return types.TextEdit(
        _columns(here, diagnostic, behind, len(line)), f"  # scoreline: ignore {diagnostic.code}{reason}"
    )


def _columns(here: DocumentView, diagnostic: Diagnostic, start: int, end: int) -> types.Range:
    """Part of the line of a diagnostic, by columns from 0."""
    source, line = diagnostic.place.source, diagnostic.place.start.line
    first, last = (here.encoding.shown(source, Position(line, column + 1)) for column in (start, end))
    return types.Range(first, last)
