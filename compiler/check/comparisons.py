"""Comparisons: what may be asked of a field, a count, a score or a grade, by its type."""

from dataclasses import dataclass
from typing import Literal

from scoreline.compiler import checked
from scoreline.compiler.check.scope import DisqualifiedRef, RulesRef, Site
from scoreline.compiler.check.types import ORDERED, family, spoken, type_of
from scoreline.compiler.check.values import fits, known_value, members, operand, spelled
from scoreline.compiler.operators import text_operator
from scoreline.compiler.problems import names, statements, types
from scoreline.dsl import nodes
from scoreline.dsl.messages import QuotedCode, code, say
from scoreline.dsl.source import Place


@dataclass(frozen=True)
class _Asked:
    """The left side of a comparison: what it is, how it is written, and where the whole test stands."""

    here: Site
    subject: checked.Subject
    name: str
    place: Place

    def unfit(self, node: nodes.Node, comparison: str, help: str) -> None:
        """Note that the comparison does not fit the subject."""
        here = self.here
        here.report.add(types.unfit(here.place(node), self.name, spoken(self.subject), comparison, help))


def compared(
    here: Site, subject: checked.Subject, name: str, comparison: nodes.Comparison | None, place: Place
) -> checked.Condition | None:
    """The test of a subject; None after a mistake."""
    asked = _Asked(here, subject, name, place)
    match comparison:
        case None:
            return _bare(asked)
        case nodes.Compare():
            return _ordered(asked, comparison)
        case nodes.Is():
            return _is(asked, comparison)
        case nodes.Knowing():
            return _knowing(asked, comparison)
        case nodes.Between():
            return _between(asked, comparison)
        case nodes.In():
            return _in(asked, comparison)
        case nodes.Match():
            return _match(asked, comparison)


def check_names(here: Site, comparison: nodes.Comparison | None) -> None:
    """Only the names in a comparison, whose subject has a mistake already."""
    match comparison:
        case nodes.Compare() | nodes.Is():
            values: tuple[nodes.TextArgument, ...] = (comparison.value,)
        case nodes.Between():
            values = (comparison.low, comparison.high)
        case nodes.Match():
            values = (comparison.argument,)
        case nodes.In():
            members(here, comparison.values)
            return
        case nodes.Knowing() | None:
            return
    for value in values:
        if isinstance(value, nodes.AnyOf | nodes.AllOf):
            members(here, value.values)
        elif isinstance(value, nodes.Path) and len(value.parts) > 1:
            operand(here, value)


def _bare(asked: _Asked) -> checked.Condition | None:
    """A subject without a comparison: an interaction happened, a yes/no is yes."""
    subject, place = asked.subject, asked.place
    span = place.span
    if isinstance(subject, checked.Count):
        return checked.Comparing(subject, ">=", nodes.Number("1", span=span), place)
    if isinstance(subject, checked.Field) and subject.spec.type == "yes/no":
        return checked.Comparing(subject, "is", nodes.YesNo(True, span=span), place)
    name = asked.name
    if isinstance(subject, checked.Score):
        help = say("compare it, as in `{name} >= 50`", name=name)
    elif isinstance(subject, checked.Grade | checked.StageNow):
        help = say('compare it, as in `{name} is "…"`', name=name)
    else:
        help = say("write `{name} is known`, or compare it with a value", name=name)
    return asked.here.wrong(types.no_question(place, name, help))


def _ordered(asked: _Asked, comparison: nodes.Compare) -> checked.Condition | None:
    if type_of(asked.subject) not in ORDERED:
        asked.unfit(comparison, comparison.operator, say("only numbers and dates can be greater or less"))
        return None
    right = fits(asked.here, asked.subject, asked.name, comparison.value)
    return None if right is None else checked.Comparing(asked.subject, comparison.operator, right, asked.place)


