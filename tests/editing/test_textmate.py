"""The TextMate grammar in the engine of VS Code: every piece of a text has the scope of what Pygments sees there."""

from pathlib import Path

import pytest
from editing import nodes
from editing.expected import CORPUS, EXAMPLES, FIRST_LINES, MISTAKES, SHOWCASE, TESTS, drawn, kinds_by_line, said_in
from scoreline.grammar.lexicon import Colour
from scoreline.grammar.textmate import SCOPES, scope
from scoreline.grammar.vocabulary import languages

INSIDE_TEXTS = (Colour.ESCAPE, Colour.FIELD, Colour.ERROR)
GRAMMAR = nodes.EXTENSION / "syntaxes" / "scoreline.tmLanguage.json"


def with_assertions(text: str) -> str:
    """A file for vscode-tmgrammar-test: below each line what Pygments sees in it, and that nothing else is there."""
    lines = ['# SYNTAX TEST "source.scoreline"']
    for line, pieces in zip(text.split("\n"), kinds_by_line(text), strict=True):
        lines.append(line)
        lines.extend(assertion(units(line[:start]), units(line[:end]), kind) for start, end, kind in pieces)
    return "\n".join(lines)


def units(text: str) -> int:
    """The length of a text as JavaScript counts it."""
    return len(text.encode("utf-16-le")) // 2


def assertion(start: int, end: int, kind: Colour) -> str:
    wanted = {kind, *((Colour.TEXT,) if kind in INSIDE_TEXTS else ())}
    others = " ".join(scope(each) for each in SCOPES if each not in wanted)
    marks = f"<{'-' * end}" if start == 0 else " " * (start - 1) + "^" * (end - start)
    return f"#{marks} {scope(kind)} - {others}"


def failures(folder: Path, texts: dict[str, str]) -> str:
    """What the engine finds wrong with the texts; an empty text if it is nothing."""
    for name, text in texts.items():
        (folder / f"{name}.score").write_text(with_assertions(text), encoding="utf-8")
    ran = nodes.tool("vscode-tmgrammar-test", "--compact", "-g", str(GRAMMAR), str(folder / "*.score"))
    if ran.returncode == 0:
        assert ran.stdout.count("run successfuly") == len(texts), ran.stdout
        return ""
    return "\n".join(line for line in ran.stdout.splitlines() if "successfuly" not in line) + ran.stderr


@pytest.mark.usefixtures("packages")
@pytest.mark.parametrize("language", languages())
def test_vs_code_sees_what_pygments_sees(language: str, tmp_path: Path) -> None:
    texts = {path.stem: said_in(language, path.read_text(encoding="utf-8")) for path in EXAMPLES}
    texts |= {"showcase": said_in(language, SHOWCASE), "mistakes": said_in(language, MISTAKES)}
    assert failures(tmp_path, texts) == ""


@pytest.mark.usefixtures("packages")
def test_the_first_line_alone_tells_the_language_of_words(tmp_path: Path) -> None:
    words = "when wenn contact.grade contact.klasse"
    texts = {f"line{number}": f"{line}\n{words}\n" for number, line in enumerate(FIRST_LINES)}
    assert failures(tmp_path, texts) == ""


@pytest.mark.usefixtures("packages")
def test_it_agrees_on_everything_that_other_tests_are_made_of(tmp_path: Path) -> None:
    """Mistakes above all: hundreds of them stand in the golden files."""
    texts = {"-".join(path.relative_to(TESTS).with_suffix("").parts): readable(path) for path in CORPUS}
    assert failures(tmp_path, {name: text for name, text in texts.items() if text}) == ""


def readable(path: Path) -> str:
    # The one difference: Python takes a superscript for a part of a word, the engine does not.
    return path.read_bytes().decode("utf-8", "ignore").replace("\r", "").replace("²", "x")


@pytest.mark.usefixtures("packages")
def test_it_agrees_on_texts_cut_and_glued_anywhere(tmp_path: Path) -> None:
    texts = {f"drawn{number}": text for number, text in enumerate(drawn(200))}
    assert failures(tmp_path, texts) == ""


@pytest.mark.usefixtures("packages")
def test_the_comparison_would_tell_a_difference(tmp_path: Path) -> None:
    line = 'when name is "a" then +1'
    other = with_assertions(line).replace(f"{scope(Colour.NAME)} -", f"{scope(Colour.CLASS)} -")
    (tmp_path / "x.score").write_text(other, encoding="utf-8")
    ran = nodes.tool("vscode-tmgrammar-test", "--compact", "-g", str(GRAMMAR), str(tmp_path / "*.score"))
    assert ran.returncode != 0
    assert f"Missing required scopes: [ {scope(Colour.CLASS)} ]" in ran.stdout
