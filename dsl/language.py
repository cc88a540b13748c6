"""Which language the words of a file are in, and what is wrong with how the file says so.

Promises that a file is read in the language that it is written in, even where its first line does not say so: its
first word tells. That is told once, not word by word. Single words of another language are a matter of the lexer, in
files of any language but English, and of `repairs/`.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches
from typing import NamedTuple

from scoreline.dsl.diagnostics import Diagnostic, Edit, Fix, replacement
from scoreline.dsl.messages import Said, listed, say
from scoreline.dsl.source import Source
from scoreline.dsl.span import Span
from scoreline.dsl.statements import TOP
from scoreline.grammar.language_line import language_line
from scoreline.grammar.vocabulary import ENGLISH, languages, vocabulary

_NAMES = {"english": "en", "englisch": "en", "eng": "en", "german": "de", "deutsch": "de", "ger": "de", "deu": "de"}
_BLANKS = r"[^\S\r\n]*"
_MEANT = re.compile(
    rf"\ufeff?(?P<above>\s*[\r\n])?(?P<line>{_BLANKS}#?[ \t]*(?:language|lang|sprache)[ \t]*[:=][ \t]*"
    rf"(?P<name>\w[\w-]*+){_BLANKS}(?:[(,;.#][^\r\n]*)?)(?=[\r\n]|\Z)",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    rf"(?<=[\r\n]){_BLANKS}#[ \t]*language[ \t]*:[ \t]*(?P<code>[A-Za-z]+){_BLANKS}(?:\r\n|[\r\n]|\Z)"
)
_FIRST_WORD = re.compile(r"\ufeff?(?:\s|#[^\r\n]*+)*+(?P<word>[^\W\d_]\w*)")


def language_name(code: str) -> Said:
    """What a language is called."""
    return say("German") if code == "de" else say("English")


class Heard(NamedTuple):
    """A source that knows its language, and what is wrong with how it says so."""

    source: Source
    diagnostics: tuple[Diagnostic, ...]


def heard(source: Source) -> Heard:
    """A whole source, read in the language that is meant."""
    meant = meant_line(source.text)
    _, end = language_line(source.text)
    if meant is not None and not end:
        spoken = _nearest(meant["name"]) or _of_first_word(source, "") or ENGLISH
        return Heard(_speaking(source, spoken), (_wrong_line(source, meant, spoken),))
    elsewhere = tuple(misplaced(source, 0))
    spoken = _of_first_word(source, source.language)
    if spoken is None:
        return Heard(source, elsewhere)
    told = _speaking(source, spoken)
    moved = tuple(replace(each, place=told.at(each.place.span)) for each in elsewhere)
    return Heard(told, moved or (_unsaid(source, spoken, end),))


def speaks_plainly(source: Source) -> bool:
    """Whether the first line and the first word of a source are in one language that there is."""
    _, end = language_line(source.text)
    return bool(end or meant_line(source.text) is None) and _of_first_word(source, source.language) is None


def meant_line(text: str) -> "re.Match[str] | None":
    """The line at the top of a text, below blank ones too, that is meant to name its language. One that does so
    plainly, but too late, is none: it stands elsewhere."""
    meant = _MEANT.match(text)
    late = _ELSEWHERE.match(text, meant.start("line")) if meant is not None and meant["above"] else None
    return None if late is not None and late["code"].lower() in languages() else meant


def renamed(comment: str, old: str, new: str) -> str:
    """A comment on a line of its own; one that names the old language, as the first line does, names the new one."""
    named, _ = language_line(comment)
    return comment[: -len(old)] + new if named == old and language_line(comment)[1] else comment


def misplaced(source: Source, start: int) -> Iterator[Diagnostic]:
    """Lines that name another language where it is too late, from an offset on."""
    for match in _ELSEWHERE.finditer(source.text, start):
        code = match["code"].lower()
        if code in languages() and code != source.language:
            top = _top(source)
            edits = (Edit(Span(top, top), f"# language: {code}\n"), Edit(Span(*match.span()), ""))
            yield Diagnostic(
                "E124",
                say("only the first line of a file can name its language"),
                source.at(Span(match.start() + match[0].index("#"), match.end("code"))),
                help=say("move this line to the top; the whole file is read in one language"),
                fixes=(Fix(say("move it to the top"), edits),),
            )


def said_again(source: Source) -> Iterator[Span]:
    """Where lines that could be the first one name the language of a source once more."""
    for match in _ELSEWHERE.finditer(source.text):
        if match["code"].lower() == source.language:
            yield Span(*match.span("code"))


def _speaking(source: Source, spoken: str) -> Source:
    return source if source.language == spoken else replace(source, spoken=spoken)


def _top(source: Source) -> int:
    return int(source.text.startswith("\ufeff"))


def _of_first_word(source: Source, language: str) -> str | None:
    """The other language that has the first word of a file among those that can begin one, if any."""
    first = _FIRST_WORD.match(source.text)
    if first is None:
        return None
    word = first["word"].lower()
    others = [each for each in languages() if each != language]
    if language and vocabulary(language).keywords.get(word) in TOP:
        return None
    return next((each for each in others if vocabulary(each).keywords.get(word) in TOP), None)


def _nearest(name: str) -> str | None:
    """The language that is meant by a name or a longer code: `deutsch`, `de-DE`."""
    lower = name.lower()
    short = re.split("[-_]", lower)[0]
    if short in languages():
        return short
    near = get_close_matches(lower, _NAMES, n=1, cutoff=0.7)
    return _NAMES[near[0]] if near else None


def _wrong_line(source: Source, meant: "re.Match[str]", spoken: str) -> Diagnostic:
    span = Span(*meant.span("line"))
    whole = Span(_top(source), span.end)
    right = f"# language: {spoken}"
    known = listed([say("English (`en`)"), say("German (`de`)")])
    message = say("there is no language `{name}`", name=meant["name"])
    if meant["name"].lower() in languages():
        message = say("the line that names the language is written `{right}`", right=right)
    return Diagnostic(
        "E124", message, _speaking(source, spoken).at(span), help=say("rules are written in {known}", known=known),
        fixes=(replacement(say("write `{right}`", right=right), whole, right),),
    )  # fmt: skip


def _unsaid(source: Source, spoken: str, end: int) -> Diagnostic:
    """These rules are in a language that the first line does not name; `end`: where that line ends, if it names one."""
    top, right = _top(source), f"# language: {spoken}"
    first = _FIRST_WORD.match(source.text)
    place = _speaking(source, spoken).at(Span(top, end) if end or first is None else Span(*first.span("word")))
    name = language_name(spoken)
    if spoken == ENGLISH:
        behind = re.compile(r"\r\n|[\r\n]|\Z").match(source.text, end)
        message = say("these rules are in English, but the first line names another language")
        fix = replacement(say("remove the first line"), Span(top, behind.end() if behind else end), "")
        help = say("rules without such a line are in English; `scoreline fmt --to` translates them")
    else:
        message = say("these rules are in {name}, but the first line does not say so", name=name)
        span, text = (Span(top, end), right) if end else (Span(top, top), f"{right}\n")
        fix = replacement(say("write `{right}` on the first line", right=right), span, text)
        help = say("a file in {name} begins with the line `{right}`", name=name, right=right)
    return Diagnostic("E124", message, place, help=help, fixes=(fix,))
