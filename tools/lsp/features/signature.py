"""The form of the statement that is being written, with the clause that comes next."""

from collections.abc import Sequence

from lsprotocol import types
from scoreline.dsl.messages import say
from scoreline.dsl.wording import expectation
from scoreline.grammar.forms import Clause, clauses
from scoreline.grammar.lexicon import Terminal
from scoreline.tools.lsp.cursor import Cursor, cursor
from scoreline.tools.lsp.document_view import DocumentView

TRIGGERS = [" ", "("]


def signature(here: DocumentView, position: types.Position) -> types.SignatureHelp | None:
    """The form of the statement at a position; none in comments and before its first word."""
    source = here.document.source
    at = cursor(source, here.encoding.offset(source, position))
    statement = clauses(source.language).get(at.types[0]) if at.types else None
    if at.inside == "comment" or statement is None or (at.begins_line and Terminal.END in at.expected):
        return None
    labels = [each.form for each in statement]
    active = _active(at, statement)
    following = expectation(at.expected) if at.expected else None
    information = types.SignatureInformation(
        " ".join(labels),
        documentation=None if following is None else here.localized(say("next: {following}", following=following)),
        parameters=[types.ParameterInformation(each) for each in labels],
        active_parameter=active,
    )
    return types.SignatureHelp([information], active_signature=0, active_parameter=active)


def _active(at: Cursor, statement: Sequence[Clause]) -> int:
    """The clause that the cursor is in: the last one that was opened."""
    found = 0
    for number, clause in enumerate(statement):
        if set(clause.openers) & set(at.types):
            found = number
    return found
