"""W244: one text that rules write in several ways, with capitals here and without there."""

from collections.abc import Iterator

from scoreline.compiler.folding import fold, trim
from scoreline.dsl.diagnostics import Label
from scoreline.dsl.messages import say
from scoreline.tools.lint.edits import put, safe
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.literals import Literal, text_literals
from scoreline.tools.lint.project import ProjectView
from scoreline.tools.lint.texts import quoted


def find(project: ProjectView) -> Iterator[Finding]:
    """Texts that a field is compared with and that were written another way before."""
    first: dict[tuple[str, str, str], Literal] = {}
    for each in text_literals(project):
        if not each.whole:
            continue
        text = trim(each.text.value)
        earlier = first.setdefault((each.field.owner, each.field.name, fold(text)), each)
        before = trim(earlier.text.value)
        if before != text and project.around(each.text) is not project.around(earlier.text):
            yield Finding(
                each.at.place,
                say("`{text}` is written `{before}` elsewhere", text=text, before=before),
                say("both mean the same: write it the same way everywhere, so that a search finds it"),
                labels=(Label(earlier.at.place, say("here")),),
                fixes=(safe(say("write `{text}`", text=before), put(each.text, quoted(before))),),
            )


LINT = hint("W244", find)
