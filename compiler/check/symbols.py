"""Every name that the rule files give: models, qualifications, lets, and what may clash with what.

Looks at headings only; conditions are read later, with these symbols at hand.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from scoreline.compiler.check.report import Report
from scoreline.compiler.check.rule_ids import short_ids
from scoreline.compiler.folding import fold, trim
from scoreline.compiler.problems import names as problems
from scoreline.compiler.schema import Schema
from scoreline.compiler.sources import RuleFile, RuleFiles, place_of, reachable
from scoreline.dsl import nodes
from scoreline.dsl.messages import say
from scoreline.dsl.source import Place
from scoreline.dsl.span import Span
from scoreline.dsl.walk import within

LetKey = tuple[str, Span]
"""The file of a let, and where its name stands."""


@dataclass(frozen=True)
class LetSymbol:
    """A let and where it is defined; `value` is None if it could not be read."""

    name: str
    value: "nodes.List | nodes.Condition | None"
    file: RuleFile
    place: Place

    @property
    def key(self) -> LetKey:
        """What identifies this let, however its file is edited elsewhere."""
        return self.file.name, self.place.span


@dataclass(frozen=True)
class ModelSymbol:
    """A model: its grades, and the ids of its rules without its name. `broken` if part of it could not be read."""

    name: str
    grades: tuple[str, ...]
    rule_ids: tuple[str, ...]
    broken: bool
    place: Place


@dataclass(frozen=True)
class QualificationSymbol:
    """A qualification and its stages, from lowest to highest."""

    name: str
    stages: tuple[str, ...]
    broken: bool
    place: Place


@dataclass(frozen=True)
class Symbols:
    """All names. `lets` are by file, then by name: what each file sees. `lacking` are the files that may see
    fewer than they should, because a `use` leads nowhere."""

    schema: Schema
    models: Mapping[str, ModelSymbol]
    qualifications: Mapping[str, QualificationSymbol]
    lets: Mapping[str, Mapping[str, LetSymbol]]
    lacking: frozenset[str] = frozenset()
    nameless: bool = False
    """Whether there is a model whose name could not be read."""

    @property
    def stages(self) -> tuple[str, ...]:
        """The names of all stages of all qualifications, each once."""
        return tuple(dict.fromkeys(stage for each in self.qualifications.values() for stage in each.stages))


def collect(files: RuleFiles, schema: Schema, report: Report) -> Symbols:
    """The symbols of a project's files; what clashes goes to the report."""
    models: dict[str, ModelSymbol] = {}
    qualifications: dict[str, QualificationSymbol] = {}
    taken: dict[str, tuple[str, str, Place]] = {}
    for file, item in _named(files):
        place = place_of(file, item.name)
        if _clashes(taken, item, place, report) or not item.name.text:
            continue
        if isinstance(item, nodes.Model):
            models[item.name.text] = _model_symbol(item, place)
        else:
            qualifications[item.name.text] = _qualification_symbol(item, place)
    by_name = files.by_name
    lets = {name: _visible_lets(by_name, name, report) for name in by_name}
    nameless = any(not item.name.text for _, item in _named(files))
    lacking = frozenset(name for name in by_name if any(by_name[each].lacking for each in reachable(by_name, name)))
    symbols = Symbols(schema, models, qualifications, lets, lacking, nameless)
    hiding = {place for file in by_name.values() for place in _hidden_names(file, symbols, report)}
    circular = _circles(symbols, report)
    sound = {file: _sound(visible, hiding, circular) for file, visible in lets.items()}
    return replace(symbols, lets=sound)


def _sound(lets: Mapping[str, LetSymbol], hiding: set[Place], circular: set[Place]) -> dict[str, LetSymbol]:
    """The lets without those that hide something else, and without what those of a circle are made of."""
    return {
        name: replace(let, value=None) if let.place in circular else let
        for name, let in lets.items()
        if let.place not in hiding
    }


def _named(files: RuleFiles) -> Iterator[tuple[RuleFile, nodes.Model | nodes.Qualification]]:
    for file in files.own:
        for item in file.parsed.file.items:
            if isinstance(item, nodes.Model | nodes.Qualification):
                yield file, item


