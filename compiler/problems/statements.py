"""Mistakes in statements: bounds, grades, units, stages, actions, examples."""

from collections.abc import Iterable

from scoreline.compiler.nearest import listed, nearest
from scoreline.dsl.diagnostics import Diagnostic, Label, guess, replacement
from scoreline.dsl.source import Place


def subject_not_lead(place: Place, subject: str) -> Diagnostic:
    """A model for anything but `lead`."""
    if subject.lower() == "lead":
        message, fix = f"`{subject}` is written `lead`", replacement("write `lead`", place.span, "lead")
        return Diagnostic("E225", message, place, fixes=(fix,))
    return Diagnostic(
        "E225", f"a model for `{subject}` cannot be said yet", place, help="models are `for lead`",
        fixes=(guess("write `lead`", place.span, "lead"),),
    )  # fmt: skip


def cap(place: Place, value: int) -> Diagnostic:
    """`up to 0` or less."""
    message = f"`up to {value}` leaves no points"
    help = "`up to` bounds the points of the rule, given or taken: write a number above 0"
    return Diagnostic("E222", message, place, help=help)


def same_threshold(place: Place, grade: str, threshold: str, first: Place) -> Diagnostic:
    """Two grades from one score on."""
    message = f'the grade `"{grade}"` begins at {threshold} like another one'
    return Diagnostic(
        "E210", message, place, help="let each grade begin elsewhere", labels=(Label(first, "the other"),)
    )


def shared_unit(place: Place, unit: str | None, first: Place) -> Diagnostic:
    """Two qualifications for one unit, or two without."""
    leads = f'the unit "{unit}"' if unit is not None else "the leads of all other units"
    message = f"there is already a qualification for {leads}"
    help = "one qualification a business unit: put the stages together, or name another unit with `for unit`"
    return Diagnostic("E221", message, place, help=help, labels=(Label(first, "the first"),))


def no_unit_field(place: Place) -> Diagnostic:
    """`for unit` with a schema that names no unit field."""
    help = 'name the field in the schema: `unit = "business_unit"` below `[lead]`'
    return Diagnostic("E221", "`for unit` needs to know which field holds a lead's unit", place, help=help)


def placeholder(place: Place, name: str, known: Iterable[str]) -> Diagnostic:
    """Braces that name no field."""
    near = nearest(name, known)
    help = (
        f"did you mean `{{{near}}}`?"
        if near
        else "braces hold a field, as in `{first_name}`; for a brace itself write `{{`"
    )
    return Diagnostic("E219", f"`{{{name}}}` names no field", place, help=help)


def open_brace(place: Place) -> Diagnostic:
    """A brace that is not closed."""
    return Diagnostic("E219", "a brace is not closed in this text", place, help="for a brace itself write `{{`")


def channel(place: Place, name: str, known: Iterable[str]) -> Diagnostic:
    """A channel that the project file does not name."""
    known = tuple(known)
    near = nearest(name, known)
    help = f'did you mean `"{near}"`?' if near else f"the project file names {listed(known) or 'none'}"
    return Diagnostic("E220", f'there is no channel `"{name}"`', place, help=help)


def fact(place: Place, help: str) -> Diagnostic:
    """A given that gives nothing definite."""
    return Diagnostic("E218", "this gives nothing definite", place, help=help)


def fact_twice(place: Place, name: str) -> Diagnostic:
    """A field that is given twice."""
    return Diagnostic("E218", f"`{name}` is given twice", place, help="give it once")


def times(place: Place, most: int) -> Diagnostic:
    """Too many happenings, or none."""
    return Diagnostic("E218", f"an example gives between 1 and {most:_} interactions at a time", place)


def unknown_rule(place: Place, model: str, rule: str, known: Iterable[str]) -> Diagnostic:
    """An id that no rule of the model has."""
    known = tuple(known)
    near = nearest(rule, known)
    fixes = (guess(f'write `"{near}"`', place.span, f'"{near}"'),) if near else ()
    help = f'did you mean `"{near}"`?' if near else f"there are {listed(known)}"
    return Diagnostic("E202", f'`{model}` has no rule `"{rule}"`', place, help=help, fixes=fixes)
