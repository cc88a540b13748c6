"""What can be done about what is wrong: every fix, all safe fixes at once, and a comment that silences a lint here."""

import re
from collections.abc import Callable, Iterator

from lsprotocol import types
from scoreline.dsl.diagnostics import Diagnostic, Fix
from scoreline.dsl.lexer import lex
from scoreline.dsl.messages import say
from scoreline.dsl.source import Position, Source
from scoreline.tools.lsp.features.diagnostics import shown
from scoreline.tools.lsp.here import Here

_MARK = re.compile(r"#\s*scoreline:\s*ignore\b[:\s]*(?P<codes>[A-Z]\d+(?:[,\s]+[A-Z]\d+)*)", re.IGNORECASE)

# What these tell of is a comment itself: none can be put behind it.
_OF_COMMENTS = ("commented-out-rule", "unused-suppression")

FIX_ALL = types.CodeActionKind.SourceFixAll
KINDS = [types.CodeActionKind.QuickFix, FIX_ALL]


def code_actions(
    here: Here, asked: types.Range, only: list[str] | None, fixed: Callable[[], str | None]
) -> list[types.CodeAction]:
    """What is offered for a range. `fixed` gives the text with every safe fix, None where there is nothing to fix."""
    if here.file is None:
        return []
    found: list[types.CodeAction] = []
    if _wanted(only, types.CodeActionKind.QuickFix):
        found += (action for told in _within(here, asked) for action in _quick(here, told))
    if only and _wanted(only, FIX_ALL) and (text := fixed()) is not None:
        end = here.counting.shown(here.document.source, here.document.source.position(len(here.document.text)))
        edit = types.TextEdit(types.Range(types.Position(0, 0), end), text)
        title = here.told(say("fix everything that is safe to fix"))
        found.append(types.CodeAction(title, FIX_ALL, edit=_edit(here, [edit])))
    return found


def _wanted(only: list[str] | None, kind: str) -> bool:
    return not only or any(kind == each or kind.startswith(f"{each}.") for each in only)


def _within(here: Here, asked: types.Range) -> Iterator[Diagnostic]:
    """The diagnostics that touch a range."""
    for told in here.view.diagnostics.get(here.view.name(here.document.path), ()):
        place = here.counting.place(told.place)
        if _key(place.start) <= _key(asked.end) and _key(asked.start) <= _key(place.end):
            yield told


def _key(position: types.Position) -> tuple[int, int]:
    return position.line, position.character


def _quick(here: Here, told: Diagnostic) -> Iterator[types.CodeAction]:
    about = [shown(here, told)]
    for fix in told.fixes:
        yield types.CodeAction(
            fix.title,
            types.CodeActionKind.QuickFix,
            diagnostics=about,
            edit=_edit(here, _edits(here, told.place.source, fix)),
            is_preferred=fix is told.safe_fix or None,
        )
    if told.code.startswith("W") and told.name not in _OF_COMMENTS:
        title = here.told(say("ignore {code} here (write the reason in the comment)", code=told.code))
        edit = _edit(here, [_silencing(here, told)])
        yield types.CodeAction(title, types.CodeActionKind.QuickFix, diagnostics=about, edit=edit)


def _edits(here: Here, source: Source, fix: Fix) -> list[types.TextEdit]:
    ends = here.document.line_end
    return [types.TextEdit(here.counting.range(source, each.span), each.text.replace("\n", ends)) for each in fix.edits]


def _edit(here: Here, edits: list[types.TextEdit]) -> types.WorkspaceEdit:
    return types.WorkspaceEdit(changes={here.document.uri: edits})


def _silencing(here: Here, told: Diagnostic) -> types.TextEdit:
    """The comment behind the statement; one that is there already becomes its reason, or takes one code more."""
    number = told.place.start.line
    line = told.place.source.line_text(number)
    *tokens, _ = lex(Source("", line)).tokens
    code = line[tokens[-1].end :] if tokens else line
    behind = tokens[-1].end if tokens else len(line.rstrip())
    comment = code.strip()
    if (mark := _MARK.search(code)) is not None:
        at = behind + mark.end("codes")
        return types.TextEdit(_columns(here, told, at, at), f", {told.code}")
    reason = f" ({comment.lstrip('# ')})" if comment else ""
    return types.TextEdit(_columns(here, told, behind, len(line)), f"  # scoreline: ignore {told.code}{reason}")


def _columns(here: Here, told: Diagnostic, start: int, end: int) -> types.Range:
    """Part of the line of a diagnostic, by columns from 0."""
    source, line = told.place.source, told.place.start.line
    first, last = (here.counting.shown(source, Position(line, column + 1)) for column in (start, end))
    return types.Range(first, last)