def _clashes(
    taken: dict[str, tuple[str, str, Place]], item: nodes.Model | nodes.Qualification, place: Place, report: Report
) -> bool:
    """Whether another model or qualification has the name; else the name is taken from now on."""
    name = item.name.text
    what = say("a model") if isinstance(item, nodes.Model) else say("a qualification")
    if (earlier := taken.get(fold(name))) is not None:
        other_what, other, first = earlier
        if other == name:
            report.add(problems.taken(place, other_what, name, first))
            return True
        report.add(problems.differ_in_case(place, other_what, name, other, first))
    taken.setdefault(fold(name), (what, name, place))
    return False


def _model_symbol(model: nodes.Model, place: Place) -> ModelSymbol:
    grades = tuple(trim(item.name.value) for item in model.items if isinstance(item, nodes.Grade))
    return ModelSymbol(model.name.text, grades, short_ids(model), model.broken, place)


def _qualification_symbol(item: nodes.Qualification, place: Place) -> QualificationSymbol:
    stages = tuple(trim(stage.name.value) for stage in item.stages)
    return QualificationSymbol(item.name.text, stages, item.broken, place)


def _visible_lets(files: dict[str, RuleFile], name: str, report: Report) -> dict[str, LetSymbol]:
    visible: dict[str, LetSymbol] = {}
    for reached in reachable(files, name):
        for item in files[reached].parsed.file.items:
            if not isinstance(item, nodes.Let) or not item.name.text:
                continue
            symbol = LetSymbol(item.name.text, item.value, files[reached], place_of(files[reached], item.name))
            other = visible.setdefault(item.name.text, symbol)
            if other is not symbol:
                first, second = sorted((other.place, symbol.place), key=lambda place: (place.file, place.start))
                report.add(problems.let_of_several(second, item.name.text, first))
    return visible


def _hidden_names(file: RuleFile, symbols: Symbols, report: Report) -> Iterator[Place]:
    """The places of lets that have the name of something else. They are reported."""
    lead = symbols.schema.lead
    first_parts = {name.split(".")[0] for name in symbols.schema.interactions}
    seen: dict[str, LetSymbol] = {}
    for let in symbols.lets[file.name].values():
        if let.file is not file:
            continue
        other = seen.setdefault(fold(let.name), let)
        if other is not let:
            report.add(problems.differ_in_case(let.place, say("the let"), let.name, other.name, other.place))
        for what, known in (
            (say("a field"), lead.fields),
            (say("a relation"), lead.relations),
            (say("an interaction"), first_parts),
            (say("a model"), symbols.models),
            (say("a qualification"), symbols.qualifications),
        ):
            if let.name in known:
                report.add(problems.let_hides(let.place, let.name, what))
                yield let.place
                break


def _circles(symbols: Symbols, report: Report) -> set[Place]:
    """The lets of circles. Each circle is reported at its first let."""
    lets = {let.place: let for visible in symbols.lets.values() for let in visible.values()}
    uses = {place: _uses(symbols, let) for place, let in lets.items()}
    circular: set[Place] = set()
    done: set[Place] = set()
    for start in sorted(lets, key=lambda place: (place.file, place.start)):
        for way in _ways_back(uses, start, done):
            if circular.isdisjoint(way):
                first = min(range(len(way)), key=lambda index: (way[index].file, way[index].start))
                turned = (*way[first:], *way[:first], way[first])
                report.add(problems.let_circle(turned[0], tuple(lets[place].name for place in turned)))
            circular.update(way)
    return circular


def _uses(symbols: Symbols, let: LetSymbol) -> tuple[Place, ...]:
    visible = symbols.lets[let.file.name]
    return tuple(dict.fromkeys(visible[name].place for name in lets_used(let) if name in visible))


def _ways_back(uses: Mapping[Place, tuple[Place, ...]], start: Place, done: set[Place]) -> Iterator[tuple[Place, ...]]:
    """The circles met on a walk through all lets that one is made of; each let is walked through once."""
    if start in done:
        return
    way = [start]
    ahead = [iter(uses[start])]
    on_way = {start: 0}
    while way:
        following = next(ahead[-1], None)
        if following is None:
            done.add(way[-1])
            del on_way[way.pop()]
            ahead.pop()
        elif following in on_way:
            yield tuple(way[on_way[following] :])
        elif following not in done:
            on_way[following] = len(way)
            way.append(following)
            ahead.append(iter(uses[following]))


def lets_used(let: LetSymbol) -> Iterator[str]:
    """The names of one part that a let's condition mentions: the only ones that can be lets."""
    if let.value is None or isinstance(let.value, nodes.List):
        return
    for node in within(let.value):
        if isinstance(node, nodes.Path) and len(node.parts) == 1:
            yield node.parts[0].text
