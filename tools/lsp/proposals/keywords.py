"""Words of the language that can follow, and whole statements as forms to fill in."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from lsprotocol.types import CompletionItemKind
from scoreline.dsl.statements import STARTERS
from scoreline.grammar.inflections import inflected
from scoreline.grammar.snippets import Snippet, read
from scoreline.grammar.vocabulary import vocabulary
from scoreline.tools.lsp.cursor import Cursor
from scoreline.tools.lsp.meanings import meanings_of
from scoreline.tools.lsp.proposals.proposal import Proposal

_ODD = frozenset({"TIME", "MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "YEAR"})


def keywords(at: Cursor, unfit: frozenset[str] = frozenset()) -> Iterator[Proposal]:
    """The words that the grammar takes next, but for those that do not fit what is tested; a word behind which there is
    but one goes with it."""
    words = vocabulary(at.source.language).words
    single = at.types[-1:] == ("INT",) and at.tokens[-1].text == "1"
    for terminal in sorted(at.expected & words.keys()):
        if terminal in _ODD and not single and "DAYS" in at.expected:
            continue
        if at.types[-1:] == ("DOT",) or (terminal in unfit and not (terminal == "STAGE" and at.begins_line)):
            continue
        phrase = _phrase(at, terminal)
        begins = terminal in STARTERS
        rank = 3 if begins == at.begins_line else 8
        yield Proposal(
            phrase, CompletionItemKind.Keyword, about=tuple(meanings_of(terminal)), text=f"{phrase} ", rank=rank
        )


def _phrase(at: Cursor, terminal: str) -> str:
    language = at.source.language
    following = at.follows(terminal)
    only = next(iter(following)) if len(following) == 1 else "NAME" if "NAME" in following else ""
    terminals = (*at.types, terminal, *((only,) if only else ()))
    word = inflected(language, terminals, len(at.types))
    if only in vocabulary(language).words and only != "THEN":
        return f"{word} {inflected(language, terminals, len(at.types) + 1)}"
    return word


def statements(at: Cursor) -> Iterator[Proposal]:
    """Whole statements that can begin here."""
    keywords_of = vocabulary(at.source.language).keywords
    for each in _snippets(at.source.language):
        first = keywords_of.get(each.body.split()[0])
        if first not in at.expected or first not in STARTERS:
            continue
        indent = " " * (at.start - at.source.line_start(at.start))
        body = each.body.replace("\n", f"\n{indent}" if first not in _TOP else "\n")
        label = " ".join(each.prefix.split()) + " …"
        yield Proposal(label, CompletionItemKind.Snippet, each.about, body, rank=4, snippet=True)


_TOP = frozenset({"USE", "LET", "MODEL", "QUALIFICATION", "EXAMPLE"})


@cache
def _snippets(language: str) -> tuple[Snippet, ...]:
    table = files("scoreline.grammar").joinpath("snippets.toml").read_text(encoding="utf-8")
    return tuple(read(table, language))
