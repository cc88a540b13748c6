"""The results of the last check, which serve the next check of an edited project.

Promises that the result for a rule is used again only if it is the same node and all that its meaning depends on is as
it was: the schema, the models' names, whether the contact's interactions count, and the lets that it names, with the
lets that these are made of. A rule with a mistake depends on all lets, since messages propose names. Places in a result
are in the file as it was then; their spans hold in every later version (`dsl/edited.py`).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from scoreline.compiler import checked
from scoreline.compiler.check.symbols import LetKey, LetSymbol, Symbols, lets_used
from scoreline.compiler.recalled import Recalled
from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Diagnostic
from scoreline.dsl.walk import within

Scope = tuple[str, bool]
"""The file of a rule, and whether its model includes the contact's interactions."""
_Let = tuple[str, str]
"""A file, and the name of a let that it sees."""
_Lets = Mapping[str, Mapping[str, LetSymbol]]


class RuleResult(NamedTuple):
    """What the checker found of a rule: its meaning (None after a mistake), what is wrong, the lets filled in."""

    scope: Scope
    rule: checked.Rule | None
    diagnostics: tuple[Diagnostic, ...]
    used: frozenset[LetKey]
    names: frozenset[str]
    """Every name in the rule that could be that of a let."""


class CheckMemory:
    """What the last check found of rules."""

    def __init__(self) -> None:
        self._rules: Recalled[nodes.Rule, RuleResult] = Recalled()
        self._symbols: Symbols | None = None
        self._changed: Mapping[str, set[str]] = {}

    def begin(self, symbols: Symbols) -> None:
        """A check with these symbols begins."""
        before, self._symbols = self._symbols, symbols
        if before is None or not _alike(before, symbols):
            self._rules = Recalled()
            return
        self._rules.turn()
        self._changed = _changed(before.lets, symbols.lets)

    def known(self, node: nodes.Rule, scope: Scope) -> RuleResult | None:
        """The result for a rule, if it still holds."""
        known = self._rules.known(node)
        if known is None or known.scope != scope:
            return None
        if changed := self._changed.get(scope[0]):
            sound = known.rule is not None and not known.diagnostics
            return known if sound and known.names.isdisjoint(changed) else None
        return known

    def keep(self, node: nodes.Rule, result: RuleResult) -> None:
        """Remember the result for a rule."""
        self._rules.keep(node, result)


def names_in(rule: nodes.Rule) -> frozenset[str]:
    """The names of one part in a rule: the only ones that can be lets."""
    paths = (each for each in within(rule) if isinstance(each, nodes.Path))
    return frozenset(path.parts[0].text for path in paths if len(path.parts) == 1)


def _alike(before: Symbols, now: Symbols) -> bool:
    """Whether two sets of names are alike in everything that a rule can see, except lets."""
    return (
        before.schema is now.schema
        and tuple(before.models) == tuple(now.models)
        and before.lacking == now.lacking
        and before.lets.keys() == now.lets.keys()
    )


def _changed(before: _Lets, now: _Lets) -> Mapping[str, set[str]]:
    """By file, the names of lets that came, went or mean something else, also by what they are made of."""
    found = {file: set(_different(before[file], visible)) for file, visible in now.items()}
    waiting = [(file, name) for file, names in found.items() for name in names]
    if not waiting:
        return found
    users = _users(now)
    while waiting:
        for file, name in users.get(waiting.pop(), ()):
            if name not in found[file]:
                found[file].add(name)
                waiting.append((file, name))
    return found


def _different(before: Mapping[str, LetSymbol], now: Mapping[str, LetSymbol]) -> Iterator[str]:
    yield from before.keys() - now.keys()
    for name, let in now.items():
        old = before.get(name)
        if old is None or old.value is not let.value or old.key != let.key:
            yield name


def _users(lets: _Lets) -> Mapping[_Let, list[_Let]]:
    """The lets that are made of each let."""
    used: dict[LetKey, tuple[str, ...]] = {}
    users: dict[_Let, list[_Let]] = defaultdict(list)
    for file, visible in lets.items():
        for name, let in visible.items():
            if let.key not in used:
                used[let.key] = tuple(lets_used(let))
            for each in used[let.key]:
                users[let.file.name, each].append((file, name))
    return users
