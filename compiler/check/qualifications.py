"""Qualifications: units, stages, actions, and the texts of tasks with `{field}` and `{contact.field}` in them."""

import re
from collections.abc import Iterable

from scoreline.compiler import checked
from scoreline.compiler.check import types as types_
from scoreline.compiler.check.conditions import ConditionChecker
from scoreline.compiler.check.models import STAGE, tell_alike
from scoreline.compiler.check.report import Report
from scoreline.compiler.check.scope import Scope, Site
from scoreline.compiler.check.symbols import LetKey, Symbols
from scoreline.compiler.check.values import fits
from scoreline.compiler.folding import fold, trim
from scoreline.compiler.problems import names, statements, types
from scoreline.compiler.schema.labels import labelled_values, spellings
from scoreline.compiler.sources import RuleFile, place_of
from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Diagnostic
from scoreline.dsl.messages import say
from scoreline.dsl.source import Place
from scoreline.dsl.span import Span

_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]|[^{}]+")


class QualificationChecker:
    """Checks one qualification of one file. `channels` are those of the project file, None if it names none."""

    def __init__(
        self,
        file: RuleFile,
        item: nodes.Qualification,
        symbols: Symbols,
        channels: frozenset[str] | None,
        report: Report,
        used: set[LetKey],
    ) -> None:
        self._file, self._item, self._symbols = file, item, symbols
        self._channels, self._report = channels, report
        scope = Scope("qualification", symbols, symbols.lets[file.name])
        self._here = Site(scope, file.parsed.source, report)
        self._conditions = ConditionChecker(scope, file.parsed.source, report, used)

    def check(self) -> checked.Qualification:
        """The qualification; stages with a mistake are left out."""
        item = self._item
        audience = None if item.where is None else self._conditions.check(item.where)
        tell_alike(self._file, (stage.name for stage in item.stages), STAGE, self._report)
        stages = (self._stage(stage) for stage in item.stages)
        return checked.Qualification(
            item.name.text,
            None if item.title is None else item.title.value,
            self._place(item.name),
            self._unit(),
            audience,
            tuple(stage for stage in stages if stage is not None),
        )

    def _place(self, node: nodes.Node) -> Place:
        return place_of(self._file, node)

    def _unit(self) -> str | None:
        unit = self._item.unit
        if unit is None:
            return None
        lead = self._symbols.schema.lead
        place = self._place(unit)
        if lead.unit is None:
            self._report.add(statements.no_unit_field(place))
            return trim(unit.value)
        spec = lead.fields[lead.unit]
        if spec.type != "choice":
            return trim(unit.value)
        value = spellings(spec).get(fold(trim(unit.value)))
        if value is None:
            self._report.add(names.unknown_value(place, unit.value, f"`{lead.unit}`", labelled_values(spec)))
        # Two spellings of one unit are the business of whoever compares them; a label is not the unit itself.
        return trim(unit.value) if value is None or value not in spec.labels else value

    def _stage(self, stage: nodes.Stage) -> checked.Stage | None:
        when = self._conditions.check(stage.when)
        until = None if stage.until is None else self._conditions.check(stage.until)
        actions = [self._action(action) for action in stage.actions]
        if when is None:
            return None
        made = tuple(action for action in actions if action is not None)
        return checked.Stage(trim(stage.name.value), self._place(stage), when, until, made)

    def _action(self, action: nodes.Action) -> checked.Action | None:
        match action:
            case nodes.CreateTask():
                owner = None if action.owner is None else self._template(action.owner)
                return checked.CreateTask(self._template(action.title), owner, action.due)
            case nodes.Notify():
                channel = trim(action.channel.value)
                if not channel:
                    self._report.add(types.no_name(self._place(action.channel), say("the channel")))
                elif self._channels is not None and channel not in self._channels:
                    place = self._place(action.channel)
                    self._report.add(statements.channel(place, channel, sorted(self._channels)))
                return checked.Notify(channel)
            case nodes.SetField():
                return self._set(action)

    def _template(self, text: nodes.Text) -> checked.Template:
        if not trim(text.value):
            self._report.add(types.no_name(self._place(text), say("the task")))
        parts, wrong = _template(text, self._place(text), self._symbols)
        for problem in wrong:
            self._report.add(problem)
        return parts

    def _set(self, action: nodes.SetField) -> checked.SetField | None:
        fields = self._symbols.schema.lead.fields
        name = action.field.text
        if name not in fields:
            among = say("the lead has no field with this name")
            return self._here.wrong(names.unknown(self._place(action.field), name, fields, among=among))
        target = checked.Field("lead", name, fields[name])
        value = fits(self._here, target, name, action.value)
        if value is None or isinstance(value, checked.Count | checked.Sum | checked.StageNow):
            return None
        if isinstance(value, checked.Score | checked.Grade):
            place = self._place(action.value)
            return self._here.wrong(
                names.reserved(place, say("setting a field to a score or a grade"), say("set it to a value or a field"))
            )
        if isinstance(value, checked.Field) and not _settable(target, value):
            place, written = self._place(action.value), self._here.text(action.value)
            if target.spec.type == value.spec.type == "choice":
                self._report.add(names.other_values(place, name, written))
            else:
                left, right = types_.spoken(target), types_.spoken(value)
                self._report.add(types.different(place, name, left, written, right))
            return None
        return checked.SetField(target, value)


