"""What looks alike in rule files: the one table that all highlighters are made from.

Promises a kind for every word, sign and value of the grammar, by terminals, so that words of any human language get
theirs; and what tells two kinds of one word apart. `pygments_lexer.py` follows it when it runs, the TextMate
grammar (`textmate.py`) and the Vim syntax (`vim.py`) are written from it. How a kind is called there stands there.
"""

from collections.abc import Mapping
from enum import Enum, auto

from scoreline.grammar.vocabulary import Vocabulary


class Kind(Enum):
    """What has one look."""

    IMPORT = auto()
    DECLARATION = auto()
    CONSTANT = auto()
    PSEUDO = auto()
    UNIT = auto()
    WORD_OPERATOR = auto()
    KEYWORD = auto()
    OPERATOR = auto()
    PUNCTUATION = auto()
    TEXT = auto()
    ESCAPE = auto()
    FIELD = auto()
    DATE = auto()
    FLOAT = auto()
    INTEGER = auto()
    NAME = auto()
    ATTRIBUTE = auto()
    CLASS = auto()
    VARIABLE = auto()
    COMMENT = auto()
    DIRECTIVE = auto()
    SPACE = auto()
    ERROR = auto()


# A word of no kind is a plain keyword.
WORDS: dict[Kind, str] = {
    Kind.IMPORT: "USE",
    Kind.DECLARATION: "LET MODEL INCLUDE SCORE GROUP GRADE QUALIFICATION STAGE EXAMPLE",
    Kind.CONSTANT: "YES NO",
    Kind.PSEUDO: "TODAY DISQUALIFIED RULES",
    Kind.UNIT: "MINUTE MINUTES HOUR HOURS DAY DAYS WEEK WEEKS MONTH MONTHS YEAR YEARS",
    Kind.WORD_OPERATOR: "AND OR NOT IS KNOWN UNKNOWN BETWEEN IN CONTAINS STARTS ENDS WITH ANY ALL OF",
}
SIGNS: dict[Kind, str] = {
    Kind.OPERATOR: "GE LE GT LT NE EQ PLUS STAR",
    Kind.PUNCTUATION: "DOT COMMA LPAR RPAR LSQB RSQB",
}
VALUES: dict[str, Kind] = {
    "TEXT": Kind.TEXT,
    "DATE": Kind.DATE,
    "DECIMAL": Kind.FLOAT,
    "PLUS_INT": Kind.INTEGER,
    "MINUS_INT": Kind.INTEGER,
    "INT": Kind.INTEGER,
    "NAME": Kind.NAME,
    "COMMENT": Kind.COMMENT,
    "SPACE": Kind.SPACE,
}

# What a name is behind these words, and behind a dot; and the words that are names there.
NAMED = {"MODEL": Kind.CLASS, "QUALIFICATION": Kind.CLASS, "LET": Kind.VARIABLE}
NAMES_AFTER_DOT = ("GRADE", "RULES")
# Words that belong to no test where they follow these: `each day with …`, `due in …`.
PLAIN_AFTER = {"WITH": ("DAY", "WEEK", "MONTH", "YEAR"), "IN": ("DUE",)}
# Words that are another kind: one where no text follows, one where a name does.
WITHOUT_TEXT = {"STAGE": Kind.PSEUDO}
WITH_NAME = {"NO": Kind.WORD_OPERATOR}
# The text behind these may hold `{fields}`.
BEFORE_TEMPLATE = ("TASK", "FOR")

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


def kinds() -> dict[str, Kind]:
    """The kinds of words and signs by their terminals, but for plain keywords."""
    return {each: kind for kind, names in (*WORDS.items(), *SIGNS.items()) for each in names.split()}


def words_of(words: Vocabulary, *terminals: str) -> list[str]:
    """What is written for some terminals: the longest first, so that none hides another."""
    return sorted(
        (word for word, each in words.keywords.items() if each in terminals), key=lambda word: (-len(word), word)
    )


def words_by_kind(words: Vocabulary) -> Mapping[Kind, list[str]]:
    """All keywords of a language, each under the kind that it has where nothing round it tells otherwise."""
    known = kinds()
    found: dict[Kind, list[str]] = {}
    for word in words_of(words, *words.keywords.values()):
        found.setdefault(known.get(words.keywords[word], Kind.KEYWORD), []).append(word)
    return found


def joined_signs(words: Vocabulary) -> str:
    """The characters of signs that are longer than one: any run of them is one piece, right or wrong as a whole."""
    return "".join(sorted({each for sign in words.signs if len(sign) > 1 for each in sign}))
