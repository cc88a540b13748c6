"""Fields, interactions, lets and models in a few words, as completion and hover show them."""

import math
from collections.abc import Iterator

from scoreline.compiler import checked
from scoreline.compiler.schema import FieldSpec, InteractionSpec
from scoreline.tools.lint.arithmetic import Range, of_model

_MOST_VALUES = 20


def type_of(spec: FieldSpec) -> str:
    """The type and the title of a field, on one line."""
    return spec.type if spec.title is None else f"{spec.type} · {spec.title}"


def field_text(name: str, spec: FieldSpec) -> str:
    """All that the schema says of a field, in Markdown."""
    return "\n\n".join((f"**{name}** · {type_of(spec)}", *_about(spec)))


def _about(spec: FieldSpec) -> Iterator[str]:
    if spec.values:
        yield values_text(spec)
    bounds = [f"{word} {value:g}" for word, value in (("from", spec.min), ("to", spec.max)) if value is not None]
    if bounds:
        yield " ".join(bounds)
    if spec.default is not None:
        default = {True: "yes", False: "no"}.get(spec.default) if isinstance(spec.default, bool) else spec.default
        yield f"where it is missing: `{default}`"
    if spec.required:
        yield "required: a missing value is reported"
    if spec.column is not None:
        yield f"column `{spec.column}`"
    if spec.missing:
        yield f"taken for missing: {', '.join(f'`{each}`' for each in spec.missing)}"


def values_text(spec: FieldSpec) -> str:
    """The values of a choice, with their labels."""
    lines = [f"- `{each}`{f' {spec.labels[each]}' if each in spec.labels else ''}" for each in spec.values]
    more = len(lines) - _MOST_VALUES
    return "\n".join((*lines[:_MOST_VALUES], *((f"- … and {more} more",) if more > 0 else ())))


def interaction_text(name: str, spec: InteractionSpec) -> str:
    """All that the schema says of an interaction, in Markdown."""
    head = f"**{name}** · interaction" + (f" · {spec.title}" if spec.title else "")
    properties = "\n".join(f"- `{each}` {type_of(of)}" for each, of in spec.properties.items())
    return head + (f"\n\nproperties, for `where (…)`:\n\n{properties}" if properties else "\n\nno properties")


def model_text(model: checked.Model) -> str:
    """What a model can give, in Markdown."""
    title = f" · {model.title}" if model.title else ""
    scores = f"scores from {points(of_model(model))}, by {len(model.rules)} rules"
    return "\n\n".join((f"**{model.name}** · model{title}", scores, *grades_text(model.grades)))


def grades_text(grades: tuple[tuple[str, int | None], ...]) -> Iterator[str]:
    """The grades of a model, a line each."""
    if grades:
        shown = (f"- `{name}` {'otherwise' if least is None else f'from {least}'}" for name, least in grades)
        yield "\n".join(shown)


def points(reach: Range) -> str:
    """A range of points."""
    low = "no lower bound" if math.isinf(reach.low) else f"{reach.low:.0f}"
    high = "no upper bound" if math.isinf(reach.high) else f"{reach.high:.0f}"
    return f"{low} to {high}"
