"""W221: an `at most` over rules that only take points, an `at least` over rules that only give some."""

from collections.abc import Iterator

from scoreline.tools.lint.arithmetic import inside_group
from scoreline.tools.lint.edits import offer, put
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import Project
from scoreline.tools.lint.wrong_sides import wrong_side


def find(project: Project) -> Iterator[Finding]:
    """Bounds on the side on which a group never is."""
    for model in project.models:
        made = iter(model.made.groups)
        for group, rules in model.groups:
            points = inside_group(next(made), (rule.made for rule in rules))
            for bound in group.bounds:
                if not wrong_side(group, bound, points):
                    continue
                value = bound.value.value
                most = bound.side == "most"
                text = f"at least {-value}" if most else f"at most {-value}"
                yield Finding(
                    model.at(bound),
                    f"`at {bound.side} {value}` bounds nothing: the rules of this group only "
                    + ("take points" if most else "give points"),
                    f"to bound how many they {'take' if most else 'give'} write `{text}`",
                    (),
                    (offer(f"write `{text}`", put(bound, text)),),
                )


LINT = warning("W221", find)
