"""The form of the statement that is being written, with the clause that comes next."""

from lsprotocol import types
from scoreline.dsl.messages import say
from scoreline.dsl.wording import expectation
from scoreline.grammar.lexicon import Terminal
from scoreline.grammar.snippets import said
from scoreline.tools.lsp.cursor import Cursor, cursor
from scoreline.tools.lsp.here import Here

TRIGGERS = [" ", "("]

_Clause = tuple[tuple[Terminal, ...], str]
# For each statement its clauses: the words that open one, and how it looks.
_CLAUSES: dict[Terminal, tuple[_Clause, ...]] = {
    Terminal.USE: (((Terminal.USE,), 'use "file.score"'),),
    Terminal.LET: (((Terminal.LET,), "let name"), ((Terminal.EQ,), "= list or condition")),
    Terminal.MODEL: (
        ((Terminal.MODEL,), 'model Name "title"'),
        ((Terminal.FOR,), "for lead"),
        ((Terminal.WHERE,), "where (condition)"),
    ),
    Terminal.INCLUDE: (((Terminal.INCLUDE,), "include contact interactions"),),
    Terminal.SCORE: (((Terminal.SCORE,), "score between 0"), ((Terminal.AND,), "and 100")),
    Terminal.GROUP: (
        ((Terminal.GROUP,), 'group "title"'),
        ((Terminal.BEST,), "best only"),
        ((Terminal.AT,), "at most 50"),
    ),
    Terminal.WHEN: (
        ((Terminal.WHEN,), "when condition"),
        ((Terminal.THEN,), "then +10 or disqualify"),
        ((Terminal.AS,), 'as "label"'),
    ),
    Terminal.FOR: (
        ((Terminal.FOR,), "for each interaction"),
        ((Terminal.WHERE,), "where (condition)"),
        (
            (
                Terminal.WITHIN,
                Terminal.SINCE,
                Terminal.MORE,
            ),
            "within 30 days",
        ),
        ((Terminal.THEN,), "then +10"),
        ((Terminal.UP,), "up to 50"),
        (
            (
                Terminal.HALVING,
                Terminal.FADING,
            ),
            "halving every 90 days",
        ),
        ((Terminal.AS,), 'as "label"'),
    ),
    Terminal.GRADE: (
        ((Terminal.GRADE,), 'grade "A"'),
        (
            (
                Terminal.FROM,
                Terminal.OTHERWISE,
            ),
            "from 70",
        ),
    ),
    Terminal.QUALIFICATION: (
        ((Terminal.QUALIFICATION,), 'qualification Name "title"'),
        ((Terminal.FOR,), 'for unit "EMEA"'),
        ((Terminal.WHERE,), "where (condition)"),
    ),
    Terminal.STAGE: (
        ((Terminal.STAGE,), 'stage "name"'),
        ((Terminal.WHEN,), "when condition"),
        ((Terminal.UNTIL,), "until condition"),
        ((Terminal.THEN,), "then action"),
    ),
    Terminal.EXAMPLE: (((Terminal.EXAMPLE,), 'example "what happens"'),),
    Terminal.GIVEN: (((Terminal.GIVEN,), "given fact"),),
    Terminal.EXPECT: (((Terminal.EXPECT,), "expect condition"),),
}


def signature(here: Here, position: types.Position) -> types.SignatureHelp | None:
    """The form of the statement at a position; none in comments and before its first word."""
    source = here.document.source
    at = cursor(source, here.counting.offset(source, position))
    clauses = _CLAUSES.get(at.types[0]) if at.types else None
    if at.inside == "comment" or clauses is None or (at.begins_line and Terminal.END in at.expected):
        return None
    labels = [said(label, source.language) for _, label in clauses]
    active = _active(at, clauses)
    following = expectation(at.expected) if at.expected else None
    information = types.SignatureInformation(
        " ".join(labels),
        documentation=None if following is None else here.told(say("next: {following}", following=following)),
        parameters=[types.ParameterInformation(each) for each in labels],
        active_parameter=active,
    )
    return types.SignatureHelp([information], active_signature=0, active_parameter=active)


def _active(at: Cursor, clauses: tuple[_Clause, ...]) -> int:
    """The clause that the cursor is in: the last one that was opened."""
    found = 0
    for number, (openers, _) in enumerate(clauses):
        if set(openers) & set(at.types):
            found = number
    return found
