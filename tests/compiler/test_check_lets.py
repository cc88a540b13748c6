"""Lets: which a file sees, how deep and how large they may grow."""

import pytest
from golden.compiling import compiled, told
from scoreline.compiler.check.conditions import MOST_TESTS

MODEL = "model Fit for lead\n  when {} then +5"
DACH = 'let dach = ["DE", "AT", "CH"]'


def test_a_let_is_seen_through_every_use_on_the_way():
    project = compiled('use "only_a.score"', MODEL.format("country in dach"), only_a='use "only_b.score"', only_b=DACH)
    assert told(project) == []


def test_a_let_is_not_seen_by_the_file_that_is_used():
    project = compiled('use "only_a.score"', DACH, MODEL.format("home"), only_a="let home = country in dach")
    assert told(project) == [("E201", "only_a.score", 1)]


def test_a_let_is_not_seen_beside_the_way():
    """Two files that are used by one do not see each other."""
    project = compiled(
        'use "only_a.score"',
        'use "only_b.score"',
        MODEL.format("home"),
        only_a=DACH,
        only_b="let home = country in dach",
    )
    assert told(project) == [("E201", "only_b.score", 1)]


def test_a_let_is_a_macro_of_the_place_where_it_is_used():
    """`opened` counts the contact's interactions where the model includes them."""
    project = compiled(
        "let opened = email.opened >= 3",
        "model Both for lead\n  include contact interactions\n  when opened then +5",
        "model Alone for lead\n  when opened then +5",
    )
    assert project.plan is not None
    assert [counter.origin for counter in project.plan.counters] == ["both", "lead"]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_lets_may_stand_in_any_order(order: tuple[int, ...]):
    lets = ("let a = b or newsletter", "let b = not c", "let c = employees > 5")
    assert told(compiled(*(lets[number] for number in order), MODEL.format("a"))) == []


def test_files_that_do_not_see_each_other_may_repeat_a_name():
    project = compiled(
        "let a = newsletter", MODEL.format("a"), b="let a = is_customer\nmodel Heat for lead\n  when a then +1"
    )
    assert told(project) == []


def test_two_lets_of_one_name_are_told_once_however_many_files_see_both():
    project = compiled(
        'use "only_a.score"',
        'use "only_b.score"',
        MODEL.format("x"),
        b='use "only_a.score"\nuse "only_b.score"\n',
        only_a="let x = newsletter",
        only_b="let x = is_customer",
    )
    assert told(project) == [("E210", "only_b.score", 1)]


@pytest.mark.parametrize("uses", [1, 2, 50])
def test_a_mistake_in_a_let_is_told_once_however_often_it_is_used(uses: int):
    rules = [MODEL.format("wrong")] + ["  when wrong or newsletter then +1"] * (uses - 1)
    assert told(compiled("let wrong = indstry is known", *rules)) == [("E201", "main.score", 1)]


def test_a_mistake_in_a_let_is_told_once_through_other_lets_and_files():
    project = compiled(
        'use "only_a.score"',
        "let outer = inner and wrong",
        MODEL.format("outer or inner or wrong"),
        'qualification Q\n  stage "A" when outer until inner',
        b='use "only_a.score"\nmodel Heat for lead\n  when wrong then +1',
        only_a="let wrong = indstry is known\nlet inner = not wrong",
    )
    assert told(project) == [("E201", "only_a.score", 1)]


def grown(levels: int, times: int) -> list[str]:
    """Lets of which each says the one before so many times."""
    lets = ["let x0 = newsletter"]
    for level in range(1, levels + 1):
        lets.append(f"let x{level} = " + " or ".join([f"x{level - 1}"] * times))
    return lets


def test_the_most_tests_are_fine_and_one_more_is_told():
    lets = grown(4, 10)
    assert MOST_TESTS == 10_000
    assert told(compiled(*lets, MODEL.format("x4"))) == []
    assert told(compiled(*lets, MODEL.format("x4 or newsletter"))) == [("E224", "main.score", 7)]
    assert told(compiled(*lets, MODEL.format("newsletter or x4"))) == [("E224", "main.score", 7)]


def test_the_tests_inside_where_count_too():
    lets = grown(4, 10)
    project = compiled(*lets, MODEL.format('x4 or email.opened where (link is "x")'))
    assert told(project) == [("E224", "main.score", 7)]


@pytest.mark.parametrize(("levels", "times"), [(60, 2), (200, 3), (4, 500), (1, 10_001)])
def test_lets_that_double_and_double_are_told_soon(levels: int, times: int):
    """Filled in they would be longer than the universe is old."""
    found = told(compiled(*grown(levels, times), MODEL.format(f"x{levels}"), f"  when not x{levels} then +1"))
    line = levels + 3
    assert found == [("E224", "main.score", line), ("E224", "main.score", line + 1)]


def test_unused_lets_that_double_are_told_too():
    assert {code for code, _, _ in told(compiled(*grown(60, 2)))} == {"E224"}


@pytest.mark.parametrize("levels", [10, 190, 1_000, 5_000])
def test_a_long_chain_of_lets_is_fine(levels: int):
    assert told(compiled(*grown(levels, 1), MODEL.format(f"x{levels}"))) == []


@pytest.mark.parametrize("length", [1, 2, 3, 500])
def test_a_circle_of_lets_is_told_once(length: int):
    lets = [f"let x{number} = not x{(number + 1) % length}" for number in range(length)]
    rules = (MODEL.format("x0"), f"  when x{length - 1} or newsletter then +1")
    assert [code for code, _, _ in told(compiled(*lets, *rules))] == ["E215"]


def test_a_condition_as_deep_as_the_parser_admits_can_be_checked_and_lowered():
    for inside in ("newsletter", "employees > 5 and newsletter", "no call.made"):
        deep = "not (" * 100 + inside + ")" * 100
        project = compiled(MODEL.format(deep))
        assert told(project) == []
        assert project.plan is not None


def test_a_deep_let_in_a_deep_condition():
    deep = "(" * 199 + "{}" + ")" * 199
    lets = [f"let a = {deep.format('newsletter and call.made')}", f"let b = {deep.format('a or newsletter')}"]
    assert told(compiled(*lets, MODEL.format(deep.format("not b")))) == []
