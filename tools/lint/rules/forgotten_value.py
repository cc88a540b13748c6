"""W250: a value of a choice that no rule asks for, though rules ask for all others."""

from collections.abc import Iterator

from scoreline.compiler import checked
from scoreline.compiler.folding import fold, trim
from scoreline.dsl import nodes
from scoreline.dsl.messages import say
from scoreline.dsl.source import Place
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.literals import field_of
from scoreline.tools.lint.project import Project

_REST = frozenset(("other", "others", "unknown", "none", "n/a", "rest", "sonstige", "andere", "autre", "otro", "misc"))


_TESTS = 2  # one test alone may name what somebody is after, and nothing else


def find(project: Project) -> Iterator[Finding]:
    """Choices that rules go through test by test, and of which they leave out one value, or one in six."""
    for field, tests in _asked(project).items():
        asked = set[str]().union(*tests.values())
        left = [value for value in field.spec.values if fold(value) not in asked]
        few = max(1, len(field.spec.values) // 6)
        if (
            len(tests) >= _TESTS
            and len(asked) >= _TESTS
            and 0 < len(left) <= few
            and not _REST.issuperset(map(fold, left))
        ):
            yield Finding(
                next(iter(tests)),
                say(
                    "rules ask for every value of `{field}` but {values}",
                    field=field.name,
                    values=", ".join(f"`{value}`" for value in left),
                ),
                say("if it was forgotten, add it; a rule of +0 with a label says that it gives nothing"),
            )


def _asked(project: Project) -> dict[checked.Field, dict[Place, set[str]]]:
    """The values of choices that tests ask for, by test; not of fields that are asked in other ways."""
    found: dict[int, tuple[checked.Field, dict[Place, set[str]]]] = {}
    others: set[int] = set()
    for at, _, test in project.tested:
        field = field_of(test)
        if test is None or field is None or field.spec.type != "choice" or field.owner == "interaction":
            continue
        texts = _texts(test)
        if texts is None:
            others.add(id(field.spec))
        else:
            found.setdefault(id(field.spec), (field, {}))[1].setdefault(at.place, set()).update(texts)
    return {field: tests for key, (field, tests) in found.items() if key not in others}


def _texts(test: checked.Test) -> set[str] | None:
    match test:
        case checked.Comparing(operator="is", right=nodes.Text(value=value)):
            return {fold(trim(value))}
        case checked.Among(values=values):
            return {fold(trim(each.value)) for each in values if isinstance(each, nodes.Text)}
        case _:
            return None


LINT = hint("W250", find)
