"""Text to tree: every syntax error of a file in one run, and a node for everything that could be read.

A file is parsed statement by statement on one LALR automaton. Where a statement does not fit, what the writer
may have meant is tried (`repairs/`); else the statement is skipped, the automaton cut back to where it
began, and parsing goes on with the next one, so that no mistake hides another statement's. Never raises,
whatever the text.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from scoreline.dsl import nodes
from scoreline.dsl.automaton import Run, StateStack
from scoreline.dsl.build import noting_problems
from scoreline.dsl.diagnostics import Diagnostic
from scoreline.dsl.hints import FORMS, hint
from scoreline.dsl.language import heard, misplaced
from scoreline.dsl.lexer import Lexed, lex
from scoreline.dsl.messages import say
from scoreline.dsl.repairs import Proposal, Statement, proposals
from scoreline.dsl.repairs.phrases import starting
from scoreline.dsl.source import Source
from scoreline.dsl.span import Span
from scoreline.dsl.statements import HOME, TOP, hidden_start, statement_starts, too_deep
from scoreline.dsl.tokens import Token
from scoreline.dsl.wording import expectation, found
from scoreline.grammar.lexicon import Terminal

MOST_BYTES = 10_000_000
DEEPEST = 200
_MOST_REPAIRS = 25


class Lost(NamedTuple):
    """A statement that could not be read: where it begins, and the name or title of what it belongs to."""

    start: int
    heading: str


@dataclass(frozen=True)
class Parsed:
    """A source, its tree, everything that is wrong with its form (in text order), and the statements that were lost."""

    source: Source
    file: nodes.File
    diagnostics: tuple[Diagnostic, ...]
    lost: tuple[Lost, ...] = ()


def parse(source: Source, start: int = 0) -> Parsed:
    """The tree of a rule file. What could not be read is missing from it and is in the diagnostics. With `start`, at
    which a line begins, what stands from there on is read as if nothing stood before it."""
    if len(source.text) > MOST_BYTES or len(source.text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        message = say("this file is larger than 10 MB: split it into several")
        refusal = Diagnostic("E120", message, source.at(Span(0, 0)))
        return Parsed(source, nodes.File((), span=Span(0, 0)), (refusal,))
    source, wrong = (source, tuple(misplaced(source, start))) if start else heard(source)
    with noting_problems() as problems:
        parser = _Parser(source, lex(source, start))
        file = parser.parse()
    noted = (Diagnostic(each.code, each.message, source.at(each.span), each.help) for each in problems)
    diagnostics = tuple(sorted({*wrong, *parser.diagnostics, *noted}, key=lambda each: each.sort_key))
    return Parsed(source, file, diagnostics, tuple(parser.lost))


class _Parser:
    """One file's parse: the tokens, the automaton, and what was wrong so far."""

    def __init__(self, source: Source, lexed: Lexed) -> None:
        self._source = source
        self._tokens = lexed.tokens
        self._gaps = lexed.gaps
        self._run = Run()
        self.lost: list[Lost] = []
        self._misnamed: set[str] = set()
        self._heading = ""
        self._outside: str | None = None
        self._own: list[Diagnostic] = []
        self._of_lexer = _ByStart(sorted(lexed.diagnostics, key=_start))

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """What was wrong so far: the lexer's diagnostics, except those that a repair replaced, and the parser's own."""
        return self._of_lexer.kept + self._own

    def parse(self) -> nodes.File:
        self._statements(tuple(self._tokens), _MOST_REPAIRS)
        run = self._run
        run.feed(self._tokens[-1:])
        file = run.file or nodes.File((), span=Span(0, 0))
        return _marked_broken(file, {each.heading for each in self.lost})

    def _statements(self, tokens: Statement, repairs: int) -> None:
        """Parse statement by statement; the last token is the first one behind them."""
        starts = statement_starts(self._source, tokens)
        for start, end in pairwise(starts):
            statement = tokens[start : end + 1]
            if statement[0].type in TOP:
                self._heading = ""
            self._statement(statement, repairs)
            if statement[0].type in TOP and not self._heading:  # else what was mended in it was another heading
                self._heading = statement[1].text

    def _statement(self, statement: Statement, repairs: int) -> None:
        """Parse one statement; the last of its tokens is the first of the next one."""
        run = self._run
        if (deep := too_deep(statement[:-1], DEEPEST)) is not None:
            self._report_deep(deep)
            self._skip(statement, run.depth)
            return
        if run.feed(statement[:1]) == 0:
            self._misplaced(statement, repairs)
            return
        self._outside = None
        mark, base = run.depth - 1, run.states
        taken = 1 + run.feed(statement[1:-1])
        if run.ends(run.states) and self._gap_below(statement, taken):
            self._lose(statement)
            self._hidden(statement, taken - 1, repairs)
            return
        if taken == len(statement) - 1 and run.ends(run.states):
            if self._gap_in(statement):
                self._skip(statement, mark)
            return
        run.cut(mark)
        above = self._above_gap(statement, taken)
        alone = above is not None and (
            self._gap_opens_line(statement) or self._proposal(above, taken, base) is not None
        )
        better = self._proposal(statement, taken, base) if repairs and not alone else None
        if better is not None:
            self._mend(statement, better, repairs)
            return
        if above is not None:
            self._statement(above, repairs)
            self._hidden(statement, len(above) - 2, repairs)
            return
        self._report(statement, taken, base)
        if self._stray(statement, taken, base):
            run.feed(statement[:taken])
            self._lose(statement)
        else:
            self._skip(statement, mark)
        self._hidden(statement, taken, repairs)

    def _mend(self, statement: Statement, better: Proposal, repairs: int) -> None:
        """Go on with what was meant. What leaves the statement broken may be no remedy: it is offered, not applied."""
        reported, lost = len(self._own), len(self.lost)
        self._adopt(statement, better.diagnostic)
        adopted = slice(reported, len(self._own))
        self._statements(better.statement, repairs - 1)
        if len(self.lost) > lost:
            self._own[adopted] = (each.offering() for each in self._own[adopted])

    def _hidden(self, statement: Statement, failing: int, repairs: int) -> None:
        """Parse what begins behind a mistake with a word that begins statements, or almost does."""
        rest = hidden_start(self._source, statement, failing, starting(self._source.language))
        if rest is not None and repairs:
            self._statements(statement[rest:], repairs - 1)

    def _proposal(self, statement: Statement, at: int, base: StateStack) -> Proposal | None:
        """The first proposal that the grammar takes further than the statement as it stands."""
        if statement[at].type == Terminal.GAP:
            return None
        _, before = self._run.reach(base, statement[1:at])
        expected = self._run.expected(before)
        for proposal in proposals(self._source, statement, at, expected):
            tokens = proposal.statement
            reached, states = self._run.reach(base, tokens[1:-1])
            whole = reached == len(tokens) - 2 and self._run.ends(states)
            further = 1 + reached - (len(tokens) - len(statement)) > at
            if whole or proposal.sure or (further and not proposal.whole):
                return proposal
        return None

    def _adopt(self, statement: Statement, diagnostic: Diagnostic) -> None:
        """Report a repair. A wrong name is reported where it is given, and not again where it is used."""
        span = diagnostic.place.span
        self._of_lexer.drop(span, lambda found: _mended_anew(found, span))
        word = diagnostic.place.text
        if diagnostic.code == "E118":
            if word in self._misnamed:
                return
            if statement[0].type in (Terminal.LET, Terminal.MODEL, Terminal.QUALIFICATION):
                self._misnamed.add(word)
        if not self._gap_in(statement, span.start):
            self._own.append(diagnostic)

    def _skip(self, statement: Statement, mark: int) -> None:
        """Leave a statement out, but keep the name that its heading gives."""
        run = self._run
        run.cut(mark)
        self._lose(statement)
        starter = statement[0]
        if starter.type in TOP:
            run.feed(_empty_heading(statement))

    def _misplaced(self, statement: Statement, repairs: int) -> None:
        """A statement that begins where none of its kind can; reported once for several in a row."""
        starter = statement[0]
        if starter.type not in HOME and repairs and self._mended_start(statement, repairs):
            return
        home = HOME.get(starter.type, "")
        another = self._outside is None or (home and self._outside and home != self._outside)
        if another and not self._gap_in(statement, starter.start if home else None):
            if home:
                message = say("`{starter}` must be inside {home}", starter=starter.text, home=home)
                self._diagnose("E103", message, starter.span, _HEADING_HELP[home])
            else:
                message = say("no statement begins with {found}", found=found(starter))
                self._diagnose("E101", message, starter.span, _START_HELP)
        self._outside = home
        self._lose(statement)

    def _lose(self, statement: Statement) -> None:
        self.lost.append(Lost(statement[0].start, self._heading))

    def _mended_start(self, statement: Statement, repairs: int) -> bool:
        """A first word that is a word of the language in the wrong case, or another language's."""
        for proposal in proposals(self._source, statement, 0, frozenset()):
            reached, _ = self._run.reach(self._run.states, proposal.statement[:2])
            if reached == 2 or (reached == 1 and proposal.diagnostic.code == "E108"):
                self._adopt(statement, proposal.diagnostic)
                self._statements(proposal.statement, repairs - 1)
                return True
        return False

    def _report(self, statement: Statement, at: int, base: StateStack) -> None:
        """The message for a statement that nothing mends."""
        if self._gap_in(statement) or statement[at].type == Terminal.GAP:
            return
        token, previous = statement[at], statement[at - 1]
        if (special := hint(statement, at)) is not None:
            self._forget(special.span)
            self._diagnose(*special)
            return
        _, states = self._run.reach(base, statement[1:at])
        if self._stray(statement, at, base):
            message = say("no statement begins with {found}", found=found(token))
            self._diagnose("E101", message, token.span, _ITEM_HELP)
            self._outside = ""
            return
        wanted = expectation(self._run.expected(states))
        if at == len(statement) - 1:
            message = say("`{starter}` is not finished: {wanted} is missing", starter=statement[0].text, wanted=wanted)
            self._diagnose("E102", message, previous.span, FORMS.get(statement[0].type))
        else:
            message = say("expected {wanted}, not {found}", wanted=wanted, found=found(token))
            self._diagnose("E101", message, token.span, FORMS.get(statement[0].type))

    def _begins_line(self, previous: Token, token: Token) -> bool:
        between = self._source.text[previous.end : token.start]
        return token.type != Terminal.END and ("\n" in between or "\r" in between)

    def _stray(self, statement: Statement, at: int, base: StateStack) -> bool:
        """Whether the statement is whole before the token `at`, which begins a line and nothing that there is."""
        if at >= len(statement) - 1 or not self._begins_line(statement[at - 1], statement[at]):
            return False
        return self._run.ends(self._run.reach(base, statement[1:at])[1])

    def _forget(self, span: Span) -> None:
        """Drop the lexer's diagnostic of a span for which there is a better one."""
        self._of_lexer.drop(span, lambda found: found.place.span == span)

    def _report_deep(self, token: Token) -> None:
        message = say("nested too deeply: parentheses and `not` can be nested {deepest} deep", deepest=DEEPEST)
        self._diagnose("E119", message, token.span, say("give a part of the condition a name with `let`"))

    def _diagnose(self, code: str, message: str, span: Span, help: str | None = None) -> None:
        self._own.append(Diagnostic(code, message, self._source.at(span), help))

    def _gap_in(self, statement: Statement, mistake: int | None = None) -> bool:
        """Whether the lexer had to leave out part of this statement, and reported it. With a mistake at an offset:
        whether it may follow from that, so not if what is left out is on a later line."""
        gap = self._gap(statement)
        return gap <= statement[-1].start and (mistake is None or self._source.line_start(gap) <= mistake)

    def _gap(self, statement: Statement) -> int:
        """Where the first gap from the start of a statement on is."""
        at = bisect_left(self._gaps, statement[0].start)
        return self._gaps[at] if at < len(self._gaps) else len(self._source.text) + 1

    def _gap_opens_line(self, statement: Statement) -> bool:
        gap = self._gap(statement)
        return not self._source.text[self._source.line_start(gap) : gap].strip()

    def _gap_below(self, statement: Statement, at: int) -> bool:
        """Whether the first gap of a statement opens a line, and what stands before the token `at` is all above it."""
        if not self._gap_in(statement) or not self._gap_opens_line(statement):
            return False
        line = self._source.line_start(self._gap(statement))
        return statement[at - 1].start < line and (at == len(statement) - 1 or statement[at].start >= line)

    def _above_gap(self, statement: Statement, failing: int) -> Statement | None:
        """A statement up to the line of its first gap, if it fails above that line."""
        if not self._gap_in(statement) or self._gap_in(statement, statement[failing].start):
            return None
        line = self._source.line_start(self._gap(statement))
        above = tuple(token for token in statement[:-1] if token.start < line)
        return (*above, Token(Terminal.GAP, "", line - 1, line - 1))


