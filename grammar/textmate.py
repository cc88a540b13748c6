r"""The TextMate grammar: the colours of the lexicon and of `colours.py`, for VS Code and all that read its grammars.

Promises what the Pygments lexer promises: every character but white space is in a rule, mistakes have a colour of
their own, and the words are those of the language that the first line names. A rule that only the first line can
begin (`\A`) and that nothing ends holds the words of the other language. What a rule tells by what follows (`stage`
before its text, `no` before a name) it tells within the line, since an editor shows a grammar one line at a time.
"""

import json
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from scoreline.grammar import colours
from scoreline.grammar.language_line import MARK
from scoreline.grammar.lexicon import Colour, Terminal
from scoreline.grammar.vocabulary import ENGLISH, Vocabulary, languages, vocabulary

Rule: TypeAlias = "dict[str, object]"

SCOPES: dict[Colour, str] = {
    Colour.IMPORT: "keyword.control.import",
    Colour.DECLARATION: "storage.type",
    Colour.CONSTANT: "constant.language",
    Colour.PSEUDO: "variable.language",
    Colour.UNIT: "keyword.other.unit",
    Colour.WORD_OPERATOR: "keyword.operator.wordlike",
    Colour.KEYWORD: "keyword.control",
    Colour.OPERATOR: "keyword.operator.symbol",
    Colour.PUNCTUATION: "punctuation.separator",
    Colour.TEXT: "string.quoted.double",
    Colour.ESCAPE: "constant.character.escape",
    Colour.FIELD: "constant.character.format.placeholder",
    Colour.DATE: "constant.numeric.date",
    Colour.FLOAT: "constant.numeric.decimal",
    Colour.INTEGER: "constant.numeric.integer",
    Colour.NAME: "variable.other",
    Colour.ATTRIBUTE: "variable.other.property",
    Colour.CLASS: "entity.name.type",
    Colour.VARIABLE: "variable.other.constant",
    Colour.COMMENT: "comment.line.number-sign",
    Colour.DIRECTIVE: "comment.line.directive",
    Colour.ERROR: "invalid.illegal",
}
_ANYTHING_ELSE = r"(?=[^\s#])"
_NEVER = "(?!)"
_ESCAPED = set("\\^$.|?*+()[]{}")


def scope(kind: Colour) -> str:
    """The scope that a kind has in the grammar."""
    return f"{SCOPES[kind]}.scoreline"


def textmate() -> str:
    """The grammar as the text of its file."""
    repository = {
        "comments": {"patterns": list(_comments())},
        "values": {"patterns": list(_values(vocabulary()))},
        "escapes": {"patterns": list(_escapes())},
        "placeholders": {"patterns": list(_placeholders())},
        **{f"words-{each}": {"patterns": list(_words(vocabulary(each)))} for each in languages()},
    }
    grammar = {
        "name": "Scoreline",
        "comment": "Written by `python -m scoreline.grammar.export`, not by hand.",
        "scopeName": "source.scoreline",
        "fileTypes": ["score"],
        "patterns": [*map(_language, languages()[1:]), _english_line(), *_file(ENGLISH)],
        "repository": repository,
    }
    return json.dumps(grammar, ensure_ascii=False, indent=2) + "\n"


def _file(language: str) -> list[Rule]:
    return [{"include": f"#{each}"} for each in ("comments", f"words-{language}", "values")]


def _language(language: str) -> Rule:
    return {
        "begin": _first_line(language),
        "beginCaptures": {"1": {"name": scope(Colour.DIRECTIVE)}},
        "end": _NEVER,
        "patterns": _file(language),
    }


def _english_line() -> Rule:
    return {"match": _first_line(ENGLISH), "captures": {"1": {"name": scope(Colour.DIRECTIVE)}}}


def _first_line(language: str) -> str:
    return rf"\A\x{{FEFF}}?({MARK}(?i:{language})[ \t]*)(?=[\r\n]|$)"


def _comments() -> Iterator[Rule]:
    comment = vocabulary().patterns[Terminal.COMMENT]
    yield {"match": rf"(?i:{colours.DIRECTIVE})[^\r\n]*", "name": scope(Colour.DIRECTIVE)}
    yield {"match": comment, "name": scope(Colour.COMMENT)}


