"""Mistakes in names: unknown, taken, out of place."""

from collections.abc import Iterable

from scoreline.compiler.nearest import listed, nearest
from scoreline.dsl.diagnostics import Diagnostic, Fix, Label, guess, replacement
from scoreline.dsl.messages import code, said_in, say
from scoreline.dsl.source import Place

# What people write for yes, no and unknown.
_MEANT = {
    each: word
    for word, meant in (
        (code("yes"), "yes true ja wahr"),
        (code("no"), "no false nein falsch"),
        (code("known"), "known bekannt"),
        (code("unknown"), "unknown null nothing empty blank missing unbekannt nichts leer"),
    )
    for each in meant.split()
}


def _meant(place: Place, text: str, word: str) -> Diagnostic:
    """A word for yes, no or unknown that is not written so."""
    fixes = (replacement(say("write `{word}`", word=word), place.span, word),)
    if text.lower() == said_in(place.source.language, word):
        message = say("`{text}` is written `{word}`: the words of the language are in lower case", text=text, word=word)
        return Diagnostic("E108", message, place, fixes=fixes)
    return Diagnostic("E123", say("`{text}` is written `{word}`", text=text, word=word), place, fixes=fixes)


def suggestion(
    place: Place, name: str, known: Iterable[str], otherwise: str, *, quotes: bool = False
) -> tuple[str, tuple[Fix, ...]]:
    """The help after a name that nothing has, and the fix for it: the nearest known name, or else only the help that
    `otherwise` gives. With `quotes`, it is a text."""
    near = nearest(name, known)
    if near is None:
        return otherwise, ()
    if quotes:
        fix = guess(say('write `"{near}"`', near=near), place.span, f'"{near}"')
        return say('did you mean `"{near}"`?', near=near), (fix,)
    return say("did you mean `{near}`?", near=near), (guess(say("write `{near}`", near=near), place.span, near),)


def twice(code: str, place: Place, message: str, help: str, first: Place) -> Diagnostic:
    """Something that may be there once and is there a second time."""
    return Diagnostic(code, message, place, help=help, labels=(Label(first, say("the first")),))


def unknown(place: Place, name: str, known: Iterable[str], *, among: str, text: str | None = None) -> Diagnostic:
    """A name that nothing has. `among` says where it was looked for; `text` is a text that may have been meant."""
    if text is not None and text.lower() in _MEANT:
        return _meant(place, text, _MEANT[text.lower()])
    if text is not None:
        help = say('put a text in double quotes: write `"{text}"`', text=text)
        fixes = (replacement(say('write `"{text}"`', text=text), place.span, f'"{text}"'),)
    else:
        help, fixes = suggestion(place, name, known, say("to see all names, run `scoreline schema show`"))
    return Diagnostic(
        "E201", say("unknown name `{name}`: {among}", name=name, among=among), place, help=help, fixes=fixes
    )


def unknown_property(place: Place, name: str, interaction: str, known: Iterable[str]) -> Diagnostic:
    """A name inside `where (…)` that the interaction does not have."""
    known = tuple(known)
    has = say("it has {listed}", listed=listed(known)) if known else say("it has none")
    otherwise = say("only properties of the interaction can be used inside `where`; {has}", has=has)
    help, fixes = suggestion(place, name, known, otherwise)
    return Diagnostic(
        "E201",
        say("`{interaction}` has no property `{name}`", interaction=interaction, name=name),
        place,
        help=help,
        fixes=fixes,
    )


def unknown_value(place: Place, value: str, what: str, known: Iterable[str]) -> Diagnostic:
    """A text that is none of the values there are; `what` says of what."""
    known = tuple(known)
    quoted = listed(f'"{each}"' for each in known)
    otherwise = say("the possible values are {listed}", listed=quoted) if known else say("there are none")
    help, fixes = suggestion(place, value, known, otherwise, quotes=True)
    return Diagnostic(
        "E202", say('{what} has no value `"{value}"`', what=what, value=value), place, help=help, fixes=fixes
    )


