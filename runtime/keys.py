"""Keys: what joins leads, contacts and interactions.

A key is a trimmed text, compared exactly and with case; a whole number reads as its digits, also where a tool has
written it as a float (`7.0`), as tools do with columns in which some are missing.
"""

import math

from scoreline.compiler.folding import trim
from scoreline.compiler.values.raw_text import text_of


def read_key(raw: object) -> str | None:
    """The key that a value is; None where there is none, or none that can be read."""
    if raw is None:
        return None
    if type(raw) is str:
        return trim(raw) or None
    if isinstance(raw, float):
        if math.isnan(raw):
            return None
        return str(int(raw)) if raw.is_integer() else repr(raw)
    try:
        return trim(text_of(raw)) or None
    except Exception:  # an object of a user's own may fail in any way, and scoring must not
        return None
