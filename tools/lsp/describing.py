"""Fields, interactions and models in a few words, as completion and hover show them: paragraphs of Markdown.

The texts are English until `document_view.py` says them in the language of a document; names, titles and the types of
fields stay as the schema has them.
"""

import math
from collections.abc import Iterator

from scoreline.compiler import checked
from scoreline.compiler.schema import FieldSpec, InteractionSpec
from scoreline.dsl.hints import FORMS
from scoreline.dsl.messages import code, say
from scoreline.grammar.lexicon import Terminal
from scoreline.grammar.vocabulary import meaning
from scoreline.tools.lint.arithmetic import Range, of_model

_MOST_VALUES = 20


def word_text(terminal: Terminal, language: str) -> Iterator[str]:
    """What a word of the language means, and the form of the statement that it begins, if it begins one."""
    if terminal.meaning:
        yield meaning(terminal, language)
    if terminal in FORMS:
        yield FORMS[terminal]


def type_of(spec: FieldSpec) -> str:
    """The type and the title of a field, on one line."""
    return spec.type if spec.title is None else f"{spec.type} · {spec.title}"


def field_text(name: str, spec: FieldSpec) -> Iterator[str]:
    """All that the schema says of a field."""
    yield f"**{name}** · {type_of(spec)}"
    if spec.values:
        yield from _values(spec)
    if spec.min is not None and spec.max is not None:
        yield say("from {least:.15g} to {most:.15g}", least=spec.min, most=spec.max)
    elif spec.min is not None:
        yield say("from {least:.15g}", least=spec.min)
    elif spec.max is not None:
        yield say("to {most:.15g}", most=spec.max)
    if spec.default is not None:
        default = code("yes" if spec.default else "no") if isinstance(spec.default, bool) else spec.default
        yield say("if it is missing: `{default}`", default=default)
    if spec.required:
        yield say("required: a missing value is reported")
    if spec.column is not None:
        yield say("column `{column}`", column=spec.column)
    if spec.missing:
        yield say("counts as missing: {texts}", texts=", ".join(f"`{each}`" for each in spec.missing))


def _values(spec: FieldSpec) -> Iterator[str]:
    """The values of a choice, with their labels."""
    lines = [f"- `{each}`{f' {spec.labels[each]}' if each in spec.labels else ''}" for each in spec.values]
    yield "\n".join(lines[:_MOST_VALUES])
    if len(lines) > _MOST_VALUES:
        yield say("… and {count} more", count=len(lines) - _MOST_VALUES)


def interaction_text(name: str, spec: InteractionSpec) -> Iterator[str]:
    """All that the schema says of an interaction."""
    yield say("**{name}** · interaction", name=name)
    if spec.title:
        yield spec.title
    if spec.properties:
        yield say("properties, for `where (…)`:")
        yield "\n".join(f"- `{each}` {type_of(of)}" for each, of in spec.properties.items())
    else:
        yield say("no properties")


def model_text(model: checked.Model) -> Iterator[str]:
    """What a model can give."""
    yield say("**{name}** · model", name=model.name)
    if model.title:
        yield model.title
    low, high = points(of_model(model))
    if len(model.rules) == 1:
        yield say("scores from {low} to {high}, by one rule", low=low, high=high)
    else:
        yield say("scores from {low} to {high}, by {count} rules", low=low, high=high, count=len(model.rules))
    if model.grades:
        yield "\n".join(f"- `{name}` {'…' if least is None else f'≥ {least}'}" for name, least in model.grades)


def points(reach: Range) -> tuple[str, str]:
    """A range of points, either end in words."""
    low = say("no lower bound") if math.isinf(reach.low) else f"{reach.low:.0f}"
    high = say("no upper bound") if math.isinf(reach.high) else f"{reach.high:.0f}"
    return low, high