def _is(asked: _Asked, comparison: nodes.Is) -> checked.Condition | None:
    if type_of(asked.subject) == "choices":
        asked.unfit(comparison, code("is"), say('write `{name} contains "…"`', name=asked.name))
        return None
    right = fits(asked.here, asked.subject, asked.name, comparison.value)
    if right is None:
        return None
    return _negated(checked.Comparing(asked.subject, "is", right, asked.place), comparison.negated)


def _knowing(asked: _Asked, comparison: nodes.Knowing) -> checked.Condition | None:
    if isinstance(asked.subject, checked.Count) or (
        isinstance(asked.subject, checked.Sum) and isinstance(asked.subject.parts[0][1], checked.Count)
    ):
        return asked.here.wrong(types.count_is_known(asked.here.place(comparison), asked.name))
    return _negated(checked.Knowing(asked.subject, asked.place), not comparison.known)


def _between(asked: _Asked, comparison: nodes.Between) -> checked.Condition | None:
    if type_of(asked.subject) not in ORDERED:
        asked.unfit(comparison, code("between"), say("only numbers and dates can be greater or less"))
        return None
    here = asked.here
    low = fits(here, asked.subject, asked.name, comparison.low)
    high = fits(here, asked.subject, asked.name, comparison.high)
    if low is None or high is None:
        return None
    reversed_ = (isinstance(low, nodes.Number) and isinstance(high, nodes.Number) and low.value > high.value) or (
        isinstance(low, nodes.Date) and isinstance(high, nodes.Date) and low.value > high.value
    )
    if reversed_:
        low_text, high_text = here.text(comparison.low), here.text(comparison.high)
        return here.wrong(
            types.reversed_bounds(
                here.place(comparison),
                f"`{low_text}`",
                f"`{high_text}`",
            )
        )
    return _negated(checked.Ranging(asked.subject, low, high, asked.place), comparison.negated)


def _in(asked: _Asked, comparison: nodes.In) -> checked.Condition | None:
    if type_of(asked.subject) == "choices":
        asked.unfit(comparison, code("in"), say("write `{name} contains any of […]`", name=asked.name))
        return None
    found = members(asked.here, comparison.values)
    if found is None:
        return None
    values, there = found
    if not _all_fit(asked, there, values):
        return None
    values = tuple(spelled(asked.subject, each) if isinstance(each, nodes.Text) else each for each in values)
    return _negated(checked.Among(asked.subject, values, asked.place), comparison.negated)


def _all_fit(asked: _Asked, there: Site, values: tuple[checked.Constant, ...]) -> bool:
    """Whether all values of a list fit; one of another type speaks for the whole list, wrong values each for itself."""
    alone = len(values) == 1
    if family(type_of(values[0])) != family(type_of(asked.subject)):
        values = values[:1]
    wrong = [value for value in values if fits(there, asked.subject, asked.name, value, alone) is None]
    return not wrong


def _match(asked: _Asked, comparison: nodes.Match) -> checked.Condition | None:
    subject, operator = asked.subject, text_operator(comparison.how)
    fitting = ("text", "choices") if operator.of_choices else ("text",)
    if not isinstance(subject, checked.Field) or subject.spec.type not in fitting:
        how = code(operator.name)
        asked.unfit(comparison, how, _instead(subject, how))
        return None
    argument = comparison.argument
    if isinstance(argument, nodes.AnyOf | nodes.AllOf):
        arguments = _needles(asked, subject, argument.values)
    else:
        needle = _needle(asked, asked.here, subject, argument)
        arguments = None if needle is None else (needle,)
    if arguments is None:
        return None
    quantifier: Literal["any", "all"] = "all" if isinstance(argument, nodes.AllOf) else "any"
    return _negated(checked.Matching(subject, operator.name, quantifier, arguments, asked.place), comparison.negated)


def _instead(subject: checked.Subject, how: QuotedCode) -> str:
    type_ = type_of(subject)
    if type_ == "choice":
        return say("a choice can only be compared with whole values: write `is` or `in […]`")
    if type_ == "choices":
        return say("write `contains`")
    return say("`{how}` can be used with texts only", how=how)


