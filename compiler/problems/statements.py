"""Mistakes in statements: bounds, grades, units, stages, actions, examples, and `use`."""

from collections.abc import Iterable

from scoreline.compiler.nearest import listed, nearest
from scoreline.compiler.problems.names import suggestion, twice
from scoreline.dsl.diagnostics import Diagnostic, Label, guess, replacement
from scoreline.dsl.messages import say
from scoreline.dsl.source import Place


def subject_not_lead(place: Place, subject: str) -> Diagnostic:
    """A model for anything other than `lead`."""
    if subject.lower() == "lead":
        message, fix = (
            say("`{subject}` is written `lead`", subject=subject),
            replacement(say("write `lead`"), place.span, "lead"),
        )
        return Diagnostic("E225", message, place, fixes=(fix,))
    return Diagnostic(
        "E225",
        say("a model for `{subject}` is not available yet", subject=subject),
        place,
        help=say("models score leads only: write `for lead`"),
        fixes=(guess(say("write `lead`"), place.span, "lead"),),
    )


def cap(place: Place, value: int) -> Diagnostic:
    """`up to 0` or less."""
    message = say("`up to {value}` leaves no points", value=value)
    help = say("`up to` limits the points that the rule gives or takes: write a number above 0")
    return Diagnostic("E222", message, place, help=help)


def same_threshold(place: Place, grade: str, threshold: str, first: Place) -> Diagnostic:
    """Two grades from one score on."""
    message = say(
        'the grade `"{grade}"` begins at {threshold}, where another grade begins too', grade=grade, threshold=threshold
    )
    return Diagnostic(
        "E210",
        message,
        place,
        help=say("give each grade a different score to begin at"),
        labels=(Label(first, say("the other")),),
    )


def shared_unit(place: Place, unit: str | None, first: Place) -> Diagnostic:
    """Two qualifications for one unit, or two without."""
    leads = say('the unit "{unit}"', unit=unit) if unit is not None else say("the leads of all other units")
    message = say("there is already a qualification for {leads}", leads=leads)
    help = say("a business unit has one qualification: put all stages into it, or name another unit with `for unit`")
    return twice("E221", place, message, help, first)


def no_unit_field(place: Place) -> Diagnostic:
    """`for unit` with a schema that names no unit field."""
    help = say('name the field in the schema: `unit = "business_unit"` below `[lead]`')
    return Diagnostic("E221", say("`for unit` needs to know which field holds a lead's unit"), place, help=help)


def placeholder(place: Place, name: str, known: Iterable[str]) -> Diagnostic:
    """Braces that name no field."""
    near = nearest(name, known)
    help = (
        say("did you mean `{{{near}}}`?", near=near)
        if near
        else say("write the name of a field in braces, as in `{{first_name}}`; for a brace itself, write `{{{{`")
    )
    return Diagnostic("E219", say("`{{{name}}}` is not the name of a field", name=name), place, help=help)


def open_brace(place: Place) -> Diagnostic:
    """A brace that is not closed."""
    return Diagnostic(
        "E219", say("a brace is not closed in this text"), place, help=say("for a brace itself, write `{{{{`")
    )


def channel(place: Place, name: str, known: Iterable[str]) -> Diagnostic:
    """A channel that the project file does not name."""
    known = tuple(known)
    help, _ = suggestion(
        place, name, known, say("the project file names {value}", value=listed(known) or say("none")), quotes=True
    )
    return Diagnostic("E220", say('there is no channel `"{name}"`', name=name), place, help=help)


def fact(place: Place, help: str) -> Diagnostic:
    """A `given` without a definite value."""
    return Diagnostic("E218", say("this `given` has no definite value"), place, help=help)


def fact_twice(place: Place, name: str) -> Diagnostic:
    """A field that is given twice."""
    return Diagnostic("E218", say("`{name}` is given twice", name=name), place, help=say("give it once"))


def times(place: Place, most: int) -> Diagnostic:
    """More interactions than an example can give, or none."""
    return Diagnostic("E218", say("one `given` takes between 1 and {most:_} interactions", most=most), place)


def unknown_rule(place: Place, model: str, rule: str, known: Iterable[str]) -> Diagnostic:
    """An id that no rule of the model has."""
    known = tuple(known)
    help, fixes = suggestion(
        place, rule, known, say("the possible values are {listed}", listed=listed(known)), quotes=True
    )
    return Diagnostic(
        "E202", say('`{model}` has no rule `"{rule}"`', model=model, rule=rule), place, help=help, fixes=fixes
    )


def leaves_project(place: Place, path: str) -> Diagnostic:
    """The path of a `use` is absolute or climbs out of the project."""
    message = say("`{path}` leaves the project", path=path)
    return Diagnostic("E216", message, place, help=say("`use` needs a path inside the project, relative to this file"))


def no_rule_file(place: Place, path: str) -> Diagnostic:
    """The path does not name a rule file."""
    message = (
        say("`{path}` is not a rule file", path=path)
        if path.strip()
        else say("the path of a rule file is missing between the quotes")
    )
    return Diagnostic(
        "E216", message, place, help=say('a rule file ends in `.score`, as in `use "shared/regions.score"`')
    )


def no_such_file(place: Place, path: str, target: str) -> Diagnostic:
    """There is no such file."""
    return Diagnostic(
        "E216",
        say("there is no file `{path}`", path=path),
        place,
        help=say("looked for `{target}` in the project", target=target),
    )


def unreadable(place: Place, name: str) -> Diagnostic:
    """A rule file that is not there, or that the system does not let us read."""
    help = say("check that the file exists and that you may open it")
    return Diagnostic("E120", say("`{name}` cannot be read", name=name), place, help=help)


def use_circle(place: Place, way: tuple[str, ...]) -> Diagnostic:
    """Files use each other."""
    message = say("these files use each other in a circle: {way}", way=" → ".join(f"`{name}`" for name in way))
    return Diagnostic(
        "E216", message, place, help=say("move the lets that both need into a third file that uses neither of them")
    )