def other_values(place: Place, target: str, source: str) -> Diagnostic:
    """A choice that is set to another one, whose values it does not all have."""
    message = say("`{source}` can have values that `{target}` does not have", source=source, target=target)
    return Diagnostic("E202", message, place, help=say("set it to one of the values of `{target}`", target=target))


def taken(place: Place, what: str, name: str, first: Place) -> Diagnostic:
    """A name that something else of the same kind has already."""
    message = say("there is already {what} `{name}`", what=what, name=name)
    return twice("E210", place, message, say("give one of them another name"), first)


def differ_in_case(place: Place, what: str, name: str, other: str, first: Place) -> Diagnostic:
    """Two names that only differ in capital letters."""
    message = say("`{name}` and {what} `{other}` differ only in capital letters", name=name, what=what, other=other)
    return twice("E210", place, message, say("give one of them another name"), first)


def same_rule_id(place: Place, id_: str, first: Place) -> Diagnostic:
    """Two rules of a model with one id."""
    message = say("two rules of this model have the id `{id}`", id=id_)
    help = say(
        "a rule's id comes from its label, or from its number if it has no label: give one of them another label"
    )
    return twice("E210", place, message, help, first)


def empty_label(place: Place, label: str) -> Diagnostic:
    """A label that leaves nothing for an id."""
    return Diagnostic(
        "E223",
        say('the label `"{label}"` has no letter and no digit', label=label),
        place,
        help=say("the label is the name of the rule: write at least one letter or digit"),
    )


def repeated(place: Place, what: str, first: Place) -> Diagnostic:
    """A statement that can stand once only."""
    return Diagnostic(
        "E211",
        say("{what} is written twice here", what=what),
        place,
        help=say("keep one of them"),
        labels=(Label(first, say("the first")),),
    )


def let_hides(place: Place, name: str, what: str) -> Diagnostic:
    """A let with the name of something else."""
    return Diagnostic(
        "E215",
        say("the let `{name}` hides {what} with the same name", name=name, what=what),
        place,
        help=say("give the let another name"),
    )


def let_circle(place: Place, way: tuple[str, ...]) -> Diagnostic:
    """Lets that refer to each other in a circle."""
    message = say("these lets use each other in a circle: {way}", way=" → ".join(f"`{name}`" for name in way))
    return Diagnostic("E215", message, place, help=say("change one of them so that it does not use the others"))


def let_of_several(place: Place, name: str, first: Place) -> Diagnostic:
    """Two lets of one name that one file sees."""
    message = say("this file has two lets with the name `{name}`", name=name)
    return Diagnostic(
        "E210", message, place, help=say("give one of them another name"), labels=(Label(first, say("the other")),)
    )


def score_in_model(place: Place, name: str) -> Diagnostic:
    """A model's score or grade inside a model."""
    message = say("`{name}` is a model: a model cannot use the score of another model", name=name)
    return Diagnostic("E214", message, place, help=say("compare scores in a `qualification`"))


def misplaced_word(place: Place, word: str, where: str) -> Diagnostic:
    """`stage`, `today`, `disqualified` or `.rules` where they mean nothing."""
    return Diagnostic("E226", say("`{word}` has no meaning here", word=word), place, help=where)


def property_outside(place: Place, interaction: str, name: str) -> Diagnostic:
    """`email.opened.campaign` outside `where` and `distinct`."""
    message = say("`{name}` is a property of `{interaction}`", name=name, interaction=interaction)
    help = say(
        "write `{interaction} where ({name} is …)`, or `distinct {interaction}.{name}` to count its different values",
        interaction=interaction,
        name=name,
    )
    return Diagnostic("E212", message, place, help=help)


def no_property(place: Place, path: str, known: Iterable[str]) -> Diagnostic:
    """A `distinct` without a property."""
    known = tuple(known)
    help = (
        say("write for example `distinct {path}.{known}`", path=path, known=known[0])
        if known
        else say("this interaction has no properties")
    )
    return Diagnostic(
        "E212",
        say("`distinct` counts the values of a property: name a property of `{path}`", path=path),
        place,
        help=help,
    )


def reserved(place: Place, what: str, help: str | None = None) -> Diagnostic:
    """Something that the language keeps for later."""
    return Diagnostic("E225", say("{what} is not available yet", what=what), place, help=help)
