"""The ids of rules: the label in kebab case, or else the rule's number in its model."""

import unicodedata

from scoreline.compiler.folding import fold
from scoreline.dsl import nodes


def kebab(label: str) -> str:
    """The folded label, each run of other characters than letters, marks and digits one `-`, none at the ends."""
    spaced = "".join(character if _counts(character) else " " for character in fold(label))
    return "-".join(spaced.split())


def _counts(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LM" or category == "Nd"


def short_ids(model: nodes.Model) -> tuple[str, ...]:
    """The ids of a model's rules in text order, without the model's name; empty for a label without letters."""
    rules = [item for item in model.items if isinstance(item, nodes.When | nodes.ForEach)]
    return tuple(str(number) if rule.label is None else kebab(rule.label.value) for number, rule in enumerate(rules, 1))
