"""What can be added, and what `distinct` can count."""

from scoreline.compiler import checked
from scoreline.compiler.check.scope import PropertyRef, Reference, Site, UnreadRef
from scoreline.compiler.check.symbols import LetSymbol
from scoreline.compiler.problems import names, types
from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Diagnostic
from scoreline.dsl.messages import code, path, say


def distinct(here: Site, found: Reference | Diagnostic, path: nodes.Path) -> checked.Count | None:
    """The count of a property's different values; None after a mistake."""
    place = here.place(path)
    match found:
        case PropertyRef() if found.spec.type == "choices":
            help = say("`distinct` can only count a property that has a single value")
            here.report.add(types.unfit(place, path.dotted, say("a set of choices"), code("distinct"), help))
        case PropertyRef():
            return checked.Count(found.origin, found.type, distinct=found.name)
        case checked.Count():
            properties = here.scope.symbols.schema.interactions[found.type].properties
            here.report.add(names.no_property(place, path.dotted, properties))
        case Diagnostic():
            here.report.add(found)
        case UnreadRef():
            pass
        case LetSymbol() if found.value is None:
            pass
        case _:
            help = say(
                "`distinct` must be followed by a property of an interaction, as in `distinct email.opened.campaign`"
            )
            here.report.add(types.no_interaction(place, path.dotted, help))
    return None


def wrong_part(here: Site, found: Reference | Diagnostic, term: nodes.Term, test: nodes.Test) -> Diagnostic | None:
    """Why something that is no count cannot be part of this sum; None for a score that can."""
    place, name = here.place(term.path), path(term.path.dotted)
    match found:
        case Diagnostic():
            return found
        case checked.Score() if term.where is not None:
            return types.no_interaction(place, name, say("`where (…)` filters interactions"))
        case checked.Score() if test.window is not None:
            message = say("`{name}` is a score: it cannot have a window", name=name)
            return types.window(here.place(test.window), message, say("only interactions and dates can have a window"))
        case checked.Score():
            return None
        case PropertyRef():
            return names.property_outside(place, found.type, found.name)
        case checked.Field():
            return names.reserved(place, say("arithmetic on fields"), say("a sum can add interactions, or scores"))
        case _:
            return types.wrong_sum(
                place, say("`{name}` cannot be part of a sum", name=name), say("a sum can add interactions, or scores")
            )