class _ByStart:
    """Diagnostics in the order of the text, of which those within a span are found without looking at the others."""

    def __init__(self, found: Sequence[Diagnostic]) -> None:
        self._found = found
        self._dropped: set[int] = set()

    @property
    def kept(self) -> list[Diagnostic]:
        return [each for at, each in enumerate(self._found) if at not in self._dropped]

    def drop(self, span: Span, unwanted: Callable[[Diagnostic], bool]) -> None:
        """Leave out what begins within a span (its end included) and is unwanted."""
        first = bisect_left(self._found, span.start, key=_start)
        last = bisect_right(self._found, span.end, key=_start)
        self._dropped.update(at for at in range(first, last) if unwanted(self._found[at]))


def _start(found: Diagnostic) -> int:
    return found.place.span.start


def _mended_anew(found: Diagnostic, span: Span) -> bool:
    """Whether the diagnostic of a sign or an English word lies in a span for which there is a better one."""
    inside = span.start <= found.place.span.start and found.place.span.end <= span.end
    return found.code in ("E107", "E111", "E112", "E123") and inside


def _empty_heading(statement: Statement) -> list[Token]:
    """A heading that the grammar takes, with the name of the broken one; its empty keyword marks it as broken."""
    starter = statement[0]
    start, end = starter.start, statement[-2].end if len(statement) > 1 else starter.end
    named = statement[1] if len(statement) > 2 and statement[1].type in (Terminal.NAME, Terminal.TEXT) else None

    def made(type_: Terminal, text: str) -> Token:
        return Token(type_, text, start, end)

    keyword = made(starter.type, "")
    if starter.type in (Terminal.EXAMPLE, Terminal.USE):
        return [keyword, named if named is not None and named.type == Terminal.TEXT else made(Terminal.TEXT, '""')]
    name = named if named is not None and named.type == Terminal.NAME else made(Terminal.NAME, "")
    match starter.type:
        case Terminal.MODEL:
            return [keyword, name, made(Terminal.FOR, "for"), made(Terminal.NAME, "lead")]
        case Terminal.LET:
            return [keyword, name, made(Terminal.EQ, "="), made(Terminal.LSQB, "["), made(Terminal.RSQB, "]")]
        case _:
            return [keyword, name]


