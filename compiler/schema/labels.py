"""The labels of a choice: the names that users know for the values in the data.

Promises that a label means one value. Rules may use either. Everything behind the checker sees only values, so that no
engine knows of labels.
"""

from collections.abc import Iterator

from scoreline.compiler.folding import fold, trim
from scoreline.compiler.schema.fields import FieldSpec
from scoreline.compiler.toml.faults import Fault, did_you_mean, shown
from scoreline.compiler.toml.places import KeyPath


def spellings(spec: FieldSpec) -> dict[str, str]:
    """Every way to write a value, folded: the values themselves and their labels, each with its value."""
    values = {fold(trim(value)): trim(value) for value in spec.values}
    labels = {fold(trim(label)): values.get(fold(trim(value)), value) for value, label in spec.labels.items()}
    return labels | values


def labelled_values(spec: FieldSpec) -> tuple[str, ...]:
    """The values by the names that users know: by their labels where there are any."""
    return tuple(label_of(spec, value) for value in spec.values)


def label_of(spec: FieldSpec, value: str) -> str:
    """The name that users know for a value."""
    return spec.labels.get(value, value)


def settled_labels(spec: FieldSpec) -> dict[str, str]:
    """The labels, trimmed, by the values as the field spells them; only for a field without faults."""
    values = {fold(trim(value)): trim(value) for value in spec.values}
    return {values[fold(trim(value))]: trim(label) for value, label in spec.labels.items()}


def label_faults(path: KeyPath, spec: FieldSpec) -> Iterator[Fault]:
    """Labels that belong to no value, that are empty, or that could mean two values."""
    if not spec.labels:
        return
    if spec.type not in ("choice", "choices"):
        message = f"`labels` are for a choice, and the type is `{spec.type}`"
        yield Fault((*path, "labels"), "E314", message, 'write `type = "choice"`, or remove the labels')
        return
    values = {fold(trim(value)): value for value in spec.values}
    seen: dict[str, str] = {}
    for value, label in spec.labels.items():
        here = (*path, "labels", value)
        own, folded = fold(trim(value)), fold(trim(label))
        if own not in values:
            message = f"the label {shown(label)} is for {shown(value)}, which is not one of the values"
            yield Fault(here, "E314", message, did_you_mean(value, spec.values), key=True)
        elif not folded:
            yield Fault(
                here, "E314", f"the label of {shown(value)} is empty", "remove it, or write what people call it"
            )
        elif folded in values and folded != own:
            message = f"the label {shown(label)} of {shown(value)} is another value itself"
            yield Fault(here, "E314", message, "choose another label: a label stands for one value")
        elif seen.setdefault(folded, own) != own:
            message = f"the label {shown(label)} stands for {shown(values[seen[folded]])} and {shown(value)}"
            yield Fault(here, "E314", message, "choose another label for one of them: a label stands for one value")
