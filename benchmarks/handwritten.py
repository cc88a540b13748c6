"""What a good Python programmer would write by hand for the same rules: one readable function, one `if` a rule.

Fields are read once into local variables, texts lower-cased once, the bounds of windows computed once, and the
interactions gone through once with a branch a type. It returns a bare number: no ids of rules, no grade, no result.
The text of the function is generated here because nobody writes ten thousand rules for a benchmark; `source` shows it.
"""

import datetime
from collections.abc import Callable, Mapping, Sequence

from benchmarks.workload import (
    TEXTS,
    AtLeast,
    Below,
    Between,
    Count,
    Equals,
    OneOf,
    Raw,
    Rule,
    Test,
    TextTest,
)

Interactions = Sequence[Mapping[str, object]]


def from_counts(rules: Sequence[Rule]) -> Callable[[Mapping[str, Raw], Mapping[str, int]], int]:
    """score(lead, counts): the counts are given by their names."""
    found: dict[str, object] = {}
    exec(compile(counts_source(rules), "<written by hand>", "exec"), found)  # our own text, for a benchmark
    return found["score"]  # type: ignore[return-value]


def from_rows(rules: Sequence[Rule]) -> Callable[[Mapping[str, Raw], Interactions, datetime.datetime], int]:
    """score(lead, interactions, as_of): interactions are rows with `type` and `at`."""
    found: dict[str, object] = {"timedelta": datetime.timedelta}
    exec(compile(rows_source(rules), "<written by hand>", "exec"), found)  # our own text, for a benchmark
    return found["score"]  # type: ignore[return-value]


def counts_source(rules: Sequence[Rule]) -> str:
    """The text of the function that takes counts."""
    lines = ["def score(lead, counts):", *_read_fields(rules)]
    lines += [f'    {_variable(count)} = counts["{name_of(count)}"]' for count in counters(rules)]
    return "\n".join([*lines, *_rules(rules)])


def rows_source(rules: Sequence[Rule]) -> str:
    """The text of the function that counts rows itself."""
    lines = ["def score(lead, interactions, as_of):", *_read_fields(rules), *_count_rows(rules)]
    return "\n".join([*lines, *_rules(rules)])


def counters(rules: Sequence[Rule]) -> tuple[Count, ...]:
    """The different counts that rules ask for (of any number of times: 1 here)."""
    asked = {(test.type, test.days): None for rule in rules for test in rule.tests if isinstance(test, Count)}
    return tuple(Count(type_, days, 1) for type_, days in sorted(asked, key=lambda each: (each[0], each[1] or 0)))


def name_of(count: Count) -> str:
    """The name of a count: `email_opened_30_days`."""
    return count.type.replace(".", "_") + ("" if count.days is None else f"_{count.days}_days")


_variable = name_of


def _read_fields(rules: Sequence[Rule]) -> list[str]:
    fields = {test.field: None for rule in rules for test in rule.tests if not isinstance(test, Count)}
    return [
        f'    {field} = (lead["{field}"] or "").lower()' if field in TEXTS else f'    {field} = lead["{field}"]'
        for field in fields
    ]


def _count_rows(rules: Sequence[Rule]) -> list[str]:
    asked = counters(rules)
    if not asked:
        return []
    days = sorted({each.days for each in asked if each.days is not None})
    lines = [f"    days_{each} = as_of - timedelta(days={each})" for each in days]
    lines += ["    " + " = ".join(_variable(each) for each in asked) + " = 0"]
    lines += ["    for interaction in interactions:", '        type = interaction["type"]']
    word = "if"
    for type_ in dict.fromkeys(each.type for each in asked):
        windows = [each for each in asked if each.type == type_]
        lines.append(f'        {word} type == "{type_}":')
        word = "elif"
        lines += [f"            {_variable(each)} += 1" for each in windows if each.days is None]
        inner = "            "
        if any(each.days for each in windows):
            lines.append('            at = interaction["at"]')
        for each in sorted((each for each in windows if each.days), key=lambda each: -(each.days or 0)):
            lines.append(f"{inner}if at > days_{each.days}:")
            inner += "    "
            lines.append(f"{inner}{_variable(each)} += 1")
    return lines


def _rules(rules: Sequence[Rule]) -> list[str]:
    lines = ["    points = 0"]
    for rule in rules:
        lines += [f"    if {' and '.join(map(_condition, rule.tests))}:", f"        points += {rule.points}"]
    return [*lines, "    return points"]


def _condition(test: Test) -> str:
    match test:
        case Equals(field, True):
            return field
        case Equals(field, False):
            return f"{field} is False"
        case Equals(field, value):
            return f"{field} == {value!r}"
        case OneOf(field, values):
            return f"{field} in {{{', '.join(map(repr, values))}}}"
        case AtLeast(field, low):
            return f"{field} is not None and {field} >= {low}"
        case Below(field, high):
            return f"{field} is not None and {field} < {high}"
        case Between(field, low, high):
            return f"{field} is not None and {low} <= {field} <= {high}"
        case TextTest(field, "contains", needles):
            either = " or ".join(f"{needle.lower()!r} in {field}" for needle in needles)
            return f"({either})" if len(needles) > 1 else either
        case TextTest(field, how, needles):
            method = "startswith" if how == "starts with" else "endswith"
            return f"{field}.{method}({needles[0].lower()!r})"
        case Count():
            return f"{_variable(test)} >= {test.times}"
