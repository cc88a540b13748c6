"""What each word of the language means, in a line: for hover, and beside what completion proposes."""

from scoreline.dsl.hints import FORMS

_MEANINGS = {
    "USE": "brings in the lets of another file",
    "LET": "gives a list or a condition a name",
    "MODEL": "a scoring model: its rules give points, their sum is the score",
    "INCLUDE": "the interactions of the contact count together with the lead's",
    "SCORE": "bounds of the model's score",
    "GROUP": "a heading: the rules below belong to it, and may be capped together",
    "WHEN": "a rule: points when the condition holds",
    "FOR": "`for each`: points for every matching interaction; `for lead`, `for unit`: whom it is about",
    "EACH": "every matching interaction counts",
    "GRADE": "a name for the scores from a threshold on",
    "QUALIFICATION": "stages that a lead goes through, told from the scores of models",
    "STAGE": "a stage: a lead reaches the last one whose `when` holds",
    "EXAMPLE": "a story that is run as a test",
    "GIVEN": "what is so in an example; what is not given is missing",
    "EXPECT": "what must come out of an example",
    "THEN": "what follows: points in a rule, an action in a stage",
    "AS": "a label for the rule, from which its id is made",
    "UNTIL": "when a stage that was reached ends",
    "AND": "both must hold; binds more tightly than `or`",
    "OR": "one of them must hold",
    "NOT": "turns a test round; on a missing value it is still unknown",
    "NO": "none at all: `no website.visited within 90 days`; as a value, the opposite of `yes`",
    "YES": "a yes/no field that holds",
    "IS": "equal; texts and choices ignore case",
    "KNOWN": "there is a value",
    "UNKNOWN": "there is no value",
    "IN": "is one of a list",
    "BETWEEN": "from the first to the second, both included",
    "CONTAINS": "has the text somewhere in it; of choices: has the value",
    "STARTS": "begins with the text",
    "ENDS": "ends with the text",
    "ANY": "at least one of the list",
    "ALL": "every one of the list",
    "WHERE": "only interactions (or leads) for which this holds",
    "WITHIN": "a window back from now: (now − length, now]; `within the next` looks ahead",
    "SINCE": "from that day's midnight on",
    "MORE": "`more than 30 days ago`: that long ago or longer",
    "AGO": "so long before the day of the example, or of the scoring",
    "DISTINCT": "counts different values of a property, not interactions",
    "DISQUALIFY": "rules the lead out: the score stays, no stage is reached",
    "DISQUALIFIED": "in an example: whether the lead is ruled out",
    "UP": "`up to 45`: the most that this rule gives",
    "HALVING": "points lose half for every such length of age, in whole points",
    "FADING": "points fade in ten steps to nothing over the length",
    "BEST": "`best only`: the highest rule that fired counts, the others don't",
    "AT": "`at most`, `at least`: bounds of the group's sum",
    "OTHERWISE": "the grade of all other scores",
    "FROM": "the least score of the grade",
    "UNIT": "the business unit of a qualification",
    "CREATE": "makes a task when the stage is entered",
    "NOTIFY": "sends a message to a channel when the stage is entered",
    "SET": "sets a field when the stage is entered",
    "DUE": "when the task is due",
    "TODAY": "the day of an example",
    "RULES": "in an example: the rules of a model that fired",
    "TIMES": "how often it happened",
}


def meaning_of(terminal: str) -> str | None:
    """What a word means, and the form of the statement that it begins, if it begins one."""
    meaning = _MEANINGS.get(terminal)
    form = FORMS.get(terminal)
    return meaning if form is None or meaning is None else f"{meaning}\n\n{form}"
