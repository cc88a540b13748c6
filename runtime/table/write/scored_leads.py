"""Results taken out of the table one by one: for the terminal, for actions, for files that DuckDB cannot write."""

import datetime
from collections.abc import Iterator, Sequence
from typing import cast
from zoneinfo import ZoneInfo

from scoreline.compiler import plan
from scoreline.compiler.backends.query import choices, names
from scoreline.compiler.backends.query.admitted import ROW, AdmittedTables
from scoreline.compiler.instants import instant_of_datetime
from scoreline.compiler.plan_parts import shown_fields
from scoreline.compiler.schema import FieldSpec
from scoreline.compiler.values import Known
from scoreline.runtime.actions import ActionMaker
from scoreline.runtime.leads import EntityReader, Values
from scoreline.runtime.results import Action, ModelResult, Result, StageState
from scoreline.runtime.rules import Rules
from scoreline.runtime.table.write.result_table import RESULT, Answers, Shape, stage_columns

_Row = tuple[object, ...]


class People:
    """The leads of a run, each with its result."""

    def __init__(
        self,
        answers: Answers,
        rules: Rules,
        shape: Shape,
        tables: AdmittedTables,
        moments: Sequence[int],
    ) -> None:
        self._answers, self._rules, self._shape, self._tables, self._moments = answers, rules, shape, tables, moments
        self._whole = rules.plan
        self._sign = choices.separator(self._whole.schema)
        self._maker = ActionMaker(self._whole.schema, rules.zone)
        contact = self._whole.schema.contact
        self._absent: Values = {} if contact is None else EntityReader(contact, rules.zone).absent()

    def all(self, most: int | None = None, of: str = RESULT) -> Iterator[tuple[str, Result]]:
        """Each lead's key and result in the order of the leads, `most` of them; without actions. `of`: the table of
        results, or one of some of them."""
        limit = "" if most is None else f" limit {int(most)}"
        row_number = self._answers.quoted(ROW)
        for row in self._answers.rows(f"select {self._columns(of)} from {of} order by {row_number}{limit}"):
            yield str(row[0]), self._result(row)

    def entering(self) -> Iterator[tuple[str, Result]]:
        """Those that enter a stage with actions, with these."""
        acting = [each for each in self._whole.qualifications if any(stage.actions for stage in each.stages)]
        if not acting:
            return
        entered = " or ".join(self._has_entered(each) for each in acting)
        fields = self._fields()
        identifier = self._answers.quoted
        row_number = identifier(ROW)
        shown = [f"{table}.{identifier(field.name)}" for field, table in fields]
        joins = f" join {identifier(self._tables.leads)} as leads on leads.{row_number} = {RESULT}.{row_number}"
        if self._tables.contacts is not None and self._whole.schema.contact is not None:
            same = f"contacts.{identifier(names.CONTACT)} = leads.{identifier(names.CONTACT)}"
            shown.append(f"contacts.{identifier(names.CONTACT)} is not null")
            joins += f" left join {identifier(self._tables.contacts)} as contacts on {same}"
        query = f"select {', '.join([self._columns(RESULT), *shown])} from {RESULT}{joins} where {entered}"
        for row in self._answers.rows(f"{query} order by {RESULT}.{row_number}"):
            yield str(row[0]), self._with_actions(row, [field for field, _ in fields])

    def _columns(self, of: str) -> str:
        """All columns of results but the row's number."""
        shown = (f"c{at}" for at in range(len(self._shape.columns)))
        return ", ".join(f"{of}.{self._answers.quoted(each)}" for each in (*shown, *stage_columns(self._whole)))

    def _has_entered(self, qualification: plan.Qualification) -> str:
        before, now = (self._answers.quoted(f"{qualification.name} {what}") for what in ("before", "now"))
        return f"({now} <> 0 and {now} <> {before})"

    def _fields(self) -> list[tuple[plan.Field, str]]:
        """The fields that texts of actions show, and whose table they are in; a contact's only if there are any."""
        tables = {"lead": "leads", "contact": "contacts"} if self._tables.contacts is not None else {"lead": "leads"}
        stages = (stage for each in self._whole.qualifications for stage in each.stages)
        shown = dict.fromkeys(field for stage in stages for action in stage.actions for field in shown_fields(action))
        return [(field, tables[field.owner]) for field in shown if field.owner in tables]

    def _result(self, row: _Row, actions: tuple[Action, ...] = ()) -> Result:
        whole = self._whole
        cells = iter(row[1:])
        models: dict[str, ModelResult] = {}
        for model in whole.models:
            score, grade, fired = next(cells), next(cells), next(cells)
            models[model.name] = ModelResult(cast(int | None, score), cast(str | None, grade), self.ids(fired))
        states = {
            each.name: StageState(cast(str | None, next(cells)), cast(int, next(cells)))
            for each in whole.qualifications
        }
        next(cells)
        disqualified_by = self.ids(next(cells))
        name = next((each.name for each in whole.qualifications if self._cell(row, each, "concerned")), None)
        stage = None if name is None else states[name].stage
        return Result(models, states, disqualified_by, name, stage, actions)

    def ids(self, cell: object) -> tuple[str, ...]:
        """The ids of rules in a cell: a list, or one text with each behind a comma."""
        if isinstance(cell, str):
            return tuple(cell[1:].split(",")) if cell else ()
        return tuple(cast("list[str] | None", cell) or ())

    def _cell(self, row: _Row, qualification: plan.Qualification, what: str) -> object:
        place = self._whole.qualifications.index(qualification) * 3 + ("concerned", "before", "now").index(what)
        return row[len(self._shape.columns) + place]

    def _with_actions(self, row: _Row, fields: Sequence[plan.Field]) -> Result:
        result = self._result(row)
        for each in self._whole.qualifications:
            now = cast(int, self._cell(row, each, "now"))
            if now and now != self._cell(row, each, "before"):
                values = self._values(row, fields)
                entered = result.qualifications[each.name].entered
                made = self._maker.actions(each, each.stages[now - 1], entered, str(row[0]), values, self._moments)
                return self._result(row, made)
        return result

    def _values(self, row: _Row, fields: Sequence[plan.Field]) -> tuple[Values, Values]:
        first = len(self._shape.columns) + 3 * len(self._whole.qualifications)
        lead: dict[str, Known | None] = {}
        contact: dict[str, Known | None] = dict(self._absent)
        has_contact = bool(row[-1]) if len(row) > first + len(fields) else False
        for field, raw in zip(fields, row[first:], strict=False):
            schema = self._whole.schema
            if field.owner == "lead":
                lead[field.name] = self._known(schema.lead.fields[field.name], raw)
            elif has_contact:
                contact[field.name] = self._known(schema.contact_fields[field.name], raw)
        return lead, contact

    def _known(self, spec: FieldSpec, raw: object) -> Known | None:
        """A value of the admitted tables as readers give it."""
        match raw:
            case None:
                return None
            case str() if spec.type == "choices":
                return tuple(raw.strip(self._sign).split(self._sign))
            case datetime.datetime():
                return instant_of_datetime(raw, ZoneInfo("UTC"))
            case datetime.date():
                return raw.toordinal()
            case _:
                return cast(Known, raw)
