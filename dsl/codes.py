"""Every code in a line: its kebab name and what it is about. Each has a page in docs/codes."""

from typing import NamedTuple


class Code(NamedTuple):
    """The kebab name and the terse title of a code."""

    name: str
    title: str


CODES: dict[str, Code] = {
    # E1xx: the form of the text
    "E101": Code("unexpected-text", "something stands where the language has no place for it"),
    "E102": Code("unfinished-statement", "a statement ends too early"),
    "E103": Code("misplaced-statement", "a statement stands where it does not belong"),
    "E104": Code("wrong-quotes", "quotes that are not straight double quotes"),
    "E105": Code("unclosed-text", "a text is not closed on its line"),
    "E106": Code("unknown-escape", "a backslash before a character that needs none"),
    "E107": Code("foreign-operator", "an operator of another language"),
    "E108": Code("wrong-case", "a word of the language that is not in lower case"),
    "E109": Code("missing-then", "`then` is missing"),
    "E110": Code("missing-sign", "points without a sign"),
    "E111": Code("detached-sign", "a sign that does not touch its number"),
    "E112": Code("wrong-sign", "a sign that only looks like one"),
    "E113": Code("decimal-comma", "a comma as decimal sign"),
    "E114": Code("wrong-number", "a number that cannot be read"),
    "E115": Code("wrong-date", "a date that is none"),
    "E116": Code("invisible-character", "a character that cannot be seen"),
    "E117": Code("unknown-character", "a character that the language does not use"),
    "E118": Code("keyword-as-name", "a word of the language used as a name"),
    "E119": Code("too-deep", "parentheses or `not` nested too deeply"),
    "E120": Code("unreadable-file", "a file that is too large or no text"),
    "E121": Code("wrong-points", "points that are no whole number or too large"),
    "E122": Code("wrong-duration", "a length of time out of bounds"),
    "E123": Code("other-word", "a word that another language uses"),
    # E2xx: names and types
    "E201": Code("unknown-name", "a name that nothing has"),
    "E202": Code("unknown-value", "a value that a choice, a grade, a stage or a unit does not have"),
    "E203": Code("different-types", "two things that cannot be compared with each other"),
    "E204": Code("unfit-comparison", "a comparison that the type does not have"),
    "E205": Code("no-question", "a name that asks nothing"),
    "E206": Code("misplaced-window", "a window where none can stand"),
    "E207": Code("reversed-bounds", "a lower bound above the upper one"),
    "E208": Code("mixed-list", "a list with values of several types"),
    "E209": Code("empty-value", "an empty text or list"),
    "E210": Code("repeated-name", "a name that is taken"),
    "E211": Code("repeated-statement", "a statement that can stand once only"),
    "E212": Code("misplaced-property", "a property outside `where` and `distinct`, or a `distinct` without one"),
    "E213": Code("misplaced-count", "a count of interactions where none can stand"),
    "E214": Code("misplaced-score", "a score where none can stand"),
    "E215": Code("misused-let", "a `let` that is used as what it is not, or hides another name"),
    "E216": Code("broken-use", "a `use` that leads nowhere or in a circle"),
    "E217": Code("wrong-sum", "a sum of things that cannot be added"),
    "E218": Code("wrong-fact", "a `given` that gives nothing definite"),
    "E219": Code("wrong-placeholder", "braces in a task text that name no field"),
    "E220": Code("unknown-channel", "a channel that the project file does not name"),
    "E221": Code("shared-unit", "two qualifications for the same leads, or a unit without a unit field"),
    "E222": Code("wrong-cap", "an `up to` that is not above 0"),
    "E223": Code("empty-label", "a label without a letter or digit"),
    "E224": Code("too-many-tests", "a condition that grows too large once its lets are filled in"),
    "E225": Code("reserved", "something that the language keeps for later"),
    "E226": Code("misplaced-word", "`stage`, `today`, `rules` or `disqualified` where they mean nothing"),
    # E3xx: project and schema
    "E301": Code("unreadable-settings", "a project or schema file that cannot be read"),
    "E302": Code("broken-settings", "a line of a project or schema file that cannot be read"),
    "E303": Code("unknown-setting", "a setting that there is not"),
    "E304": Code("missing-setting", "a setting that has to be there"),
    "E305": Code("wrong-setting", "a setting whose value has the wrong form"),
    "E306": Code("unknown-type", "a type of field that there is not"),
    "E307": Code("reserved-name", "a word of the language as a name in the schema"),
    "E308": Code("wrong-name", "a name in the schema that rules cannot write"),
    "E309": Code("case-only-names", "two names that differ only in upper and lower case"),
    "E310": Code("ambiguous-name", "a name that could mean two things"),
    "E311": Code("unknown-entity", "a relation to something that the schema lacks"),
    "E312": Code("repeated-relation", "two relations to one entity"),
    "E313": Code("unknown-unit", "a `unit` that is no field to compare"),
    "E314": Code("wrong-choice-values", "values of a choice that are missing, empty, repeated or out of place"),
    "E315": Code("wrong-range", "a `min` or `max` that cannot hold"),
    "E316": Code("wrong-default", "a default that the field itself would refuse"),
    "E317": Code("repeated-column", "one column of the data used twice"),
    "E318": Code("missing-schema", "a schema file that is not there"),
    "E319": Code("missing-rules", "a rules file or folder that is not there"),
    "E320": Code("outside-project", "a rules path that leaves the project"),
    "E321": Code("unknown-timezone", "a time zone that there is not"),
}
