"""Turns what the grammar recognises into nodes, while Lark parses: one method for each rule of `rules.lark`.

A method gets the rule's children in order: tokens (keywords too), nodes, and None where something optional is
absent. What is well-formed and out of bounds all the same (a million and one points) is noted in `problems`.
"""

import datetime
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import Literal, NamedTuple, cast

from scoreline.dsl import nodes
from scoreline.dsl.messages import say
from scoreline.dsl.span import Span
from scoreline.dsl.tokens import Token
from scoreline.grammar.lexicon import Terminal
from scoreline.grammar.vocabulary import vocabulary

MOST_POINTS = 1_000_000
LARGEST_WHOLE = 1_000_000_000_000
_YEARS = 100
_LONGEST = {
    nodes.Unit.MINUTE: 36_525 * 24 * 60,
    nodes.Unit.HOUR: 36_525 * 24,
    nodes.Unit.DAY: 36_525,
    nodes.Unit.WEEK: 36_525 // 7,
    nodes.Unit.MONTH: _YEARS * 12,
    nodes.Unit.YEAR: _YEARS,
}
_ESCAPES = {'"': '"', "\\": "\\", "n": "\n", "t": "\t"}


class Piece(NamedTuple):
    """A part of a statement that is no node of its own: what it says, and where it stands."""

    value: object
    span: Span


class Problem(NamedTuple):
    """A well-formed piece of text that is out of bounds: code, message, place, help."""

    code: str
    message: str
    span: Span
    help: str | None = None


def _span(children: Sequence[object]) -> Span:
    present = [cast(Token, child) for child in children if child is not None]
    return Span(present[0].span.start, present[-1].span.end)


def _optional(piece: object) -> object:
    return None if piece is None else cast(Piece, piece).value


def read_text(token: Token) -> nodes.Text:
    """The text that a token of quotes and escapes means."""
    inner = token.text[1:-1]
    if "\\" in inner:
        inner = _unescape(inner)
    return nodes.Text(inner, span=token.span)


def _unescape(inner: str) -> str:
    parts: list[str] = []
    characters = iter(inner)
    for character in characters:
        if character == "\\":
            escaped = next(characters, "\\")
            character = _ESCAPES.get(escaped, "\\" + escaped)
        parts.append(character)
    return "".join(parts)


_PROBLEMS: ContextVar[list[Problem]] = ContextVar("problems of the parse that runs now")


@contextmanager
def noting_problems() -> Generator[list[Problem]]:
    """Collects the problems of the nodes that are built inside."""
    found: list[Problem] = []
    token = _PROBLEMS.set(found)
    try:
        yield found
    finally:
        _PROBLEMS.reset(token)


def note(problem: Problem) -> None:
    """Adds to the problems of the parse that runs now."""
    _PROBLEMS.get().append(problem)


