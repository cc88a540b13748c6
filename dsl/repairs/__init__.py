"""Mistakes whose remedy is evident: what the writer meant, tried on the grammar before it is offered.

Each proposal takes a statement's tokens and the index of the first one that does not fit, and yields
statements that the writer may have meant, each with the diagnostic to show. The parser takes the first that
the grammar accepts further than before, and goes on with it as though it had been written.
"""

from collections.abc import Iterator

from scoreline.dsl.repairs import brackets, names, numbers, phrases, words
from scoreline.dsl.repairs.proposal import Proposal as Proposal
from scoreline.dsl.repairs.proposal import Proposer
from scoreline.dsl.repairs.proposal import Statement as Statement
from scoreline.dsl.source import Source
from scoreline.grammar.lexicon import Terminal

_PROPOSERS: tuple[Proposer, ...] = (
    names.keyword_in_heading,
    words.wrong_case,
    numbers.taken_points,
    numbers.sign,
    words.missing_then,
    names.one_word,
    numbers.decimal_comma,
    numbers.dash_between,
    numbers.one_of_a_unit,
    numbers.turned_round,
    phrases.long_ago,
    phrases.score_of_a_model,
    words.other_language,
    phrases.phrases,
    words.misspelt,
    names.name_of_two_words,
    names.text_without_quotes,
    brackets.list_for_a_value,
    brackets.list_without_brackets,
    brackets.where_without_parentheses,
    brackets.closing,
    names.keyword_as_name,
)


def proposals(source: Source, statement: Statement, at: int, expected: frozenset[Terminal]) -> Iterator[Proposal]:
    """What may have been meant by a statement whose token `at` does not fit, the likeliest first.

    The statement's last token is the first of the next statement, so `at` can point at it. `expected` are the
    terminals that would fit.
    """
    for propose in _PROPOSERS:
        yield from propose(source, statement, at)
    yield from words.missing_word(source, statement, at, expected)
