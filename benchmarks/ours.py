"""Scoreline as an engine of each form; names begin with "Scoreline"."""

from collections.abc import Callable, Sequence
from functools import cache

from scoreline.compiler.schema.reading import read_schema
from scoreline.dsl.source import Source
from scoreline.runtime import InteractionCounts, Result, Rules, from_texts

from benchmarks.by_hand import BY_HAND, rows
from benchmarks.contract import Case, Engine, FormName, Prepared
from benchmarks.handwritten import counters
from benchmarks.rule_text import MODEL, rule_text, schema_text
from benchmarks.workload import AS_OF, Count, Rule


@cache
def compiled(rules: Sequence[Rule]) -> Rules:
    """The rules, compiled from their text."""
    schema, problems = read_schema(Source("crm.schema.toml", schema_text()))
    assert schema is not None, problems
    return from_texts({"fit.score": rule_text(rules)}, schema)


def counts_of(rules: Rules, asked: Sequence[Rule], case: Case) -> InteractionCounts:
    """The counts of a case by the names under which the rules count."""
    given = {_counted(count): number for count, number in zip(counters(asked), case.counts.values(), strict=True)}
    return rules.counts_of(given)


def _counted(count: Count) -> str:
    return count.type if count.days is None else f"{count.type} within {count.days} days"


def _counts(rules: Sequence[Rule], cases: Sequence[Case]) -> Prepared:
    made = compiled(rules)
    return Prepared(_score(made), [(case.fields, counts_of(made, rules, case)) for case in cases])


def _counts_and_ids(rules: Sequence[Rule], cases: Sequence[Case]) -> Prepared:
    made = compiled(rules)
    return Prepared(_score_and_ids(made), [(case.fields, counts_of(made, rules, case)) for case in cases])


def _rows(rules: Sequence[Rule], cases: Sequence[Case]) -> Prepared:
    return Prepared(_score(compiled(rules)), [(case.fields, rows(case.lead)) for case in cases])


def _history(rules: Sequence[Rule], cases: Sequence[Case]) -> Prepared:
    made = compiled(rules)
    return Prepared(_score(made), [(case.fields, made.history(rows(case.lead))) for case in cases])


def _history_and_ids(rules: Sequence[Rule], cases: Sequence[Case]) -> Prepared:
    made = compiled(rules)
    return Prepared(_score_and_ids(made), [(case.fields, made.history(rows(case.lead))) for case in cases])


def _function(rules: Sequence[Rule], cases: Sequence[Case]) -> Prepared:
    """What `Rules.score` calls, on leads that are read already."""
    made = compiled(rules)
    session, model = made.session(AS_OF), made.scorer.closures.models[0]
    moments = session.moments

    def run(each: tuple[tuple[object, ...], tuple[int, ...]]) -> int:
        verdict = model(each[0], each[1], moments)  # pyright: ignore[reportArgumentType]
        return verdict[0] if verdict else 0

    records = (session.evaluate(made.read_lead(case.fields), {}).inputs.record for case in cases)
    counts = (counts_of(made, rules, case).numbers for case in cases)
    return Prepared(run, list(zip(records, counts, strict=True)))


def _score(rules: Rules) -> Callable[[tuple[object, object]], int | None]:
    score = rules.score

    def run(each: tuple[object, object]) -> int | None:
        return score(each[0], interactions=each[1], as_of=AS_OF)[MODEL].score  # pyright: ignore[reportArgumentType]

    return run


def _score_and_ids(rules: Rules) -> Callable[[tuple[object, object]], int | None]:
    score = rules.score

    def run(each: tuple[object, object]) -> int | None:
        result: Result = score(each[0], interactions=each[1], as_of=AS_OF)  # pyright: ignore[reportArgumentType]
        model = result[MODEL]
        return model.score if model.rules is not None else None

    return run


def _engine(name: str, form: str, prepare: Callable[[Sequence[Rule], Sequence[Case]], Prepared]) -> Engine:
    return Engine(name, None, "ours", form, prepare)


_IDS = "The same, and the ids of the rules that fired are asked for, in text order."
OURS: dict[FormName, tuple[Engine, ...]] = {
    "counts": (
        _engine(
            "Scoreline",
            "The public call `Rules.score`, with a dict as lead and `InteractionCounts`; it reads and checks the "
            "fields, and gives a whole result (score, grade, rules, stage), of which the score is taken.",
            _counts,
        ),
        _engine("Scoreline, with rule ids", _IDS, _counts_and_ids),
        _engine(
            "Scoreline, compiled function (read leads)",
            "The function that `Rules.score` calls, on leads that were read beforehand, as the parsed forms of peers "
            "are. It gives the score, the grade and the rules that fired.",
            _function,
        ),
    ),
    "rows": (
        _engine(
            "Scoreline",
            "The public call `Rules.score`, with the rows as `interactions`: every row is read and checked (type, "
            "time, id, owner), which the function written by hand does not do.",
            _rows,
        ),
    ),
    "history": (
        _engine(
            "Scoreline",
            "The public call `Rules.score`, with a `History` that was read once beforehand.",
            _history,
        ),
        _engine("Scoreline, with rule ids", _IDS, _history_and_ids),
        Engine(
            "hand-written Python, over rows",
            None,
            "hand-written",
            "As in the form `rows`: what there is without a history that is kept.",
            BY_HAND["rows"].prepare,
        ),
    ),
}
