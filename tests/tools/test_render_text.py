"""What a diagnostic looks like on a terminal."""

from rich.cells import cell_len
from scoreline.dsl.diagnostics import Diagnostic, Edit, Fix, Label, Severity, replacement
from scoreline.dsl.source import Source
from scoreline.dsl.span import Span
from scoreline.tools.render.as_text import diagnostic_text, summary_line


def shown(text: str, marked: str, **more) -> str:
    source = Source("rules/fit.score", text)
    start = text.index(marked)
    place = source.at(Span(start, start + len(marked)))
    return diagnostic_text(Diagnostic("E101", more.pop("message", "no such word"), place, **more)).plain


def lines_with_mark(text: str, marked: str) -> tuple[str, str]:
    """The source line as shown, and the line with the carets, both from the same cell on."""
    lines = shown(text, marked).split("\n")
    return lines[3], lines[4]


def caret_cells(carets: str) -> tuple[int, int]:
    return carets.index("^"), carets.count("^")


def test_a_diagnostic_shows_code_place_line_mark_and_help():
    text = 'model Fit for lead\n  when industri in ["Software"] then +20\n'
    assert shown(text, "industri", message="there is no field `industri`", help="did you mean `industry`?") == (
        "error[E101]: there is no field `industri`\n"
        " --> rules/fit.score:2:8\n"
        "  |\n"
        '2 |   when industri in ["Software"] then +20\n'
        "  |        ^^^^^^^^\n"
        "  |\n"
        "  = help: did you mean `industry`?"
    )


def test_the_severity_is_named():
    assert shown("let x = 1", "x", severity=Severity.WARNING).startswith("warning[E101]: ")


def test_a_fix_shows_the_line_as_it_will_be():
    source = Source("a.score", "when phone is unknown then 5")
    place = source.at(Span(27, 28))
    text = diagnostic_text(
        Diagnostic("E110", "no sign", place, fixes=(replacement("write `+5`", place.span, "+5"),))
    ).plain
    assert text.endswith("  = fix: write `+5`\n1 ~ when phone is unknown then +5")


def test_a_fix_of_several_edits_shows_all_of_them_in_the_line():
    source = Source("a.score", "when “a” is “b”")
    edits = tuple(Edit(Span(i, i + 1), '"') for i, c in enumerate(source.text) if c in "“”")
    text = diagnostic_text(Diagnostic("E104", "m", source.at(Span(5, 6)), fixes=(Fix('use ""', edits),))).plain
    assert text.endswith('1 ~ when "a" is "b"')


def test_a_fix_beyond_one_line_shows_its_title_only():
    source = Source("a.score", "a\nb")
    fix = Fix("join them", (Edit(Span(0, 3), "c"),))
    text = diagnostic_text(Diagnostic("E101", "m", source.at(Span(0, 1)), fixes=(fix,))).plain
    assert text.endswith("= fix: join them")


def test_carets_stand_under_wide_characters():
    line, carets = lines_with_mark('when 業種 is "売上高" then 5', "売上高")
    before = line.index("売上高")
    assert caret_cells(carets) == (cell_len(line[:before]), 6)


def test_carets_stand_under_what_follows_a_tab():
    line, carets = lines_with_mark("\twhen\tfoo then +5", "foo")
    assert "\t" not in line
    assert caret_cells(carets) == (line.index("foo"), 3)


def test_carets_stand_under_combining_characters():
    line, carets = lines_with_mark("when e\u0301tat is 5 then +5", "is")
    assert caret_cells(carets) == (cell_len(line[: line.index("is")]), 2)


def test_a_very_long_line_is_cut_round_its_mark():
    line, carets = lines_with_mark("x " * 5000 + "here" + " y" * 5000, "here")
    assert cell_len(line) < 125
    assert caret_cells(carets) == (line.index("here"), 4)
    assert line.count("…") == 2


def test_a_very_long_mark_stays_on_the_line():
    line, carets = lines_with_mark("a" + "b" * 5000, "b" * 5000)
    assert cell_len(line) < 125
    assert len(carets) <= cell_len(line)


def test_a_mark_over_several_lines_is_cut_at_the_end_of_the_first():
    _, carets = lines_with_mark("when a\nthen b", "when a\nthen b")
    assert caret_cells(carets) == (len("1 | "), len("when a"))


def test_nothing_at_the_end_of_a_file_still_has_a_mark():
    source = Source("a.score", "let x")
    text = diagnostic_text(Diagnostic("E102", "too short", source.at(Span(5, 5)))).plain
    assert text.endswith("1 | let x\n  |      ^")


def test_an_empty_file_has_a_mark():
    text = diagnostic_text(Diagnostic("E102", "empty", Source("a.score", "").at(Span(0, 0)))).plain
    assert text.endswith("1 |\n  | ^")


def test_no_character_of_a_user_commands_the_terminal():
    text = shown("when \x1b[31m\x00 \u202e then", "then", message="bad \x07 word", help="see \x1b]0;x\x07")
    assert not any(ord(character) < 32 and character != "\n" for character in text)
    assert "\u202e" not in text
    assert "␛[31m␀" in text


def test_markup_of_users_stays_text():
    assert "[red]a[/red]" in shown("when [red]a[/red]", "a", message="[bold]x")


def test_further_places_are_shown_with_what_is_there():
    source, other = Source("a.score", "let x = 1\nlet x = 2"), Source("b.score", "use x")
    labels = (Label(source.at(Span(4, 5)), "first here"), Label(other.at(Span(0, 3)), "and here"))
    text = diagnostic_text(Diagnostic("E101", "twice", source.at(Span(14, 15)), labels=labels)).plain
    assert " ::: a.score:1:5\n  |\n1 | let x = 1\n  |     - first here" in text
    assert " --> b.score:1:1\n  |\n1 | use x\n  | --- and here" in text


def test_the_gutter_is_as_wide_as_the_largest_line_number():
    source = Source("a.score", "\n" * 99 + "x")
    labels = (Label(source.at(Span(0, 0)), "start"),)
    text = diagnostic_text(Diagnostic("E101", "m", source.at(Span(99, 100)), labels=labels)).plain
    assert "\n100 | x\n    | ^\n   ::: a.score:1:1\n    |\n  1 |\n" in text


def test_the_summary_counts_severities():
    place = Source("a.score", "x").at(Span(0, 1))
    errors = [Diagnostic("E101", "m", place)] * 2
    warning = Diagnostic("E101", "m", place, severity=Severity.WARNING)
    assert summary_line([*errors, warning], 3) == "2 errors, 1 warning in 3 files"
    assert summary_line([], 1) == "no problems in 1 file"
