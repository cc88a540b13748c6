"""Where the cursor is: in which statement of what, behind which words, in a text or in a comment.

Told from the text above and before it alone, since what is being written is seldom whole: no parse of the file is
needed, and the cost does not grow with it. What could come next is asked of the automaton of the grammar.
"""

import re
from dataclasses import dataclass
from functools import cache, cached_property

from scoreline.dsl.automaton import Run, StateStack
from scoreline.dsl.lexer import lex
from scoreline.dsl.source import Source
from scoreline.dsl.statements import STARTERS, TOP, statement_starts
from scoreline.dsl.tokens import Token
from scoreline.grammar.lexicon import Terminal
from scoreline.grammar.vocabulary import vocabulary

_WORD = re.compile(r"[^\W\d_]\w*\Z")
_PIECE = re.compile(r'"(?:[^"\\]|\\.)*(?P<closed>")?|(?P<comment>#.*)')
_HEADS = {
    Terminal.MODEL: (Terminal.MODEL, Terminal.NAME, Terminal.FOR, Terminal.NAME),
    Terminal.QUALIFICATION: (Terminal.QUALIFICATION, Terminal.NAME),
    Terminal.EXAMPLE: (Terminal.EXAMPLE, Terminal.TEXT),
}
_MOST_LINES = 60
_ENOUGH_RULES = 3


@dataclass(frozen=True)
class Cursor:
    """A place in a document.

    `inside` is "text", "comment" or "code"; what is being written there begins at `start` and is `written` so far.
    `tokens` are those of the statement before it, `head` the terminal of the heading that the statement stands below.
    """

    source: Source
    offset: int
    inside: str
    start: int
    tokens: tuple[Token, ...]
    head: Terminal | None
    head_start: int

    @property
    def written(self) -> str:
        """What is being written, as far as it goes."""
        return self.source.text[self.start : self.offset]

    @property
    def types(self) -> tuple[Terminal, ...]:
        """The terminals before the cursor, in its statement."""
        return tuple(each.type for each in self.tokens)

    @property
    def begins_line(self) -> bool:
        """Whether nothing stands before it on its line."""
        return not self.source.text[self.source.line_start(self.start) : self.start].strip()

    @cached_property
    def expected(self) -> frozenset[Terminal]:
        """The terminals that could come next; without those behind which nothing fits, none."""
        run = _run()
        states = _below_heading(self.head)
        if self.types and self.types[0] in TOP:
            states = run.states
        taken, reached = run.reach(states, self.tokens)
        if taken == len(self.tokens):
            return run.expected(reached)
        return run.expected(states) if self.begins_line else frozenset()

    def follows(self, terminal: Terminal) -> frozenset[Terminal]:
        """What could come next once a terminal is written here."""
        run = _run()
        states = run.states if self.types and self.types[0] in TOP else _below_heading(self.head)
        taken, reached = run.reach(states, (*self.tokens, Token(terminal, "", 0, 0)))
        if taken == len(self.tokens) + 1:
            return run.expected(reached)
        taken, reached = run.reach(_below_heading(self.head), (Token(terminal, "", 0, 0),))
        return run.expected(reached) if taken else frozenset()


@cache
def _run() -> Run:
    return Run()


@cache
def _below_heading(head: Terminal | None) -> StateStack:
    run = _run()
    tokens = [Token(each, "", 0, 0) for each in (_HEADS.get(head, ()) if head else ())]
    return run.reach(run.states, tokens)[1]


def cursor(source: Source, offset: int) -> Cursor:
    """The place of an offset of a document."""
    begin = source.line_start(offset)
    inside, start = _in_line(source.text[begin:offset])
    start += begin
    top = _chunk_start(source, begin)
    before = lex(Source(source.name, source.text[: start - 1 if inside == "text" else start]), top).tokens
    starts = statement_starts(source, before)
    last = starts[-2] if len(before) > 1 else 0
    tokens = tuple(before[last:-1])
    head, head_start = _heading(source, before[: last + 1], top)
    return Cursor(source, offset, inside, start, tokens, head, head_start)


def _in_line(text: str) -> tuple[str, int]:
    """Whether a line goes on in a text, in a comment or in code, and where what stands there began."""
    for match in _PIECE.finditer(text):
        if match["comment"] is not None:
            return "comment", match.start()
        if match["closed"] is None:
            return "text", match.start() + 1
    word = _WORD.search(text)
    return "code", word.start() if word else len(text)


def _chunk_start(source: Source, begin: int) -> int:
    """Where to begin to read, so that the statement of a line is read from its beginning: a line above that surely
    begins one. (A `when` may be that of a stage above it.)"""
    keywords = vocabulary(source.language).keywords
    line = source.position(begin).line
    rules = 0
    for number in range(line, max(line - _MOST_LINES, 0), -1):
        word = re.match(r"\s*(\w+)", source.line_text(number))
        terminal = keywords.get(word[1]) if word else None
        if terminal in STARTERS and number < line:
            rules += 1
            if terminal not in (Terminal.WHEN, Terminal.FOR) or rules == _ENOUGH_RULES:
                return source.line_starts[number - 1]
    return source.line_starts[max(line - _MOST_LINES, 1) - 1]


def _heading(source: Source, tokens: list[Token], top: int) -> tuple[Terminal | None, int]:
    """The heading that a statement stands below (the last of the tokens begins it), and where it stands."""
    for token in reversed(tokens):
        if token.type in TOP:
            return (token.type if token.type in _HEADS else None), token.start
    above = list(_heads(source.language).finditer(source.text, 0, top))
    last = above[-1] if above else None
    if last is None:
        return None, 0
    terminal = vocabulary(source.language).keywords[last[1]]
    return (terminal if terminal in _HEADS else None), last.start(1)


@cache
def _heads(language: str) -> re.Pattern[str]:
    words = [re.escape(word) for word, terminal in vocabulary(language).keywords.items() if terminal in TOP]
    return re.compile(rf"^[ \t]*({'|'.join(words)})\b", re.MULTILINE)
