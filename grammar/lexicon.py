"""The lexicon: one row for each terminal of `rules.lark`, whatever the human language of its word.

A row is a member of `Terminal`: what the grammar calls it, its colour, the parts that it plays in a statement, what a
word means in one line, and what a comparison or a window can be asked of. Sets of terminals are asked for by part
(`terminals(Part.WINDOW)`), so that a new terminal is in all of them with its row. How a terminal is written stands in
`rules.lark` for English and in `languages/` for any other language, and `vocabulary.py` reads it from there.
"""

from enum import Enum, Flag, StrEnum, auto
from functools import cache
from typing import Self


class Colour(Enum):
    """What has one look in an editor."""

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


class Part(Flag):
    """A part that a terminal plays in statements."""

    NONE = 0
    TOP = auto()
    """Begins a statement at the top of a file."""
    IN_MODEL = auto()
    """Begins a statement of a model."""
    IN_QUALIFICATION = auto()
    """Begins a statement of a qualification."""
    IN_EXAMPLE = auto()
    """Begins a statement of an example."""
    STARTS = TOP | IN_MODEL | IN_QUALIFICATION | IN_EXAMPLE
    """Begins a statement."""
    NAMED = auto()
    """Begins a statement, and a new name stands behind it."""
    WANTS_MORE = auto()
    """Something has to stand behind it, so no statement begins there."""
    BEFORE_TEST = auto()
    """A test can stand behind it."""
    BEFORE_VALUE = auto()
    """A value can stand behind it."""
    COMPARES = auto()
    """Compares with one value: a sign, or `is`."""
    SEARCHES = auto()
    """Begins an operator on texts."""
    COMPARISON = auto()
    """Begins a comparison."""
    IN_COMPARISON = auto()
    """Stands in a comparison, behind its first word or (`not`) before it."""
    WINDOW = auto()
    """Begins a window."""
    ADDS = auto()
    """Goes on with a sum."""
    FOLLOWS_SUBJECT = COMPARISON | WINDOW | ADDS
    """Says what is asked of a subject."""
    OUTCOME = auto()
    """Is, or begins, what a rule does."""
    LITERAL = auto()
    """Is a value by itself."""
    QUANTITY = auto()
    """Is a value that can be greater than another one."""
    UNIT = auto()
    """Is a unit of time."""
    SUBJECT_WORD = auto()
    """Is a word that can stand where a name can."""
    IN_PATH = auto()
    """Stands in a path."""
    JOINS = auto()
    """Joins what stands before it and behind it; a line may be broken before it."""
    OPENS = auto()
    """Opens a bracket."""
    CLOSES = auto()
    """Closes a bracket."""
    EVIDENT = auto()
    """Only holds a statement together: where it makes a statement whole, it was forgotten."""
    ONE_OF_SEVERAL = auto()
    """Is evident in this sense, but another word could stand there as well."""


# What can be tested: the types of fields, how often something happened, and a score.
_ALL = frozenset({"text", "choice", "choices", "yes/no", "number", "date", "datetime", "interaction", "score"})
_ORDERED = "number date datetime interaction score"
_TIMED = "date datetime interaction"
_SIGN = Part.COMPARISON | Part.COMPARES | Part.WANTS_MORE | Part.BEFORE_VALUE
_TEST = Part.WANTS_MORE | Part.BEFORE_TEST
_EVIDENT_CHOICE = Part.EVIDENT | Part.ONE_OF_SEVERAL


