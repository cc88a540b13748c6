"""Lark's LALR automaton, as the parser drives it: the only module that knows Lark.

Promises that no Lark type leaves it. A run can be fed, cut back to an earlier depth, and asked how far it
would get with other tokens without touching what it has built.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, cast

from lark import Lark, UnexpectedToken
from lark.parsers.lalr_analysis import Shift
from lark.parsers.lalr_parser_state import ParserState
from scoreline.dsl import nodes
from scoreline.dsl.build import NodeBuilder
from scoreline.dsl.tokens import Token
from scoreline.grammar.lexicon import Terminal
from scoreline.grammar.vocabulary import grammar_text

_NAMES = frozenset(Terminal)
_END = Terminal.END
# What the automaton does in a state for a symbol: shift and go to a state, or reduce by a rule.
_States = Mapping[int, Mapping[str, tuple[object, Any]]]
StateStack = tuple[int, ...]


@cache
def _lark() -> Lark:
    """The grammar's automaton. That it has no conflict (`strict=True`) is proven in the tests, not at each start."""
    lark = Lark(
        grammar_text(),
        start="file",
        parser="lalr",
        lexer="basic",
        maybe_placeholders=True,
        transformer=cast(Any, NodeBuilder()),
    )
    _speak_of_terminals(cast(Any, lark).parse_interactive().parser_state.parse_conf.states)
    return lark


def _speak_of_terminals(states: dict[int, dict[str, object]]) -> None:
    """Call the terminals in Lark's tables by the members of `Terminal`, which are found faster than equal strings."""
    for actions in states.values():
        called = {Terminal(symbol) if symbol in _NAMES else symbol: action for symbol, action in actions.items()}
        actions.clear()
        actions.update(called)


class Run:
    """One parse in progress."""

    def __init__(self) -> None:
        state = cast("ParserState[int]", cast(Any, _lark()).parse_interactive().parser_state)
        self._state = state
        self._values = cast(list[object], state.value_stack)
        self._states = cast(_States, state.parse_conf.states)
        self._end = state.parse_conf.end_state
        self.file: nodes.File | None = None

    @property
    def depth(self) -> int:
        """How many symbols are on the stack."""
        return len(self._values)

    @property
    def states(self) -> StateStack:
        """The stack of states, for `reach` and `expected`."""
        return tuple(self._state.state_stack)

    def cut(self, depth: int) -> None:
        """Forget every symbol above a depth."""
        del self._values[depth:]
        del self._state.state_stack[depth + 1 :]

    def feed(self, tokens: Sequence[Token]) -> int:
        """Take tokens until one does not fit; gives the number taken."""
        feed_token = cast(Any, self._state).feed_token
        for index, token in enumerate(tokens):
            ends = token.type is _END
            try:
                result = feed_token(token, ends)
            except UnexpectedToken:
                return index
            if ends:
                self.file = cast(nodes.File, result)
        return len(tokens)

    def reach(self, states: StateStack, tokens: Iterable[Token]) -> tuple[int, StateStack]:
        """How many of these tokens would be taken from a stack of states, and the stack then."""
        stack = list(states)
        taken = 0
        for token in tokens:
            before = tuple(stack)
            if not self._advance(stack, token.type):
                return taken, before
            taken += 1
        return taken, tuple(stack)

    def ends(self, states: StateStack) -> bool:
        """Whether the text could end at a stack of states."""
        return self._advance(list(states), Terminal.END)

    def expected(self, states: StateStack) -> frozenset[Terminal]:
        """The terminals that could come next from a stack of states."""
        candidates = (symbol for symbol in self._states[states[-1]] if isinstance(symbol, Terminal))
        return frozenset(symbol for symbol in candidates if self._advance(list(states), symbol))

    def _advance(self, stack: list[int], symbol: Terminal) -> bool:
        """Take one symbol on a stack of states alone."""
        while True:
            action = self._states[stack[-1]].get(symbol)
            if action is None:
                return False
            kind, argument = action
            if kind is Shift:
                stack.append(argument)
                return True
            size = len(argument.expansion)
            if size:
                del stack[-size:]
            stack.append(self._states[stack[-1]][argument.origin.name][1])
            if symbol is _END and stack[-1] == self._end:
                return True