def _marked_broken(file: nodes.File, lost: set[str]) -> nodes.File:
    """The file with `broken` on every item of which a statement could not be read."""
    if not lost:
        return file
    items = tuple(_broken(item) if called(item) in lost else item for item in file.items)
    return replace(file, items=items)


def _broken(item: nodes.FileItem) -> nodes.FileItem:
    if isinstance(item, nodes.Model | nodes.Qualification | nodes.Example):
        return replace(item, broken=True)
    return item


def called(item: nodes.FileItem) -> str | None:
    """The name or title of an item by which lost statements say where they belong."""
    match item:
        case nodes.Model() | nodes.Qualification():
            return item.name.text
        case nodes.Example():
            return f'"{item.title.value}"'
        case _:
            return None


_HEADING_HELP = {
    "a model": say(
        "put rules, groups and grades below a heading such as `model Fit for lead`; a `let` between them ends the model"
    ),
    "a qualification": say(
        "put stages below a heading such as `qualification B2B`; a `let` between them ends the qualification"
    ),
    "an example": say('put `given` and `expect` below a heading such as `example "A director"`'),
}
_ITEM_HELP = say(
    "a statement begins with a word such as `when`, `for each`, `group`, `grade`, `stage`, `given` or `expect`"
)
_START_HELP = say("a file consists of `use`, `let`, `model`, `qualification` and `example`")
