"""A plan as one query: one row for each lead, with the columns that `score -o` writes.

The steps are named as people think of them: `lead`, `contact`, `interaction`, the counts of each, `features` (all that
rules compare, in one row), `rules` (which fire), `scores`, `models` (their grades too), `stages`, and the result.
What the steps begin with is left to `Relations`, so that the same query runs over a warehouse and over files that an
engine has read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from scoreline.compiler import plan
from scoreline.compiler.backends.sql import folding, lists, models, names, stages, terms
from scoreline.compiler.backends.sql.choices import separator
from scoreline.compiler.backends.sql.conditions import Conditions, Named
from scoreline.compiler.backends.sql.counting import Counting, aged_by_key, horizon, subject_column
from scoreline.compiler.backends.sql.defaults import default_of
from scoreline.compiler.backends.sql.terms import Expr
from scoreline.compiler.backends.sql.zones import local_day
from scoreline.compiler.plan_parts import fields_in_use
from sqlglot import exp

Step = tuple[str, exp.Query]
LEAD, CONTACT, INTERACTION, FEATURES = "lead", "contact", "interaction", "features"


class Relations(Protocol):
    """Where leads, contacts, interactions and earlier stages come from."""

    def leads(self) -> exp.Select:
        """Each lead once: its key, its contact's (if there are contacts), the fields in use as rules compare them, and for
        each qualification the stage of last time and how often one had been entered."""
        ...

    def contacts(self) -> exp.Select:
        """Each contact once: its key, and its fields in use."""
        ...

    def interactions(self) -> list[Step]:
        """The steps to a relation `interaction` of everything that counts."""
        ...


class Counts(Protocol):
    """How counters become columns."""

    def steps(self, origin: plan.Origin, happened: str, made: str) -> list[Step]:
        """The steps from the interactions in `happened` to one row for each subject in `made`."""
        ...


@dataclass(frozen=True)
class Query:
    """What it takes to make a query: the plan, the values of its moments, the dialect, where the data are."""

    whole: plan.Plan
    moments: Sequence[int]
    dialect: str
    relations: Relations
    counts: Counts | None = None

    def result(self) -> exp.Select:
        """The whole query."""
        columns = _Columns(self.whole)
        final = exp.select(*columns.result()).from_(_table(self._last))
        for name, step in self.steps():
            final = final.with_(terms.name(name), as_=step)
        return final

    @property
    def _last(self) -> str:
        return "stages" if self.whole.qualifications else "models"

    def steps(self) -> list[Step]:
        """Every step, in order."""
        made: list[Step] = [] if self.dialect == "duckdb" else [(folding.LETTERS, folding.letters_table())]
        made.append((LEAD, self.relations.leads()))
        if self._has_contacts:
            made.append((CONTACT, self.relations.contacts()))
        made.extend(self._counting())
        made.append((FEATURES, self._features()))
        made.append(("rules", self._rules()))
        made.append(("scores", self._scores()))
        made.append(("models", self._models()))
        if self.whole.qualifications:
            made.extend(self._stages())
        return made

    @property
    def _has_contacts(self) -> bool:
        """Whether any field of contacts is compared."""
        return any(each.owner == "contact" for each in fields_in_use(self.whole))

    @property
    def _origins(self) -> list[plan.Origin]:
        origins: tuple[plan.Origin, ...] = ("lead", "contact", "both")
        return [each for each in origins if any(counter.origin == each for counter in self.whole.counters)]

    def _counting(self) -> list[Step]:
        if not self.whole.counters:
            return []
        made = self.relations.interactions()
        counts = self.counts or Readable(Counting(self.whole, self.moments, self.dialect))
        for origin in self._origins:
            happened = INTERACTION
            if origin == "both":
                happened = "interaction of both"
                made.append((happened, _of_both(self.whole)))
            made.extend(counts.steps(origin, happened, counts_name(origin)))
        return made

    def _features(self) -> exp.Select:
        columns: list[Expr] = [exp.Column(this=exp.Star(), table=terms.name(LEAD))]
        sign = separator(self.whole.schema)
        for each in fields_in_use(self.whole):
            if each.owner == "contact":
                value: Expr = terms.column(each.name, CONTACT)
                default = default_of(self.whole.schema.contact_fields[each.name], self.whole.timezone, sign)
                value = value if default is None else terms.or_else(value, default)
            else:
                value = terms.column(each.name, LEAD)
            if isinstance(each, plan.DayOf):
                columns.append(terms.called(self._day(value), names.field_column(each)))
            elif each.owner == "contact":
                columns.append(terms.called(value, names.field_column(each)))
        counted = names.counter_columns(self.whole)
        for number, counter in enumerate(self.whole.counters):
            table = _points_name(number) if self._in_steps(counter) else counts_name(counter.origin)
            count = terms.or_else(terms.column(counted[number], table), terms.whole(0))
            columns.append(terms.called(count, counted[number]))
        return self._joined(exp.select(*columns).from_(_table(LEAD)))

    def _in_steps(self, counter: plan.Counter) -> bool:
        return aged_by_key(counter)

    def _day(self, value: Expr) -> Expr:
        return local_day(value, Counting(self.whole, self.moments, self.dialect).zone, horizon(self.moments))

    def _joined(self, query: exp.Select) -> exp.Select:
        if self._has_contacts:
            query = query.join(_table(CONTACT), on=_same(names.CONTACT, LEAD, CONTACT), join_type="left")
        tables: dict[str, plan.Origin] = {}
        for number, counter in enumerate(self.whole.counters):
            name = _points_name(number) if self._in_steps(counter) else counts_name(counter.origin)
            tables[name] = counter.origin
        for name, origin in tables.items():
            query = query.join(_table(name), on=_same(subject_column(origin), LEAD, name), join_type="left")
        return query

    def _value_of(self, named: Named) -> Expr:
        match named:
            case plan.CountRef():
                return self._counted(named.index)
            case plan.Score():
                return terms.column(f"{named.model} score")
            case plan.Grade():
                return terms.column(f"{named.model} grade folded")
            case plan.Field() | plan.DayOf():
                return terms.column(names.field_column(named))

    def _counted(self, number: int) -> Expr:
        return terms.column(names.counter_columns(self.whole)[number])

    @property
    def _conditions(self) -> Conditions:
        return Conditions(self.whole, self.moments, self.dialect, self._value_of)

    def _rules(self) -> exp.Select:
        columns: list[Expr] = [exp.Star()]
        for model, own in zip(self.whole.models, names.rule_columns(self.whole.models), strict=True):
            if model.audience is not None:
                columns.append(terms.called(self._conditions.holds(model.audience), _inside(model)))
            for rule, name in zip(model.rules, own, strict=True):
                fired = terms.called(models.fires(rule, self._conditions, self._counted), name)
                columns.append(terms.with_comment(fired, f"{rule.place.file}:{rule.place.line} {rule.text}"))
        return exp.select(*columns).from_(_table(FEATURES))

    def _scores(self) -> exp.Select:
        columns: list[Expr] = [exp.Star()]
        disqualifying: list[tuple[Expr, str]] = []
        for model, own in zip(self.whole.models, names.rule_columns(self.whole.models), strict=True):
            fired = [terms.column(each) for each in own]
            paid = [models.pays(rule, f, self._counted) for rule, f in zip(model.rules, fired, strict=True)]
            ids = [rule.id for rule in model.rules]
            listed = lists.those_that([(f.copy(), i) for f, i in zip(fired, ids, strict=True)], self.dialect)
            columns.append(
                terms.called(self._if_inside(model, models.score(model, fired, paid)), f"{model.name} score")
            )
            columns.append(terms.called(self._if_inside(model, listed), f"{model.name} rules"))
            for rule, f, points in zip(model.rules, fired, paid, strict=True):
                if points is None:
                    inside = [] if model.audience is None else [terms.column(_inside(model))]
                    disqualifying.append((terms.all_of([f.copy(), *inside]), rule.id))
        columns.append(terms.called(terms.any_of([each.copy() for each, _ in disqualifying]), "disqualified"))
        columns.append(terms.called(lists.those_that(disqualifying, self.dialect), "disqualified by"))
        return exp.select(*columns).from_(_table("rules"))

    def _if_inside(self, model: plan.Model, value: Expr) -> Expr:
        return value if model.audience is None else terms.case([(terms.column(_inside(model)), value)])

    def _models(self) -> exp.Select:
        columns: list[Expr] = [exp.Star()]
        compared = {
            operand.model
            for node in self.whole.nodes
            for operand in (getattr(node, "left", None),)
            if isinstance(operand, plan.Grade)
        }
        for model in self.whole.models:
            grade = models.grade(model, terms.column(f"{model.name} score"))
            columns.append(terms.called(grade, f"{model.name} grade"))
            if model.name in compared:
                columns.append(terms.called(folding.folded(grade.copy(), self.dialect), f"{model.name} grade folded"))
        return exp.select(*columns).from_(_table("scores"))

    def _stages(self) -> list[Step]:
        made: list[list[Expr]] = [[exp.Star()], [exp.Star()], [exp.Star()]]
        unit = self.whole.schema.lead.unit
        for index, each in enumerate(self.whole.qualifications):
            own = None if unit is None else terms.column(unit)
            under = stages.falls_under(self.whole.qualifications, index, own)
            concerned = terms.or_else(stages.concerns(each, under, self._conditions), terms.yes_no(False))
            made[0].append(terms.called(concerned, f"{each.name} concerned"))
            made[0].append(terms.called(stages.highest(each, self._conditions), f"{each.name} highest"))
            made[0].append(terms.called(self._before(each), f"{each.name} before"))
            before, highest = (terms.column(f"{each.name} {one}") for one in ("before", "highest"))
            kept = stages.kept(each, before, self._conditions)
            made[1].append(terms.called(terms.at_least(kept, highest), f"{each.name} reached"))
            inside = terms.all_of([terms.column(f"{each.name} concerned"), exp.Not(this=terms.column("disqualified"))])
            reached = terms.case([(inside, terms.column(f"{each.name} reached"))], terms.whole(0))
            made[2].append(terms.called(reached, f"{each.name} now"))
        return [
            ("judged", exp.select(*made[0]).from_(_table("models"))),
            ("kept", exp.select(*made[1]).from_(_table("judged"))),
            ("stages", exp.select(*made[2]).from_(_table("kept"))),
        ]

    def _before(self, qualification: plan.Qualification) -> Expr:
        stage = terms.column(names.stage_before(qualification))
        return stages.before(qualification, stage, self.dialect)


@dataclass(frozen=True)
class Readable:
    """Each counter as one aggregate."""

    counting: Counting

    def steps(self, origin: plan.Origin, happened: str, made: str) -> list[Step]:
        """One step for most counters, and two for each that needs the newest interaction of a key."""
        found: list[Step] = []
        counters = self.counting.counters(origin)
        if any(not aged_by_key(counter) for _, counter in counters):
            found.append((made, self.counting.counts(origin, happened)))
        for number, counter in counters:
            if aged_by_key(counter):
                newest = f"newest of counter {number}"
                found.append((newest, self.counting.newest(counter, happened)))
                points = self.counting.points_by_age(number, counter, newest)
                found.append((_points_name(number), points))
        return found


class _Columns:
    """The columns of the result, as `score -o` names them."""

    def __init__(self, whole: plan.Plan) -> None:
        self._whole = whole

    def result(self) -> list[Expr]:
        made = [terms.called(terms.column(names.LEAD), self._whole.schema.lead.key)]
        for model in self._whole.models:
            made.extend(
                terms.called(terms.column(f"{model.name} {what}"), f"{model.name}_{what}")
                for what in ("score", "grade", "rules")
            )
        for each in self._whole.qualifications:
            now, before = terms.column(f"{each.name} now"), terms.column(f"{each.name} before")
            newly = terms.all_of(
                [exp.NEQ(this=now, expression=terms.whole(0)), exp.NEQ(this=now.copy(), expression=before)]
            )
            entered = exp.Add(
                this=terms.column(names.entered_before(each)),
                expression=terms.case([(newly, terms.whole(1))], terms.whole(0)),
            )
            made.append(terms.called(stages.stage_name(each, now.copy()), f"{each.name}_stage"))
            made.append(terms.called(entered, f"{each.name}_entered"))
        made.append(terms.called(terms.column("disqualified"), "disqualified"))
        made.append(terms.called(terms.column("disqualified by"), "disqualified_by"))
        return made


def counts_name(origin: plan.Origin) -> str:
    """The relation of the counts of one owner."""
    return f"counts of {origin}"


def _points_name(number: int) -> str:
    return f"points of counter {number}"


def _inside(model: plan.Model) -> str:
    return f"inside {model.name}"


def _of_both(whole: plan.Plan) -> exp.Query:
    """A lead's interactions and its contact's, each once: a contact's that name the lead too are there already."""
    columns = names.interaction_columns(whole)
    own = (
        exp.select(*map(terms.column, columns)).from_(_table(INTERACTION)).where(terms.known(terms.column(names.LEAD)))
    )
    told = [terms.column(each, LEAD if each == names.LEAD else INTERACTION) for each in columns]
    other = exp.select(*told).from_(_table(LEAD))
    other = other.join(_table(INTERACTION), on=_same(names.CONTACT, LEAD, INTERACTION))
    other = other.where(
        exp.NullSafeNEQ(this=terms.column(names.LEAD, INTERACTION), expression=terms.column(names.LEAD, LEAD))
    )
    return exp.union(own, other, distinct=False)


def _table(name: str) -> exp.Table:
    return exp.Table(this=terms.name(name))


def _same(column: str, one: str, other: str) -> Expr:
    return exp.EQ(this=terms.column(column, one), expression=terms.column(column, other))
