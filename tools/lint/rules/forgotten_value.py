"""W250: a value of a choice that no rule asks for, though rules ask for all others."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from scoreline.compiler import checked
from scoreline.compiler.folding import fold, trim
from scoreline.dsl import nodes
from scoreline.dsl.messages import say
from scoreline.dsl.source import Place
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.literals import field_of
from scoreline.tools.lint.project import Project
from scoreline.tools.lint.resolved import conditions_of

_REST = frozenset(("other", "others", "unknown", "none", "n/a", "rest", "sonstige", "andere", "autre", "otro", "misc"))
_RULES = 2  # one rule alone may name what somebody is after, and nothing else


@dataclass
class _Asked:
    """The values of a choice that are asked for, in how many rules, and whether it is asked in other ways too."""

    choice: checked.Field
    place: Place
    texts: set[str] = field(default_factory=set[str])
    rules: int = 0
    otherwise: bool = False


def find(project: Project) -> Iterator[Finding]:
    """Choices that rules go through one by one, and of which they leave out one value, or one in six."""
    for asked in _asked(project).values():
        values = asked.choice.spec.values
        left = [value for value in values if fold(value) not in asked.texts]
        few = 0 < len(left) <= max(1, len(values) // 6) and not _REST.issuperset(map(fold, left))
        if few and asked.rules >= _RULES <= len(asked.texts) and not asked.otherwise:
            yield _finding(asked, left)


def _finding(asked: _Asked, left: list[str]) -> Finding:
    return Finding(
        asked.place,
        say(
            "rules ask for every value of `{field}` but {values}",
            field=asked.choice.name,
            values=", ".join(f"`{value}`" for value in left),
        ),
        say("if it was forgotten, add it; a rule of +0 with a label says that it gives nothing"),
    )


def _asked(project: Project) -> dict[int, _Asked]:
    """What is asked of each choice, by its place in the schema."""
    found: dict[int, _Asked] = {}
    for condition, is_rule in _conditions(project):
        fields = set[int]()
        for _, test in project.index.tests_in.of(condition):
            choice = field_of(test)
            if choice is None or choice.spec.type != "choice" or choice.owner == "interaction":
                continue
            asked = found.setdefault(id(choice.spec), _Asked(choice, test.place))
            texts = _texts(test)
            asked.texts |= texts or set()
            asked.otherwise |= texts is None
            fields.add(id(choice.spec))
        for each in fields if is_rule else ():
            found[each].rules += 1
    return found


def _conditions(project: Project) -> Iterator[tuple[checked.Condition, bool]]:
    """All conditions, each with whether it is a rule's."""
    rules = [rule.made.condition for model in project.models for rule in model.rules]
    yield from ((condition, True) for condition in rules if condition is not None)
    of_rules = set(map(id, rules))
    yield from ((each, False) for each in conditions_of(project.statements) if id(each) not in of_rules)


def _texts(test: checked.Test) -> set[str] | None:
    match test:
        case checked.Comparing(operator="is", right=nodes.Text(value=value)):
            return {fold(trim(value))}
        case checked.Among(values=values):
            return {fold(trim(each.value)) for each in values if isinstance(each, nodes.Text)}
        case _:
            return None


LINT = hint("W250", find)
