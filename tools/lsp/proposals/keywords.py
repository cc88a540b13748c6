"""Words of the language that can follow, and whole statements as forms to fill in."""

from collections.abc import Iterator

from lsprotocol.types import CompletionItemKind
from scoreline.dsl.statements import STARTERS, TOP
from scoreline.grammar.forms import forms
from scoreline.grammar.lexicon import SINGULAR, Terminal
from scoreline.grammar.vocabulary import inflected, vocabulary
from scoreline.tools.lsp.cursor import Cursor
from scoreline.tools.lsp.describing import word_text
from scoreline.tools.lsp.proposals.proposal import CompletionProposal

_SINGULAR = frozenset(SINGULAR.values())


def keywords(at: Cursor, unfit: frozenset[Terminal] = frozenset()) -> Iterator[CompletionProposal]:
    """The words that the grammar takes next, but for those that do not fit what is tested; a word behind which there is
    but one goes with it."""
    words = vocabulary(at.source.language).words
    single = at.types[-1:] == (Terminal.INT,) and at.tokens[-1].text == "1"
    for terminal in sorted(at.expected & words.keys()):
        if terminal in _SINGULAR and not single and Terminal.DAYS in at.expected:
            continue
        if at.types[-1:] == (Terminal.DOT,) or (
            terminal in unfit and not (terminal == Terminal.STAGE and at.begins_line)
        ):
            continue
        phrase = _phrase(at, terminal)
        begins = terminal in STARTERS
        rank = 3 if begins == at.begins_line else 8
        yield CompletionProposal(
            phrase,
            CompletionItemKind.Keyword,
            about=tuple(word_text(terminal, at.source.language)),
            text=f"{phrase} ",
            rank=rank,
        )


def _phrase(at: Cursor, terminal: Terminal) -> str:
    language = at.source.language
    following = at.follows(terminal)
    only = next(iter(following)) if len(following) == 1 else Terminal.NAME if Terminal.NAME in following else None
    terminals = (*at.types, terminal, *((only,) if only else ()))
    word = inflected(language, terminals, len(at.types))
    if only in vocabulary(language).words and only != Terminal.THEN:
        return f"{word} {inflected(language, terminals, len(at.types) + 1)}"
    return word


def statements(at: Cursor) -> Iterator[CompletionProposal]:
    """Whole statements that can begin here."""
    keywords_of = vocabulary(at.source.language).keywords
    for each in forms(at.source.language):
        first = keywords_of.get(each.body.split()[0])
        if first not in at.expected or first not in STARTERS:
            continue
        indent = " " * (at.start - at.source.line_start(at.start))
        body = each.body.replace("\n", f"\n{indent}" if first not in TOP else "\n")
        label = " ".join(each.prefix.split()) + " …"
        yield CompletionProposal(label, CompletionItemKind.Snippet, each.about, body, rank=4, snippet=True)
