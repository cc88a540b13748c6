"""What editors read is written from one source: fresh, complete, and in every language that rules are written in."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from editing.expected import FIRST_LINES
from hypothesis import given
from hypothesis import strategies as st
from scoreline.dsl.format import formatted
from scoreline.dsl.parse import parse
from scoreline.dsl.source import Source
from scoreline.dsl.statements import STARTERS
from scoreline.grammar.colours import words_by_colour
from scoreline.grammar.export import exported, main, stale
from scoreline.grammar.forms import Form, clauses, examples, filled, forms
from scoreline.grammar.language_line import language_line
from scoreline.grammar.lexicon import Colour, Terminal
from scoreline.grammar.pygments_lexer import TOKENS, ScorelineLexer
from scoreline.grammar.pygments_style import LOOKS, ScorelineStyle
from scoreline.grammar.textmate import SCOPES
from scoreline.grammar.vim import GROUPS
from scoreline.grammar.vocabulary import languages, vocabulary
from scoreline.grammar.vscode import HEADINGS

ROOT = Path(__file__).parents[2]
VSCODE = ROOT / "editors" / "vscode"
AA = 4.5


def test_everything_that_is_written_is_fresh() -> None:
    assert stale(ROOT) == [], "run `python -m scoreline.grammar.export`"


def test_the_check_names_what_is_stale_and_writing_mends_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(ROOT / "editors", tmp_path / "editors", ignore=shutil.ignore_patterns("node_modules"))
    assert main(["--check"], tmp_path) == 0
    path = "editors/vim/syntax/scoreline.vim"
    (tmp_path / path).write_text("old", encoding="utf-8")
    (tmp_path / "editors/vscode/snippets/de.json").unlink()
    assert main(["--check"], tmp_path) == 1
    said = capsys.readouterr().out
    assert [line.split(" is stale")[0] for line in said.splitlines()] == ["editors/vscode/snippets/de.json", path]
    assert main([], tmp_path) == 0
    assert main(["--check"], tmp_path) == 0
    assert (tmp_path / path).read_bytes() == exported()[path].encode("utf-8")


def test_a_wrong_call_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--chekc"], ROOT) == 2
    assert main([], tmp_path) == 2
    assert "write `--check`, or nothing" in capsys.readouterr().err


def test_it_runs_as_a_module() -> None:
    command = [sys.executable, "-m", "scoreline.grammar.export", "--check"]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0


def test_every_kind_has_a_look_everywhere() -> None:
    assert set(TOKENS) == set(LOOKS) == set(Colour)
    assert set(SCOPES) == set(GROUPS) == set(Colour) - {Colour.SPACE}
    looks = (list(TOKENS.values()), list(SCOPES.values()), [group for group, _ in GROUPS.values()])
    assert all(len(each) == len(set(each)) for each in looks)


@pytest.mark.parametrize("language", languages())
def test_the_textmate_grammar_has_the_words_of_the_vocabulary(language: str) -> None:
    grammar = json.loads((VSCODE / "syntaxes" / "scoreline.tmLanguage.json").read_text(encoding="utf-8"))
    plain = re.compile(r"\(\?:([^()]*)\)\(\?!\\w\)")
    found = {
        rule["name"]: set(match[1].split("|"))
        for rule in grammar["repository"][f"words-{language}"]["patterns"]
        if "match" in rule and (match := plain.fullmatch(rule["match"]))
    }
    wanted = {f"{SCOPES[kind]}.scoreline": set(words) for kind, words in words_by_colour(vocabulary(language)).items()}
    assert found == wanted
    assert set().union(*found.values()) == set(vocabulary(language).keywords)


@pytest.mark.parametrize("language", languages())
def test_the_vim_syntax_has_the_words_of_the_vocabulary(language: str) -> None:
    syntax = (ROOT / "editors" / "vim" / "syntax" / "scoreline.vim").read_text(encoding="utf-8")
    german, english = re.split(r"\nelse\n", syntax)
    plain = re.compile(r"^  syntax match (\w+) /\\v<%\(([^()]*)\)>/$", re.MULTILINE)
    found = {group: set(words.split("|")) for group, words in plain.findall({"de": german, "en": english}[language])}
    wanted = {GROUPS[kind][0]: set(words) for kind, words in words_by_colour(vocabulary(language)).items()}
    assert found == wanted


@pytest.mark.parametrize("language", languages())
def test_pygments_has_the_words_of_the_vocabulary(language: str) -> None:
    for kind, words in words_by_colour(vocabulary(language)).items():
        for word in words:
            text = f'# language: {language}\n{word} "x"'
            found = {piece: token for _, token, piece in ScorelineLexer().get_tokens_unprocessed(text)}
            assert found[word] is TOKENS[kind], word


def terminals(text: str, language: str) -> list[str]:
    """The words of a text as their terminals; anything else as its kind."""
    keywords = vocabulary(language).keywords
    pieces = ScorelineLexer().get_tokens_unprocessed(f"# language: {language}\n{text}")
    return [keywords.get(word, str(token)) for _, token, word in pieces if word.strip()][1:]


def in_its_place(snippet: Form) -> str:
    """A snippet as a file that the parser takes, with what has to stand above it."""
    text = filled(snippet.body)
    first = text.split()[0]
    if first in ("use", "let", "model", "qualification", "example", "#"):
        return text + "\n"
    model, stage = "model M for lead\n  ", 'qualification Q\n  stage "x" when Fit >= 1\n    '
    heads = {"given": 'example "x"\n  ', "expect": 'example "x"\n  ', "stage": "qualification Q\n  "}
    head = heads.get(first, stage if first in ("until", "then") else model)
    indent = head.rpartition("\n")[2]
    return head + text.replace("\n", f"\n{indent}") + "\n"


@pytest.mark.parametrize("snippet", forms("en"), ids=lambda snippet: snippet.prefix)
def test_a_snippet_is_what_the_parser_takes(snippet: Form) -> None:
    source = Source("x.score", in_its_place(snippet))
    assert not parse(source).diagnostics


@pytest.mark.parametrize("snippet", forms("en"), ids=lambda snippet: snippet.prefix)
def test_a_snippet_is_written_as_the_formatter_would(snippet: Form) -> None:
    text = in_its_place(snippet)
    assert formatted(Source("x.score", text)).text == text


def test_there_is_a_snippet_for_every_statement() -> None:
    starts = {terminals(each.body, "en")[0] for each in forms("en") if not each.body.startswith("#")}
    items = "USE LET MODEL QUALIFICATION EXAMPLE"
    below = "INCLUDE SCORE GROUP WHEN FOR GRADE STAGE UNTIL THEN GIVEN EXPECT"
    assert starts == {*items.split(), *below.split()}


def test_every_statement_has_examples_and_clauses() -> None:
    assert set(examples("en")) == set(clauses("en")) == STARTERS


@pytest.mark.parametrize("language", languages())
def test_examples_and_clauses_are_in_the_words_of_their_language(language: str) -> None:
    keywords = vocabulary(language).keywords
    for begins, shown in examples(language).items():
        assert all(keywords[each.split()[0]] == begins and "{" not in each for each in shown)
    for begins, parts in clauses(language).items():
        assert parts[0].openers == (begins,)
        firsts = {keywords.get(part.form.split()[0], Terminal.EQ) for part in parts}
        assert firsts <= {opener for part in parts for opener in part.openers}


@pytest.mark.parametrize("language", languages()[1:])
def test_a_snippet_says_the_same_in_every_language(language: str) -> None:
    words = vocabulary(language)
    for english, other in zip(forms("en"), forms(language), strict=True):
        # Two terminals may have one word there.
        meant = terminals(filled(english.body), "en")
        wanted = [words.keywords[words.words[each]] if each in words.words else each for each in meant]
        assert terminals(filled(other.body), language) == wanted, other.prefix
        assert other.about != english.about


@pytest.mark.parametrize("language", languages())
def test_the_line_behind_a_heading_is_indented(language: str) -> None:
    rules = json.loads((VSCODE / "language-configuration.json").read_text(encoding="utf-8"))["onEnterRules"]
    heading = re.compile(rules[0]["beforeText"])
    for each in forms(language):
        first = filled(each.body).split("\n")[0]
        is_heading = vocabulary(language).keywords.get(first.split()[0]) in HEADINGS
        assert bool(heading.search(f"  {first}")) == is_heading, first


@pytest.mark.parametrize("language", languages())
def test_no_two_snippets_are_typed_alike(language: str) -> None:
    typed = [each.prefix for each in forms(language)]
    assert len(typed) == len(set(typed))
    written = json.loads((VSCODE / "snippets" / f"{language}.json").read_text(encoding="utf-8"))
    assert [each["prefix"] for each in written.values()] == typed


@pytest.mark.parametrize("line", FIRST_LINES)
def test_colours_and_meaning_read_the_same_first_line(line: str) -> None:
    assert language_line(line)[0] == Source("x.score", line).language
    assert language_line(f"{line}\nlet x = [1]")[0] == Source("x.score", f"{line}\nlet x = [1]").language


@given(st.text(alphabet="#language: deDE\t\n\r\ufeff", max_size=24).map(lambda text: text.replace("l", "# language:")))
def test_they_read_the_same_in_drawn_lines_too(text: str) -> None:
    assert language_line(text)[0] == Source("x.score", text).language


def luminance(colour: str) -> float:
    parts = (int(colour[each : each + 2], 16) / 255 for each in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_colour_of_the_style_can_be_read() -> None:
    for kind in set(Colour) - {Colour.SPACE}:
        look = ScorelineStyle.style_for_token(TOKENS[kind])
        paper = look["bgcolor"] or ScorelineStyle.background_color.removeprefix("#")
        dark, light = sorted((luminance(look["color"]), luminance(paper)))
        assert (light + 0.05) / (dark + 0.05) >= AA, kind


def test_the_picture_is_small_and_shows_rules_as_the_formatter_writes_them() -> None:
    assert 10_000 < (ROOT / "docs" / "editors.png").stat().st_size < 150_000
    shown = (ROOT / "editors" / "picture.score").read_text(encoding="utf-8")
    assert formatted(Source("picture.score", shown)).text == shown


def test_the_packages_of_the_extension_are_pinned_and_come_from_nowhere_in_particular() -> None:
    wanted = json.loads((VSCODE / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    lock = json.loads((VSCODE / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    assert {name: lock[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert all("resolved" not in each and ("integrity" in each or not path) for path, each in lock.items())
