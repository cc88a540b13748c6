"""What a run comes to, asked of the table of results: the same numbers as counting lead by lead."""

from collections import Counter

from scoreline.compiler.plan import Plan
from scoreline.runtime.table.write.result_table import RESULT, Answers, Shape
from scoreline.runtime.table.write.summary import Spread, Tally


def tally_of(answers: Answers, whole: Plan, shape: Shape) -> Tally:
    """The numbers of leads, grades, stages and scores; rejects are counted elsewhere."""
    tally = Tally()
    for model in whole.models:
        score, grade = shape.column(f"{model.name}_score"), shape.column(f"{model.name}_grade")
        for name, count in answers.rows(f"select {grade}, count(*) from {RESULT} where {score} is not null group by 1"):
            tally.grades[model.name, None if name is None else str(name)] = int(str(count))
        wanted = f"count({score}), sum(cast({score} as decimal(38, 0))), min({score}), max({score})"
        ((count, total, lowest, highest),) = answers.rows(f"select {wanted} from {RESULT}")
        if int(str(count)):
            tally.scores[model.name] = Spread(*(int(str(each)) for each in (count, total, lowest, highest)))
    tally.stages = _stages(answers, whole, shape)
    ((leads, disqualified),) = answers.rows(
        f"select count(*), coalesce(count_if({shape.column('disqualified')}), 0) from {RESULT}"
    )
    tally.leads, tally.disqualified = int(str(leads)), int(str(disqualified))
    return tally


def _stages(answers: Answers, whole: Plan, shape: Shape) -> Counter[tuple[str, str | None]]:
    found: Counter[tuple[str, str | None]] = Counter()
    for each in whole.qualifications:
        concerned, stage = answers.quoted(f"{each.name} concerned"), shape.column(f"{each.name}_stage")
        for name, count in answers.rows(f"select {stage}, count(*) from {RESULT} where {concerned} group by 1"):
            found[each.name, None if name is None else str(name)] = int(str(count))
    return found
