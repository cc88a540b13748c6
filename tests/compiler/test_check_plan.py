"""What a check that finds nothing leads to: a plan that survives JSON, and functions that hold no text as code."""

import dis
import types
from collections.abc import Iterator
from dataclasses import replace

import pytest
from golden.cases import all_cases
from golden.compiling import SCHEMA, ZONE
from hypothesis import given, settings
from pydantic import TypeAdapter
from reference.strategies import DrawnProject, projects
from scoreline.compiler import plan
from scoreline.compiler.backends.closures.build import build
from scoreline.compiler.pipeline import compile_rules, text_reader
from scoreline.compiler.schema.reading import read_schema
from scoreline.dsl.source import Source

PLANS = TypeAdapter(plan.Plan)
FINE = [case for case in all_cases() if not case.expected and not case.failing]


def planned(files: dict[str, str], schema: str | None = None) -> plan.Plan:
    known, wrong = (SCHEMA, ()) if schema is None else read_schema(Source("schema.toml", schema))
    assert known is not None, wrong
    compiled = compile_rules(sorted(files), text_reader(files), known, ZONE)
    assert compiled.plan is not None, compiled.diagnostics
    return compiled.plan


def survives(whole: plan.Plan) -> None:
    text = PLANS.dump_json(whole)
    again = PLANS.validate_json(text)
    assert again == whole
    assert PLANS.dump_json(again) == text


@settings(max_examples=100)
@given(projects(leads=0))
def test_a_plan_goes_to_json_and_back_without_loss(project: DrawnProject):
    whole = planned(project.files, project.schema)
    assert SCHEMA is not None
    survives(replace(whole, schema=SCHEMA))  # schemas have a test of their own
    assert planned(project.files, project.schema) == whole, "two compilations of one text differ"


@pytest.mark.parametrize("case", FINE, ids=lambda case: case.name)
def test_the_plans_of_the_golden_files_without_a_mistake_survive_too(case):
    if not case.only_used:
        survives(planned({name: data.decode().removeprefix("\ufeff") for name, data in case.files.items()}))


@pytest.mark.parametrize(
    "field",
    [
        'type = "text", default = "2026-01-31"',
        'type = "choice", values = ["1", "yes"], default = "1"',
        'type = "choices", values = ["AI", "Cloud"], default = ["AI", "Cloud"]',
        'type = "number", default = 1, min = 0, max = 1.5',
        'type = "yes/no", default = true',
        'type = "text", column = "Lead Source", missing = ["Select", ""], title = "Source", required = true',
        'type = "date", default = 2026-01-31',
        'type = "datetime", default = 2026-01-31T12:00:00Z',
    ],
)
def test_the_schema_of_a_plan_survives(field: str):
    interaction = f'[interactions."a.b"]\nproperties = {{ y = {{ {field} }} }}'
    schema = f'[lead]\nkey = "id"\n[lead.fields]\nx = {{ {field} }}\n{interaction}'
    survives(planned({"main.score": "model Fit for lead\n  when x is known then +1"}, schema))


def test_numbers_and_texts_on_the_edge_survive():
    rules = """model Fit for lead
  when revenue in [0.1, -0, 9007199254740993, 123456789012345678901234567890, 0.000000000000000000000000000001] then +1
  when revenue > 1_79769313486231570814527423731704356798070567525844996598917476803157 then +1
  when country in ["a\\nb", "\\"\\\\", "a\u2028b", "\U0001f600", "İ", "ς", "\x7f", "</script>", "' OR 1=1 --"] then +1
  when renewal_on in [0001-01-01, 9999-12-31] then +1
"""
    survives(planned({"main.score": rules}))


# Texts and names that would do harm if any of them were ever taken for code.
HOSTILE = (
    *(
        '__import__("os").system("false")',
        '"; raise SystemExit #',
        "'''",
        '"""',
        "\\",
        "\n    raise SystemExit\n",
        "{x}",
    ),
    *("%s", "$(false)", "`false`", "${x}", "#", "\r\nexec(1)", "\u2028raise", "\x7f", "None", "lambda: 0"),
)
NAMES = (
    "exec",
    "lambda",
    "None",
    "True",
    "import_",
    "raise_",
    "class_",
    "self",
    "ast",
    "len",
    "day_of",
    "counts",
    "record",
)
HARMLESS = tuple(f"text {number}" for number in range(len(HOSTILE)))


