"""Whether the parts of one field go together: its values, its range, its default.

Promises every fault of a field, and for a field without faults its settled form: values trimmed, a default in the
schema's own spelling.
"""

import datetime
import math
from collections.abc import Iterator

from scoreline.compiler.folding import fold, trim
from scoreline.compiler.schema.fields import Default, FieldSpec
from scoreline.compiler.schema.labels import label_faults, labelled_values, settled_labels, spellings
from scoreline.compiler.toml.faults import Fault, did_you_mean, shown
from scoreline.compiler.toml.places import KeyPath

_EXAMPLES = {
    "text": 'a text in quotes: `default = "none"`',
    "number": "a number without quotes: `default = 0`",
    "yes/no": "`true` or `false`, without quotes",
    "date": "a day without quotes: `default = 2026-01-31`",
    "datetime": "a day and a time without quotes: `default = 2026-01-31T12:00:00Z`",
    "choice": "one of its values, in quotes",
    "choices": 'a list of its values: `default = ["AI"]`',
}


def field_faults(path: KeyPath, spec: FieldSpec) -> Iterator[Fault]:
    """Everything that is wrong within a field that stands at `path`."""
    yield from _value_faults(path, spec)
    yield from label_faults(path, spec)
    yield from _range_faults(path, spec)
    yield from _default_faults(path, spec)
    if spec.column is not None and not trim(spec.column):
        yield Fault((*path, "column"), "E305", "`column` is empty", "write the name of the column as it is in the data")


def settled(spec: FieldSpec) -> FieldSpec:
    """A field without faults, its values trimmed and its default as the schema spells it."""
    values = tuple(trim(value) for value in spec.values)
    default = _settled_default(spec.default, spellings(spec), spec)
    return spec.model_copy(update={"values": values, "labels": settled_labels(spec), "default": default})


def _settled_default(default: Default | None, spelling: dict[str, str], spec: FieldSpec) -> Default | None:
    match default:
        case str():
            return spelling[fold(trim(default))] if spec.type == "choice" else trim(default)
        case tuple():
            chosen = {spelling[fold(trim(item))] for item in default}
            return tuple(value for value in map(trim, spec.values) if value in chosen)
        case _:
            return default


def _value_faults(path: KeyPath, spec: FieldSpec) -> Iterator[Fault]:
    if spec.type not in ("choice", "choices"):
        if spec.values:
            message = f"`values` are for a choice, and the type is `{spec.type}`"
            yield Fault((*path, "values"), "E314", message, 'write `type = "choice"`, or remove the values')
        return
    if not spec.values:
        help_ = f'write `{{ type = "{spec.type}", values = ["Software", "Finance"] }}`'
        yield Fault(path, "E314", f"the type `{spec.type}` needs `values`", help_)
    seen: dict[str, str] = {}
    for number, value in enumerate(spec.values):
        here = (*path, "values", number)
        folded = fold(trim(value))
        if not folded:
            yield Fault(here, "E314", "one of the values is empty", "remove it: an empty text is a missing value")
        elif folded in seen:
            message = f"the values {shown(seen[folded])} and {shown(value)} are the same"
            yield Fault(here, "E314", message, "remove one of them: upper and lower case make no difference")
        seen.setdefault(folded, value)


def _range_faults(path: KeyPath, spec: FieldSpec) -> Iterator[Fault]:
    if spec.type != "number":
        for key in ("min", "max"):
            if getattr(spec, key) is not None:
                message = f"`{key}` is for a number, and the type is `{spec.type}`"
                yield Fault((*path, key), "E315", message, f"remove `{key}`", key=True)
    elif spec.min is not None and spec.max is not None and spec.min > spec.max:
        message = f"`min` {spec.min:.15g} is above `max` {spec.max:.15g}"
        yield Fault((*path, "min"), "E315", message, "swap them")


def _default_faults(path: KeyPath, spec: FieldSpec) -> Iterator[Fault]:
    default = spec.default
    here = (*path, "default")
    if default is None:
        return
    if not _has_type(spec.type, default):
        message = f"the default {shown(default)} does not fit the type `{spec.type}`"
        yield Fault(here, "E316", message, f"write {_EXAMPLES[spec.type]}")
    elif isinstance(default, str | tuple):
        yield from _word_faults(here, spec, (default,) if isinstance(default, str) else default)
    elif spec.type == "number" and isinstance(default, float):
        yield from _number_faults(here, spec, default)


def _has_type(kind: str, default: Default) -> bool:
    match default:
        case bool():
            return kind == "yes/no"
        case int() | float():
            return kind == "number"
        case str():
            return kind in ("text", "choice")
        case tuple():
            return kind == "choices"
        case datetime.datetime():
            return kind == "datetime"
        case datetime.date():
            return kind in ("date", "datetime")


def _word_faults(here: KeyPath, spec: FieldSpec, words: tuple[str, ...]) -> Iterator[Fault]:
    known = spellings(spec)
    for word in words:
        if not trim(word):
            yield Fault(here, "E316", "the default is empty", "remove it: an empty text is a missing value")
        elif spec.values and spec.type != "text" and fold(trim(word)) not in known:
            message = f"the default {shown(word)} is not one of the values"
            yield Fault(here, "E316", message, did_you_mean(word, labelled_values(spec)))
    if not words:
        yield Fault(here, "E316", "the default is empty", "remove it: a field without a value is missing")


def _number_faults(here: KeyPath, spec: FieldSpec, default: float) -> Iterator[Fault]:
    if not math.isfinite(default):
        yield Fault(here, "E316", "the default is not a finite number", "write a number, such as `0`")
    elif spec.min is not None and default < spec.min:
        yield Fault(
            here, "E316", f"the default {default:.15g} is below `min` {spec.min:.15g}", "write a number in the range"
        )
    elif spec.max is not None and default > spec.max:
        yield Fault(
            here, "E316", f"the default {default:.15g} is above `max` {spec.max:.15g}", "write a number in the range"
        )
