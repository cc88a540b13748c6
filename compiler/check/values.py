"""Values and lists: what stands on the right of a comparison, and whether it fits what stands on the left."""

from dataclasses import replace

from scoreline.compiler import checked
from scoreline.compiler.check.scope import DisqualifiedRef, PropertyRef, RulesRef, Site, UnreadRef
from scoreline.compiler.check.symbols import LetSymbol
from scoreline.compiler.check.types import family, spoken, type_of, values_of
from scoreline.compiler.folding import fold, trim
from scoreline.compiler.problems import names, types
from scoreline.compiler.schema.labels import labelled_values, spellings
from scoreline.dsl import nodes
from scoreline.dsl.messages import path, say
from scoreline.dsl.source import Place


def operand(here: Site, value: nodes.Value, text_fits: bool = False) -> checked.Operand | None:
    """A value as an operand; None after a mistake. `text_fits`: a bare word may be a text without its quotes."""
    if not isinstance(value, nodes.Path):
        return value
    found = here.placed(value, text_fits)
    match found:
        case LetSymbol():
            return here.wrong(types.let_as_value(here.place(value), found.name))
        case checked.Count():
            return here.wrong(types.count_on_the_right(here.place(value), value.dotted))
        case DisqualifiedRef() | RulesRef():
            return here.wrong(names.misplaced_word(here.place(value), path(value.dotted), say("compare with a value")))
        case PropertyRef() | UnreadRef():
            return None  # reported already
        case _:
            return found


def fits(
    here: Site, left: checked.Subject, left_text: str, value: nodes.Value, alone: bool = True
) -> checked.Operand | None:
    """The operand that `value` is, if it can be compared with `left`; else None, and the mistake is noted. `alone` is
    False for one value of several in a list."""
    right = operand(here, value, text_fits=family(type_of(left)) in ("text", "choices", "yes/no"))
    if right is None:
        return None
    place = here.place(value)
    left_type, right_type = type_of(left), type_of(right)
    if family(left_type) != family(right_type):
        problem = types.different(place, left_text, spoken(left), here.text(value), spoken(right), alone=alone)
        return here.wrong(problem)
    if isinstance(right, nodes.Text):
        return spelled(left, right) if _right_text(here, left, left_text, right, place) else None
    return right


def _right_text(here: Site, left: checked.Subject, left_text: str, text: nodes.Text, place: Place) -> bool:
    """Whether a text literal is a value of the left side's, where that is a choice, and is not empty."""
    if not trim(text.value):
        here.report.add(types.empty_text(place))
        return False
    return known_value(here, left, say("`{name}`", name=left_text), text, place)


def known_value(here: Site, left: checked.Subject, what: str, text: nodes.Text, place: Place) -> bool:
    """Whether a text is one of the values of a choice, or the label of one; a text field takes any."""
    values = values_of(left)
    if values is None or fold(trim(text.value)) in map(fold, values) or _unread(here, left):
        return True
    if isinstance(left, checked.Field):
        if fold(trim(text.value)) in spellings(left.spec):
            return True
        values = labelled_values(left.spec)
    here.report.add(names.unknown_value(place, text.value, what, values))
    return False


def spelled(left: checked.Subject, text: nodes.Text) -> nodes.Text:
    """A text that is the label of a choice's value as that value; any other as it is."""
    if not isinstance(left, checked.Field) or not left.spec.labels:
        return text
    value = spellings(left.spec).get(fold(trim(text.value)))
    return text if value is None else replace(text, value=value)


def _unread(here: Site, left: checked.Subject) -> bool:
    """Whether grades or stages may be missing only because they could not be read."""
    symbols = here.scope.symbols
    if isinstance(left, checked.Grade):
        return symbols.models[left.model].broken
    if isinstance(left, checked.StageNow):
        return any(each.broken for each in symbols.qualifications.values())
    return False


def members(here: Site, values: nodes.List | nodes.Path) -> tuple[tuple[checked.Constant, ...], Site] | None:
    """The items of a list or a list let, and where they stand; None after a mistake."""
    if isinstance(values, nodes.List):
        return (values.items, here) if good_list(here, values) else None
    found = here.resolved(values)
    if found is None:
        return None
    if not isinstance(found, LetSymbol) or not isinstance(found.value, nodes.List):
        return here.wrong(types.not_a_list(here.place(values), values.dotted))
    there = Site(here.scope, found.file.parsed.source, here.report)
    return (found.value.items, there) if good_list(there, found.value) else None


def good_list(here: Site, values: nodes.List) -> bool:
    """Whether a list has values, all of one type and none an empty text."""
    if not values.items:
        here.report.add(types.empty_list(here.place(values)))
        return False
    first = values.items[0]
    for item in values.items:
        if type_of(item) != type_of(first):
            here.report.add(types.mixed_list(here.place(item), spoken(first), here.text(item), spoken(item)))
            return False
        if isinstance(item, nodes.Text) and not item.value:
            here.report.add(types.empty_text(here.place(item)))
            return False
    return True