def quoted(text: str) -> str:
    """A text of the language."""
    for sign, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n")):
        text = text.replace(sign, escaped)
    return f'"{text.replace(chr(13), " ")}"'


def toml(text: str) -> str:
    written = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in written) + '"'


def project_with(texts: tuple[str, ...], names: tuple[str, ...]) -> plan.Plan:
    """One project, with these texts and names wherever a text or a name can stand."""
    field, other, count, part, let, model, second, qualification = names[:8]
    values = ", ".join(f"{toml(text)}" for text in texts)
    schema = f"""
[lead]
key = "id"
relations = {{ {names[8]} = {{ to = "contact", column = {toml(texts[0])} }} }}
[lead.fields]
{field} = {{ type = "text", column = {toml("c" + texts[1])}, title = {toml(texts[2])}, missing = [{toml(texts[3])}] }}
{other} = {{ type = "choices", values = [{values}] }}
{names[9]} = {{ type = "text", default = {toml(texts[4])} }}
[contact]
key = "id"
[contact.fields]
{field} = "text"
[interactions."{count}.{part}"]
title = {toml(texts[5])}
properties = {{ {field} = "text", {other} = "number" }}
"""
    listed = "[" + ", ".join(quoted(text) for text in texts) + "]"
    rules = [f"let {let} = {listed}", f"model {model} {quoted(texts[6])} for lead"]
    for number, text in enumerate(texts):
        one = quoted(text)
        rules += [
            f"  group {quoted(f'{number} {text}')} at most 10",
            f"  when {field} is {one} or {field} contains {one} then +1 as {quoted(f'a {number} {text}')}",
            f"  when {names[8]}.{field} starts with {one} and {other} contains {one} then +2",
            f"  for each {count}.{part} where ({field} ends with {one} and {other} > {number}) then +1",
        ]
    rules += [
        f"  when {field} in {let} or {other} contains all of {let} or {names[9]} contains any of {let} then +3",
        f"  for each distinct {count}.{part}.{field} then +1 up to 9 halving every 3 days",
        *(f"  grade {quoted(f'{number} {text}')} from {number}" for number, text in enumerate(texts)),
        f"model {second} for lead where ({field} is known)",
        f"  when {field} is {names[9]} then disqualify as {quoted('x ' + texts[0])}",
        f"qualification {qualification} {quoted(texts[1])}",
    ]
    for number, text in enumerate(texts):
        braced = quoted(text.replace("{", "{{").replace("}", "}}"))
        rules += [
            f"  stage {quoted(f's {number} {text}')} when {model} + {second} > {number} or {model}.grade is "
            + quoted(f"{number} {text}"),
            f"    then create task {braced} for {braced} then notify {quoted('n' + text)}",
            f"    then set {field} to {quoted(text)}",
        ]
    return planned({"main.score": "\n".join(rules)}, schema)


def functions(whole: plan.Plan) -> list[types.CodeType]:
    """The code of every function that is made of a plan, and of those inside."""
    built = build(whole)
    made = (built.count, *built.models, *built.qualifications)
    return [code for function in made for code in _with_inner(function.__code__)]


def _with_inner(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _with_inner(constant)


def test_no_text_and_no_name_of_the_rules_becomes_code():
    """Whatever the texts and names say, the instructions and every name in them are the same: only constants differ."""
    names = tuple(f"name{number}" for number in range(len(NAMES)))
    harmless, hostile = functions(project_with(HARMLESS, names)), functions(project_with(HOSTILE, NAMES))
    assert len(harmless) == len(hostile) > 3
    for one, other in zip(harmless, hostile, strict=True):
        assert (one.co_name, one.co_varnames, one.co_freevars) == (other.co_name, other.co_varnames, other.co_freevars)
        assert list(map(written, dis.get_instructions(one))) == list(map(written, dis.get_instructions(other)))


def written(instruction: dis.Instruction) -> tuple[str, object]:
    """An instruction with what it names, or the type of its constant."""
    value = instruction.argval
    return instruction.opname, type(value) if instruction.opname == "LOAD_CONST" else value


def test_the_functions_can_reach_nothing_but_what_they_need():
    for function in (built := build(project_with(HOSTILE, NAMES))).models + built.qualifications + (built.count,):
        assert function.__globals__["__builtins__"] == {}
        reachable = {name for code in _with_inner(function.__code__) for name in code.co_names}
        assert not any(name.startswith("_") for name in reachable), reachable


def test_hostile_texts_and_names_survive_json():
    survives(project_with(HOSTILE, NAMES))
