"""The facts about a lead that every peer is given: the fields and counts that the rules use, texts in lower case."""

from collections.abc import Sequence

from benchmarks.contract import Case
from benchmarks.handwritten import counters, name_of
from benchmarks.workload import TEXTS, Count, Raw, Rule


def facts(rules: Sequence[Rule], cases: Sequence[Case]) -> list[dict[str, Raw]]:
    """A mapping a lead: a missing text is empty, every other missing value None."""
    fields = used_fields(rules)
    counts = [name_of(count) for count in counters(rules)]
    return [
        {field: _lowered(field, case.fields[field]) for field in fields} | {name: case.counts[name] for name in counts}
        for case in cases
    ]


def used_fields(rules: Sequence[Rule]) -> list[str]:
    """The fields that rules test, each once."""
    return list(dict.fromkeys(test.field for rule in rules for test in rule.tests if not isinstance(test, Count)))


def _lowered(field: str, value: Raw) -> Raw:
    return str(value or "").lower() if field in TEXTS else value