def _template(text: nodes.Text, place: Place, symbols: Symbols) -> tuple[checked.Template, list[Diagnostic]]:
    """The parts of a text, and what is wrong with its braces. `{{` and `}}` are braces."""
    parts: list[str | checked.Field] = []
    wrong: list[Diagnostic] = []
    written = 0
    for match in _PIECE.finditer(text.value):
        piece, name = match[0], match[1]
        if name is None:
            if piece == "{":
                wrong.append(statements.open_brace(place))
            parts.append(piece[0] if piece in ("{{", "}}") else piece)
        elif (found := _field(name.strip(), symbols)) is not None:
            parts.append(found)
        else:
            written = max(written, place.text.find(piece, written))
            here = Span(place.span.start + written, place.span.start + written + len(piece))
            written += len(piece)
            wrong.append(statements.placeholder(place.source.at(here), name, _names(symbols)))
    return tuple(parts), wrong


def _field(name: str, symbols: Symbols) -> checked.Field | None:
    lead, contact = symbols.schema.lead, symbols.schema.contact
    if name in lead.fields:
        return checked.Field("lead", name, lead.fields[name])
    relation, _, rest = name.partition(".")
    if contact is not None and relation in lead.relations and rest in contact.fields:
        return checked.Field("contact", rest, contact.fields[rest])
    return None


def _names(symbols: Symbols) -> list[str]:
    lead, contact_fields = symbols.schema.lead, symbols.schema.contact_fields
    return [*lead.fields, *(f"{relation}.{name}" for relation in lead.relations for name in contact_fields)]


def _settable(target: checked.Field, value: checked.Field) -> bool:
    """Whether every value of one field can stand in another."""
    if target.spec.type == "text":
        return value.spec.type in ("text", "choice")
    if target.spec.type == "choice":
        return value.spec.type == "choice" and set(map(fold, value.spec.values)) <= set(map(fold, target.spec.values))
    return target.spec.type == value.spec.type or (target.spec.type, value.spec.type) == ("datetime", "date")


def report_shared_units(items: Iterable[tuple[RuleFile, nodes.Qualification]], report: Report) -> None:
    """Notes qualifications for a unit that another one has, and a second one without a unit."""
    first: dict[str | None, Place] = {}
    for file, item in items:
        unit = None if item.unit is None else fold(trim(item.unit.value))
        place = place_of(file, item.name if item.unit is None else item.unit)
        if item.broken:
            continue
        if unit in first:
            report.add(statements.shared_unit(place, item.unit.value if item.unit else None, first[unit]))
        first.setdefault(unit, place)
