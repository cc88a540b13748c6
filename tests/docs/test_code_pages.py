"""The pages about the codes: one for each, and their examples do what the pages say.

How a page is written: a title (`# E203 different-types`), a paragraph that says why, `## Bad` and `## Good` with
examples in fenced blocks, and `## What to do`. Each example is tried as a small project:

- ` ```score ` is the rule file `rules/rules.score`. A block that begins with none of `use`, `let`, `model`,
  `qualification` and `example` (in any language) shows statements of a model, and is tried below `model Fit for lead`.
- ` ```toml ` is the schema, `crm.schema.toml`.
- ` ```score file=rules/a.score ` and ` ```toml file=scoreline.toml ` are files of these names. All blocks of a
  section that name their file are one project; a block that does not is a project by itself.
- `saved-as=latin-1` is the encoding in which the file is saved, where it is not UTF-8.
- ` ```text ` is only shown.

What an example does not show is as in `docs/codes/schema.toml` and in `SETTINGS` below.
"""

import datetime
import re
from dataclasses import replace
from pathlib import Path

import pytest
from scoreline.compiler.project import read_project
from scoreline.compiler.schema.reading import read_schema_file
from scoreline.dsl.codes import CODES
from scoreline.dsl.diagnostics import Diagnostic, Fix
from scoreline.dsl.statements import TOP
from scoreline.grammar.vocabulary import languages, vocabulary
from scoreline.runtime import RulesInvalid
from scoreline.runtime.compiling import compile_project
from scoreline.tools.lint.engine import lint
from scoreline.tools.lint.settings import settings_of

PAGES = Path(__file__).parents[2] / "docs" / "codes"
SCHEMA = (PAGES / "schema.toml").read_text(encoding="utf-8")
SETTINGS = '[project]\nrules = ["rules"]\nschema = "crm.schema.toml"\ntimezone = "Europe/Berlin"\n'
HEADINGS = ["Bad", "Good", "What to do"]
DEFAULT_FILES = {"score": "rules/rules.score", "toml": "crm.schema.toml"}
SHOWN = [code for code in CODES if code[0] in "EW"]
TODAY = datetime.date(2026, 3, 1)
# Pages show a few lines and no examples, which is a finding by itself.
NOT_TOLD = {"W236"}

_BLOCK = re.compile(r"^```(score|toml)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_OPTION = re.compile(r"([a-z-]+)=(\S+)")
_FIRST_WORD = re.compile(r"(?:\s|#[^\n]*\n)*(\w*)")
_WHOLE_FILES = {word for each in languages() for word, kind in vocabulary(each).keywords.items() if kind in TOP}
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
# Words for people who write programs; the pages are for those who never did.
_JARGON = re.compile(
    r"\b(pars\w+|tokens?|ast|null|booleans?|strings?|integers?|floats?|syntax|python|identifiers?|runtime|compil\w+)\b",
    re.IGNORECASE,
)

Files = dict[str, bytes]


def page(code: str) -> str:
    return (PAGES / f"{code}.md").read_text(encoding="utf-8")


def sections(text: str) -> dict[str, str]:
    """The parts of a page by their headings."""
    _, *parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def examples(code: str, heading: str) -> list[Files]:
    """The examples below a heading: blocks with a file name together, each other block by itself."""
    together: Files = {}
    alone: list[Files] = []
    for language, written, body in _BLOCK.findall(sections(page(code))[heading]):
        options = dict(_OPTION.findall(written))
        assert set(options) <= {"file", "saved-as"}, f"{code}: unknown words behind ```: {written}"
        name = options.get("file", DEFAULT_FILES[language])
        content = _content(language, body, options.get("saved-as", "utf-8"))
        if "file" in options:
            together[name] = content
        else:
            alone.append({name: content})
    return [together, *alone] if together else alone


def _content(language: str, body: str, encoding: str) -> bytes:
    first = _FIRST_WORD.match(body)
    if language == "score" and first and first[1] not in _WHOLE_FILES:
        body = "model Fit for lead\n" + body
    return body.encode(encoding)


def told(code: str, files: Files, root: Path) -> tuple[Diagnostic, ...]:
    """Everything that is said about a project that these files are part of; on pages of lints they speak too."""
    (root / "rules").mkdir(parents=True)
    standard = {"scoreline.toml": SETTINGS.encode(), "crm.schema.toml": SCHEMA.encode()}
    for name, content in (standard | files).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    try:
        compiled = compile_project(root)
    except RulesInvalid as invalid:
        return invalid.diagnostics
    if not code.startswith("W"):
        return compiled.diagnostics
    project, _ = read_project(root)
    schema, _ = read_schema_file(root / "crm.schema.toml", "crm.schema.toml")
    assert project is not None and schema is not None
    found = lint(compiled, schema, replace(settings_of(project), today=TODAY))
    return (*compiled.diagnostics, *(each for each in found if each.code == code or each.code not in NOT_TOLD))


def cases(heading: str) -> list[tuple[str, int]]:
    """Each code with the number of each of its examples below a heading."""
    written = (code for code in SHOWN if (PAGES / f"{code}.md").is_file())
    return [(code, number) for code in written for number in range(len(examples(code, heading)))]


def test_every_code_has_a_page_and_every_page_a_code():
    assert {path.stem for path in PAGES.glob("*.md")} == set(CODES)


@pytest.mark.parametrize("code", SHOWN)
def test_a_page_has_its_title_a_reason_and_its_sections(code: str):
    title, blank, reason = page(code).split("\n")[:3]
    assert title == f"# {code} {CODES[code].name}"
    assert not blank
    assert reason and not reason.startswith("#")
    assert list(sections(page(code))) == HEADINGS
    assert examples(code, "Bad") and examples(code, "Good")
    assert sections(page(code))["What to do"].strip()


@pytest.mark.parametrize("code", SHOWN)
def test_a_page_is_in_plain_words(code: str):
    assert not _JARGON.findall(_CODE.sub("", page(code)))


@pytest.mark.parametrize(("code", "number"), cases("Bad"))
def test_a_bad_example_is_told_once_under_its_code(code: str, number: int, tmp_path: Path):
    found = told(code, examples(code, "Bad")[number], tmp_path)
    assert [each.code for each in found] == [code], found


@pytest.mark.parametrize(("code", "number"), cases("Good"))
def test_a_good_example_is_fine(code: str, number: int, tmp_path: Path):
    assert told(code, examples(code, "Good")[number], tmp_path) == ()


def mended(files: Files, diagnostic: Diagnostic, fix: Fix) -> Files:
    """The files with a fix applied to the one that it is for."""
    text = diagnostic.place.source.text
    for edit in sorted(fix.edits, key=lambda each: each.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return files | {diagnostic.place.file: text.encode()}


def test_the_fixes_that_bad_examples_are_offered_mend_them(tmp_path: Path):
    tried = 0
    for code, number in cases("Bad"):
        files = examples(code, "Bad")[number]
        (diagnostic,) = told(code, files, tmp_path / f"{code}-{number}")
        for index, fix in enumerate(diagnostic.fixes):
            after = mended(files, diagnostic, fix)
            left = told(code, after, tmp_path / f"{code}-{number}-{index}")
            assert not [each for each in left if each.code == code or each.code[0] == "E"], (code, fix.title, left)
            assert code.startswith("W") or left == ()
            tried += 1
    assert tried > 20
