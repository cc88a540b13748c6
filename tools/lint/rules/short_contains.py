"""W230: a text to look for that is found inside of words that are not meant."""

from collections.abc import Iterator

from scoreline.compiler.folding import fold
from scoreline.dsl import nodes
from scoreline.dsl.messages import say
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.literals import Literal, literals, literals_of_lets
from scoreline.tools.lint.project import ProjectView

# Short titles and topics, and a frequent word in which each of them hides.
_HIDDEN = {
    "ai": "retail", "ar": "marketing", "bi": "mobile", "cio": "precious", "coo": "coordinator", "cto": "director",
    "ea": "research", "hr": "three", "intern": "international", "it": "unit", "ml": "html", "pm": "development",
    "pr": "product",
}  # fmt: skip
_LONGEST = max(map(len, _HIDDEN))
_SHORT = 2
_VOWELS = frozenset("aeiouy")


def find(project: ProjectView) -> Iterator[Finding]:
    """`contains` with one letter, with two as they stand in words (`VP` does not), or with what hides in a frequent
    word that the same list does not look for."""
    for each in (*literals(project), *literals_of_lets(project)):
        if each.whole or each.field.spec.type != "text" or len(each.text.value) > _LONGEST:
            continue
        message = _message(project, each) if each.how == "contains" or _contains(project, each.text) else None
        if message is not None:
            yield Finding(
                each.at.place,
                message,
                say(
                    'look for a longer text (`"{text} "`, `" {text}"`), or write `starts with` or `is`',
                    text=each.text.value,
                ),
            )


def _message(project: ProjectView, literal: Literal) -> str | None:
    text, shown = fold(literal.text.value), literal.text.value
    letters = text.isascii() and text.isalpha()
    hidden = _HIDDEN.get(text, "")
    if letters and len(text) == 1:
        return say("nearly every text contains `{text}`", text=shown)
    if len(text) == 1 and (text.isdigit() or text.upper() != text):
        return say("many texts contain `{text}`, which is one character", text=shown)
    if hidden:
        known = _looked_for(project, literal, hidden)
        return (
            None
            if known
            else say("`{text}` is part of `{word}` too: `contains` looks inside words", text=shown, word=hidden)
        )
    if letters and len(text) <= _SHORT and _VOWELS.intersection(text):
        return say("`{text}` is part of many words, and `contains` looks inside words", text=shown)
    return None


def _contains(project: ProjectView, text: nodes.Text) -> bool:
    matching = (each for each in project.outwards(text) if not isinstance(each, nodes.List | nodes.AnyOf | nodes.AllOf))
    around = next(matching, None)
    return isinstance(around, nodes.Match) and around.how == "contains"


def _looked_for(project: ProjectView, literal: Literal, hidden: str) -> bool:
    """Whether another item of the list is found in the frequent word too, so that the match is no accident."""
    listed = project.around(literal.text)
    if not isinstance(listed, nodes.List):
        return False
    others = (fold(item.value) for item in listed.items if isinstance(item, nodes.Text) and item is not literal.text)
    return any(other in hidden for other in others)


LINT = hint("W230", find, local=True)
