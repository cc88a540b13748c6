"""Where statements begin: the stepping stones of error recovery.

Line ends never matter to the grammar. Here, and only to tell a mistake from its consequences, they are a hint:
a word that could begin a statement, in the middle of a line and right after a word that needs something behind
it (`when model is …`), is a wrong name and no new statement.
"""

from collections.abc import Container, Mapping, Sequence
from difflib import get_close_matches

from scoreline.dsl.messages import Said, say
from scoreline.dsl.source import Source
from scoreline.dsl.tokens import Token
from scoreline.grammar.lexicon import Part, Terminal, terminals
from scoreline.grammar.vocabulary import vocabulary

TOP = terminals(Part.TOP)
STARTERS = terminals(Part.STARTS)
HOME: Mapping[Terminal, Said] = {
    **dict.fromkeys(terminals(Part.IN_MODEL), say("a model")),
    **dict.fromkeys(terminals(Part.IN_QUALIFICATION), say("a qualification")),
    **dict.fromkeys(terminals(Part.IN_EXAMPLE), say("an example")),
}
"""Below which heading a statement stands, by the terminal that begins it."""
_NEEDS_MORE = terminals(Part.WANTS_MORE)
_NESTING = frozenset({Terminal.LPAR, Terminal.NOT})
_NAME = Terminal.NAME


def statement_starts(source: Source, tokens: Sequence[Token]) -> list[int]:
    """The indices at which statements begin; the first is 0, the last that of the first token behind them."""
    starts = [0]
    for index in range(1, len(tokens) - 1):
        if _meant(source, tokens, index) in STARTERS and _starts(source, tokens, starts[-1], index):
            starts.append(index)
    if len(tokens) > 1:
        starts.append(len(tokens) - 1)
    return starts


def _starts(source: Source, tokens: Sequence[Token], begun: int, index: int) -> bool:
    """Whether the word at `index` begins a statement, in a statement that began at `begun`."""
    kind, previous = _meant(source, tokens, index), tokens[index - 1]
    if previous.type in _NEEDS_MORE and _on_one_line(source, previous, tokens[index]):
        return False
    following = _meant(source, tokens, index + 1)
    statement = _keyword(source, tokens[begun])
    match kind:
        case Terminal.STAGE:
            return following == Terminal.TEXT or previous.type not in _NEEDS_MORE
        case Terminal.SCORE:
            return following == Terminal.BETWEEN or not _on_one_line(source, previous, tokens[index])
        case Terminal.WHEN:
            if previous.type == Terminal.TEXT and _named_by(tokens, index):
                return False
            return statement != Terminal.STAGE or any(
                _keyword(source, token) == Terminal.WHEN for token in tokens[begun:index]
            )
        case Terminal.FOR:
            heading = statement in (Terminal.MODEL, Terminal.QUALIFICATION, Terminal.STAGE) or _on_one_line(
                source, previous, tokens[index]
            )
            return following == Terminal.EACH or not heading
        case Terminal.GRADE:
            return previous.type != Terminal.DOT or following == Terminal.TEXT
        case _:
            return True


def _named_by(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word and a title stand before: `stagy "B" when …` is a misspelt stage, and its `when` no rule."""
    return (
        index > 2
        and tokens[index - 2].type == Terminal.NAME
        and tokens[index - 3].type not in (Terminal.MODEL, Terminal.QUALIFICATION)
    )


def _meant(source: Source, tokens: Sequence[Token], index: int) -> Terminal:
    """The terminal of a token; of a word in the wrong case at the start of a line, the one that is meant."""
    token = tokens[index]
    if token.type is _NAME and (index == 0 or not _on_one_line(source, tokens[index - 1], token)):
        return _keyword(source, token)
    return token.type


def _keyword(source: Source, token: Token) -> Terminal:
    """The terminal of a token, in whatever case it is written."""
    return (
        vocabulary(source.language).keywords.get(token.text.lower(), token.type)
        if token.type == Terminal.NAME
        else token.type
    )


def _on_one_line(source: Source, first: Token, second: Token) -> bool:
    between = source.text[first.end : second.start]
    return "\n" not in between and "\r" not in between


def hidden_start(source: Source, statement: Sequence[Token], failing: int, alike: Container[str]) -> int | None:
    """Behind a mistake, where a line begins with almost a word that begins statements: `whne newsletter then +5`, or
    with one that is meant so (`alike`, in small letters): `if newsletter then +5`.

    Only for recovery: in what the grammar takes, such a word is a name.
    """
    words = [word for word, terminal in vocabulary(source.language).keywords.items() if terminal in STARTERS]
    for index in range(failing + 1, len(statement) - 1):
        token = statement[index]
        if _on_one_line(source, statement[index - 1], token):
            continue
        word = token.text[:20].lower()
        named = token.type == Terminal.NAME and (word in alike or get_close_matches(word, words, n=1, cutoff=0.74))
        if named or token.type == Terminal.EACH:
            return index
    return None


def too_deep(tokens: Sequence[Token], most: int) -> Token | None:
    """The first token that nests parentheses and `not` deeper than `most`, if any."""
    if sum(token.type in _NESTING for token in tokens) <= most:
        return None
    open_: list[int] = []
    depth = pending = 0
    for token in tokens:
        if token.type == Terminal.NOT:
            pending += 1
            depth += 1
        elif token.type == Terminal.LPAR:
            open_.append(pending + 1)
            depth += 1
            pending = 0
        else:
            if token.type == Terminal.RPAR and open_:
                depth -= open_.pop()
            depth -= pending
            pending = 0
        if depth > most:
            return token
    return None
