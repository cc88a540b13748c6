"""W245: the value of a choice, spelled with other capitals than in the schema."""

from collections.abc import Iterator

from scoreline.compiler.folding import fold, trim
from scoreline.dsl.messages import say
from scoreline.tools.lint.edits import put, safe
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.literals import literals
from scoreline.tools.lint.project import ProjectView
from scoreline.tools.lint.texts import quoted


def find(project: ProjectView) -> Iterator[Finding]:
    """Values of choices that differ from the schema's own in upper and lower case."""
    for each in literals(project):
        spec = each.field.spec
        text = trim(each.text.value)
        known = (*spec.values, *spec.labels.values())
        if spec.type not in ("choice", "choices") or text in known:
            continue
        right = next((value for value in known if fold(value) == fold(text)), None)
        if right is not None:
            yield Finding(
                each.at.place,
                say("`{text}` is written `{value}` in the schema", text=text, value=right),
                say("both mean the same: write it as the schema does"),
                (safe(say("write `{text}`", text=right), put(each.text, quoted(right))),),
            )


LINT = hint("W245", find, local=True)
