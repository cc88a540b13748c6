"""What a run comes to, asked of the table of results: the same numbers as counting lead by lead."""

from collections.abc import Iterator

from scoreline.compiler.backends.query import names, terms
from scoreline.compiler.backends.query.terms import Expr
from scoreline.compiler.plan import Plan
from scoreline.runtime.table.read.queries import count, select, table
from scoreline.runtime.table.write.result_table import RESULT, ResultReader, Shape
from scoreline.runtime.table.write.summary import Spread, Tally
from sqlglot import exp


def tally_of(results: ResultReader, whole: Plan, shape: Shape) -> Tally:
    """The numbers of leads, grades, stages and scores; rejects are counted elsewhere."""
    tally = Tally()
    for model in whole.models:
        score, grade = (terms.column(shape.column(f"{model.name}_{what}")) for what in ("score", "grade"))
        for name, leads in _counted(results, grade, terms.known(score)):
            tally.grades[model.name, name] = leads
        total = exp.Sum(this=exp.Cast(this=score, to=exp.DataType.build("DECIMAL(38, 0)")))
        spread = [count(score), total, exp.Min(this=score), exp.Max(this=score)]
        ((scored, *others),) = results.streamed(select(spread, table(RESULT)))
        if int(str(scored)):
            tally.scores[model.name] = Spread(*(int(str(each)) for each in (scored, *others)))
    for each in whole.qualifications:
        concerned = terms.column(names.of_model(each.name, "concerned"))
        for name, leads in _counted(results, terms.column(shape.column(f"{each.name}_stage")), concerned):
            tally.stages[each.name, name] = leads
    disqualified = exp.CountIf(this=terms.column(shape.column("disqualified")))
    ((leads, lost),) = results.streamed(select([count(), disqualified], table(RESULT)))
    tally.leads, tally.disqualified = int(str(leads)), int(str(lost or 0))
    return tally


def _counted(results: ResultReader, column: Expr, where: Expr) -> Iterator[tuple[str | None, int]]:
    """How many leads there are of each value."""
    for name, leads in results.streamed(select([column, count()], table(RESULT), where=where, group=[column])):
        yield None if name is None else str(name), int(str(leads))
