"""A text that is edited reads as if it were read anew, whatever is typed, and wherever."""

import random
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st
from reference.strategies import draw_project
from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Diagnostic
from scoreline.dsl.parse import Parsed, parse
from scoreline.dsl.revise import revised
from scoreline.dsl.source import Place, Position, Source
from scoreline.dsl.translate import translated
from scoreline.grammar.vocabulary import vocabulary

SEEDS = st.integers(0, 2**24 - 1)
TYPED = (
    *sorted(vocabulary().keywords),
    *("wenn", "dann", "und", "Modell", "stufe", "\nmodell X für lead\n", "\n  wenn newsletter dann +5\n"),
    *("\n# language: de\n", "# language: de\n", "# language: xx\n", "\n# Sprache: deutsch\n", "de", "en"),
    *('\n"unclosed\n', "\n  “open\n", "\n;\n", '\nword "unclosed\n'),
    *(
        '"',
        '"x"',
        "“x”",
        "'",
        "+5",
        "-5",
        "2,5",
        "(",
        ")",
        "[",
        "]",
        ",",
        ".",
        "==",
        "#",
        "# x",
        "\0",
        "\u200b",
        "é",
        " ",
    ),
    *("\n", "\n", "\n\n", "\r\n", "\r", "  ", "\n  when newsletter then +5\n", "\n  when then +5\n", "\n# off\n"),
    *("\nmodel X for lead\n", '\nexample "x"\n', "\nlet x = [1]\n", '\n  group "G"\n', "nobody", "When", "whne", "5x"),
    *("  # scoreline: ignore W204 (so it is)", "\n  # when newsletter then +5\n", ' as "x"', "not ", " or newsletter"),
)


def edited(drawn: random.Random, text: str) -> str:
    """A text after one edit: something typed, taken out, doubled, or moved."""
    start = drawn.randrange(len(text) + 1)
    end = min(len(text), start + drawn.choice((0, 0, 0, 1, 1, 2, 8, 40)))
    match drawn.randrange(4):
        case 0:
            new = ""
        case 1:
            new = text[end : end + drawn.choice((5, 30, 90))]
        case _:
            new = drawn.choice(TYPED)
    return text[:start] + new + text[end:]


def in_any_language(seed: int, text: str) -> str:
    """A text as it stands, or in German."""
    return translated(Source("x.score", text), "de").text or text if seed % 3 == 0 else text


def every(node: object) -> Iterator[nodes.Node]:
    """All nodes, in text order."""
    if isinstance(node, nodes.Node):
        yield node
        for slot in type(node).__match_args__:
            yield from every(getattr(node, slot))
    elif isinstance(node, tuple):
        for part in node:
            yield from every(part)


def placed(parsed: Parsed) -> list[tuple[str, Position, Position, str]]:
    """What each node is, where it stands and, but for headings, whose text is in pieces, what is written there."""
    at = parsed.source.position
    found: list[tuple[str, Position, Position, str]] = []
    for node in every(parsed.file):
        whole = isinstance(node, nodes.File | nodes.Model | nodes.Qualification | nodes.Example)
        start, end = node.span if not whole else (node.span.start, node.span.start)
        found.append((type(node).__name__, at(start), at(end), parsed.source.text[start:end]))
    return found


def said(diagnostic: Diagnostic) -> tuple[object, ...]:
    """Everything that a reader sees of a diagnostic."""

    def spot(place: Place) -> tuple[Position, Position]:
        return place.start, place.end

    at = diagnostic.place.source.position
    fixes = [
        (fix.title, [(at(edit.span.start), at(edit.span.end), edit.text) for edit in fix.edits])
        for fix in diagnostic.fixes
    ]
    labels = [(spot(label.place), label.message) for label in diagnostic.labels]
    return diagnostic.code, diagnostic.message, spot(diagnostic.place), diagnostic.help, labels, fixes


def agrees(one: Parsed, text: str) -> None:
    """Holds the parse of an edited text against that of the same text read anew."""
    other = parse(Source(one.source.name, text))
    assert one.source.document.text == text
    assert one.file == other.file
    assert one.source.language == other.source.language
    assert [item.broken for item in one.file.items if hasattr(item, "broken")] == [
        item.broken for item in other.file.items if hasattr(item, "broken")
    ]
    assert placed(one)[1:] == placed(other)[1:]
    found = (each.in_documents({one.source.name: one.source}) for each in one.diagnostics)
    assert sorted(map(said, found), key=repr) == sorted(map(said, other.diagnostics), key=repr)
    assert lost(one) == lost(other)


def lost(parsed: Parsed) -> list[tuple[Position, str]]:
    """The statements that are missing below a heading."""
    return sorted((parsed.source.position(each.start), each.heading) for each in parsed.lost if each.heading)


@given(SEEDS)
def test_an_edited_text_reads_as_if_it_were_read_anew(seed: int):
    drawn = random.Random(seed)
    text = in_any_language(seed, "\n".join(draw_project(seed, leads=0).files.values()))
    parsed = parse(Source("x.score", text))
    for _ in range(drawn.randrange(1, 12)):
        text = edited(drawn, text)
        parsed = revised(parsed, text)
        agrees(parsed, text)


@given(SEEDS)
def test_a_position_leads_to_its_offset_and_back(seed: int):
    drawn = random.Random(seed)
    text = "\n".join(draw_project(seed, leads=0).files.values())
    parsed = parse(Source("x.score", text))
    for _ in range(4):
        text = edited(drawn, text)
        parsed = revised(parsed, text)
    plain = Source("x.score", text)
    for offset in range(len(text) + 1):
        position = plain.position(offset)
        assert parsed.source.position(parsed.source.offset(position)) == position
