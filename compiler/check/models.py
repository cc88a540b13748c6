"""Models: headings, bounds, groups, rules, grades."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from scoreline.compiler import checked
from scoreline.compiler.check.conditions import ConditionChecker
from scoreline.compiler.check.memory import CheckMemory, RuleResult, names_in
from scoreline.compiler.check.report import Report
from scoreline.compiler.check.rule_ids import short_ids
from scoreline.compiler.check.scope import Scope
from scoreline.compiler.check.symbols import LetKey, Symbols
from scoreline.compiler.folding import fold, trim
from scoreline.compiler.problems import names, statements, types
from scoreline.compiler.sources import RuleFile, place_of
from scoreline.dsl import nodes
from scoreline.dsl.messages import code, say
from scoreline.dsl.source import Place


@dataclass
class _Parts:
    """The parts of a model, as its statements are read one after the other."""

    groups: list[checked.Group] = field(default_factory=list[checked.Group])
    rules: list[checked.Rule] = field(default_factory=list[checked.Rule])
    grades: list[tuple[str, int | None]] = field(default_factory=list[tuple[str, int | None]])
    clamp: tuple[int, int] | None = None
    group: int | None = None


class ModelChecker:
    """Checks one model of one file."""

    def __init__(
        self,
        file: RuleFile,
        model: nodes.Model,
        symbols: Symbols,
        report: Report,
        used: set[LetKey],
        memory: CheckMemory,
    ) -> None:
        self._file, self._model, self._symbols, self._report = file, model, symbols, report
        self._used, self._memory = used, memory
        self._scope = Scope("model", symbols, symbols.lets[file.name], include=self._includes())

    def check(self) -> checked.Model:
        """The model; parts with a mistake are left out."""
        model, parts = self._model, _Parts()
        if model.subject.text != "lead":
            self._report.add(statements.subject_not_lead(self._place(model.subject), model.subject.text))
        audience = None if model.where is None else self._conditions(self._report, self._used).check(model.where)
        self._once()
        self._unlike()
        numbered = zip(self._rules(), self._ids(), strict=True)
        rule_ids = {id(rule): (number, rule_id) for number, (rule, rule_id) in enumerate(numbered, 1)}
        for item in model.items:
            self._item(parts, item, *rule_ids.get(id(item), (0, "")))
        return checked.Model(
            model.name.text,
            None if model.title is None else model.title.value,
            self._place(model.name),
            audience,
            parts.clamp,
            tuple(parts.groups),
            tuple(parts.rules),
            tuple(parts.grades),
        )

    def _place(self, node: nodes.Node) -> Place:
        return place_of(self._file, node)

    def _includes(self) -> bool:
        """Whether the contact's interactions count; an `include` of no relation is reported."""
        includes = [item for item in self._model.items if isinstance(item, nodes.Include)]
        relations = self._symbols.schema.lead.relations
        for item in includes:
            if item.relation.text not in relations:
                place = self._place(item.relation)
                among = say("the lead has no such relation")
                self._report.add(names.unknown(place, item.relation.text, relations, among=among))
        return any(item.relation.text in relations for item in includes)

    def _rules(self) -> list[nodes.Rule]:
        return [item for item in self._model.items if isinstance(item, nodes.When | nodes.ForEach)]

    def _ids(self) -> list[str]:
        """The rules' ids; two alike and labels without letters are reported."""
        first: dict[str, Place] = {}
        ids = list(short_ids(self._model))
        for rule, short in zip(self._rules(), ids, strict=True):
            place = self._place(rule if rule.label is None else rule.label)
            if not short:
                self._report.add(names.empty_label(place, rule.label.value if rule.label else ""))
            elif short in first and not self._model.broken:
                self._report.add(names.same_rule_id(place, f"{self._model.name.text}/{short}", first[short]))
            else:
                first[short] = place
        return [f"{self._model.name.text}/{short}" for short in ids]

    def _once(self) -> None:
        """Statements that stand twice."""
        first: dict[str, Place] = {}
        for item in self._model.items:
            match item:
                case nodes.Clamp():
                    what = code("`score between`")
                case nodes.Include():
                    what = code("`include {text} interactions`", text=item.relation.text)
                case nodes.Grade(threshold=None):
                    what = code("`otherwise`")
                case _:
                    continue
            place = self._place(item)
            if what in first:
                self._report.add(names.repeated(place, what, first[what]))
            first.setdefault(what, place)

    def _unlike(self) -> None:
        """Groups, grades and thresholds that are alike."""
        groups = (item.title for item in self._model.items if isinstance(item, nodes.Group) and item.title)
        tell_alike(self._file, groups, GROUP, self._report)
        grades = [item for item in self._model.items if isinstance(item, nodes.Grade)]
        tell_alike(self._file, (grade.name for grade in grades), GRADE, self._report)
        thresholds: dict[int, Place] = {}
        for grade in grades:
            if grade.threshold is None:
                continue
            place = self._place(grade.threshold)
            first = thresholds.setdefault(grade.threshold.value, place)
            if first is not place:
                problem = statements.same_threshold(place, grade.name.value, str(grade.threshold.value), first)
                self._report.add(problem)

    def _item(self, parts: _Parts, item: nodes.ModelItem, number: int, rule_id: str) -> None:
        match item:
            case nodes.Include():
                pass
            case nodes.Clamp():
                parts.clamp = self._clamp(item)
            case nodes.Group(title=None):
                parts.group = None
            case nodes.Group():
                parts.group = len(parts.groups)
                parts.groups.append(self._group(item))
            case nodes.Grade():
                parts.group = None
                threshold = None if item.threshold is None else item.threshold.value
                parts.grades.append((trim(item.name.value), threshold))
            case nodes.When() | nodes.ForEach():
                rule = self._rule(item, rule_id, number, parts.group)
                if rule is not None:
                    parts.rules.append(rule)

    def _rule(self, item: nodes.Rule, rule_id: str, number: int, group: int | None) -> checked.Rule | None:
        """A rule, from memory if it is known; its mistakes are reported in either case."""
        scope = (self._file.name, self._scope.include)
        known = self._memory.known(item, scope) or self._judged(item, scope)
        if known.rule is not None and (known.rule.id, known.rule.number, known.rule.group) != (rule_id, number, group):
            known = known._replace(rule=replace(known.rule, id=rule_id, number=number, group=group))
        self._memory.keep(item, known)
        for diagnostic in known.diagnostics:
            self._report.add(diagnostic)
        self._used.update(known.used)
        return known.rule

    def _judged(self, item: nodes.Rule, scope: tuple[str, bool]) -> RuleResult:
        report, used = Report(), set[LetKey]()
        conditions = self._conditions(report, used)
        if isinstance(item, nodes.When):
            rule = self._when(item, conditions)
        else:
            rule = self._for_each(item, conditions, report)
        return RuleResult(scope, rule, report.diagnostics, frozenset(used), names_in(item))

    def _conditions(self, report: Report, used: set[LetKey]) -> ConditionChecker:
        return ConditionChecker(self._scope, self._file.parsed.source, report, used)

    def _clamp(self, clamp: nodes.Clamp) -> tuple[int, int]:
        low, high = clamp.low.value, clamp.high.value
        if low > high:
            self._report.add(types.reversed_bounds(self._place(clamp), f"`{low}`", f"`{high}`"))
        return low, high

    def _group(self, group: nodes.Group) -> checked.Group:
        bounds: dict[str, int] = {}
        for bound in group.bounds:
            if bound.side in bounds:
                first = next(each for each in group.bounds if each.side == bound.side)
                self._report.add(
                    names.repeated(
                        self._place(bound),
                        code("`at most`") if bound.side == "most" else code("`at least`"),
                        self._place(first),
                    )
                )
            bounds[bound.side] = bound.value.value
        most, least = bounds.get("most"), bounds.get("least")
        if most is not None and least is not None and least > most:
            help = say("`at least` is the lower limit of a group's points, and `at most` is the upper limit")
            place = self._place(group.bounds[-1])
            self._report.add(
                types.reversed_bounds(
                    place, code("`at least {least}`", least=least), code("`at most {most}`", most=most), help
                )
            )
        title = "" if group.title is None else group.title.value
        return checked.Group(title, group.best_only, most, least)

    def _when(self, rule: nodes.When, conditions: ConditionChecker) -> checked.Rule | None:
        condition = conditions.check(rule.condition)
        if condition is None:
            return None
        points = rule.outcome.value if isinstance(rule.outcome, nodes.Points) else None
        return checked.Rule("", 0, _label(rule), None, self._place(rule), condition, None, points)

    def _for_each(self, rule: nodes.ForEach, conditions: ConditionChecker, report: Report) -> checked.Rule | None:
        if rule.cap is not None and rule.cap.value <= 0:
            report.add(statements.cap(self._place(rule.cap), rule.cap.value))
        count = conditions.count(rule.happening, rule.each)
        if count is None:
            return None
        cap = None if rule.cap is None else rule.cap.value
        points = rule.points.value
        return checked.Rule("", 0, _label(rule), None, self._place(rule), None, count, points, cap, rule.decay)


def _label(rule: nodes.Rule) -> str | None:
    return None if rule.label is None else trim(rule.label.value)


class Named(NamedTuple):
    """A kind of thing that has a name: one of it, and what it is called without an article."""

    one: str
    bare: str


GROUP = Named(say("a group"), say("group"))
GRADE = Named(say("a grade"), say("grade"))
STAGE = Named(say("a stage"), say("stage"))
EXAMPLE = Named(say("an example"), say("example"))


def tell_alike(file: RuleFile, texts: "Iterator[nodes.Text]", kind: Named, report: Report) -> None:
    """Notes empty names and names that are alike, case or not, among things of one kind."""
    first: dict[str, Place] = {}
    for text in texts:
        place, name = place_of(file, text), fold(trim(text.value))
        if not name:
            report.add(types.no_name(place, kind.bare))
        elif name in first:
            report.add(names.taken(place, kind.one, text.value, first[name]))
        else:
            first[name] = place
