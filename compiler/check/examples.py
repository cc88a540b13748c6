"""What examples give: fields with definite values, and interactions."""

import datetime
from dataclasses import dataclass, field

from scoreline.compiler import checked
from scoreline.compiler.check.conditions import ConditionChecker
from scoreline.compiler.check.report import Report
from scoreline.compiler.check.scope import PropertyRef, Scope, Site, UnreadRef, resolve
from scoreline.compiler.check.symbols import LetKey, Symbols
from scoreline.compiler.check.values import fits, known_value, members, spelled
from scoreline.compiler.problems import names, statements
from scoreline.compiler.sources import RuleFile, place_of
from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Diagnostic
from scoreline.dsl.messages import code, path, say
from scoreline.dsl.source import Place
from scoreline.dsl.walk import conjuncts

MOST_TIMES = 10_000
_HELP = say('give one value, as in `industry is "Software"`, or interactions, as in `email.opened 3 times`')


@dataclass
class GivenFacts:
    """What an example has given so far."""

    lead: dict[str, checked.FactValue] = field(default_factory=dict[str, checked.FactValue])
    contact: dict[str, checked.FactValue] | None = None
    happened: list[checked.GivenInteractions] = field(default_factory=list[checked.GivenInteractions])
    today: datetime.date | None = None
    previous: str | None = None


class FactReader:
    """Reads the facts of one example."""

    def __init__(self, here: Site) -> None:
        self._here = here
        self.given = GivenFacts()

    def read(self, fact: "nodes.Condition | nodes.Occurrence") -> None:
        """Take one `given`; what gives nothing definite is noted."""
        if isinstance(fact, nodes.Occurrence):
            self._occurrence(fact.path, fact.times, fact.ago, fact.where)
            return
        for test in conjuncts(fact):
            if isinstance(test, nodes.Test):
                self._test(test, negated=False)
            elif isinstance(test, nodes.Not) and isinstance(test.condition, nodes.Test):
                self._test(test.condition, negated=True)
            else:
                self._vague(test)

    def _vague(self, node: nodes.Node, help: str = _HELP) -> None:
        self._here.report.add(statements.fact(self._here.place(node), help))

    def _test(self, test: nodes.Test, negated: bool) -> None:
        term = test.subject.terms[0]
        if len(test.subject.terms) > 1 or term.weight is not None or test.subject.measure is not None:
            self._vague(test)
            return
        word = path(term.path.dotted)
        if word in ("today", "stage"):
            self._word(word, test, negated)
            return
        found = resolve(self._here.scope, term.path, self._here.place(term.path))
        match found:
            case Diagnostic():
                self._here.report.add(found)
            case UnreadRef():
                pass
            case checked.Count() if test.comparison is None and test.window is None and not negated:
                self._occurrence(term.path, None, None, term.where)
            case checked.Count():
                self._vague(test, say("write how many there are, as in `{name} 3 times`", name=word))
            case PropertyRef():
                self._here.report.add(names.property_outside(self._here.place(term.path), found.type, found.name))
            case checked.Field() if test.window is None and term.where is None:
                self._field(found, word, test, negated)
            case _:
                self._vague(test)

    def _word(self, word: str, test: nodes.Test, negated: bool) -> None:
        value = test.comparison.value if isinstance(test.comparison, nodes.Is) and not test.comparison.negated else None
        place = self._here.place(test)
        already = self.given.today if word == "today" else self.given.previous
        if already is not None:
            self._here.report.add(statements.fact_twice(place, word))
        elif word == "today" and isinstance(value, nodes.Date) and not negated:
            self.given.today = value.value
        elif word == "stage" and isinstance(value, nodes.Text) and not negated:
            stage = checked.StageNow(self._here.scope.symbols.stages)
            if known_value(self._here, stage, code("`stage`"), value, self._here.place(value)):
                self.given.previous = value.value
        else:
            right = code("today is 2026-03-01") if word == "today" else code('stage is "Marketing qualified"')
            self._vague(test, say("write `given {right}`", right=right))

    def _field(self, found: checked.Field, word: str, test: nodes.Test, negated: bool) -> None:
        known, value = fact_value(self._here, found, word, test, negated)
        if not known:
            return
        target = self.given.lead
        if found.owner == "contact":
            target = self.given.contact = {} if self.given.contact is None else self.given.contact
        if found.name in target:
            self._here.report.add(statements.fact_twice(self._here.place(test), word))
        target[found.name] = value

    def _occurrence(
        self,
        path: nodes.Path,
        times: nodes.Int | None,
        ago: nodes.Duration | None,
        where: nodes.Condition | None,
    ) -> None:
        place = self._here.place(path)
        found = resolve(self._here.scope, path, place)
        if isinstance(found, Diagnostic):
            self._here.report.add(found)
            return
        if isinstance(found, PropertyRef):
            self._here.report.add(names.property_outside(place, found.type, found.name))
            return
        if not isinstance(found, checked.Count):
            self._vague(path)
            return
        if times is not None and not 1 <= times.value <= MOST_TIMES:
            self._here.report.add(statements.times(self._here.place(times), MOST_TIMES))
            return
        properties = self._properties(found.type, where)
        origin = "contact" if found.origin == "contact" else "lead"
        number = 1 if times is None else times.value
        given = checked.GivenInteractions(origin, found.type, number, ago, tuple(properties.items()))
        self.given.happened.append(given)

    def _properties(self, interaction: str, where: nodes.Condition | None) -> dict[str, checked.FactValue]:
        if where is None:
            return {}
        inside = FactReader(Site(self._here.scope.inside(interaction), self._here.source, self._here.report))
        inside.read(where)
        return inside.given.lead


