"""Conditions to nodes: negation down at the tests, dates and windows as bounds, texts folded."""

import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from scoreline.compiler import checked, plan
from scoreline.compiler.calendar import LATEST, midnight
from scoreline.compiler.check.types import type_of
from scoreline.compiler.folding import fold, trim
from scoreline.compiler.lower.tables import PlanTables
from scoreline.dsl import nodes
from scoreline.dsl.source import Place
from scoreline.dsl.walk import Parts, assembled

_OPERATORS: dict[str, plan.Operator] = {"is": "==", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_OPPOSITE: dict[plan.Operator, plan.Operator] = {
    "==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">",
}  # fmt: skip


class _Negatable(NamedTuple):
    """A condition to be lowered, perhaps negated. `apart`: an odd number of `not`s stands before its tests, not in
    them."""

    condition: checked.Condition
    negated: bool = False
    apart: bool = False


class ConditionLowering:
    """Lowers conditions into the tables of one plan."""

    def __init__(self, tables: PlanTables, zone: ZoneInfo) -> None:
        self._tables, self._zone = tables, zone

    def lower(self, condition: checked.Condition) -> tuple[int, tuple[plan.TestText, ...]]:
        """The node of a condition, and its tests as they are written, in text order."""
        texts: list[plan.TestText] = []
        return self._node(condition, texts), tuple(texts)

    def node(self, condition: checked.Condition | None) -> int | None:
        """The node of a condition, if there is one."""
        return None if condition is None else self.lower(condition)[0]

    def count(self, count: checked.Count, steps: tuple[plan.Step, ...] | None = None) -> int:
        """The index of a counter."""
        tables, window = self._tables, count.window
        until, after, since = tables.as_of, None, None
        match window:
            case nodes.Within():
                after = tables.instant(window.duration, -1)
            case nodes.Since():
                since = midnight(window.date.value, self._zone)
            case nodes.MoreThan():
                until = tables.instant(window.duration, -1)
            case None:
                pass
        where = self.node(count.where)
        counter = plan.Counter(
            count.origin, count.type, until, after, since, where, count.distinct, count.period, steps
        )
        return tables.counter(counter)

    def _node(self, root: checked.Condition, texts: list[plan.TestText]) -> int:
        def expand(each: _Negatable) -> int | Parts[_Negatable, int]:
            condition, negated, apart = each
            match condition:
                case checked.Not():
                    inside = _Negatable(condition.condition, not negated, apart != condition.apart)
                    return Parts([inside], self._tables.all_of)
                case checked.And() | checked.Or():
                    parts = [_Negatable(part, negated, apart) for part in condition.conditions]
                    together = isinstance(condition, checked.And) != negated
                    return Parts(parts, self._tables.all_of if together else self._tables.any_of)
                case _:
                    node = self._test(condition, negated)
                    text = one_line(condition.place)
                    texts.append(plan.TestText(f"not {text}" if apart else text, node, place(condition.place)))
                    return node

        return assembled(_Negatable(root), expand)

    def _test(self, test: checked.Test, negated: bool) -> int:
        node = self._tables.node
        match test:
            case checked.Comparing():
                operator = _OPERATORS[test.operator]
                return self._compare(test.left, _OPPOSITE[operator] if negated else operator, test.right)
            case checked.Among():
                return self._among(test, negated)
            case checked.Ranging():
                low: plan.Operator = "<" if negated else ">="
                high: plan.Operator = ">" if negated else "<="
                parts = [self._compare(test.subject, low, test.low), self._compare(test.subject, high, test.high)]
                return self._tables.any_of(parts) if negated else self._tables.all_of(parts)
            case checked.Knowing():
                return node(plan.IsKnown(self._operand(test.subject), negated))
            case checked.Matching():
                return self._matching(test, negated)
            case checked.InWindow():
                return self._window(test, negated)
            case checked.Disqualified():
                return node(plan.Disqualified(negated))
            case checked.Fired():
                return node(plan.Fired(test.model, test.rule, negated))

    def _compare(self, left: checked.Subject, operator: plan.Operator, right: checked.Operand) -> int:
        left_type, right_type = type_of(left), type_of(right)
        if left_type == "datetime" and isinstance(right, nodes.Date):
            return self._against_day(self._operand(left), operator, right.value)
        if {left_type, right_type} == {"date", "datetime"}:
            return self._tables.node(plan.Compare(self._day(left), operator, self._day(right)))
        return self._tables.node(plan.Compare(self._operand(left), operator, self._operand(right)))

    def _against_day(self, left: plan.Operand, operator: plan.Operator, day: datetime.date) -> int:
        """An instant compared with a whole day of the project's zone."""
        begin = plan.Instant(midnight(day, self._zone))
        last = day == datetime.date.max
        end = plan.Instant(LATEST + 1 if last else midnight(day + datetime.timedelta(1), self._zone))
        compare, node = plan.Compare, self._tables.node
        match operator:
            case "==":
                return self._tables.all_of([node(compare(left, ">=", begin)), node(compare(left, "<", end))])
            case "!=":
                return self._tables.any_of([node(compare(left, "<", begin)), node(compare(left, ">=", end))])
            case "<" | ">=":
                return node(compare(left, operator, begin))
            case "<=":
                return node(compare(left, "<", end))
            case ">":
                return node(compare(left, ">=", end))

    def _among(self, test: checked.Among, negated: bool) -> int:
        subject = self._operand(test.subject)
        if type_of(test.subject) == "datetime":
            days = [value.value for value in test.values if isinstance(value, nodes.Date)]
            parts = [self._against_day(subject, "!=" if negated else "==", day) for day in days]
            return self._tables.all_of(parts) if negated else self._tables.any_of(parts)
        values = tuple(dict.fromkeys(constant(value) for value in test.values))
        if len(values) == 1:
            return self._tables.node(plan.Compare(subject, "!=" if negated else "==", values[0]))
        return self._tables.node(plan.OneOf(subject, values, negated))

    def _matching(self, test: checked.Matching, negated: bool) -> int:
        tables, field = self._tables, _field(test.field)
        if test.field.spec.type == "choices":
            values = [constant(each) if isinstance(each, nodes.Text) else _field(each) for each in test.arguments]
            parts = [tables.node(plan.Has(field, value, negated)) for value in values]
        else:
            texts = tuple(plan.Text(fold(each.value)) for each in test.arguments if isinstance(each, nodes.Text))
            fields = [_field(each) for each in test.arguments if isinstance(each, checked.Field)]
            needles = (
                [(text,) for text in dict.fromkeys(texts)] if test.quantifier == "all" else [texts] if texts else []
            )
            parts = [
                tables.node(plan.Match(field, test.how, needle, negated))
                for needle in [*needles, *((each,) for each in fields)]
            ]
        return tables.all_of(parts) if (test.quantifier == "all") != negated else tables.any_of(parts)

    def _window(self, test: checked.InWindow, negated: bool) -> int:
        field, bounds = _field(test.field), self._bounds(test.field, test.window)
        parts: list[int] = []
        for operator, bound in bounds:
            parts.append(self._tables.node(plan.Compare(field, _OPPOSITE[operator] if negated else operator, bound)))
        return self._tables.any_of(parts) if negated else self._tables.all_of(parts)

    def _bounds(
        self, field: checked.Field, window: nodes.Window
    ) -> list[tuple[plan.Operator, plan.MomentRef | plan.Day | plan.Instant]]:
        tables, whole_days = self._tables, field.spec.type == "date"
        now = plan.MomentRef(tables.day(None, 0) if whole_days else tables.as_of)
        if isinstance(window, nodes.Since):
            day = window.date.value
            begin = plan.Day(day.toordinal()) if whole_days else plan.Instant(midnight(day, self._zone))
            return [(">=", begin), ("<=", now)]
        steps = 1 if isinstance(window, nodes.Within) and window.ahead else -1
        moved = tables.day(window.duration, steps) if whole_days else tables.instant(window.duration, steps)
        bound = plan.MomentRef(moved)
        if isinstance(window, nodes.MoreThan):
            return [("<=", bound)]
        return [(">=", now), ("<", bound)] if window.ahead else [(">", bound), ("<=", now)]

    def _day(self, operand: checked.Operand) -> plan.Operand:
        if isinstance(operand, checked.Field) and operand.spec.type == "datetime":
            return plan.DayOf(operand.owner, operand.name)
        return self._operand(operand)

    def _operand(self, operand: checked.Operand) -> plan.Operand:
        match operand:
            case checked.Field():
                return _field(operand)
            case checked.Count():
                return plan.CountRef(self.count(operand))
            case checked.Score():
                return plan.Score(operand.model)
            case checked.Grade():
                return plan.Grade(operand.model)
            case checked.StageNow():
                return plan.Stage()
            case checked.Sum():
                return plan.Sum(tuple((weight, self._part(part)) for weight, part in operand.parts))
            case _:
                return constant(operand)

    def _part(self, part: checked.Count | checked.Score) -> plan.CountRef | plan.Score:
        return plan.Score(part.model) if isinstance(part, checked.Score) else plan.CountRef(self.count(part))


def _field(field: checked.Field) -> plan.Field:
    return plan.Field(field.owner, field.name)


def constant(value: checked.Constant) -> plan.Number | plan.Text | plan.YesNo | plan.Day:
    """A literal that is compared: its text trimmed and folded."""
    match value:
        case nodes.Text():
            return plan.Text(fold(trim(value.value)))
        case nodes.Number():
            return plan.Number(value.value)
        case nodes.YesNo():
            return plan.YesNo(value.value)
        case nodes.Date():
            return plan.Day(value.value.toordinal())


def one_line(of: Place) -> str:
    """What stands at a place, white space made one blank, without parentheses around all of it."""
    text = " ".join(of.text.split())
    while text.startswith("(") and text.endswith(")"):
        text = text[1:-1].strip()
    return text


def place(of: Place) -> plan.Place:
    """A place as plain data."""
    return plan.Place(of.file, *of.start, *of.end)
