"""On drawn large models, rules that are found through the index are those that hold, each once, whatever its limits.

Small models hang nothing on most tables; here very many rules ask about few fields, and the index must agree with rules
that are asked one by one, and with the naive interpreter.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pytest
from hypothesis import Phase, given, settings
from properties.comparing import as_outcome, by_reference, schema_of
from reference.drawn_large import draw_large, large_projects
from reference.smallest import smallest
from reference.strategies import DrawnProject
from scoreline.compiler import plan
from scoreline.compiler.backends.closures.dispatch import choice, rows, searches, statements, tables
from scoreline.compiler.backends.closures.dispatch.choice import Dispatch
from scoreline.compiler.backends.closures.dispatch.rows import Rows
from scoreline.compiler.pipeline import Compiled, compile_rules, text_reader
from scoreline.runtime import Rules

LARGE = settings(max_examples=settings.default.max_examples // 8, phases=[Phase.generate])


@contextmanager
def tiny_limits() -> Iterator[None]:
    """Limits so low that drawn models go beyond all of them."""
    with pytest.MonkeyPatch.context() as limits:
        for name in ("_FEWEST_TESTS", "_FEWEST_SEARCHES", "_FEWEST_JOINED"):
            limits.setattr(choice, name, 1)
        limits.setattr(choice, "_MOST_JOINED", 3)
        limits.setattr(tables, "_MOST_NUMBERS", 4)
        limits.setattr(tables, "_WIDEST", 2)
        limits.setattr(searches, "FEW_NEEDLES", 2)
        limits.setattr(statements, "FEW_NEEDLES", 2)
        limits.setattr(rows, "MOST_ROWS", 20)
        yield


def compiled(project: DrawnProject) -> Compiled:
    return compile_rules(sorted(project.files), text_reader(project.files), schema_of(project), project.zone)


def every_way(whole: plan.Plan) -> list[Rules]:
    """The same rules, one by one and through the index, whose limits are as they are or tiny."""
    usual = [Rules(whole, each) for each in Dispatch]
    with tiny_limits():
        return [*usual, Rules(whole, Dispatch.AUTO), Rules(whole, Dispatch.ALWAYS)]


def differences(project: DrawnProject) -> list[str]:
    """What each way says that the interpreter does not, or what it says twice."""
    made, schema = compiled(project), schema_of(project)
    assert made.plan is not None, made.diagnostics
    trees = {name: each.parsed.file for name, each in made.files.by_name.items()}
    several, found = every_way(made.plan), list[str]()
    for lead in project.leads:
        expected = by_reference(project, schema, trees, lead)
        for number, each in enumerate(several):
            result = each.score(lead.lead, interactions=lead.interactions, contact=lead.contact, as_of=project.as_of)
            outcome = as_outcome(result)
            if outcome != expected or any(len(set(one.rules)) < len(one.rules) for one in result.models.values()):
                found.append(f"way {number} {outcome}\nreference {expected}")
    return found


def differs(project: DrawnProject) -> bool:
    """Whether a project checks, and anything is wrong with it."""
    try:
        return bool(differences(project))
    except (AssertionError, KeyError):  # no longer a project that checks
        return False


def shown(project: DrawnProject) -> str:
    return f"as_of {project.as_of} in {project.zone.key}\n{project.files}\n{project.leads}\n{differences(project)[0]}"


@LARGE
@given(large_projects())
def test_the_index_finds_exactly_the_rules_that_hold(project: DrawnProject) -> None:
    if differences(project):
        pytest.fail(shown(smallest(project, differs)), pytrace=False)


# What is drawn reaches every part of the index: else nothing would be compared


@cache
def plans() -> tuple[plan.Plan, ...]:
    """Some drawn models."""
    several = [compiled(draw_large(seed, leads=0)).plan for seed in range(30)]
    return tuple(each for each in several if each is not None)


def happenings(dispatch: Dispatch) -> Counter[str]:
    """How often everything that an index is made of happens."""
    seen: Counter[str] = Counter()
    for whole in plans():
        (model,) = whole.models
        chosen = choice.choose(model, Rows(whole), dispatch)
        seen["several sheets"] += len(chosen.sheets) > 1
        seen["rules"] += sum(len(sheet.numbers) for sheet in chosen.sheets)
        seen["rules asked one by one"] += any(isinstance(model.rules[each], plan.WhenRule) for each in chosen.asked)
        for sheet in chosen.sheets:
            made = tables.tables(sheet, [0] * len(model.rules))
            seen.update(f"{type(one).__name__} of {type(variable).__name__}" for variable, one in made)
            seen["split tables"] += len({variable for variable, _ in made}) < len(made)
            seen["tested rules"] += sum(map(len, sheet.tested.values()))
            seen["searched rules"] += sum(map(len, sheet.searched.values()))
            seen["joined rows"] += len(sheet.joined)
            seen["rows that ask more"] += sum(bool(row.left) for _, row in sheet.joined)
            seen["rows but for others"] += sum(bool(row.unless) for _, row in sheet.joined)
            seen["searches of joined rows"] += sum(bool(row.searches) for _, row in sheet.joined)
            for found in searches.searches(sheet, [0] * len(model.rules)).values():
                seen.update(f"part {position}" for position, _ in found.findings)
                seen["scans"] += len(found.by_position().get("anywhere", ())) > statements.FEW_NEEDLES
                ends = found.by_position().get("end", {})
                seen["ends at a mark"] += len(ends) > 1 and searches.one_mark(ends) is not None
                seen["parts of several"] += any(finding[2] for finding in found.findings.values())
    return seen


ALWAYS_SEEN = {
    *("ByValue of Field", "ByRange of Field", "ByCount of CountRef", "rules asked one by one"),
    *("tested rules", "searched rules", "joined rows", "rows that ask more", "rows but for others"),
    *("searches of joined rows", "part anywhere", "part start", "part end"),
    *("part None", "parts of several", "ends at a mark"),
}


def test_drawn_models_make_use_of_the_whole_index() -> None:
    seen = happenings(Dispatch.ALWAYS)
    assert not {each for each in ALWAYS_SEEN if seen[each] < 5}, seen


def test_drawn_models_go_beyond_tiny_limits() -> None:
    with tiny_limits():
        seen = happenings(Dispatch.ALWAYS)
    beyond = {"several sheets", "split tables", "scans", "ByRange of CountRef"}
    assert not {each for each in ALWAYS_SEEN | beyond if seen[each] < 5}, seen


def test_the_index_takes_what_pays_and_leaves_the_rest() -> None:
    auto, always = happenings(Dispatch.AUTO), happenings(Dispatch.ALWAYS)
    assert 0 < auto["rules"] < always["rules"]
    assert happenings(Dispatch.NEVER)["rules"] == 0
