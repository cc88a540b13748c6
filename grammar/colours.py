"""What looks alike in rule files, where the words beside it matter too: all highlighters are made from this.

A terminal has its colour in the lexicon. Here stand the places where it has another one (a name behind `model`, `with`
in `each day with`), and the patterns of what no terminal is: escapes in texts, and mistakes. `pygments_lexer.py` uses
it when it runs; the TextMate grammar (`textmate.py`) and the Vim syntax (`vim.py`) are written from it. How a colour is
called there stands there.
"""

from collections.abc import Mapping

from scoreline.grammar.lexicon import Colour, Terminal
from scoreline.grammar.vocabulary import Vocabulary

# What a name is behind these words, and behind a dot; and the words that are names there.
NAMED = {Terminal.MODEL: Colour.CLASS, Terminal.QUALIFICATION: Colour.CLASS, Terminal.LET: Colour.VARIABLE}
NAMES_AFTER_DOT = (Terminal.GRADE, Terminal.RULES)
# Words that belong to no test where they follow these: `each day with …`, `due in …`.
PLAIN_AFTER = {
    Terminal.WITH: (Terminal.DAY, Terminal.WEEK, Terminal.MONTH, Terminal.YEAR),
    Terminal.IN: (Terminal.DUE,),
}
# Words that have another colour: one where no text follows, one where a name does.
WITHOUT_TEXT = {Terminal.STAGE: Colour.PSEUDO}
WITH_NAME = {Terminal.NO: Colour.WORD_OPERATOR}
# The text behind these may hold `{fields}`.
BEFORE_TEMPLATE = (Terminal.TASK, Terminal.FOR)

# Patterns here are written so that Python, Oniguruma and (through `vim.py`) Vim read them alike.
DIRECTIVE = r"#\s*scoreline:"
ESCAPES = r'\\["\\nt]'
WRONG_ESCAPES = r"\\."
BRACES = r"\{\{|\}\}"
FIELDS = r'\{[^{}"\\]*\}'

# What is no token, each as long as it surely goes.
WRONG_DATE = r"[0-9]{1,4}(?:-[0-9]{1,2}-|/[0-9]{1,2}/|\.[0-9]{1,2}\.)[0-9]{1,4}(?!\w)"
WRONG_NUMBER = r"[+\-]?\.?[0-9][\w.]*"
WRONG_TEXTS = (
    r'"[^\r\n]*',  # a text that is not closed
    r"[“”„‟«»][^“”„‟«»\"\r\n]*[“”„‟«»\"]",  # wrong quotes
    r"'[^'\r\n]*'",
    r"[‘’‚][^‘’‚\r\n]*[‘’]",
    r"`[^`\r\n]*`",
    r"[“”„‟«»'‘’‚`][^\r\n]*",
)


def words_of(words: Vocabulary, *terminals: Terminal) -> list[str]:
    """What is written for some terminals: the longest first, so that none hides another."""
    return sorted(
        (word for word, each in words.keywords.items() if each in terminals), key=lambda word: (-len(word), word)
    )


def words_by_colour(words: Vocabulary) -> Mapping[Colour, list[str]]:
    """All keywords of a language, by the colour that they have where no word beside them gives them another."""
    found: dict[Colour, list[str]] = {}
    for word in words_of(words, *words.keywords.values()):
        found.setdefault(words.keywords[word].colour, []).append(word)
    return found


def joined_signs(words: Vocabulary) -> str:
    """The characters of signs that are longer than one: any run of them is one piece, right or wrong as a whole."""
    return "".join(sorted({each for sign in words.signs if len(sign) > 1 for each in sign}))
