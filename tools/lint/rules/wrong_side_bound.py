"""W221: an `at most` over rules that only take points, an `at least` over rules that only give some."""

from collections.abc import Iterator

from scoreline.dsl.messages import code, say
from scoreline.tools.lint.arithmetic import inside_group, wrong_side
from scoreline.tools.lint.edits import offer, put
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import ProjectView


def find(project: ProjectView) -> Iterator[Finding]:
    """Bounds on the side on which a group never is."""
    for model in project.models:
        for group in model.groups:
            points = inside_group(group.made, (rule.made for rule in group.rules), project.schema)
            for bound in group.node.bounds:
                if not wrong_side(group.node, bound, points):
                    continue
                value = bound.value.value
                most = bound.side == "most"
                text = code("at least {bound}", bound=-value) if most else code("at most {bound}", bound=-value)
                yield Finding(
                    model.at(bound),
                    *_words(value, text, most=most),
                    (offer(say("write `{text}`", text=text), put(bound, text)),),
                )


def _words(bound: int, text: str, *, most: bool) -> tuple[str, str]:
    if most:
        return (
            say("`at most {bound}` limits nothing: the rules of this group only take points", bound=bound),
            say("to limit how many points they take, write `{text}`", text=text),
        )
    return (
        say("`at least {bound}` limits nothing: the rules of this group only give points", bound=bound),
        say("to limit how many points they give, write `{text}`", text=text),
    )


LINT = warning("W221", find)
