"""Guesses what kind of field a column holds, from its values.

Promises that a guess takes the values as the readers of `compiler/values/` take them: whatever they would refuse
is counted in `odd`. Reading the file is left to `schema.py`, writing the schema to `text.py`.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast
from zoneinfo import ZoneInfo

from scoreline.compiler.folding import fold, trim
from scoreline.compiler.schema.fields import FieldSpec, FieldType
from scoreline.compiler.values import reader

# Texts that people and systems put where a value is missing, folded.
PLACEHOLDERS = frozenset(
    (
        *(
            "select",
            "please select",
            "- select -",
            "-select-",
            "--select--",
            "(none)",
            "--none--",
            "-none-",
            "- none -",
        ),
        *(
            "n/a",
            "#n/a",
            "n.a.",
            "<na>",
            "-",
            "--",
            "---",
            "?",
            "null",
            "nil",
            "nan",
            "undefined",
            "(blank)",
            "(empty)",
        ),
        *("unknown", "(unknown)", "not set", "(not set)", "not available", "not specified", "not provided", "tbd"),
    )
)
# These are values as often as not, and mean a missing one only among numbers, days and times.
_BESIDE_TYPED = frozenset({"na", "none", "missing", "no data", "x"})
# Digits that are no number to count with: nobody compares postal codes.
_CODE_NAME = re.compile(
    r"(?:^|[\W_])(?:phone|mobile|tel|telephone|fax|zip|zipcode|postal|postcode|plz|id|key|code)(?:$|[\W_])"
)
_CODE = re.compile(r"[+-]?0[0-9]+|\+[0-9]+|[0-9]{16,}")
_UTC = ZoneInfo("UTC")
_MOST_VALUES = 40
_LONGEST_VALUE = 80
_TOLERANCE = 0.02
_MOST_ODD = 5


@dataclass(frozen=True)
class Guess:
    """What a column seems to hold; `missing` are placeholders as the data spell them, `odd` values that do not fit."""

    type: FieldType
    values: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()
    empty: bool = False


def guess(column: str, counts: Mapping[str, int], complete: bool = True) -> Guess:
    """The guess for a column, from its texts and how often each occurs.

    `complete` tells whether these are all of its values; a choice is guessed from all of them only.
    """
    known = _trimmed(counts)
    missing = _placeholders(known, PLACEHOLDERS)
    rest = {text: count for text, count in known.items() if text not in missing}
    if not rest:
        return Guess("text", missing=missing, empty=True)
    if found := _typed(column, rest, missing):
        return found
    if complete and (values := _members(rest)):
        return Guess("choices", values, missing)
    if complete and (values := _repeated(rest)):
        return Guess("choice", values, missing)
    return Guess("text", missing=missing)


def _trimmed(counts: Mapping[str, int]) -> Counter[str]:
    found: Counter[str] = Counter()
    for text, count in counts.items():
        if trimmed := trim(text):
            found[trimmed] += count
    return found


def _placeholders(counts: Mapping[str, int], words: frozenset[str]) -> tuple[str, ...]:
    """The placeholders among the values: one spelling of each is enough for a schema, but all are taken out."""
    return tuple(sorted(text for text in counts if fold(text) in words))


def _typed(column: str, counts: Mapping[str, int], missing: tuple[str, ...]) -> Guess | None:
    if _is_yes_no(counts):
        return Guess("yes/no", missing=missing)
    more = _placeholders(counts, _BESIDE_TYPED)
    rest = {text: count for text, count in counts.items() if text not in more}
    for kind in ("date", "datetime", "number"):
        odd = _refused(rest, kind)
        if odd is not None and not (kind == "number" and _are_codes(column, rest)):
            return Guess(kind, missing=tuple(sorted({*missing, *more})), odd=odd)
    return None


def _is_yes_no(counts: Mapping[str, int]) -> bool:
    folded = {fold(text) for text in counts}
    if _refused(counts, "yes/no") != ():
        return False
    # Nothing but `0`, or but `f`, may be something else.
    return len(folded) > 1 or len(next(iter(folded))) > 1


def _refused(counts: Mapping[str, int], kind: FieldType) -> tuple[str, ...] | None:
    """The few values that a type refuses; None where they are too many for it."""
    if not counts:
        return None
    read = reader(FieldSpec(type=kind), _UTC)
    allowed = _TOLERANCE * sum(counts.values()) if kind != "yes/no" else 0
    odd: list[str] = []
    lost = 0
    for text, count in counts.items():
        told: list[str] = []
        read(text, lambda value, reason, told=told: told.append(value))
        if told:
            odd.append(text)
            lost += count
            if lost > allowed or len(odd) > _MOST_ODD:
                return None
    return tuple(sorted(odd))


def _are_codes(column: str, counts: Iterable[str]) -> bool:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column)
    return bool(_CODE_NAME.search(fold(spaced))) or any(_CODE.fullmatch(text) for text in counts)


def _repeated(counts: Mapping[str, int]) -> tuple[str, ...]:
    """The values, the most frequent first, if they are few and repeat; each in its most frequent spelling."""
    by_fold: dict[str, Counter[str]] = {}
    for text, count in counts.items():
        by_fold.setdefault(fold(text), Counter())[text] += count
    totals = {folded: spellings.total() for folded, spellings in by_fold.items()}
    few = len(by_fold) <= _MOST_VALUES and all(len(text) <= _LONGEST_VALUE for text in counts)
    if not few or sum(totals.values()) < 3 * len(by_fold):
        return ()
    ordered = sorted(totals, key=lambda folded: (-totals[folded], folded))
    return tuple(min(by_fold[folded], key=lambda text: (-by_fold[folded][text], text)) for folded in ordered)


def _members(counts: Mapping[str, int]) -> tuple[str, ...]:
    """The members of lists: of JSON lists, or of texts with `;` in them; none if these are no lists."""
    lists = {text: _json_list(text) for text in counts}
    are_json = all(members is not None for members in lists.values())
    if not are_json and not any(";" in text for text in counts):
        return ()
    found: Counter[str] = Counter()
    for text, count in counts.items():
        members = lists[text] if are_json else text.split(";")
        for member in members or ():
            if trimmed := trim(member):
                found[trimmed] += count
    return _repeated({text: count for text, count in found.items() if fold(text) not in PLACEHOLDERS})


def _json_list(text: str) -> list[str] | None:
    if not text.startswith("["):
        return None
    try:
        parsed = cast(object, json.loads(text))
    except (ValueError, RecursionError):
        return None
    if not isinstance(parsed, list):
        return None
    members = cast(list[object], parsed)
    return [str(member) for member in members] if all(isinstance(each, str | int) for each in members) else None
