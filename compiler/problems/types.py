"""Mistakes in tests: things that cannot be compared, comparisons and windows that do not fit."""

import re

from scoreline.dsl.diagnostics import Diagnostic, Fix, replacement
from scoreline.dsl.messages import keyword, say
from scoreline.dsl.source import Place
from scoreline.grammar.lexicon import Terminal

_YES_OR_NO = {
    **dict.fromkeys(("yes", "true", "ja"), Terminal.YES),
    **dict.fromkeys(("no", "false", "nein"), Terminal.NO),
}


def different(place: Place, left: str, left_is: str, right: str, right_is: str, *, alone: bool = True) -> Diagnostic:
    """Two operands of different types; `left_is` and `right_is` say what each is ("a number"). `alone` is False for
    one value of several in a list, of which changing one would not do."""
    message = say(
        "`{left}` is {left_is}, but `{right}` is {right_is}", left=left, left_is=left_is, right=right, right_is=right_is
    )
    fixes: tuple[Fix, ...] = ()
    help: str | None = None
    if left_is == "a text" and right_is in ("a number", "a date", "a yes/no value"):
        help = say('write `"{right}"` to compare it as a text', right=right)
        fixes = (replacement(say('write `"{right}"`', right=right), place.span, f'"{right}"'),)
    elif left_is == "a score" and right_is == "a text" and not any(each.isdecimal() for each in right):
        help = say("to compare its grade, write `{left}.grade`", left=left)
    elif left_is in ("a number", "a count of interactions", "a score") and right_is == "a text":
        bare = right.strip('"').replace(" ", "")
        if bare.lstrip("-").replace(".", "", 1).isdecimal() and bare.isascii():
            help = say("write `{bare}` without quotes", bare=bare)
            fixes = (replacement(say("write `{bare}`", bare=bare), place.span, bare),)
    elif (left_is, right_is) == ("a yes/no value", "a text") and right.strip('"').lower() in _YES_OR_NO:
        bare = keyword(_YES_OR_NO[right.strip('"').lower()])
        help, fixes = (
            say("write `{bare}` without quotes", bare=bare),
            (replacement(say("write `{bare}`", bare=bare), place.span, bare),),
        )
    elif left_is in ("a date", "a date and time") and re.fullmatch('"[0-9]{4}-[0-9]{2}-[0-9]{2}"', right):
        bare = right.strip('"')
        help, fixes = (
            say("write `{bare}` without quotes", bare=bare),
            (replacement(say("write `{bare}`", bare=bare), place.span, bare),),
        )
    elif left_is == "a yes/no value":
        help = say("compare it with `yes` or `no`, or write its name alone for yes")
    elif left_is in ("a date", "a date and time"):
        help = say("write dates without quotes, as in `2026-01-31`")
    return Diagnostic("E203", message, place, help=help, fixes=fixes if alone else ())


def unfit(place: Place, subject: str, is_: str, comparison: str, help: str) -> Diagnostic:
    """A comparison that the subject's type does not have."""
    return Diagnostic(
        "E204",
        say(
            "`{subject}` is {kind}: `{comparison}` cannot be used with it",
            subject=subject,
            kind=is_,
            comparison=comparison,
        ),
        place,
        help=help,
    )


def no_question(place: Place, subject: str, help: str) -> Diagnostic:
    """A name alone that is neither a yes/no field nor an interaction."""
    return Diagnostic("E205", say("`{subject}` alone is not a condition", subject=subject), place, help=help)


def window(place: Place, message: str, help: str) -> Diagnostic:
    """A window where none can stand, or not this one."""
    return Diagnostic("E206", message, place, help=help)


def reversed_bounds(place: Place, low: str, high: str, what: str = "between") -> Diagnostic:
    """A lower bound above the upper one."""
    more = say("later") if low.count("-") == 2 else say("more")
    message = say("{low} is {more} than {high}: nothing lies between them", low=low, more=more, high=high)
    help = say("write the lower bound first") if what == "between" else what
    return Diagnostic("E207", message, place, help=help)


