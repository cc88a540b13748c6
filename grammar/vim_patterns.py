"""Patterns of the grammar, as Vim says them.

Promises the same matches for the few forms that `rules.lark` and `kinds.py` use, in Vim's very magic form; names go on
through whatever `iskeyword` holds, which the syntax sets.
"""

import re

# Vim's words for what Python's patterns say otherwise; the first that fits is taken.
_PYTHON = re.compile(
    r"(?P<line>\[\^\\r\\n\])|(?P<letter>\[\^\\W\\d_\])|(?P<set>\[(?:\\.|[^\]\\])+\])"
    r"|(?P<look>\(\?!)|(?P<group>\(\?:)|(?P<escape>\\.)|(?P<sign>.)"
)
_SPECIAL_TO_VIM = set("<>=~@%&/{")


def vim_pattern(pattern: str) -> str:
    """A pattern of Python's, of the few forms that the grammar uses, as Vim's very magic form says it."""
    found: list[str] = []
    ends: list[str] = []
    for match in _PYTHON.finditer(pattern):
        if match["look"] or match["group"]:
            ends.append(")@!" if match["look"] else ")")
            found.append("%(")
        elif match["sign"] == ")":
            found.append(ends.pop())
        else:
            found.append(_piece(match))
    return "".join(found)


def _piece(match: "re.Match[str]") -> str:
    piece = match[0]
    if match["line"]:
        return "."
    if match["letter"]:
        return "%(\\k&[^0-9_])"
    if match["set"]:
        # Vim's sets know no class for letters of words; a line end is in none of them anyway.
        inner = piece[1:-1].replace(r"\r\n", "").replace(r"\"", '"')
        return rf"%(\k|[{inner.replace(chr(92) + 'w', '')}])" if r"\w" in inner else f"[{inner}]"
    if match["escape"]:
        return {r"\w": r"\k", r"\s": r"\s", r"\d": "[0-9]"}.get(piece, piece)
    return f"\\{piece}" if piece in _SPECIAL_TO_VIM and not _counts(match) else piece


def _counts(match: "re.Match[str]") -> bool:
    """Whether a brace begins a count, as in `{1,4}`."""
    return bool(re.match(r"\{[0-9]+(?:,[0-9]*)?\}", match.string[match.start() :]))
