"""The tables of a plan as it grows: equal moments, counters and nodes get one entry."""

from scoreline.compiler import plan
from scoreline.dsl import nodes

_SECONDS = {nodes.Unit.MINUTE: 60, nodes.Unit.HOUR: 3_600, nodes.Unit.DAY: 86_400, nodes.Unit.WEEK: 604_800}
_MONTHS = {nodes.Unit.MONTH: 1, nodes.Unit.YEAR: 12}
_DAYS = {nodes.Unit.DAY: 1, nodes.Unit.WEEK: 7}


class PlanTables:
    """Moments, counters and nodes, each found by its index."""

    def __init__(self) -> None:
        self.moments: dict[plan.Moment, int] = {}
        self.counters: dict[plan.Counter, int] = {}
        self.nodes: dict[plan.Node, int] = {}
        self.as_of = self.moment(plan.Moment("instant"))

    def moment(self, moment: plan.Moment) -> int:
        """The index of a moment."""
        return self.moments.setdefault(moment, len(self.moments))

    def counter(self, counter: plan.Counter) -> int:
        """The index of a counter."""
        return self.counters.setdefault(counter, len(self.counters))

    def node(self, node: plan.Node) -> int:
        """The index of a node; those it refers to are in the table already."""
        return self.nodes.setdefault(node, len(self.nodes))

    def all_of(self, parts: list[int]) -> int:
        """The index of a conjunction; of the part itself if there is but one."""
        found = tuple(dict.fromkeys(parts))
        return found[0] if len(found) == 1 else self.node(plan.AllOf(found))

    def any_of(self, parts: list[int]) -> int:
        """The index of a disjunction; of the part itself if there is but one."""
        found = tuple(dict.fromkeys(parts))
        return found[0] if len(found) == 1 else self.node(plan.AnyOf(found))

    def instant(self, duration: nodes.Duration, steps: int, tenths: int = 10) -> int:
        """The moment so many times a duration from `as_of`; back if `steps` is negative."""
        return self.moment(
            plan.Moment(
                "instant",
                months=_MONTHS.get(duration.unit, 0) * duration.amount * steps,
                seconds=_SECONDS.get(duration.unit, 0) * duration.amount * steps,
                tenths=tenths,
            )
        )

    def day(self, duration: nodes.Duration | None, steps: int) -> int:
        """The calendar day so many times a duration from today."""
        if duration is None:
            return self.moment(plan.Moment("day"))
        return self.moment(
            plan.Moment(
                "day",
                months=_MONTHS.get(duration.unit, 0) * duration.amount * steps,
                days=_DAYS.get(duration.unit, 0) * duration.amount * steps,
            )
        )
