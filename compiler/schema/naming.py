"""Names for columns whose own name is no name in the language.

Promises a valid name for any text, the same one each time.
"""

import re
from collections.abc import Collection

from scoreline.compiler.folding import fold
from scoreline.grammar.vocabulary import is_name

# What a column that is called like a word of the language is better called.
_BETTER = {"stage": "deal_stage", "group": "group_name", "unit": "business_unit", "score": "score_value"}
_LONGEST = 40


def is_schema_name(text: str) -> bool:
    """Whether rules can write a text as a name (`is_name`), and it begins with a letter."""
    return is_name(text) and text[0].isalpha()


def has_form_of_name(text: str) -> bool:
    """Whether a text has the form of a name, even if it is a word of the language."""
    return text.isidentifier() and text[0].isalpha()


def name_for(text: str, taken: Collection[str] = (), prefix: str = "lead") -> str:
    """A name for a column, in lower case with `_` for all else; `prefix` goes before what is no name by itself.

    `taken` holds the names, in lower case, that it must not be.
    """
    letters = "".join(sign if f"a{sign}".isidentifier() else " " for sign in fold(_split_camel(text)))
    words = re.split(r"[\s_]+", letters.strip(" _"))
    base = _short("_".join(words)) or "column"
    if not is_schema_name(base):
        base = _BETTER.get(base) or f"{prefix}_{base}"
    number = 2
    name = base
    while name in taken:
        name = f"{base}_{number}"
        number += 1
    return name


def _split_camel(text: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z][a-z])", " ", text)


def _short(name: str) -> str:
    if len(name) <= _LONGEST:
        return name
    return name[: _LONGEST + 1].rpartition("_")[0] or name[:_LONGEST]
