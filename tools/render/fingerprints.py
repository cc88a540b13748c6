"""What a finding is known by when lines above it come and go.

Promises the same fingerprint for the same code on the same text, wherever in the file that text stands and however
its blanks are set, so that neither a new line above nor `fmt` makes an old finding a new one.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable

from scoreline.dsl.diagnostics import Diagnostic

_DIGITS = 16


def fingerprint(diagnostic: Diagnostic) -> str:
    """The fingerprint of a finding among those of its file; findings that are alike share it."""
    place = diagnostic.place
    line = place.source.line_text(place.start.line)
    parts = (diagnostic.code, " ".join(line.split()), " ".join(place.text.split()))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def numbered(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """The fingerprint of each finding, with a number that tells those apart that are alike in a file."""
    met: Counter[tuple[str, str]] = Counter()
    found: list[str] = []
    for diagnostic in diagnostics:
        key = (diagnostic.place.file, fingerprint(diagnostic))
        met[key] += 1
        found.append(f"{key[1]}:{met[key]}")
    return found
