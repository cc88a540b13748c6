"""Mistakes in `use`."""

from scoreline.dsl.diagnostics import Diagnostic
from scoreline.dsl.messages import say
from scoreline.dsl.source import Place


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


def circle(place: Place, way: tuple[str, ...]) -> Diagnostic:
    """Files use each other."""
    message = say("these files use each other in a circle: {way}", way=" → ".join(f"`{name}`" for name in way))
    return Diagnostic(
        "E216", message, place, help=say("move the lets that both need into a third file that uses neither of them")
    )
