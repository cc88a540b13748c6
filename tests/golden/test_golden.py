"""Each case of the golden files gets exactly the diagnostics that it expects, and each fix does what it says."""

from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from golden.cases import FOLDER, Case, Expected, all_cases
from scoreline.compiler.pipeline import compile_rules, disk_reader
from scoreline.compiler.schema.reading import read_schema_file
from scoreline.dsl.codes import CODES
from scoreline.dsl.diagnostics import Diagnostic, Fix

CASES = all_cases()
PARAMETERS = [
    pytest.param(
        case,
        id=case.name,
        marks=pytest.mark.xfail(reason=case.failing, strict=True) if case.failing else (),
    )
    for case in CASES
]
CHANNELS = frozenset({"sales", "marketing-automation"})
SCHEMA, _ = read_schema_file(FOLDER / "schema.toml", "schema.toml")


def diagnosed(folder: Path, files: dict[str, bytes], own: tuple[str, ...]) -> tuple[Diagnostic, ...]:
    """What is wrong with files, and nothing but diagnostics if they cannot be compiled."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    assert SCHEMA is not None
    compiled = compile_rules(own, disk_reader(folder), SCHEMA, ZoneInfo("Europe/Berlin"), CHANNELS)
    assert (compiled.plan is None) == bool(compiled.diagnostics)
    return compiled.diagnostics


def shown(found: Diagnostic) -> str:
    """A diagnostic in the words of a golden file."""
    return f"{found.place.file}:{found.place.start.line}: {found.code} @{found.place.start.column} {found.message}"


def fits(found: Diagnostic, expected: Expected) -> bool:
    """Whether a diagnostic is the one that is expected."""
    said = f"{found.message}\n{found.help or ''}"
    return (
        (found.code, found.place.file, found.place.start.line) == (expected.code, expected.file, expected.line)
        and expected.column in (None, found.place.start.column)
        and all(piece in said for piece in expected.pieces)
    )


def applied(text: str, fix: Fix) -> str:
    """A text with the edits of a fix."""
    for edit in sorted(fix.edits, key=lambda each: each.span.start, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def kinds(found: tuple[Diagnostic, ...]) -> Counter[tuple[str, str, int]]:
    """Diagnostics by code and line: what stays of a diagnostic when something before it in its line changes."""
    return Counter((each.code, each.place.file, each.place.start.line) for each in found)


@pytest.mark.parametrize("case", PARAMETERS)
def test_a_mistake_is_told_once_in_its_place_with_a_fix_that_mends_it(case: Case, tmp_path: Path) -> None:
    found = diagnosed(tmp_path, case.files, case.own)
    pairs = matched(found, case.expected)
    for diagnostic, expected in pairs:
        assert bool(diagnostic.fixes) == (expected.fixed is not None), f"a fix untold or missing: {shown(diagnostic)}"
        if expected.fixed is not None:
            mended(case, found, diagnostic, expected.fixed, tmp_path)


def matched(found: tuple[Diagnostic, ...], expected: list[Expected]) -> list[tuple[Diagnostic, Expected]]:
    """Each expectation with its diagnostic; nothing may be left over."""
    left = list(found)
    pairs: list[tuple[Diagnostic, Expected]] = []
    for each in expected:
        right = next((one for one in left if fits(one, each)), None)
        assert right is not None, f"missing: {each}\nfound:\n" + "\n".join(map(shown, left))
        left.remove(right)
        pairs.append((right, each))
    assert not left, "not expected:\n" + "\n".join(map(shown, left))
    return pairs


def mended(
    case: Case, before: tuple[Diagnostic, ...], diagnostic: Diagnostic, lines: tuple[str, ...], folder: Path
) -> None:
    """The first fix of a diagnostic gives these lines, changes no other, and leaves every other diagnostic."""
    place = diagnostic.place
    text = place.source.text
    right = applied(text, diagnostic.fixes[0])
    first = text.count("\n", 0, place.span.start)
    was, now = text.split("\n"), right.split("\n")
    assert now[:first] + now[first + len(lines) :] == was[:first] + was[first + len(lines) :]
    assert tuple(line.strip() for line in now[first : first + len(lines)]) == lines
    after = diagnosed(folder, {**case.files, place.file: right.encode("utf-8")}, case.own)
    gone = Counter([(diagnostic.code, place.file, place.start.line)])
    assert kinds(after) == kinds(before) - gone, "the fixed file has\n" + "\n".join(map(shown, after))


def test_every_code_of_rule_files_has_a_golden_case() -> None:
    met = {expected.code for case in CASES for expected in case.expected}
    assert {code for code in CODES if code < "E3"} - met == set()


def test_no_two_cases_have_one_name() -> None:
    assert [name for name, times in Counter(case.name for case in CASES).items() if times > 1] == []
