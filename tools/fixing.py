"""Applies the safe fixes of everything that a check finds, again and again until there are none.

Promises that edits of one pass never overlap, that no file ends with more errors than it had (a fix that would do that
is left out), and that fixing twice is fixing once. A diagnostic is fixed if exactly one of its fixes is safe: where
there is something to choose, people choose. How rules are checked, and what becomes of the texts, is left to the
callers: `scoreline check --fix` and the language server.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Generic, Protocol, TypeVar

from scoreline.dsl.diagnostics import Diagnostic, Edit, Fix, Severity

_MOST_PASSES = 100
_UNREADABLE = "E120"


class Diagnosed(Protocol):
    """Whatever a check gives."""

    @property
    def diagnostics(self) -> Sequence[Diagnostic]:
        """Everything that is wrong."""
        ...


D = TypeVar("D", bound=Diagnosed)
Check = Callable[[Mapping[str, str]], D]
"""Checks the same rules again as if files, by the name that diagnostics give them, held these texts."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A diagnostic, and the one safe fix for it."""

    diagnostic: Diagnostic
    fix: Fix


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A file whose text the fixes change; `name` is what messages call it."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Fixed(Generic[D]):
    """What is found once all is fixed that can be, what was fixed, and the files that change by it."""

    checked: D
    repairs: tuple[Repair, ...] = ()
    files: tuple[Rewritten, ...] = ()


def fixed(check: Check[D]) -> Fixed[D]:
    """Fixes what can be fixed, without writing anything."""
    state = Fixed(check({}))
    seen = {_texts(state)}
    for _ in range(_MOST_PASSES):
        later = _improved(check, state, _chosen(state.checked.diagnostics))
        if later is state or _texts(later) in seen:
            break
        seen.add(_texts(later))
        state = later
    return replace(state, files=tuple(file for file in state.files if file.before != file.after))


def _texts(state: Fixed[D]) -> frozenset[Rewritten]:
    return frozenset(state.files)


def _improved(check: Check[D], state: Fixed[D], repairs: Sequence[Repair]) -> Fixed[D]:
    """The state after as many of the repairs as do no harm; the same state if all of them do."""
    if not repairs:
        return state
    later = _after(check, state, repairs)
    if not _harmed(state.checked, later.checked):
        return later
    if len(repairs) == 1:
        return state
    middle = len(repairs) // 2
    first = _improved(check, state, repairs[:middle])
    return _improved(check, state, repairs[middle:]) if first is state else first


def _after(check: Check[D], state: Fixed[D], repairs: Sequence[Repair]) -> Fixed[D]:
    files = {file.name: file for file in state.files}
    edits: dict[str, list[Edit]] = {}
    for repair in repairs:
        place = repair.diagnostic.place
        files.setdefault(place.file, Rewritten(place.file, place.source.text, place.source.text))
        edits.setdefault(place.file, []).extend(repair.fix.edits)
    for name, of_file in edits.items():
        files[name] = replace(files[name], after=_edited(files[name].after, of_file))
    checked = check({name: file.after for name, file in files.items()})
    return Fixed(checked, (*state.repairs, *repairs), tuple(files.values()))


def _edited(text: str, edits: Iterable[Edit]) -> str:
    ends = "\r\n" if "\r\n" in text else "\n"
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        new = edit.text.replace("\r\n", "\n").replace("\n", ends)
        text = text[: edit.span.start] + new + text[edit.span.end :]
    return text


def _harmed(before: Diagnosed, after: Diagnosed) -> bool:
    """Whether any file has more errors than before."""
    counts, later = _errors(before), _errors(after)
    return any(count > counts[name] for name, count in later.items())


def _errors(checked: Diagnosed) -> Mapping[str, int]:
    return Counter(one.place.file for one in checked.diagnostics if one.severity is Severity.ERROR)


def _chosen(diagnostics: Sequence[Diagnostic]) -> list[Repair]:
    """The repairs of a pass, in order: none touches another, and no file is touched that could not be read."""
    unreadable = {one.place.file for one in diagnostics if one.code == _UNREADABLE}
    taken: dict[str, list[Edit]] = {}
    chosen: list[Repair] = []
    for one in sorted(diagnostics, key=lambda one: one.sort_key):
        file = one.place.file
        fix = _safe(one)
        if fix is None or file in unreadable or file.endswith(".toml"):
            continue
        if not any(_touch(edit, other) for edit in fix.edits for other in taken.get(file, ())):
            taken.setdefault(file, []).extend(fix.edits)
            chosen.append(Repair(one, fix))
    return chosen


def _safe(diagnostic: Diagnostic) -> Fix | None:
    """The one safe fix of a diagnostic that changes something."""
    fix, text = diagnostic.safe_fix, diagnostic.place.source.text
    if fix is None or all(text[edit.span.start : edit.span.end] == edit.text for edit in fix.edits):
        return None
    edits = sorted(fix.edits, key=lambda edit: edit.span)
    apart = all(first.span.end <= second.span.start for first, second in pairwise(edits))
    return fix if apart else None


def _touch(one: Edit, other: Edit) -> bool:
    return one.span.start <= other.span.end and other.span.start <= one.span.end
