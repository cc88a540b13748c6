"""The first line that says in which language the words of a file are: `# language: de`.

Promises the same answer for colours as the parser gives for meaning; highlighters that cannot run Python get the form
of the line from here too. A language that nobody knows is no language line: its file is read as English.
"""

import re

from scoreline.grammar.vocabulary import ENGLISH, languages

MARK = r"#[ \t]*language[ \t]*:[ \t]*"
_LINE = re.compile(rf"\ufeff?{MARK}(?P<code>[A-Za-z-]+)[ \t]*(?=[\r\n]|\Z)")


def language_line(text: str) -> tuple[str, int]:
    """The language of a text's words, and where the line that says so ends: 0 where none does."""
    match = _LINE.match(text)
    code = match["code"].lower() if match else ""
    return (code, match.end()) if match and code in languages() else (ENGLISH, 0)