class Terminal(StrEnum):
    """A terminal of the grammar, with its row; as a string it is what Lark calls it."""

    colour: Colour
    parts: Part
    meaning: str
    """What a word means, in one line."""
    suits: frozenset[str]
    """What it can be asked of: types of fields, `interaction` and `score`."""

    def __new__(
        cls, name: str, colour: Colour, parts: Part = Part.NONE, meaning: str = "", suits: str | None = None
    ) -> Self:
        """A row: its parts are those of one thing, so it is written as one tuple."""
        terminal = str.__new__(cls, name)
        terminal._value_ = name
        terminal.colour = colour
        terminal.parts = parts
        terminal.meaning = meaning
        terminal.suits = _ALL if suits is None else frozenset(suits.split())
        return terminal

    # Words
    AGO = "AGO", Colour.KEYWORD, Part.EVIDENT, "how long before the time of the example, or of the scoring"
    ALL = "ALL", Colour.WORD_OPERATOR, Part.IN_COMPARISON, "every value of the list"
    AND = (
        "AND",
        Colour.WORD_OPERATOR,
        _TEST | Part.JOINS | _EVIDENT_CHOICE,
        "both must hold; binds more tightly than `or`",
    )
    ANY = "ANY", Colour.WORD_OPERATOR, Part.IN_COMPARISON, "at least one value of the list"
    AS = "AS", Colour.KEYWORD, Part.EVIDENT, "a label for the rule; its id is made from it"
    AT = "AT", Colour.KEYWORD, Part.EVIDENT, "`at most`, `at least`: the limits of the group's points"
    BEST = "BEST", Colour.KEYWORD, Part.NONE, "`best only`: only the rule with the most points counts"
    BETWEEN = (
        "BETWEEN",
        Colour.WORD_OPERATOR,
        Part.COMPARISON | Part.WANTS_MORE | Part.BEFORE_VALUE | _EVIDENT_CHOICE,
        "from the first to the second, both included",
        _ORDERED,
    )
    CONTAINS = (
        "CONTAINS",
        Colour.WORD_OPERATOR,
        Part.COMPARISON | Part.SEARCHES | Part.WANTS_MORE | Part.BEFORE_VALUE,
        "the text is somewhere in it; for choices: the value is one of them",
        "text choices",
    )
    CREATE = "CREATE", Colour.KEYWORD, Part.NONE, "creates a task when the stage is entered"
    DAY = "DAY", Colour.UNIT, Part.UNIT
    DAYS = "DAYS", Colour.UNIT, Part.UNIT
    DISQUALIFIED = "DISQUALIFIED", Colour.PSEUDO, Part.SUBJECT_WORD, "in an example: whether the lead is ruled out"
    DISQUALIFY = (
        "DISQUALIFY",
        Colour.KEYWORD,
        Part.OUTCOME,
        "rules the lead out: the score stays, no stage is reached",
    )
    DISTINCT = "DISTINCT", Colour.KEYWORD, Part.WANTS_MORE, "counts different values of a property, not interactions"
    DUE = "DUE", Colour.KEYWORD, Part.NONE, "when the task is due"
    EACH = "EACH", Colour.KEYWORD, Part.WANTS_MORE, "every matching interaction counts"
    ENDS = "ENDS", Colour.WORD_OPERATOR, Part.COMPARISON | Part.SEARCHES, "ends with the text", "text"
    EVERY = "EVERY", Colour.KEYWORD, Part.EVIDENT
    EXAMPLE = "EXAMPLE", Colour.DECLARATION, Part.TOP, "a lead and its expected results, run as a test"
    EXPECT = "EXPECT", Colour.KEYWORD, Part.IN_EXAMPLE | _TEST, "a result that an example must have"
    FADING = "FADING", Colour.KEYWORD, Part.NONE, "the points go down to nothing in ten steps over this length of time"
    FOR = (
        "FOR",
        Colour.KEYWORD,
        Part.IN_MODEL | Part.EVIDENT,
        "`for each`: points for every matching interaction; `for lead`, `for unit`: the leads that it is for",
    )
    FROM = "FROM", Colour.KEYWORD, Part.EVIDENT, "the lowest score of the grade"
    GIVEN = (
        "GIVEN",
        Colour.KEYWORD,
        Part.IN_EXAMPLE | _TEST,
        "a fact of an example; everything that is not given is missing",
    )
    GRADE = "GRADE", Colour.DECLARATION, Part.IN_MODEL | Part.IN_PATH, "a name for all scores from a threshold up"
    GROUP = (
        "GROUP",
        Colour.DECLARATION,
        Part.IN_MODEL,
        "a heading: the rules below belong to it, and their points can be limited together",
    )
    HALVING = (
        "HALVING",
        Colour.KEYWORD,
        Part.NONE,
        "the points are halved every time this length of time has passed, and rounded to whole points",
    )
    HOUR = "HOUR", Colour.UNIT, Part.UNIT
    HOURS = "HOURS", Colour.UNIT, Part.UNIT
    IN = (
        "IN",
        Colour.WORD_OPERATOR,
        Part.COMPARISON | Part.WANTS_MORE | _EVIDENT_CHOICE,
        "is one of a list",
        f"text choice {_ORDERED}",
    )
    INCLUDE = (
        "INCLUDE",
        Colour.DECLARATION,
        Part.IN_MODEL | Part.WANTS_MORE,
        "the interactions of the contact count together with the lead's",
    )
    INTERACTIONS = "INTERACTIONS", Colour.KEYWORD, Part.EVIDENT
    IS = "IS", Colour.WORD_OPERATOR, _SIGN | _EVIDENT_CHOICE, "equal; texts and choices ignore case"
    KNOWN = "KNOWN", Colour.WORD_OPERATOR, Part.NONE, "there is a value"
    LAST = "LAST", Colour.KEYWORD
    LEAST = "LEAST", Colour.KEYWORD
    LET = "LET", Colour.DECLARATION, Part.TOP | Part.NAMED | Part.WANTS_MORE, "gives a list or a condition a name"
    MINUTE = "MINUTE", Colour.UNIT, Part.UNIT
    MINUTES = "MINUTES", Colour.UNIT, Part.UNIT
    MODEL = (
        "MODEL",
        Colour.DECLARATION,
        Part.TOP | Part.NAMED | Part.WANTS_MORE,
        "a scoring model: its rules give points, their sum is the score",
    )
    MONTH = "MONTH", Colour.UNIT, Part.UNIT
    MONTHS = "MONTHS", Colour.UNIT, Part.UNIT
    MORE = "MORE", Colour.KEYWORD, Part.WINDOW, "`more than 30 days ago`: that long ago or longer", _TIMED
    MOST = "MOST", Colour.KEYWORD
    NEXT = "NEXT", Colour.KEYWORD
    NO = (
        "NO",
        Colour.CONSTANT,
        Part.WANTS_MORE,
        "none at all: `no website.visited within 90 days`; as a value, the opposite of `yes`",
    )
    NONE = "NONE", Colour.KEYWORD
    NOT = (
        "NOT",
        Colour.WORD_OPERATOR,
        _TEST | Part.IN_COMPARISON,
        "reverses a test; when a value is missing, the result is still unknown",
    )
    NOTIFY = "NOTIFY", Colour.KEYWORD, Part.NONE, "sends a message to a channel when the stage is entered"
    OF = "OF", Colour.WORD_OPERATOR, Part.IN_COMPARISON | Part.WANTS_MORE | Part.EVIDENT
    ONLY = "ONLY", Colour.KEYWORD, Part.EVIDENT
    OR = "OR", Colour.WORD_OPERATOR, _TEST | Part.JOINS, "one of them must hold"
    OTHERWISE = "OTHERWISE", Colour.KEYWORD, Part.NONE, "the grade of all other scores"
    OVER = "OVER", Colour.KEYWORD, Part.EVIDENT
    QUALIFICATION = (
        "QUALIFICATION",
        Colour.DECLARATION,
        Part.TOP | Part.NAMED | Part.WANTS_MORE,
        "the stages that a lead goes through, based on the scores of models",
    )
    RULES = "RULES", Colour.PSEUDO, Part.IN_PATH, "in an example: the rules of a model that fired"
    SCORE = "SCORE", Colour.DECLARATION, Part.IN_MODEL, "the limits of the model's score"
    SET = "SET", Colour.KEYWORD, Part.WANTS_MORE, "sets a field when the stage is entered"
    SINCE = "SINCE", Colour.KEYWORD, Part.WINDOW, "from that day's midnight on", _TIMED
    STAGE = (
        "STAGE",
        Colour.DECLARATION,
        Part.IN_QUALIFICATION | Part.SUBJECT_WORD,
        "a stage: a lead reaches the last one whose `when` holds",
    )
    STARTS = "STARTS", Colour.WORD_OPERATOR, Part.COMPARISON | Part.SEARCHES, "begins with the text", "text"
    TASK = "TASK", Colour.KEYWORD, Part.EVIDENT
    THAN = "THAN", Colour.KEYWORD, Part.EVIDENT
    THE = "THE", Colour.KEYWORD
    THEN = "THEN", Colour.KEYWORD, Part.JOINS | Part.EVIDENT, "the result: points in a rule, an action in a stage"
    TIME = "TIME", Colour.KEYWORD
    TIMES = "TIMES", Colour.KEYWORD, Part.NONE, "how often it happened"
    TO = "TO", Colour.KEYWORD, Part.BEFORE_VALUE | Part.EVIDENT
    TODAY = "TODAY", Colour.PSEUDO, Part.SUBJECT_WORD, "the day of an example"
    UNIT = "UNIT", Colour.KEYWORD, Part.EVIDENT, "the business unit of a qualification"
    UNKNOWN = "UNKNOWN", Colour.WORD_OPERATOR, Part.NONE, "there is no value"
    UNTIL = "UNTIL", Colour.KEYWORD, _TEST, "when a stage that was reached ends"
    UP = "UP", Colour.KEYWORD, Part.EVIDENT, "`up to 45`: the most that this rule gives"
    USE = "USE", Colour.IMPORT, Part.TOP, "brings in the lets of another file"
    WEEK = "WEEK", Colour.UNIT, Part.UNIT
    WEEKS = "WEEKS", Colour.UNIT, Part.UNIT
    WHEN = "WHEN", Colour.KEYWORD, Part.IN_MODEL | _TEST | Part.EVIDENT, "a rule: points when the condition holds"
    WHERE = (
        "WHERE",
        Colour.KEYWORD,
        Part.WANTS_MORE,
        "only interactions (or leads) for which this holds",
        "interaction",
    )
    WITH = "WITH", Colour.WORD_OPERATOR, (Part.IN_COMPARISON | Part.WANTS_MORE | Part.BEFORE_VALUE | Part.EVIDENT)
    WITHIN = (
        "WITHIN",
        Colour.KEYWORD,
        Part.WINDOW,
        "a window that ends now, as in `within 30 days`; `within the next` looks ahead",
        _TIMED,
    )
    YEAR = "YEAR", Colour.UNIT, Part.UNIT
    YEARS = "YEARS", Colour.UNIT, Part.UNIT
    YES = "YES", Colour.CONSTANT, Part.LITERAL, "a yes/no field that holds"

    # Signs
    GE = "GE", Colour.OPERATOR, _SIGN
    LE = "LE", Colour.OPERATOR, _SIGN
    GT = "GT", Colour.OPERATOR, _SIGN
    LT = "LT", Colour.OPERATOR, _SIGN
    NE = "NE", Colour.OPERATOR, _SIGN
    EQ = "EQ", Colour.OPERATOR, _SIGN | _EVIDENT_CHOICE
    PLUS = "PLUS", Colour.OPERATOR, Part.ADDS | Part.WANTS_MORE | Part.JOINS
    STAR = "STAR", Colour.OPERATOR, Part.ADDS | Part.WANTS_MORE
    DOT = "DOT", Colour.PUNCTUATION, Part.IN_PATH | Part.WANTS_MORE
    COMMA = "COMMA", Colour.PUNCTUATION, Part.IN_COMPARISON | Part.WANTS_MORE | Part.BEFORE_VALUE
    LPAR = "LPAR", Colour.PUNCTUATION, _TEST | Part.OPENS
    RPAR = "RPAR", Colour.PUNCTUATION, Part.CLOSES
    LSQB = "LSQB", Colour.PUNCTUATION, Part.IN_COMPARISON | Part.WANTS_MORE | Part.BEFORE_VALUE | Part.OPENS
    RSQB = "RSQB", Colour.PUNCTUATION, Part.CLOSES

    # Values
    TEXT = "TEXT", Colour.TEXT, Part.LITERAL
    DATE = "DATE", Colour.DATE, Part.LITERAL | Part.QUANTITY
    DECIMAL = "DECIMAL", Colour.FLOAT, Part.LITERAL | Part.QUANTITY
    PLUS_INT = "PLUS_INT", Colour.INTEGER, Part.ADDS | Part.OUTCOME
    MINUS_INT = "MINUS_INT", Colour.INTEGER, Part.LITERAL | Part.QUANTITY | Part.OUTCOME
    INT = "INT", Colour.INTEGER, Part.LITERAL | Part.QUANTITY
    NAME = "NAME", Colour.NAME, Part.IN_PATH
    COMMENT = "COMMENT", Colour.COMMENT
    SPACE = "SPACE", Colour.SPACE

    # No terminals of the grammar: the end of a text, and of what of a statement can be read.
    END = "$END", Colour.SPACE
    GAP = "$GAP", Colour.SPACE


@cache
def terminals(part: Part) -> frozenset[Terminal]:
    """The terminals that play a part, or one of several."""
    return frozenset(each for each in Terminal if each.parts & part)


SINGULAR = {Terminal(f"{one}S"): one for one in Terminal if f"{one}S" in Terminal.__members__}
"""The terminal of one, by that of many: `day` by `days`, `time` by `times`."""
