"""What VS Code wants to know of the language beside its colours: comments, brackets, and when to indent.

Promises a file that knows the words of every language: behind a heading, such as a model or a stage, the next line is
indented. How rules really stand is told by the formatter.
"""

import json
from collections.abc import Iterator

from scoreline.grammar.colours import words_of
from scoreline.grammar.lexicon import Terminal
from scoreline.grammar.vocabulary import languages, vocabulary

HEADINGS = (Terminal.MODEL, Terminal.GROUP, Terminal.QUALIFICATION, Terminal.STAGE, Terminal.EXAMPLE)
_PAIRS = (["(", ")"], ["[", "]"])


def language_configuration() -> str:
    """The configuration as the text of its file."""
    content = {
        "comments": {"lineComment": "#"},
        "brackets": _PAIRS,
        "autoClosingPairs": list(_closing()),
        "autoCloseBefore": ":.,=)]}> \n\t",
        "surroundingPairs": [*_PAIRS, ['"', '"'], ["{", "}"]],
        "colorizedBracketPairs": _PAIRS,
        "folding": {"offSide": True},
        "wordPattern": {"pattern": r"[\p{L}][\p{L}\p{M}\p{N}_]*|[+-]?[0-9][0-9_.]*", "flags": "u"},
        "onEnterRules": [{"beforeText": _heading(), "action": {"indent": "indent"}}],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _closing() -> Iterator[dict[str, object]]:
    for opening, closing in _PAIRS:
        yield {"open": opening, "close": closing, "notIn": ["string", "comment"]}
    yield {"open": '"', "close": '"', "notIn": ["string", "comment"]}
    yield {"open": "{", "close": "}", "notIn": ["comment"]}


def _heading() -> str:
    """A line that begins with a heading's word and has something behind it."""
    words = [word for language in languages() for word in words_of(vocabulary(language), *HEADINGS)]
    return rf"^\s*(?:{'|'.join(words)})\s+\S.*$"
