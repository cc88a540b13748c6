"""What a run comes to, asked of the table of results: the same numbers as counting lead by lead."""

from collections import Counter

import duckdb
from scoreline.compiler.plan import Plan
from scoreline.runtime.table.parquet_rows import identifier
from scoreline.runtime.table.sql.scoring import RESULT
from scoreline.runtime.table.sql.shape import Shape
from scoreline.runtime.table.summary import Spread, Tally


def tally_of(base: duckdb.DuckDBPyConnection, whole: Plan, shape: Shape) -> Tally:
    """The numbers of leads, grades, stages and scores; rejects are counted elsewhere."""
    tally = Tally()
    for model in whole.models:
        score, grade = shape.column(f"{model.name}_score"), shape.column(f"{model.name}_grade")
        for name, count in _rows(base, f"select {grade}, count(*) from {RESULT} where {score} is not null group by 1"):
            tally.grades[model.name, None if name is None else str(name)] = int(str(count))
        wanted = f"count({score}), coalesce(sum({score}), 0)::hugeint, min({score}), max({score})"
        ((count, total, lowest, highest),) = _rows(base, f"select {wanted} from {RESULT}")
        if count:
            tally.scores[model.name] = Spread(*(int(str(each)) for each in (count, total, lowest, highest)))
    tally.stages = _stages(base, whole, shape)
    ((leads, disqualified),) = _rows(base, f"select count(*), count_if({shape.column('disqualified')}) from {RESULT}")
    tally.leads, tally.disqualified = int(str(leads)), int(str(disqualified))
    return tally


def _stages(base: duckdb.DuckDBPyConnection, whole: Plan, shape: Shape) -> Counter[tuple[str, str | None]]:
    found: Counter[tuple[str, str | None]] = Counter()
    for each in whole.qualifications:
        concerned, stage = identifier(f"{each.name} concerned"), shape.column(f"{each.name}_stage")
        for name, count in _rows(base, f"select {stage}, count(*) from {RESULT} where {concerned} group by 1"):
            found[each.name, None if name is None else str(name)] = int(str(count))
    return found


def _rows(base: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[object, ...]]:
    return base.execute(sql).fetchall()
