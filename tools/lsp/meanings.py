"""What each word of the language means, in a line: for hover, and beside what completion proposes."""

from collections.abc import Iterator

from scoreline.dsl.hints import FORMS
from scoreline.dsl.messages import say

_MEANINGS = {
    "USE": say("brings in the lets of another file"),
    "LET": say("gives a list or a condition a name"),
    "MODEL": say("a scoring model: its rules give points, their sum is the score"),
    "INCLUDE": say("the interactions of the contact count together with the lead's"),
    "SCORE": say("the limits of the model's score"),
    "GROUP": say("a heading: the rules below belong to it, and their points can be limited together"),
    "WHEN": say("a rule: points when the condition holds"),
    "FOR": say("`for each`: points for every matching interaction; `for lead`, `for unit`: the leads that it is for"),
    "EACH": say("every matching interaction counts"),
    "GRADE": say("a name for all scores from a threshold up"),
    "QUALIFICATION": say("the stages that a lead goes through, based on the scores of models"),
    "STAGE": say("a stage: a lead reaches the last one whose `when` holds"),
    "EXAMPLE": say("a lead and its expected results, run as a test"),
    "GIVEN": say("a fact of an example; everything that is not given is missing"),
    "EXPECT": say("a result that an example must have"),
    "THEN": say("the result: points in a rule, an action in a stage"),
    "AS": say("a label for the rule; its id is made from it"),
    "UNTIL": say("when a stage that was reached ends"),
    "AND": say("both must hold; binds more tightly than `or`"),
    "OR": say("one of them must hold"),
    "NOT": say("reverses a test; when a value is missing, the result is still unknown"),
    "NO": say("none at all: `no website.visited within 90 days`; as a value, the opposite of `yes`"),
    "YES": say("a yes/no field that holds"),
    "IS": say("equal; texts and choices ignore case"),
    "KNOWN": say("there is a value"),
    "UNKNOWN": say("there is no value"),
    "IN": say("is one of a list"),
    "BETWEEN": say("from the first to the second, both included"),
    "CONTAINS": say("the text is somewhere in it; for choices: the value is one of them"),
    "STARTS": say("begins with the text"),
    "ENDS": say("ends with the text"),
    "ANY": say("at least one value of the list"),
    "ALL": say("every value of the list"),
    "WHERE": say("only interactions (or leads) for which this holds"),
    "WITHIN": say("a window that ends now, as in `within 30 days`; `within the next` looks ahead"),
    "SINCE": say("from that day's midnight on"),
    "MORE": say("`more than 30 days ago`: that long ago or longer"),
    "AGO": say("how long before the time of the example, or of the scoring"),
    "DISTINCT": say("counts different values of a property, not interactions"),
    "DISQUALIFY": say("rules the lead out: the score stays, no stage is reached"),
    "DISQUALIFIED": say("in an example: whether the lead is ruled out"),
    "UP": say("`up to 45`: the most that this rule gives"),
    "HALVING": say("the points are halved every time this length of time has passed, and rounded to whole points"),
    "FADING": say("the points go down to nothing in ten steps over this length of time"),
    "BEST": say("`best only`: only the rule with the most points counts"),
    "AT": say("`at most`, `at least`: the limits of the group's points"),
    "OTHERWISE": say("the grade of all other scores"),
    "FROM": say("the lowest score of the grade"),
    "UNIT": say("the business unit of a qualification"),
    "CREATE": say("creates a task when the stage is entered"),
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
