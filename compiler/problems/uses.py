"""Mistakes in `use`."""

from scoreline.dsl.diagnostics import Diagnostic
from scoreline.dsl.source import Place


def leaves_project(place: Place, path: str) -> Diagnostic:
    """The path of a `use` is absolute or climbs out of the project."""
    message = f"`{path}` leaves the project"
    return Diagnostic("E216", message, place, help="`use` takes a path inside the project, relative to this file")


def no_rule_file(place: Place, path: str) -> Diagnostic:
    """The path does not name a rule file."""
    message = f"`{path}` is no rule file" if path.strip() else "the path of a rule file is missing between the quotes"
    return Diagnostic("E216", message, place, help='a rule file ends in `.score`, as in `use "shared/regions.score"`')


def no_such_file(place: Place, path: str, target: str) -> Diagnostic:
    """There is no such file."""
    return Diagnostic("E216", f"there is no file `{path}`", place, help=f"looked for `{target}` in the project")


def unreadable(place: Place, name: str) -> Diagnostic:
    """A rule file that is not there, or that the system does not let us read."""
    help = "look whether the file is there, and whether you may open it"
    return Diagnostic("E120", f"`{name}` cannot be read", place, help=help)


def circle(place: Place, way: tuple[str, ...]) -> Diagnostic:
    """Files use each other."""
    message = "these files use each other in a circle: " + " → ".join(f"`{name}`" for name in way)
    return Diagnostic("E216", message, place, help="move what both need into a third file that uses neither")
