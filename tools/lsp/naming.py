"""Which names mean what at a cursor: the scope of the checker, made from the words around it."""

import re
from collections.abc import Sequence
from functools import cache

from scoreline.compiler import checked
from scoreline.compiler.check.scope import Kind, Reference, Scope, resolve
from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Diagnostic
from scoreline.dsl.span import Span
from scoreline.dsl.tokens import Token
from scoreline.grammar.lexicon import Part, Terminal, terminals
from scoreline.grammar.vocabulary import vocabulary
from scoreline.tools.lsp.cursor import Cursor
from scoreline.tools.lsp.document_view import DocumentView

_IN_PATH = terminals(Part.IN_PATH)
_SUBJECT_WORDS = terminals(Part.SUBJECT_WORD)
_IN_COMPARISON = terminals(Part.COMPARISON | Part.IN_COMPARISON | Part.LITERAL)
_HOW_OFTEN = terminals(Part.UNIT) | {Terminal.INT, Terminal.TIME, Terminal.TIMES, Terminal.AGO}
_NOWHERE = Span(0, 0)


def scope_at(here: DocumentView, at: Cursor) -> Scope:
    """The scope of what is written at a cursor."""
    symbols = here.view.symbols
    lets = symbols.lets.get(here.view.name(here.document.path), {})
    scope = Scope(_kind(at), symbols, lets, include=_includes(at))
    interaction = interaction_around(scope, here, at.tokens)
    return scope if interaction is None else scope.inside(interaction)


def _kind(at: Cursor) -> Kind:
    statement = at.types[:1]
    if at.head == Terminal.EXAMPLE and statement != (Terminal.LET,):
        return "expect"
    return "qualification" if at.head == Terminal.QUALIFICATION else "model"


def _includes(at: Cursor) -> bool:
    """Whether the model above has an `include`."""
    if at.head != Terminal.MODEL:
        return False
    return _include(at.source.language).search(at.source.text, at.head_start, at.start) is not None


@cache
def _include(language: str) -> re.Pattern[str]:
    words = [
        re.escape(word) for word, terminal in vocabulary(language).keywords.items() if terminal == Terminal.INCLUDE
    ]
    return re.compile(rf"^[ \t]*(?:{'|'.join(words)})\b", re.MULTILINE)


def interaction_around(scope: Scope, here: DocumentView, tokens: Sequence[Token]) -> str | None:
    """The interaction whose `where (…)` is open at the end of the tokens."""
    opened: list[int] = []
    for index, token in enumerate(tokens):
        if token.type == Terminal.LPAR:
            opened.append(index)
        elif token.type == Terminal.RPAR and opened:
            opened.pop()
    for index in reversed(opened):
        if index and tokens[index - 1].type == Terminal.WHERE:
            found = meaning(scope, here, path_before(tokens, _behind_path(tokens, index - 1)))
            return found.type if isinstance(found, checked.Count) else None
    return None


def _behind_path(tokens: Sequence[Token], end: int) -> int:
    """Where the path of a fact ends, before how often and when: `email.opened 3 times 2 days ago`."""
    while end and tokens[end - 1].type in _HOW_OFTEN:
        end -= 1
    return end


def path_before(tokens: Sequence[Token], end: int) -> tuple[str, ...]:
    """The parts of the path that ends just before an index; none if there is none."""
    start = end
    while start and tokens[start - 1].type in _IN_PATH and (start == end or _joins(tokens, start)):
        start -= 1
    if start == end and end and tokens[end - 1].type in _SUBJECT_WORDS:
        return (_word(tokens[end - 1]),)
    return tuple(_word(each) for each in tokens[start:end] if each.type != Terminal.DOT)


def _word(token: Token) -> str:
    """A part of a path as the checker calls it: a name as it stands, a word of the language in English."""
    return token.text if token.type == Terminal.NAME else vocabulary().words[token.type]


def _joins(tokens: Sequence[Token], start: int) -> bool:
    """Whether a token goes on in the path that begins at the next one."""
    return (tokens[start - 1].type == Terminal.DOT) != (tokens[start].type == Terminal.DOT)


def compared(tokens: Sequence[Token]) -> tuple[str, ...]:
    """The path that a value at the end of the tokens is compared with."""
    end = len(tokens)
    while end and tokens[end - 1].type in _IN_COMPARISON:
        end -= 1
    return path_before(tokens, end) if end < len(tokens) else ()


def meaning(scope: Scope, here: DocumentView, parts: tuple[str, ...]) -> Reference | None:
    """What a path means in a scope; None if nothing."""
    if not parts:
        return None
    path = nodes.Path(tuple(nodes.Name(each, span=_NOWHERE) for each in parts), span=_NOWHERE)
    found = resolve(scope, path, here.document.source.at(_NOWHERE))
    return None if isinstance(found, Diagnostic) else found