def mixed_list(place: Place, first_is: str, item: str, item_is: str) -> Diagnostic:
    """A list with values of several types."""
    message = say(
        "this list begins with {first_is}, but `{item}` is {item_is}", first_is=first_is, item=item, item_is=item_is
    )
    return Diagnostic("E208", message, place, help=say("all values of a list must be of one type"))


def empty_list(place: Place) -> Diagnostic:
    """A list without values."""
    return Diagnostic("E209", say("this list is empty"), place, help=say("a list needs at least one value"))


def empty_text(place: Place) -> Diagnostic:
    """An empty text."""
    return Diagnostic(
        "E209",
        say("an empty text is not a value"),
        place,
        help=say("to ask whether the value is missing, write `is unknown`"),
    )


def no_name(place: Place, what: str) -> Diagnostic:
    """Quotes with nothing between them where the name of something belongs (`what`, without an article)."""
    message = say("{what} has no name: there is nothing between the quotes", what=what)
    return Diagnostic("E209", message, place, help=say("give it a name"))


def let_with_more(place: Place, name: str) -> Diagnostic:
    """A condition let with a comparison, a window or a `where` behind it."""
    help = say("write the name of the let alone, and put the rest of the condition into the let")
    return Diagnostic(
        "E215", say("the let `{name}` is a whole condition: nothing can follow it", name=name), place, help=help
    )


def let_is_list(place: Place, name: str) -> Diagnostic:
    """A list let where a condition or a value belongs."""
    help = say("write for example `country in {name}`, or `job_title contains any of {name}`", name=name)
    return Diagnostic("E215", say("the let `{name}` is a list", name=name), place, help=help)


def not_a_list(place: Place, name: str) -> Diagnostic:
    """Something other than a list behind `in` or `of`."""
    return Diagnostic(
        "E215",
        say("`{name}` is not a list", name=name),
        place,
        help=say('write a list such as `["DE", "AT"]`, or the name of a let that is a list'),
    )


def let_as_value(place: Place, name: str) -> Diagnostic:
    """A let where a single value belongs."""
    return Diagnostic(
        "E215",
        say("the let `{name}` is not a single value", name=name),
        place,
        help=say("compare with a value or a field"),
    )


def count_is_known(place: Place, subject: str) -> Diagnostic:
    """`is known` on a count."""
    message = say("the count of `{subject}` is always known", subject=subject)
    if " + " in subject or "*" in subject:
        help = say("compare it, as in `{subject} >= 1`", subject=subject)
    elif subject.startswith("distinct "):
        help = say("write `{subject}` for at least once, or compare it with a number", subject=subject)
    else:
        help = say("write `{subject}` for at least once, or `no {subject}` for never", subject=subject)
    return Diagnostic("E213", message, place, help=help)


def count_on_the_right(place: Place, name: str) -> Diagnostic:
    """A count as a value."""
    return Diagnostic(
        "E213",
        say("`{name}` counts interactions: a count can be on the left of a comparison only", name=name),
        place,
        help=say("compare it with a number"),
    )


def no_interaction(place: Place, name: str, help: str) -> Diagnostic:
    """A field or a score where an interaction belongs."""
    return Diagnostic("E213", say("`{name}` is not an interaction", name=name), place, help=help)


def wrong_sum(place: Place, message: str, help: str) -> Diagnostic:
    """A sum whose parts cannot be added."""
    return Diagnostic("E217", message, place, help=help)


def too_many_tests(place: Place, most: int) -> Diagnostic:
    """A condition that grows beyond all bounds once its lets are filled in."""
    message = say("this condition has more than {most:_} tests when its lets are written out", most=most)
    return Diagnostic("E224", message, place, help=say("use fewer tests; put many values of one field into a list"))
