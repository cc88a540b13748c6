"""Results taken out of the table one by one: for the terminal, for actions, for files that DuckDB cannot write."""

import datetime
from collections.abc import Iterator, Sequence
from typing import cast
from zoneinfo import ZoneInfo

from scoreline.compiler import plan
from scoreline.compiler.backends.query import choices, names, terms
from scoreline.compiler.backends.query.admitted import ROW, AdmittedTables
from scoreline.compiler.backends.query.terms import Expr
from scoreline.compiler.instants import instant_of_datetime
from scoreline.compiler.plan_parts import shown_fields
from scoreline.compiler.schema import FieldSpec
from scoreline.compiler.values import Known
from scoreline.runtime.actions import ActionMaker
from scoreline.runtime.leads import EntityReader, Values
from scoreline.runtime.results import Action, ModelResult, Result, StageState
from scoreline.runtime.rules import Rules
from scoreline.runtime.table.read.queries import columns, join, same, select, table
from scoreline.runtime.table.write.result_table import RESULT, ResultReader, Shape, stage_columns
from sqlglot import exp

_Row = tuple[object, ...]


class ScoredLeads:
    """The leads of a run, each with its result."""

    def __init__(
        self,
        results: ResultReader,
        rules: Rules,
        shape: Shape,
        tables: AdmittedTables,
        moments: Sequence[int],
    ) -> None:
        self._results, self._shape, self._tables, self._moments = results, shape, tables, moments
        self._whole = rules.plan
        self._sign = choices.separator(self._whole.schema)
        self._maker = ActionMaker(self._whole.schema, rules.zone)
        contact = self._whole.schema.contact
        self._absent: Values = {} if contact is None else EntityReader(contact, rules.zone).absent()

    def all(self, most: int | None = None, of: str = RESULT) -> Iterator[tuple[str, Result]]:
        """Each lead's key and result in the order of the leads, `most` of them; without actions. `of`: the table of
        results, or one of some of them."""
        query = select(self._columns(of), table(of), order=[terms.column(ROW)])
        for row in self._results.streamed(query if most is None else query.limit(most)):
            yield str(row[0]), self._result(row)

    def entering(self) -> Iterator[tuple[str, Result]]:
        """Those that enter a stage with actions, with these."""
        acting = [each for each in self._whole.qualifications if any(stage.actions for stage in each.stages)]
        if not acting:
            return
        fields = self._fields()
        shown: list[Expr] = [terms.column(field.name, owner) for field, owner in fields]
        joins = [join(table(self._tables.leads, "leads"), same(ROW, "leads", RESULT))]
        if self._tables.contacts is not None and self._whole.schema.contact is not None:
            contact = terms.column(names.CONTACT, "contacts")
            shown.append(terms.known(contact))
            joins.append(
                join(table(self._tables.contacts, "contacts"), same(names.CONTACT, "contacts", "leads"), "LEFT")
            )
        query = select(
            [*self._columns(RESULT), *shown], table(RESULT), *joins,
            where=terms.any_of([_has_entered(each) for each in acting]), order=[terms.column(ROW, RESULT)],
        )  # fmt: skip
        for row in self._results.streamed(query):
            yield str(row[0]), self._with_actions(row, [field for field, _ in fields])

    def _columns(self, of: str) -> list[Expr]:
        """All columns of results but the row's number."""
        shown = (f"c{at}" for at in range(len(self._shape.columns)))
        return columns([*shown, *stage_columns(self._whole)], of)

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


def _has_entered(qualification: plan.Qualification) -> Expr:
    before, now = (terms.column(names.of_model(qualification.name, what), RESULT) for what in ("before", "now"))
    return terms.all_of([exp.NEQ(this=now, expression=terms.whole(0)), exp.NEQ(this=now, expression=before)])
