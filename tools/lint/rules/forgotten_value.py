"""W250: a value of a choice that no rule names, though rules name all others."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from scoreline.compiler import checked
from scoreline.compiler.checked_parts import conditions_of, field_of, negated_in
from scoreline.compiler.folding import fold, trim
from scoreline.compiler.schema.labels import label_of
from scoreline.dsl import nodes
from scoreline.dsl.messages import say
from scoreline.dsl.source import Place
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.project import ProjectView

_REST = frozenset(("other", "others", "unknown", "none", "n/a", "rest", "sonstige", "andere", "autre", "otro", "misc"))
_RULES = 2  # one rule alone may name what somebody is after, and nothing else


@dataclass
class _ChoiceUses:
    """The values of a choice that rules name, by model and rule, and whether the choice is tested in other ways too."""

    choice: checked.Field
    place: Place
    texts: set[str] = field(default_factory=set[str])
    by_model: dict[str, list[set[str]]] = field(default_factory=lambda: defaultdict(list))
    otherwise: bool = False

    @property
    def gone_through(self) -> bool:
        """Whether rules of one model name different values, none of them all that another rule names."""
        return any(len(_widest(rules)) >= _RULES for rules in self.by_model.values())


def find(project: ProjectView) -> Iterator[Finding]:
    """Choices whose values rules go through one by one, except for one value, or for one in six."""
    for asked in _asked(project).values():
        spec = asked.choice.spec
        left = [label_of(spec, value) for value in spec.values if fold(value) not in asked.texts]
        few = 0 < len(left) <= max(1, len(spec.values) // 6) and not _REST.issuperset(map(fold, left))
        if few and not asked.otherwise and asked.gone_through:
            yield _finding(asked, left)


def _widest(rules: list[set[str]]) -> set[frozenset[str]]:
    """The sets of values that no other one holds; no more are looked at than are needed."""
    found = set[frozenset[str]]()
    for rule in sorted(rules, key=len, reverse=True):
        if len(found) < _RULES and not any(rule <= each for each in found):
            found.add(frozenset(rule))
    return found


def _finding(asked: _ChoiceUses, left: list[str]) -> Finding:
    return Finding(
        asked.place,
        say(
            "rules ask for every value of `{field}` except {values}",
            field=asked.choice.name,
            values=", ".join(f"`{value}`" for value in left),
        ),
        say("if it was forgotten, add it; a rule with +0 and a label says that it gives nothing"),
    )


def _asked(project: ProjectView) -> dict[int, _ChoiceUses]:
    """The values that rules name of each choice, by its place in the schema."""
    found: dict[int, _ChoiceUses] = {}
    for model, condition in _conditions(project):
        here: dict[int, set[str]] = {}
        for _, test in project.index.tests_of(condition):
            choice = field_of(test)
            if choice is None or choice.spec.type != "choice" or choice.owner == "interaction":
                continue
            negated = id(test) in project.memory.negated.of(condition, negated_in)
            asked = found.get(id(choice.spec)) or found.setdefault(id(choice.spec), _ChoiceUses(choice, test.place))
            texts = None if negated else _texts(test)
            asked.otherwise |= texts is None
            here.setdefault(id(choice.spec), set()).update(texts or ())
        for key, texts in here.items():
            found[key].texts |= texts
            found[key].by_model[model].append(texts)
    return found


def _conditions(project: ProjectView) -> Iterator[tuple[str, checked.Condition]]:
    """All conditions, each with the model whose rule it is of, if it is a rule's."""
    of_rules = set[int]()
    for model, rule in project.rules:
        if rule.made.condition is not None:
            of_rules.add(id(rule.made.condition))
            yield model.made.name, rule.made.condition
    yield from (("", each) for each in conditions_of(project.statements) if id(each) not in of_rules)


@lru_cache(maxsize=10_000)
def _folded(text: str) -> str:
    return fold(trim(text))


def _texts(test: checked.Test) -> set[str] | None:
    """The values that a test names; None if it covers the others too, as `is not` does."""
    match test:
        case checked.Comparing(operator="is", right=nodes.Text(value=value)):
            return {_folded(value)}
        case checked.Among(values=values):
            return {_folded(each.value) for each in values if isinstance(each, nodes.Text)}
        case _:
            return None


LINT = hint("W250", find)
