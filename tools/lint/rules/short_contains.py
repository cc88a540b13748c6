"""W230: a text to look for that is found inside of words that are not meant."""

from collections.abc import Iterator

from scoreline.compiler.folding import fold
from scoreline.dsl import nodes
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.literals import Literal, literals
from scoreline.tools.lint.project import Project

# Short titles and topics, and a frequent word in which each of them hides.
_HIDDEN = {
    "ai": "retail", "ar": "marketing", "bi": "mobile", "cio": "precious", "coo": "coordinator", "cto": "director",
    "ea": "research", "hr": "three", "intern": "international", "it": "unit", "ml": "html", "pm": "development",
    "pr": "product",
}  # fmt: skip


def find(project: Project) -> Iterator[Finding]:
    """`contains` with a single letter, or with what hides in a frequent word that the same list does not look for."""
    for each in literals(project):
        if each.whole or each.field.spec.type != "text" or not _contains(project, each.text):
            continue
        text = fold(each.text.value)
        hidden = _HIDDEN.get(text, "")
        if len(text) == 1 and text.isascii() and text.isalpha():
            message = f"nearly every text contains `{each.text.value}`"
        elif hidden and text in hidden and not _looked_for(project, each, hidden):
            message = f"`{each.text.value}` is in `{hidden}` too: `contains` looks inside of words"
        else:
            continue
        yield Finding(
            each.at.place,
            message,
            f'look for more of it (`"{each.text.value} "`, `" {each.text.value}"`), or say `starts with` or `is`',
        )


def _contains(project: Project, text: nodes.Text) -> bool:
    around = project.around(text)
    while isinstance(around, nodes.List | nodes.AnyOf | nodes.AllOf):
        around = project.around(around)
    return isinstance(around, nodes.Match) and around.how == "contains"


def _looked_for(project: Project, literal: Literal, hidden: str) -> bool:
    """Whether another item of its list fits the frequent word as well, so that nothing is found by accident."""
    listed = project.around(literal.text)
    if not isinstance(listed, nodes.List):
        return False
    others = (fold(item.value) for item in listed.items if isinstance(item, nodes.Text) and item is not literal.text)
    return any(other in hidden for other in others)


LINT = hint("W230", find, local=True)
