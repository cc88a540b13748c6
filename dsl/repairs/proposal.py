"""What every repair is made of: a statement, a proposal for it, and how tokens are replaced."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from scoreline.dsl.diagnostics import Diagnostic, replacement
from scoreline.dsl.messages import say
from scoreline.dsl.source import Source
from scoreline.dsl.span import Span
from scoreline.dsl.tokens import Token
from scoreline.grammar.lexicon import Terminal
from scoreline.grammar.vocabulary import vocabulary

Statement = tuple[Token, ...]
"""The tokens of a statement; the last one is the first of the next statement."""


class Proposal(NamedTuple):
    """What the writer may have meant.

    It counts if the grammar takes it further than the statement as it stands; if `whole`, only when it mends the
    whole statement; if `sure`, always.
    """

    statement: Statement
    diagnostic: Diagnostic
    whole: bool = False
    sure: bool = False


Proposer = Callable[[Source, Statement, int], Iterator[Proposal]]
"""Takes a statement and the index of its first token that does not fit."""


def word_for(source: Source, terminal: Terminal) -> str:
    """The word that is written for a keyword in the language of a source."""
    return vocabulary(source.language).words[terminal]


def replaced(
    source: Source,
    statement: Statement,
    first: int,
    last: int,
    meant: Sequence[tuple[Terminal, str]],
    code: str,
    message: str,
) -> Proposal:
    """The tokens from `first` up to `last` replaced by others, told and offered as a fix."""
    span = Span(statement[first].start, statement[last - 1].end)
    tokens = tuple(Token(type_, text, span.start, span.end) for type_, text in meant)
    text = " ".join(text for _, text in meant)
    if text:
        fix = replacement(say("write `{text}`", text=text), span, text)
    else:
        fix = replacement(say("remove it"), Span(_gap(source, span.start), span.end), "")
    diagnostic = Diagnostic(code, message, source.at(span), fixes=(fix,))
    return Proposal((*statement[:first], *tokens, *statement[last:]), diagnostic)


def _gap(source: Source, offset: int) -> int:
    """Where the blanks before an offset begin."""
    blanks = re.search(r"[ \t]*$", source.text[max(0, offset - 200) : offset])
    return offset - (len(blanks[0]) if blanks else 0)


def guessed(proposal: Proposal) -> Proposal:
    """The same proposal, with fixes that nobody applies unasked."""
    return proposal._replace(diagnostic=proposal.diagnostic.offering())


def without_fix(proposal: Proposal) -> Proposal:
    """The same proposal, with nothing to offer."""
    return proposal._replace(diagnostic=replace(proposal.diagnostic, fixes=()))