class NodeBuilder:
    """The callbacks. They keep no state: what is out of bounds goes to the parse that runs now."""

    # Files

    def file(self, children: list[object]) -> nodes.File:
        items = cast(list[nodes.FileItem], children)
        span = _span(children) if children else Span(0, 0)
        return nodes.File(tuple(items), span=span)

    def use(self, children: list[object]) -> nodes.Use:
        keyword, path = cast(list[Token], children)
        return nodes.Use(read_text(path), broken=keyword.text == "", span=_span(children))

    def let(self, children: list[object]) -> nodes.Let:
        keyword, name, _, value = children
        broken = cast(Token, keyword).text == ""
        read = None if broken else cast("nodes.List | nodes.Condition", value)
        return nodes.Let(self._name(name), read, span=_span(children))

    # Models

    def model(self, children: list[object]) -> nodes.Model:
        keyword, name, title, _, subject, where, *items = children
        return nodes.Model(
            self._name(name),
            self._text(title),
            self._name(subject),
            cast("nodes.Condition | None", _optional(where)),
            tuple(cast(list[nodes.ModelItem], items)),
            broken=cast(Token, keyword).text == "",
            span=_span(children),
        )

    def include(self, children: list[object]) -> nodes.Include:
        return nodes.Include(self._name(children[1]), span=_span(children))

    def clamp(self, children: list[object]) -> nodes.Clamp:
        return nodes.Clamp(cast(nodes.Int, children[2]), cast(nodes.Int, children[4]), span=_span(children))

    def group(self, children: list[object]) -> nodes.Group:
        _, title, best, _, *bounds = children
        found = tuple(cast(list[nodes.GroupBound], bounds))
        return nodes.Group(self._text(title), best is not None, found, span=_span(children))

    def group_none(self, children: list[object]) -> nodes.Group:
        return nodes.Group(None, False, (), span=_span(children))

    def group_bound(self, children: list[object]) -> nodes.GroupBound:
        side: Literal["most", "least"] = "most" if cast(Token, children[1]).type == Terminal.MOST else "least"
        return nodes.GroupBound(side, cast(nodes.Int, children[2]), span=_span(children))

    def when(self, children: list[object]) -> nodes.When:
        _, condition, _, outcome, _, label = children
        return nodes.When(
            cast(nodes.Condition, condition),
            cast("nodes.Points | nodes.Disqualify", outcome),
            self._text(label),
            span=_span(children),
        )

    def for_each(self, children: list[object]) -> nodes.ForEach:
        _, _, each, happening, _, points, _, _, cap, decay, _, label = children
        return nodes.ForEach(
            cast('Literal["distinct", "day", "week", "month", "year"] | None', _optional(each)),
            cast(nodes.Happening, happening),
            cast(nodes.Points, points),
            cast("nodes.Int | None", cap),
            cast("nodes.Decay | None", decay),
            self._text(label),
            span=_span(children),
        )

    def distinct(self, children: list[object]) -> Piece:
        return Piece("distinct", _span(children))

    def period(self, children: list[object]) -> Piece:
        return Piece(cast(Token, children[0]).type.lower(), _span(children))

    def points(self, children: list[object]) -> nodes.Points:
        token = cast(Token, children[0])
        value = self._whole(token)
        if abs(value) > MOST_POINTS:
            message = say("{points} points are too many", points=f"{value:+_}")
            note(Problem("E121", message, token.span, say("a rule gives or takes at most 1_000_000 points")))
        return nodes.Points(value, span=token.span)

    def disqualify(self, children: list[object]) -> nodes.Disqualify:
        return nodes.Disqualify(span=_span(children))

    def halving(self, children: list[object]) -> nodes.Halving:
        return nodes.Halving(cast(nodes.Duration, children[2]), span=_span(children))

    def fading(self, children: list[object]) -> nodes.Fading:
        return nodes.Fading(cast(nodes.Duration, children[2]), span=_span(children))

    def grade(self, children: list[object]) -> nodes.Grade:
        return nodes.Grade(read_text(cast(Token, children[1])), cast(nodes.Int, children[3]), span=_span(children))

    def grade_otherwise(self, children: list[object]) -> nodes.Grade:
        return nodes.Grade(read_text(cast(Token, children[1])), None, span=_span(children))

    # Qualifications

    def qualification(self, children: list[object]) -> nodes.Qualification:
        keyword, name, title, _, _, unit, where, *stages = children
        return nodes.Qualification(
            self._name(name),
            self._text(title),
            self._text(unit),
            cast("nodes.Condition | None", _optional(where)),
            tuple(cast(list[nodes.Stage], stages)),
            broken=cast(Token, keyword).text == "",
            span=_span(children),
        )

    def stage(self, children: list[object]) -> nodes.Stage:
        _, name, _, condition, until, *actions = children
        return nodes.Stage(
            read_text(cast(Token, name)),
            cast(nodes.Condition, condition),
            cast("nodes.Condition | None", _optional(until)),
            tuple(cast(list[nodes.Action], actions)),
            span=_span(children),
        )

    def until(self, children: list[object]) -> Piece:
        return Piece(children[1], _span(children))

    def action(self, children: list[object]) -> nodes.Action:
        return cast(nodes.Action, children[1])

    def create_task(self, children: list[object]) -> nodes.CreateTask:
        _, _, title, owner, due = children
        return nodes.CreateTask(
            read_text(cast(Token, title)),
            cast("nodes.Text | None", _optional(owner)),
            cast("nodes.Duration | None", _optional(due)),
            span=_span(children),
        )

    def task_owner(self, children: list[object]) -> Piece:
        return Piece(read_text(cast(Token, children[1])), _span(children))

    def task_due(self, children: list[object]) -> Piece:
        return Piece(children[2], _span(children))

    def notify(self, children: list[object]) -> nodes.Notify:
        return nodes.Notify(read_text(cast(Token, children[1])), span=_span(children))

    def set_field(self, children: list[object]) -> nodes.SetField:
        return nodes.SetField(self._name(children[1]), cast(nodes.Value, children[3]), span=_span(children))

    # Examples

    def example(self, children: list[object]) -> nodes.Example:
        keyword, title, *statements = children
        return nodes.Example(
            read_text(cast(Token, title)),
            tuple(cast("list[nodes.Given | nodes.Expect]", statements)),
            broken=cast(Token, keyword).text == "",
            span=_span(children),
        )

    def given(self, children: list[object]) -> nodes.Given:
        return nodes.Given(cast("nodes.Condition | nodes.Occurrence", children[1]), span=_span(children))

    def occurrence_times(self, children: list[object]) -> nodes.Occurrence:
        path, times, _, ago, where = children
        return self._occurrence(path, times, ago, where, _span(children))

    def occurrence_once(self, children: list[object]) -> nodes.Occurrence:
        path, ago, where = children
        return self._occurrence(path, None, ago, where, _span(children))

    def _occurrence(self, path: object, times: object, ago: object, where: object, span: Span) -> nodes.Occurrence:
        return nodes.Occurrence(
            cast(nodes.Path, path),
            cast("nodes.Int | None", times),
            cast("nodes.Duration | None", _optional(ago)),
            cast("nodes.Condition | None", _optional(where)),
            span=span,
        )

    def ago(self, children: list[object]) -> Piece:
        return Piece(children[0], _span(children))

    def expect(self, children: list[object]) -> nodes.Expect:
        return nodes.Expect(cast(nodes.Condition, children[1]), span=_span(children))

    # Conditions

    def disjunction(self, children: list[object]) -> nodes.Or:
        return nodes.Or(tuple(cast(list[nodes.Condition], children[::2])), span=_span(children))

    def conjunction(self, children: list[object]) -> nodes.And:
        return nodes.And(tuple(cast(list[nodes.Condition], children[::2])), span=_span(children))

    def negation(self, children: list[object]) -> nodes.Not:
        return nodes.Not(cast(nodes.Condition, children[1]), span=_span(children))

    def parentheses(self, children: list[object]) -> nodes.Condition:
        return replace(cast(nodes.Condition, children[1]), span=_span(children))

    def test(self, children: list[object]) -> nodes.Test:
        subject, comparison, window = children
        return nodes.Test(
            cast(nodes.Subject, subject),
            cast("nodes.Comparison | None", comparison),
            cast("nodes.Window | None", window),
            span=_span(children),
        )

    def no(self, children: list[object]) -> nodes.No:
        return nodes.No(cast(nodes.Happening, children[1]), span=_span(children))

    def subject(self, children: list[object]) -> nodes.Subject:
        word, *rest = children
        measure = None if word is None else cast(nodes.Measure, cast(Token, word).type.lower())
        terms = tuple(child for child in rest if isinstance(child, nodes.Term))
        return nodes.Subject(measure, terms, span=_span(children))

    def term(self, children: list[object]) -> nodes.Term:
        weight, _, path, where = children
        return self._term(cast("nodes.Int | None", weight), path, where, _span(children))

    def signed_term(self, children: list[object]) -> nodes.Term:
        token, _, path, where = children
        number = cast(Token, token)
        return self._term(nodes.Int(self._whole(number), span=number.span), path, where, _span(children))

    def _term(self, weight: nodes.Int | None, path: object, where: object, span: Span) -> nodes.Term:
        condition = cast("nodes.Condition | None", _optional(where))
        return nodes.Term(weight, cast(nodes.Path, path), condition, span=span)

    def happening(self, children: list[object]) -> nodes.Happening:
        path, where, window = children
        return nodes.Happening(
            cast(nodes.Path, path),
            cast("nodes.Condition | None", _optional(where)),
            cast("nodes.Window | None", window),
            span=_span(children),
        )

    def where(self, children: list[object]) -> Piece:
        return Piece(children[2], _span(children))

    # Comparisons

    def compare(self, children: list[object]) -> nodes.Compare:
        sign, value = children
        operator = {Terminal.GE: ">=", Terminal.LE: "<=", Terminal.GT: ">", Terminal.LT: "<"}[cast(Token, sign).type]
        return nodes.Compare(
            cast(Literal[">=", "<=", ">", "<"], operator), cast(nodes.Value, value), span=_span(children)
        )

    def equal_sign(self, children: list[object]) -> nodes.Is:
        sign, value = children
        return nodes.Is(cast(nodes.Value, value), cast(Token, sign).type == Terminal.NE, span=_span(children))

    def equal_word(self, children: list[object]) -> nodes.Is:
        _, negation, value = children
        return nodes.Is(cast(nodes.Value, value), negation is not None, span=_span(children))

    def knowing(self, children: list[object]) -> nodes.Knowing:
        _, negation, word = children
        known = (cast(Token, word).type == Terminal.KNOWN) != (negation is not None)
        return nodes.Knowing(known, span=_span(children))

    def between(self, children: list[object]) -> nodes.Between:
        negation, _, low, _, high = children
        return nodes.Between(
            cast(nodes.Value, low), cast(nodes.Value, high), negation is not None, span=_span(children)
        )

    def among(self, children: list[object]) -> nodes.In:
        negation, _, values = children
        return nodes.In(cast("nodes.List | nodes.Path", values), negation is not None, span=_span(children))

    def match(self, children: list[object]) -> nodes.Match:
        negation, *words, argument = children
        how = " ".join(word.type.lower() for word in cast(list[Token], words))
        return nodes.Match(how, cast(nodes.TextArgument, argument), negation is not None, span=_span(children))

    def any_of(self, children: list[object]) -> nodes.AnyOf:
        return nodes.AnyOf(cast("nodes.List | nodes.Path", children[2]), span=_span(children))

    def all_of(self, children: list[object]) -> nodes.AllOf:
        return nodes.AllOf(cast("nodes.List | nodes.Path", children[2]), span=_span(children))

    # Windows

    def within(self, children: list[object]) -> nodes.Within:
        _, which, duration = children
        ahead = which is not None and cast(Piece, which).value == "next"
        return nodes.Within(cast(nodes.Duration, duration), ahead, span=_span(children))

    def the_last(self, children: list[object]) -> Piece:
        return Piece("last", _span(children))

    def the_next(self, children: list[object]) -> Piece:
        return Piece("next", _span(children))

    def since(self, children: list[object]) -> nodes.Since:
        return nodes.Since(cast(nodes.Date, children[1]), span=_span(children))

    def more_than(self, children: list[object]) -> nodes.MoreThan:
        return nodes.MoreThan(cast(nodes.Duration, children[2]), span=_span(children))

    def duration(self, children: list[object]) -> nodes.Duration:
        number, word = cast(list[Token], children)
        amount = self._whole(number)
        unit = nodes.Unit(word.type.lower().removesuffix("s"))
        if not 1 <= amount <= _LONGEST[unit]:
            length = f"{amount} {word.text}"
            message = say("`{length}` is not a possible length of time", length=length)
            help = say("a length of time is at least 1 and at most 100 years")
            note(Problem("E122", message, _span(children), help))
            amount = 1
        return nodes.Duration(amount, unit, span=_span(children))

    # Values

    def value_list(self, children: list[object]) -> nodes.List:
        items = (child for child in children if isinstance(child, nodes.Node))
        return nodes.List(tuple(cast(nodes.LiteralValue, item) for item in items), span=_span(children))

    def text(self, children: list[object]) -> nodes.Text:
        return read_text(cast(Token, children[0]))

    def number(self, children: list[object]) -> nodes.Number:
        token = cast(Token, children[0])
        return nodes.Number(token.text.replace("_", ""), span=token.span)

    def date(self, children: list[object]) -> nodes.Date:
        token = cast(Token, children[0])
        return nodes.Date(datetime.date.fromisoformat(token.text), span=token.span)

    def yes(self, children: list[object]) -> nodes.YesNo:
        return nodes.YesNo(True, span=_span(children))

    def no_literal(self, children: list[object]) -> nodes.YesNo:
        return nodes.YesNo(False, span=_span(children))

    def whole(self, children: list[object]) -> nodes.Int:
        token = cast(Token, children[0])
        return nodes.Int(self._whole(token), span=token.span)

    def path(self, children: list[object]) -> nodes.Path:
        return nodes.Path(tuple(self._name(child) for child in children[::2]), span=_span(children))

    def word_path(self, children: list[object]) -> nodes.Path:
        return nodes.Path((self._name(children[0]),), span=_span(children))

    def _name(self, token: object) -> nodes.Name:
        word = cast(Token, token)
        text = vocabulary().words.get(word.type, word.text)  # `heute` is `today` in the tree
        return nodes.Name(text, span=word.span)

    def _text(self, token: object) -> nodes.Text | None:
        return None if token is None else read_text(cast(Token, token))

    def _whole(self, token: Token) -> int:
        value = int(token.text.replace("_", ""))
        if abs(value) > LARGEST_WHOLE:
            message = say("`{number}` is too large", number=token.text)
            note(Problem("E114", message, token.span, say("whole numbers go up to 1_000_000_000_000")))
            return 1
        return value
