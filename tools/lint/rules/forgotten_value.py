"""W250: the one value of a choice that no rule of a model asks for."""

from collections import defaultdict
from collections.abc import Iterator

from scoreline.compiler import checked
from scoreline.compiler.folding import fold, trim
from scoreline.dsl import nodes
from scoreline.dsl.source import Place
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.literals import field_of
from scoreline.tools.lint.project import ModelView, Project

_FEWEST = 4
_REST = frozenset(("other", "others", "unknown", "none", "n/a", "rest", "sonstige", "andere", "autre", "otro", "misc"))


def find(project: Project) -> Iterator[Finding]:
    """Choices of four values or more of which a model asks for all but one."""
    for model in project.models:
        for field, (place, asked) in _asked(project, model).items():
            left = [value for value in field.spec.values if fold(value) not in asked]
            if len(field.spec.values) >= _FEWEST and len(left) == 1 and fold(left[0]) not in _REST:
                yield Finding(
                    place,
                    f"rules of `{model.made.name}` ask for every value of `{field.name}` but `{left[0]}`",
                    "if it was forgotten, add it; a rule of +0 with a label says that it gives nothing",
                )


def _asked(project: Project, model: ModelView) -> dict[checked.Field, tuple[Place, set[str]]]:
    """The values of choices that rules ask for, with the first test; not of fields that are asked in other ways."""
    found: dict[checked.Field, tuple[Place, set[str]]] = {}
    others: set[checked.Field] = set()
    values: dict[checked.Field, set[str]] = defaultdict(set)
    for rule in model.made.rules:
        for _, test in project.index.tests_in.of(rule.condition) if rule.condition is not None else ():
            field = field_of(test)
            if field is None or field.spec.type != "choice" or field.owner == "interaction" or field in others:
                continue
            texts = _texts(test)
            if texts is None:
                others.add(field)
            else:
                values[field] |= texts
                found.setdefault(field, (test.place, values[field]))
    return {field: each for field, each in found.items() if field not in others}


def _texts(test: checked.Test) -> set[str] | None:
    match test:
        case checked.Comparing(operator="is", right=nodes.Text(value=value)):
            return {fold(trim(value))}
        case checked.Among(values=values):
            return {fold(trim(each.value)) for each in values if isinstance(each, nodes.Text)}
        case _:
            return None


LINT = hint("W250", find)