def _needles(
    asked: _Asked, subject: checked.Field, values: nodes.List | nodes.Path
) -> tuple[nodes.Text | checked.Field, ...] | None:
    found = members(asked.here, values)
    if found is None:
        return None
    items, there = found
    needles: list[nodes.Text | checked.Field] = []
    if family(type_of(items[0])) != "text":
        items = items[:1]
    for item in items:
        needle = _needle(asked, there, subject, item, alone=len(found[0]) == 1)
        if needle is not None:
            needles.append(needle)
    return tuple(needles) if len(needles) == len(items) else None


def _needle(
    asked: _Asked, here: Site, subject: checked.Field, value: nodes.Value, alone: bool = True
) -> nodes.Text | checked.Field | None:
    """A text to look for: a literal that is not empty, or a field that holds a text."""
    found = operand(here, value, text_fits=True)
    if found is None:
        return None
    place = here.place(value)
    if family(type_of(found)) != "text" or not isinstance(found, nodes.Text | checked.Field):
        return here.wrong(
            types.different(place, asked.name, say("a text"), here.text(value), spoken(found), alone=alone)
        )
    if isinstance(found, nodes.Text):
        if not found.value:
            return here.wrong(types.empty_text(place))
        if not known_value(here, subject, say("`{name}`", name=asked.name), found, place):
            return None
        return spelled(subject, found)
    return found


def of_example(here: Site, found: DisqualifiedRef | RulesRef, test: nodes.Test, name: str) -> checked.Condition | None:
    """`disqualified`, and `Fit.rules contains "…"`, in what an example expects."""
    place = here.place(test)
    if isinstance(found, DisqualifiedRef):
        if test.comparison is None and test.window is None:
            return checked.Disqualified(place)
        if isinstance(test.comparison, nodes.Is) and isinstance(test.comparison.value, nodes.YesNo):
            return _negated(checked.Disqualified(place), test.comparison.negated == test.comparison.value.value)
        return here.wrong(
            names.misplaced_word(place, name, say("write `expect disqualified` or `expect not disqualified`"))
        )
    comparison = test.comparison
    if not isinstance(comparison, nodes.Match) or comparison.how != "contains" or test.window is not None:
        help = say('write `{name} contains "…"` with a rule\'s label or number', name=name)
        return here.wrong(names.misplaced_word(place, name, help))
    return _fired(here, found, comparison, place)


def _fired(here: Site, found: RulesRef, comparison: nodes.Match, place: Place) -> checked.Condition | None:
    argument = comparison.argument
    if isinstance(argument, nodes.AnyOf | nodes.AllOf):
        listed = members(here, argument.values)
        values, there = listed if listed is not None else ((), here)
    else:
        values, there = (argument,), here
    fired: list[checked.Condition] = []
    for value in values:
        rule = _rule_id(there, found, value)
        if rule is None:
            return None
        fired.append(checked.Fired(found.model.name, rule, place))
    if not fired:
        return None
    made = checked.And(tuple(fired)) if isinstance(argument, nodes.AllOf) else checked.Or(tuple(fired))
    return _negated(fired[0] if len(fired) == 1 else made, comparison.negated)


def _rule_id(here: Site, found: RulesRef, value: nodes.Value) -> str | None:
    """The whole id of a rule that is written with or without its model's name."""
    model = found.model
    if not isinstance(value, nodes.Text):
        help = say("name the rule in quotes: its label in lower case with `-` between the words, or its number")
        return here.wrong(names.misplaced_word(here.place(value), here.text(value), help))
    short = value.value.strip().removeprefix(f"{model.name}/")
    if short not in model.rule_ids and not model.broken:
        return here.wrong(statements.unknown_rule(here.place(value), model.name, value.value, model.rule_ids))
    return f"{model.name}/{short}"


def _negated(condition: checked.Condition, negated: bool) -> checked.Condition:
    return checked.Not(condition) if negated else condition