def fact_value(
    here: Site, found: checked.Field, word: str, test: nodes.Test, negated: bool
) -> tuple[bool, checked.FactValue]:
    """Whether a test gives a field one value, and that value (None: missing); else the mistake is noted."""
    comparison = test.comparison
    type_ = found.spec.type
    match comparison:
        case None if type_ == "yes/no":
            return True, not negated
        case nodes.Knowing(known=False) if not negated:
            return True, None
        case nodes.Is(negated=False) if type_ != "choices" and not isinstance(comparison.value, nodes.Path):
            value = fits(here, found, word, comparison.value)
            if isinstance(value, nodes.YesNo):
                return True, value.value != negated
            if not negated and isinstance(value, nodes.Text | nodes.Number | nodes.Date):
                return True, value.value
            if value is None:
                return False, None
        case nodes.Match(how="contains", negated=False) if type_ == "choices" and not negated:
            return _set_of(here, found, word, comparison.argument)
        case _:
            pass
    here.report.add(statements.fact(here.place(test), _HELP))
    return False, None


def _set_of(
    here: Site, found: checked.Field, word: str, argument: nodes.TextArgument
) -> tuple[bool, checked.FactValue]:
    """The set that `contains "AI"` or `contains all of [...]` gives."""
    if isinstance(argument, nodes.AnyOf):
        here.report.add(statements.fact(here.place(argument), say("write `{word} contains all of […]`", word=word)))
        return False, None
    if isinstance(argument, nodes.AllOf):
        listed = members(here, argument.values)
        if listed is None:
            return False, None
        values, there = listed
    else:
        values, there = (argument,), here
    texts: list[str] = []
    for value in values:
        if not isinstance(value, nodes.Text):
            here.report.add(
                statements.fact(here.place(argument), say('write `{word} contains all of ["…"]`', word=word))
            )
            return False, None
        if not known_value(there, found, say("`{name}`", name=word), value, there.place(value)):
            return False, None
        texts.append(spelled(found, value).value)
    return True, tuple(texts)


def check_example(
    file: RuleFile, example: nodes.Example, symbols: Symbols, report: Report, used: set[LetKey]
) -> checked.Example:
    """The example; facts and expectations with a mistake are left out."""
    scope = Scope("expect", symbols, symbols.lets[file.name])
    facts = FactReader(Site(scope, file.parsed.source, report))
    conditions = ConditionChecker(scope, file.parsed.source, report, used)
    expectations: list[tuple[checked.Condition, Place]] = []
    for statement in example.statements:
        if isinstance(statement, nodes.Given):
            facts.read(statement.fact)
        elif (condition := conditions.check(statement.condition)) is not None:
            expectations.append((condition, place_of(file, statement.condition)))
    given = facts.given
    return checked.Example(
        example.title.value,
        place_of(file, example.title),
        given.today,
        given.previous,
        tuple(given.lead.items()),
        None if given.contact is None else tuple(given.contact.items()),
        tuple(given.happened),
        tuple(expectations),
    )
