"""Mistakes in names: unknown, taken, out of place."""

from collections.abc import Iterable

from scoreline.compiler.nearest import listed, nearest
from scoreline.dsl.diagnostics import Diagnostic, Fix, Label, guess, replacement
from scoreline.dsl.source import Place

# What people write for yes, no and unknown.
_MEANT = {
    "yes": "yes", "no": "no", "true": "yes", "false": "no", "known": "known", "unknown": "unknown",
    "null": "unknown", "nothing": "unknown", "empty": "unknown", "blank": "unknown", "missing": "unknown",
}  # fmt: skip


def _meant(place: Place, text: str, word: str) -> Diagnostic:
    """A word for yes, no or unknown that is not written so."""
    fixes = (replacement(f"write `{word}`", place.span, word),)
    if text.lower() == word:
        message = f"`{text}` is written `{word}`: the words of the language are in lower case"
        return Diagnostic("E108", message, place, fixes=fixes)
    return Diagnostic("E123", f"`{text}` is written `{word}`", place, fixes=fixes)


def unknown(place: Place, name: str, known: Iterable[str], *, among: str, text: str | None = None) -> Diagnostic:
    """A name that nothing has. `among` says where it was looked for; `text` is a text that may have been meant."""
    near = nearest(name, known)
    fixes: tuple[Fix, ...] = ()
    if text is not None and text.lower() in _MEANT:
        return _meant(place, text, _MEANT[text.lower()])
    if text is not None:
        help = f'a text stands in double quotes: write `"{text}"`'
        fixes = (replacement(f'write `"{text}"`', place.span, f'"{text}"'),)
    elif near is not None:
        help = f"did you mean `{near}`?"
        fixes = (guess(f"write `{near}`", place.span, near),)
    else:
        help = "the schema tells which names there are: `scoreline schema show`"
    return Diagnostic("E201", f"unknown name `{name}`: {among}", place, help=help, fixes=fixes)


def unknown_property(place: Place, name: str, interaction: str, known: Iterable[str]) -> Diagnostic:
    """A name inside `where (…)` that the interaction does not have."""
    known = tuple(known)
    near = nearest(name, known)
    has = f"it has {listed(known)}" if known else "it has none"
    fixes = (guess(f"write `{near}`", place.span, near),) if near else ()
    help = f"did you mean `{near}`?" if near else f"inside `where` stand properties of the interaction only; {has}"
    return Diagnostic("E201", f"`{interaction}` has no property `{name}`", place, help=help, fixes=fixes)


def unknown_value(place: Place, value: str, what: str, known: Iterable[str]) -> Diagnostic:
    """A text that is none of the values there are; `what` says of what."""
    known = tuple(known)
    near = nearest(value, known)
    fixes = (guess(f'write `"{near}"`', place.span, f'"{near}"'),) if near else ()
    quoted = [f'"{each}"' for each in known]
    help = f'did you mean `"{near}"`?' if near else f"there are {listed(quoted)}" if known else "there are none"
    return Diagnostic("E202", f'{what} has no value `"{value}"`', place, help=help, fixes=fixes)


def other_values(place: Place, target: str, source: str) -> Diagnostic:
    """A choice that is set to another one, whose values it does not all have."""
    message = f"`{source}` can have values that `{target}` does not have"
    return Diagnostic("E202", message, place, help=f"set it to one of the values of `{target}`")


def taken(place: Place, what: str, name: str, first: Place) -> Diagnostic:
    """A name that something else of the same kind has already."""
    message = f"there is already {what} `{name}`"
    return Diagnostic("E210", message, place, help="give one of them another name", labels=(Label(first, "the first"),))


def differ_in_case(place: Place, what: str, name: str, other: str, first: Place) -> Diagnostic:
    """Two names that only differ in capital letters."""
    message = f"`{name}` and {what} `{other}` differ only in capital letters"
    return Diagnostic("E210", message, place, help="give one of them another name", labels=(Label(first, "the first"),))


def same_rule_id(place: Place, id_: str, first: Place) -> Diagnostic:
    """Two rules of a model with one id."""
    message = f"two rules of this model have the id `{id_}`"
    help = "a rule's id is made of its label, or else its number: give one of them another label"
    return Diagnostic("E210", message, place, help=help, labels=(Label(first, "the first"),))


def empty_label(place: Place, label: str) -> Diagnostic:
    """A label that leaves nothing for an id."""
    return Diagnostic(
        "E223", f'the label `"{label}"` holds no letter and no digit', place, help="a label names its rule"
    )


def repeated(place: Place, what: str, first: Place) -> Diagnostic:
    """A statement that can stand once only."""
    return Diagnostic("E211", f"{what} stands here twice", place, help="keep one", labels=(Label(first, "the first"),))


def let_hides(place: Place, name: str, what: str) -> Diagnostic:
    """A let with the name of something else."""
    return Diagnostic("E215", f"the let `{name}` hides {what} of that name", place, help="give the let another name")


def let_circle(place: Place, way: tuple[str, ...]) -> Diagnostic:
    """Lets that are made of each other."""
    message = "these lets are made of each other: " + " → ".join(f"`{name}`" for name in way)
    return Diagnostic("E215", message, place, help="one of them must do without the others")


def let_of_several(place: Place, name: str, first: Place) -> Diagnostic:
    """Two lets of one name that one file sees."""
    message = f"this file sees two lets `{name}`"
    return Diagnostic("E210", message, place, help="give one of them another name", labels=(Label(first, "the other"),))


def score_in_model(place: Place, name: str) -> Diagnostic:
    """A model's score or grade inside a model."""
    message = f"`{name}` is a model: no model sees another's score"
    return Diagnostic("E214", message, place, help="compare scores in a `qualification`")


def misplaced_word(place: Place, word: str, where: str) -> Diagnostic:
    """`stage`, `today`, `disqualified` or `.rules` where they mean nothing."""
    return Diagnostic("E226", f"`{word}` means nothing here", place, help=where)


def property_outside(place: Place, interaction: str, name: str) -> Diagnostic:
    """`email.opened.campaign` outside `where` and `distinct`."""
    message = f"`{name}` is a property of `{interaction}`"
    help = (
        f"write `{interaction} where ({name} is …)`, or `distinct {interaction}.{name}` to count its different values"
    )
    return Diagnostic("E212", message, place, help=help)


def no_property(place: Place, path: str, known: Iterable[str]) -> Diagnostic:
    """A `distinct` without a property."""
    known = tuple(known)
    help = f"write for example `distinct {path}.{known[0]}`" if known else "this interaction has no properties"
    return Diagnostic("E212", f"`distinct` needs a property of `{path}` whose values it counts", place, help=help)


def reserved(place: Place, what: str, help: str | None = None) -> Diagnostic:
    """Something that the language keeps for later."""
    return Diagnostic("E225", f"{what} cannot be said yet", place, help=help)
