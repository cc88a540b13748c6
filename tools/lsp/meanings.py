"""What each word of the language means, in a line: for hover, and beside what completion proposes."""

from collections.abc import Iterator

from scoreline.dsl.hints import FORMS
from scoreline.dsl.messages import say

_MEANINGS = {
    "USE": say("brings in the lets of another file"),
    "LET": say("gives a list or a condition a name"),
    "MODEL": say("a scoring model: its rules give points, their sum is the score"),
    "INCLUDE": say("the interactions of the contact count together with the lead's"),
    "SCORE": say("bounds of the model's score"),
    "GROUP": say("a heading: the rules below belong to it, and may be capped together"),
    "WHEN": say("a rule: points when the condition holds"),
    "FOR": say("`for each`: points for every matching interaction; `for lead`, `for unit`: whom it is about"),
    "EACH": say("every matching interaction counts"),
    "GRADE": say("a name for the scores from a threshold on"),
    "QUALIFICATION": say("stages that a lead goes through, told from the scores of models"),
    "STAGE": say("a stage: a lead reaches the last one whose `when` holds"),
    "EXAMPLE": say("a story that is run as a test"),
    "GIVEN": say("what is so in an example; what is not given is missing"),
    "EXPECT": say("what must come out of an example"),
    "THEN": say("what follows: points in a rule, an action in a stage"),
    "AS": say("a label for the rule, from which its id is made"),
    "UNTIL": say("when a stage that was reached ends"),
    "AND": say("both must hold; binds more tightly than `or`"),
    "OR": say("one of them must hold"),
    "NOT": say("turns a test round; on a missing value it is still unknown"),
    "NO": say("none at all: `no website.visited within 90 days`; as a value, the opposite of `yes`"),
    "YES": say("a yes/no field that holds"),
    "IS": say("equal; texts and choices ignore case"),
    "KNOWN": say("there is a value"),
    "UNKNOWN": say("there is no value"),
    "IN": say("is one of a list"),
    "BETWEEN": say("from the first to the second, both included"),
    "CONTAINS": say("has the text somewhere in it; of choices: has the value"),
    "STARTS": say("begins with the text"),
    "ENDS": say("ends with the text"),
    "ANY": say("at least one of the list"),
    "ALL": say("every one of the list"),
    "WHERE": say("only interactions (or leads) for which this holds"),
    "WITHIN": say("a window back from now: (now − length, now]; `within the next` looks ahead"),
    "SINCE": say("from that day's midnight on"),
    "MORE": say("`more than 30 days ago`: that long ago or longer"),
    "AGO": say("so long before the day of the example, or of the scoring"),
    "DISTINCT": say("counts different values of a property, not interactions"),
    "DISQUALIFY": say("rules the lead out: the score stays, no stage is reached"),
    "DISQUALIFIED": say("in an example: whether the lead is ruled out"),
    "UP": say("`up to 45`: the most that this rule gives"),
    "HALVING": say("points lose half for every such length of age, in whole points"),
    "FADING": say("points fade in ten steps to nothing over the length"),
    "BEST": say("`best only`: the highest rule that fired counts, the others don't"),
    "AT": say("`at most`, `at least`: bounds of the group's sum"),
    "OTHERWISE": say("the grade of all other scores"),
    "FROM": say("the least score of the grade"),
    "UNIT": say("the business unit of a qualification"),
    "CREATE": say("makes a task when the stage is entered"),
    "NOTIFY": say("sends a message to a channel when the stage is entered"),
    "SET": say("sets a field when the stage is entered"),
    "DUE": say("when the task is due"),
    "TODAY": say("the day of an example"),
    "RULES": say("in an example: the rules of a model that fired"),
    "TIMES": say("how often it happened"),
}


def meanings_of(terminal: str) -> Iterator[str]:
    """What a word means, and the form of the statement that it begins, if it begins one."""
    if terminal in _MEANINGS:
        yield _MEANINGS[terminal]
        if terminal in FORMS:
            yield FORMS[terminal]
