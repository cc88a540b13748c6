"""The known word that an unknown one most likely stands for."""

from collections.abc import Iterable
from difflib import get_close_matches

from scoreline.compiler.folding import fold
from scoreline.dsl.messages import say


def nearest(word: str, options: Iterable[str]) -> str | None:
    """The option that looks most like a word, if one does; case is no difference."""
    by_fold: dict[str, str] = {}
    for option in options:
        by_fold.setdefault(fold(option), option)
    found = get_close_matches(fold(word), by_fold, n=1, cutoff=0.6)
    return by_fold[found[0]] if found else None


def listed(words: Iterable[str], most: int = 12) -> str:
    """The words, with commas; a long list is cut."""
    words = tuple(words)
    shown = ", ".join(words[:most])
    return say("{words} and {count} more", words=shown, count=len(words) - most) if len(words) > most else shown