def _words(words: Vocabulary) -> Iterator[Rule]:
    """The words of a language: first those whose kind is told by what stands round them."""
    for kind in (Colour.CLASS, Colour.VARIABLE):
        openers = _words_where(words, colours.NAMED, kind)
        yield _then(words, openers, _name(words), {"name": scope(kind)})
    yield _after_dot(words)
    for terminal, before in colours.PLAIN_AFTER.items():
        follows = _one_of(colours.words_of(words, terminal))
        yield _then(words, colours.words_of(words, *before), follows, {"name": scope(Colour.KEYWORD)})
    text: Rule = {
        "name": scope(Colour.TEXT),
        "patterns": [{"include": "#placeholders"}, {"include": "#escapes"}],
    }
    for terminal in colours.BEFORE_TEMPLATE:
        yield _then(words, colours.words_of(words, terminal), words.patterns[Terminal.TEXT], text)
    for terminal, kind in colours.WITHOUT_TEXT.items():
        yield _word(colours.words_of(words, terminal), kind, r'(?!\s*")')
    for terminal, kind in colours.WITH_NAME.items():
        yield _word(colours.words_of(words, terminal), kind, rf"(?=\s+{_name(words)})")
    for kind, each in colours.words_by_colour(words).items():
        yield _word(each, kind)
    yield {"match": words.patterns[Terminal.NAME], "name": scope(Colour.NAME)}


def _words_where(words: Vocabulary, table: "dict[Terminal, Colour]", kind: Colour) -> list[str]:
    """The words whose terminals a table gives a kind."""
    return colours.words_of(words, *(terminal for terminal, each in table.items() if each is kind))


def _then(words: Vocabulary, openers: Sequence[str], follows: str, look: Rule) -> Rule:
    """Words of one kind, and what looks otherwise when it is the next thing behind them, comments left aside."""
    opener = words.keywords[openers[0]]
    return {
        "begin": _one_of(openers),
        "beginCaptures": {"0": {"name": scope(opener.colour)}},
        "end": f"({follows})|{_ANYTHING_ELSE}",
        "endCaptures": {"1": look},
        "patterns": [{"include": "#comments"}],
    }


def _after_dot(words: Vocabulary) -> Rule:
    names = _one_of(colours.words_of(words, *colours.NAMES_AFTER_DOT))
    return {
        "begin": r"\.(?![0-9])",
        "beginCaptures": {"0": {"name": scope(Colour.PUNCTUATION)}},
        "end": rf"({names}|{_name(words)})|{_ANYTHING_ELSE}",
        "endCaptures": {"1": {"name": scope(Colour.ATTRIBUTE)}},
        "patterns": [{"include": "#comments"}],
    }


def _word(words: Sequence[str], kind: Colour, condition: str = "") -> Rule:
    return {"match": _one_of(words) + condition, "name": scope(kind)}


def _one_of(words: Sequence[str]) -> str:
    return rf"(?:{'|'.join(words)})(?!\w)"


def _name(words: Vocabulary) -> str:
    """A name that is no word of the language."""
    return f"(?!{_one_of(colours.words_of(words, *words.keywords.values()))}){words.patterns[Terminal.NAME]}"


def _values(words: Vocabulary) -> Iterator[Rule]:
    patterns = {
        name: pattern
        for name, pattern in words.patterns.items()
        if name not in (Terminal.NAME, Terminal.COMMENT, Terminal.SPACE)
    }
    inside = {"0": {"patterns": [{"include": "#escapes"}]}}
    yield {"match": patterns.pop(Terminal.TEXT), "name": scope(Colour.TEXT), "captures": inside}
    yield {"match": patterns.pop(Terminal.DATE), "name": scope(Colour.DATE)}
    yield {"match": colours.WRONG_DATE, "name": scope(Colour.ERROR)}
    for name, pattern in patterns.items():
        yield {"match": pattern, "name": scope(name.colour)}
    yield {"match": colours.WRONG_NUMBER, "name": scope(Colour.ERROR)}
    yield from _signs(words)
    for pattern in (*colours.WRONG_TEXTS, r"[^\s\x{FEFF}]"):
        yield {"match": pattern, "name": scope(Colour.ERROR)}


def _signs(words: Vocabulary) -> Iterator[Rule]:
    joined = "".join(map(_literal, colours.joined_signs(words)))
    for sign in sorted(words.signs, key=len, reverse=True):
        end = f"(?![{joined}])" if sign[0] in colours.joined_signs(words) else ""
        yield {"match": "".join(map(_literal, sign)) + end, "name": scope(words.signs[sign].colour)}
    yield {"match": f"[{joined}]+", "name": scope(Colour.ERROR)}


def _literal(sign: str) -> str:
    return "\\" + sign if sign in _ESCAPED else sign


def _escapes() -> Iterator[Rule]:
    yield {"match": colours.ESCAPES, "name": scope(Colour.ESCAPE)}
    yield {"match": colours.WRONG_ESCAPES, "name": scope(Colour.ERROR)}


def _placeholders() -> Iterator[Rule]:
    yield {"match": colours.BRACES, "name": scope(Colour.ESCAPE)}
    yield {"match": colours.FIELDS, "name": scope(Colour.FIELD)}
