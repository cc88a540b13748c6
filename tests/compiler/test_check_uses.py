"""Files that use files, and names across files."""

import pytest
from golden.compiling import SCHEMA, ZONE, compiled, told
from scoreline.compiler.pipeline import compile_rules, text_reader

MODEL = "model Fit for lead\n  when {} then +5"


def test_a_file_that_is_only_used_brings_its_lets_and_nothing_else():
    project = compiled(
        'use "only_a.score"',
        MODEL.format("big"),
        only_a='let big = employees > 5\nmodel Fit for lead\n  when nonsense then +5\nexample "x"\n  given nonsense',
    )
    assert told(project) == []
    assert project.plan is not None
    assert [model.name for model in project.plan.models] == ["Fit"]


def test_the_syntax_of_a_file_that_is_only_used_is_told():
    project = compiled('use "only_a.score"', only_a="model Fit for lead\n  when newsletter then 5")
    assert told(project) == [("E110", "only_a.score", 2)]


def test_a_file_is_told_of_once_however_often_it_is_used():
    project = compiled(
        'use "only_a.score"\nuse "only_b.score"',
        b='use "only_a.score"',
        only_a="let x = indstry is known\nlet y = (",
        only_b='use "only_a.score"',
    )
    assert told(project) == [("E201", "only_a.score", 1), ("E102", "only_a.score", 2)]


@pytest.mark.parametrize(
    "path", ["only_a.score", "./only_a.score", "x/../only_a.score", " only_a.score ", "x//..//only_a.score"]
)
def test_a_path_may_be_written_in_several_ways(path: str):
    project = compiled(f'use "{path}"', MODEL.format("big"), only_a="let big = employees > 5")
    assert told(project) == []


@pytest.mark.parametrize(
    "path", ["../x.score", "/x.score", "a/../../x.score", "C:/x.score", "c:x.score", "\\\\\\\\host\\\\x.score", ""]
)
def test_a_path_that_leaves_the_project_is_told_and_nothing_is_read(path: str):
    asked: list[str] = []
    texts = text_reader({"main.score": f'use "{path}"'})

    def read(name: str):
        asked.append(name)
        return texts(name)

    assert SCHEMA is not None
    assert told(compile_rules(("main.score",), read, SCHEMA, ZONE)) == [("E216", "main.score", 1)]
    assert set(asked) == {"main.score"}


def test_use_is_relative_to_its_own_file():
    assert SCHEMA is not None
    files = {
        "a/b/main.score": 'use "../shared.score"\n' + MODEL.format("big"),
        "a/shared.score": 'use "b/more.score"',
        "a/b/more.score": "let big = employees > 5",
        "shared.score": "let big = (",
    }
    assert told(compile_rules(("a/b/main.score",), text_reader(files), SCHEMA, ZONE)) == []


def test_a_thousand_files_in_a_row():
    files = {f"only_{number}": f'use "only_{number + 1}.score"' for number in range(1_000)}
    files["only_1000"] = "let big = employees > 5"
    assert told(compiled('use "only_0.score"', MODEL.format("big"), **files)) == []


def test_files_that_all_use_each_other_come_to_an_end():
    everyone = "\n".join(f'use "f{number}.score"' for number in range(12))
    found = told(compiled(**{f"f{number}": everyone for number in range(12)}))
    assert {code for code, _, _ in found} == {"E216"}
    assert 12 <= len(found) <= 12 * 12


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ("model X for lead", "model X for lead", "E210"),
        ("model X for lead", "model x for lead", "E210"),
        ("model X for lead", "qualification X", "E210"),
        ('qualification X for unit "EMEA"', 'qualification X for unit "AMER"', "E210"),
        ('qualification X for unit "EMEA"', 'qualification Y for unit "emea"', "E221"),
        ("qualification X", "qualification Y", "E221"),
    ],
)
def test_what_is_unique_is_so_across_files_and_the_later_one_is_told(one: str, other: str, code: str):
    assert told(compiled(one, b=other)) == [(code, "main.score", 1)]
    assert told(compiled("", a=one, b=other)) == [(code, "b.score", 1)]


def test_a_model_of_another_file_is_known_whether_or_not_it_is_used():
    project = compiled(
        'qualification Q\n  stage "A" when Fit.grade is "Best"',
        b=MODEL.format("newsletter") + '\n  grade "Best" from 1',
    )
    assert told(project) == []


def test_all_files_are_told_of_in_one_run():
    project = compiled(
        "let a = (", a="model X for lead when indstry is known then +5", b='use "nope.score"', c="model Z for"
    )
    assert told(project) == [
        *(("E201", "a.score", 1), ("E216", "b.score", 1), ("E102", "c.score", 1), ("E102", "main.score", 1)),
    ]
