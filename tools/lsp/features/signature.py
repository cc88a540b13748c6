"""The form of the statement that is being written, with the clause that comes next."""

from lsprotocol import types
from scoreline.dsl.messages import say
from scoreline.dsl.wording import expectation
from scoreline.grammar.snippets import said
from scoreline.tools.lsp.cursor import Cursor, cursor
from scoreline.tools.lsp.here import Here

TRIGGERS = [" ", "("]

# For each statement its clauses: the words that open one, and how it looks.
_CLAUSES: dict[str, tuple[tuple[str, str], ...]] = {
    "USE": (("USE", 'use "file.score"'),),
    "LET": (("LET", "let name"), ("EQ", "= list or condition")),
    "MODEL": (("MODEL", 'model Name "title"'), ("FOR", "for lead"), ("WHERE", "where (condition)")),
    "INCLUDE": (("INCLUDE", "include contact interactions"),),
    "SCORE": (("SCORE", "score between 0"), ("AND", "and 100")),
    "GROUP": (("GROUP", 'group "title"'), ("BEST", "best only"), ("AT", "at most 50")),
    "WHEN": (("WHEN", "when condition"), ("THEN", "then +10 or disqualify"), ("AS", 'as "label"')),
    "FOR": (
        ("FOR", "for each interaction"),
        ("WHERE", "where (condition)"),
        ("WITHIN SINCE MORE", "within 30 days"),
        ("THEN", "then +10"),
        ("UP", "up to 50"),
        ("HALVING FADING", "halving every 90 days"),
        ("AS", 'as "label"'),
    ),
    "GRADE": (("GRADE", 'grade "A"'), ("FROM OTHERWISE", "from 70")),
    "QUALIFICATION": (
        ("QUALIFICATION", 'qualification Name "title"'),
        ("FOR", 'for unit "EMEA"'),
        ("WHERE", "where (condition)"),
    ),
    "STAGE": (
        ("STAGE", 'stage "name"'),
        ("WHEN", "when condition"),
        ("UNTIL", "until condition"),
        ("THEN", "then action"),
    ),
    "EXAMPLE": (("EXAMPLE", 'example "what happens"'),),
    "GIVEN": (("GIVEN", "given fact"),),
    "EXPECT": (("EXPECT", "expect condition"),),
}


def signature(here: Here, position: types.Position) -> types.SignatureHelp | None:
    """The form of the statement at a position; none in comments and before its first word."""
    source = here.document.source
    at = cursor(source, here.counting.offset(source, position))
    clauses = _CLAUSES.get(at.types[0]) if at.types else None
    if at.inside == "comment" or clauses is None or (at.begins_line and "$END" in at.expected):
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


def _active(at: Cursor, clauses: tuple[tuple[str, str], ...]) -> int:
    """The clause that the cursor is in: the last one that was opened."""
    found = 0
    for number, (openers, _) in enumerate(clauses):
        if set(openers.split()) & set(at.types):
            found = number
    return found
