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
History = Mapping[str, Sequence[datetime.datetime]]


def from_counts(rules: Sequence[Rule]) -> Callable[[Mapping[str, Raw], Mapping[str, int]], int]:
    """score(lead, counts): the counts are given by their names."""
    return compiled(counts_source(rules))


def from_rows(rules: Sequence[Rule]) -> Callable[[Mapping[str, Raw], Interactions, datetime.datetime], int]:
    """score(lead, interactions, as_of): interactions are rows with `type` and `at`."""
    return compiled(rows_source(rules))


def from_history(rules: Sequence[Rule]) -> Callable[[Mapping[str, Raw], History, datetime.datetime], int]:
    """score(lead, history, as_of): the instants of each type that happened, newest first."""
    return compiled(history_source(rules))


def compiled(source: str) -> Callable[..., int]:
    """The function `score` of such a text."""
    found: dict[str, object] = {"timedelta": datetime.timedelta}
    exec(compile(source, "<written by hand>", "exec"), found)  # our own text, for a benchmark
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


def history_source(rules: Sequence[Rule]) -> str:
    """The text of the function that counts instants kept by type."""
    lines = ["def score(lead, history, as_of):", *_read_fields(rules), *_count_history(rules)]
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
    lines = [*_bounds(asked), "    " + " = ".join(_variable(each) for each in asked) + " = 0"]
    lines += ["    for interaction in interactions:", '        type = interaction["type"]']
    word = "if"
    for type_ in dict.fromkeys(each.type for each in asked):
        lines.append(f'        {word} type == "{type_}":')
        word = "elif"
        lines += [f"            {_variable(each)} += 1" for each in asked if each.type == type_ and each.days is None]
        windows = _windows(asked, type_)
        if windows:
            lines += ['            at = interaction["at"]', *_narrower(windows, "            ")]
    return lines


def _count_history(rules: Sequence[Rule]) -> list[str]:
    """Newest first: the loop ends at the first instant before the widest window.

    As fast as one index moved from window to window; faster than bisecting and than `sum(map(bound.__lt__, …))`.
    """
    asked = counters(rules)
    lines = _bounds(asked)
    for type_ in dict.fromkeys(each.type for each in asked):
        lines.append(f'    instants = history.get("{type_}", ())')
        lines += [f"    {_variable(each)} = len(instants)" for each in asked if each.type == type_ and not each.days]
        windows = _windows(asked, type_)
        if windows:
            lines += ["    " + " = ".join(map(_variable, windows)) + " = 0", "    for at in instants:"]
            lines += [f"        if at <= days_{windows[0].days}:", "            break"]
            lines += [f"        {_variable(windows[0])} += 1", *_narrower(windows[1:], "        ")]
    return lines


def _bounds(asked: Sequence[Count]) -> list[str]:
    days = sorted({each.days for each in asked if each.days is not None})
    return [f"    days_{each} = as_of - timedelta(days={each})" for each in days]


def _windows(asked: Sequence[Count], type_: str) -> list[Count]:
    return sorted((each for each in asked if each.type == type_ and each.days), key=lambda each: -(each.days or 0))


def _narrower(windows: Sequence[Count], indent: str) -> list[str]:
    """What is not in a window is not in the narrower ones either."""
    lines: list[str] = []
    for each in windows:
        lines += [f"{indent}if at > days_{each.days}:", f"{indent}    {_variable(each)} += 1"]
        indent += "    "
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
            lowered = tuple(needle.lower() for needle in needles)
            return f"{field}.{method}({(lowered[0] if len(lowered) == 1 else lowered)!r})"
        case Count():
            return f"{_variable(test)} >= {test.times}"
