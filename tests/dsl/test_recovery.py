"""A mistake in one statement costs that statement and no other, and a fix can be applied as it stands."""

import random
from collections import Counter
from dataclasses import fields, replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference.strategies import draw_project
from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Diagnostic, Edit
from scoreline.dsl.lexer import lex
from scoreline.dsl.parse import parse
from scoreline.dsl.source import Source
from scoreline.dsl.statements import STARTERS, TOP, statement_starts
from scoreline.grammar.vocabulary import vocabulary

SEEDS = st.integers(0, 2**24 - 1)
# Anything that begins no statement: that would break the statement in two.
_BEGINNINGS = {word for word, terminal in vocabulary().keywords.items() if terminal in STARTERS}
POOL = (
    *sorted(set(vocabulary().keywords) - _BEGINNINGS),
    *sorted(vocabulary().signs),
    *('"x"', "7", "+5", "-5", "2.5", "2026-01-31", "nobody", "Then", "&&", "“x”", "5x", "%", "12,5"),
)


def statements(text: str) -> list[str]:
    """The statements of a text without mistakes, as they are written."""
    source = Source("x.score", text)
    tokens = lex(source).tokens
    starts = statement_starts(source, tokens)
    return [text[tokens[start].start : tokens[end - 1].end] for start, end in pairwise(starts)]


def broken(drawn: random.Random, statement: str) -> str:
    """A statement with one token (not the word that begins it) left out, doubled or replaced."""
    tokens = lex(Source("x.score", statement)).tokens[:-1]
    index = drawn.randrange(2 if tokens[0].type == "FOR" else 1, len(tokens))  # `each` tells that `for` begins one
    token = tokens[index]
    instead = {"out": "", "double": f"{token.text} {token.text}", "other": drawn.choice(POOL)}
    return f"{statement[: token.start]} {instead[drawn.choice(list(instead))]} {statement[token.end :]}"


def flat(file: nodes.File) -> list[object]:
    """The statements of a file, one after the other: headings without what stands below them."""
    found: list[object] = []
    for item in file.items:
        match item:
            case nodes.Model():
                found += [replace(item, items=(), broken=False), *item.items]
            case nodes.Qualification():
                found += [replace(item, stages=(), broken=False), *item.stages]
            case nodes.Example():
                found += [replace(item, statements=(), broken=False), *item.statements]
            case _:
                found.append(item)
    return found


def kinds(statement: str) -> str:
    return lex(Source("x.score", statement)).tokens[0].type


@given(SEEDS)
def test_a_broken_statement_leaves_all_others_as_they_are(seed: int):
    drawn = random.Random(seed)
    text = "\n".join(draw_project(seed, leads=0).files.values())
    whole = statements(text)
    if not whole:
        return
    index = drawn.randrange(len(whole))
    worse = broken(drawn, whole[index])
    there = flat(parse(Source("x.score", "\n".join((*whole[:index], worse, *whole[index + 1 :])))).file)
    alone = flat(parse(Source("x.score", "\n".join(whole))).file)
    assert there[:index] == alone[:index], worse
    if kinds(whole[index]) in TOP - {"USE"}:  # its name stays, so that it is known to be there
        assert there[index + 1 :] == alone[index + 1 :], worse
    else:
        assert there[index + 1 :] == alone[index + 1 :] or there[index:] == alone[index + 1 :], worse


_BEFORE = 'model Fit for lead\n  when x then +1\nqualification Q\n  stage "A" when x\n'


@pytest.mark.parametrize(
    ("before", "worse", "after"),
    [
        (_BEFORE, "  stage when x > 3\n", '  stage "C" when x\n'),
        (_BEFORE, "  stage create when x\n", '  stage "C" when x\n'),
        (_BEFORE, "  stage ( when x\n", '  stage "C" when x\n'),
        ("", "use .\n", "let y = x\n"),
        ("model Fit for lead\n", "  group .\n", "  for each x.y then +1\n"),
        ("", "let a = b.\n", "model Fit for lead\n  when x then +1\n"),
        ("model Fit for lead\n", "  when a -5 b is no then +2\n", "  when x then +3\n"),
        ("model Fit for lead\n", "  when a 7 b is no then +2\n", "  when x then +3\n"),
        ("model Fit for lead\n", "  when a disqualify b is no then +2\n", "  when x then +3\n"),
    ],
)
def test_a_broken_statement_is_told_once_and_draws_in_no_other(before: str, worse: str, after: str):
    parsed = parse(Source("x.score", before + worse + after))
    line = before.count("\n") + 1
    assert [each.place.start.line for each in parsed.diagnostics] == [line]
    without = flat(parse(Source("x.score", before + after)).file)
    found = flat(parsed.file)
    assert found[: len(flat(parse(Source("x.score", before)).file))] == flat(parse(Source("x.score", before)).file)
    assert found[-1] == without[-1]
    assert len(found) - len(without) in (0, 1)


