"""W246: white space at the ends of a text that is compared without it."""

from collections.abc import Iterator

from scoreline.compiler.folding import trim
from scoreline.dsl.messages import say
from scoreline.tools.lint.edits import put, safe
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.literals import literals
from scoreline.tools.lint.project import ProjectView
from scoreline.tools.lint.texts import quoted, short


def find(project: ProjectView) -> Iterator[Finding]:
    """Texts behind `is` and `in` that begin or end with white space."""
    for each in literals(project):
        text = trim(each.text.value)
        if each.whole and text != each.text.value:
            yield Finding(
                each.at.place,
                say("spaces at the ends of {text} do not count", text=short(each.at.place)),
                say("`is` and `in` ignore them, in rules and in data"),
                (safe(say("leave it out"), put(each.text, quoted(text))),),
            )


LINT = hint("W246", find, local=True)