@given(SEEDS)
def test_a_broken_heading_keeps_its_name_and_what_stands_below_it(seed: int):
    drawn = random.Random(seed)
    text = "\n".join(draw_project(seed, leads=0).files.values())
    whole = statements(text)
    headings = [number for number, one in enumerate(whole) if kinds(one) in ("MODEL", "QUALIFICATION", "LET")]
    index = drawn.choice(headings)
    tokens = lex(Source("x.score", whole[index])).tokens
    worse = whole[index][: tokens[2].start] + " % " + whole[index][tokens[2].start :]
    before = parse(Source("x.score", "\n".join(whole))).file
    after = parse(Source("x.score", "\n".join((*whole[:index], worse, *whole[index + 1 :])))).file
    named = [getattr(item, "name", None) for item in before.items]
    assert [getattr(item, "name", None) for item in after.items] == named
    assert flat(after)[index + 1 :] == flat(before)[index + 1 :]


def edited(text: str, edits: tuple[Edit, ...]) -> str:
    for edit in sorted(edits, key=lambda each: each.span.start, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def fits_its_text(found: Diagnostic, text: str) -> None:
    assert 0 <= found.place.span.start <= found.place.span.end <= len(text)
    for fix in found.fixes:
        assert fix.title
        assert fix.edits
        last = 0
        for edit in sorted(fix.edits, key=lambda each: each.span.start):
            assert last <= edit.span.start <= edit.span.end <= len(text), "edits overlap or leave the text"
            last = edit.span.end


@given(SEEDS)
def test_a_fix_takes_its_mistake_away(seed: int):
    drawn = random.Random(seed)
    whole = statements(draw_project(seed, leads=0).files["a/main.score"])
    index = drawn.randrange(len(whole))
    text = "\n".join((*whole[:index], broken(drawn, whole[index]), *whole[index + 1 :]))
    found = parse(Source("x.score", text)).diagnostics
    for each in found:
        fits_its_text(each, text)
        for fix in each.fixes:
            right = edited(text, fix.edits)
            assert right != text
            after = parse(Source("x.score", right)).diagnostics
            assert len(after) < len(found), (each.message, right.splitlines()[each.place.start.line - 1])


@pytest.mark.parametrize("count", [1, 2, 30])
def test_every_mistake_of_a_file_is_told_and_nothing_else(count: int):
    """`n` broken statements between good ones: `n` messages, each in its line."""
    lines = ["model Fit for lead"]
    for number in range(count):
        lines += [f"  when employees > {number} then +1", "  when country is then +1"]
    found = parse(Source("x.score", "\n".join(lines))).diagnostics
    assert [(each.code, each.place.start.line) for each in found] == [
        ("E101", 3 + 2 * number) for number in range(count)
    ]


def test_a_file_with_a_broken_statement_says_which_model_lost_it():
    text = "model Fit for lead when x is then +1\nmodel Heat for lead when x then +1"
    fit, heat = parse(Source("x.score", text)).file.items
    assert isinstance(fit, nodes.Model)
    assert isinstance(heat, nodes.Model)
    assert (fit.broken, heat.broken) == (True, False)
    assert {field.name for field in fields(nodes.Model)} >= {"broken"}


@pytest.mark.parametrize("between", ["\n", " # why\n", "\r\n\t"])
def test_a_grade_behind_a_dot_begins_no_statement_on_whatever_line_it_stands(between):
    text = 'qualification Q\n  stage "A" when Fit.{}grade in ["A"]\n'
    parsed = parse(Source("", text.format(between)))
    assert (parsed.diagnostics, parsed.file) == ((), parse(Source("", text.format(""))).file)


def test_a_grade_that_has_its_text_begins_a_statement_behind_a_dot_too():
    parsed = parse(Source("", 'model Fit for lead\n  when contact.\n  grade "A" from 1\n'))
    assert [each.place.start.line for each in parsed.diagnostics] == [2]


@given(SEEDS, st.sampled_from(['"unclosed', "“open", "; x", 'word "unclosed']))
def test_a_line_of_which_something_is_left_out_adds_nothing_above_it(seed: int, line: str):
    """What is told of a broken statement with such a line below it is told without that line, too."""
    drawn = random.Random(seed)
    whole = statements(draw_project(seed, leads=0).files["a/main.score"])
    index = drawn.randrange(len(whole))
    above = "\n".join((*whole[:index], broken(drawn, whole[index]).rstrip()))
    end = above.count("\n") + 1
    rest = "\n".join(whole[index + 1 :])
    without, there = (
        Counter(
            (each.place.start.line, each.code, each.message)
            for each in parse(Source("x.score", f"{above}\n{between}\n{rest}")).diagnostics
            if each.place.start.line <= end
        )
        for between in ("", line)
    )
    assert there <= without, f"{above}\n{line}\n{rest}"
