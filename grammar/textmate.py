r"""The TextMate grammar: the kinds of `kinds.py` as an editor reads them, for VS Code and all that read its grammars.

Promises what the Pygments lexer promises: every character but white space is in a rule, mistakes have a colour of
their own, and the words are those of the language that the first line names. A rule that only the first line can
begin (`\A`) and that nothing ends holds the words of the other language. What a rule tells by what follows (`stage`
before its text, `no` before a name) it tells within the line, since an editor shows a grammar one line at a time.
"""

import json
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from scoreline.grammar import kinds
from scoreline.grammar.kinds import Kind
from scoreline.grammar.language_line import MARK
from scoreline.grammar.vocabulary import ENGLISH, Vocabulary, languages, vocabulary

Rule: TypeAlias = "dict[str, object]"

SCOPES: dict[Kind, str] = {
    Kind.IMPORT: "keyword.control.import",
    Kind.DECLARATION: "storage.type",
    Kind.CONSTANT: "constant.language",
    Kind.PSEUDO: "variable.language",
    Kind.UNIT: "keyword.other.unit",
    Kind.WORD_OPERATOR: "keyword.operator.wordlike",
    Kind.KEYWORD: "keyword.control",
    Kind.OPERATOR: "keyword.operator.symbol",
    Kind.PUNCTUATION: "punctuation.separator",
    Kind.TEXT: "string.quoted.double",
    Kind.ESCAPE: "constant.character.escape",
    Kind.FIELD: "constant.character.format.placeholder",
    Kind.DATE: "constant.numeric.date",
    Kind.FLOAT: "constant.numeric.decimal",
    Kind.INTEGER: "constant.numeric.integer",
    Kind.NAME: "variable.other",
    Kind.ATTRIBUTE: "variable.other.property",
    Kind.CLASS: "entity.name.type",
    Kind.VARIABLE: "variable.other.constant",
    Kind.COMMENT: "comment.line.number-sign",
    Kind.DIRECTIVE: "comment.line.directive",
    Kind.ERROR: "invalid.illegal",
}
_ANYTHING_ELSE = r"(?=[^\s#])"
_NEVER = "(?!)"
_ESCAPED = set("\\^$.|?*+()[]{}")


def scope(kind: Kind) -> str:
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
        "beginCaptures": {"1": {"name": scope(Kind.DIRECTIVE)}},
        "end": _NEVER,
        "patterns": _file(language),
    }


def _english_line() -> Rule:
    return {"match": _first_line(ENGLISH), "captures": {"1": {"name": scope(Kind.DIRECTIVE)}}}


def _first_line(language: str) -> str:
    return rf"\A\x{{FEFF}}?({MARK}(?i:{language})[ \t]*)(?=[\r\n]|$)"


def _comments() -> Iterator[Rule]:
    comment = vocabulary().patterns["COMMENT"]
    yield {"match": rf"(?i:{kinds.DIRECTIVE})[^\r\n]*", "name": scope(Kind.DIRECTIVE)}
    yield {"match": comment, "name": scope(Kind.COMMENT)}


def _words(words: Vocabulary) -> Iterator[Rule]:
    """The words of a language: first those whose kind is told by what stands round them."""
    for kind in (Kind.CLASS, Kind.VARIABLE):
        openers = _words_where(words, kinds.NAMED, kind)
        yield _then(words, openers, _name(words), {"name": scope(kind)})
    yield _after_dot(words)
    for terminal, before in kinds.PLAIN_AFTER.items():
        follows = _one_of(kinds.words_of(words, terminal))
        yield _then(words, kinds.words_of(words, *before), follows, {"name": scope(Kind.KEYWORD)})
    text: Rule = {
        "name": scope(Kind.TEXT),
        "patterns": [{"include": "#placeholders"}, {"include": "#escapes"}],
    }
    for terminal in kinds.BEFORE_TEMPLATE:
        yield _then(words, kinds.words_of(words, terminal), words.patterns["TEXT"], text)
    for terminal, kind in kinds.WITHOUT_TEXT.items():
        yield _word(kinds.words_of(words, terminal), kind, r'(?!\s*")')
    for terminal, kind in kinds.WITH_NAME.items():
        yield _word(kinds.words_of(words, terminal), kind, rf"(?=\s+{_name(words)})")
    for kind, each in kinds.words_by_kind(words).items():
        yield _word(each, kind)
    yield {"match": words.patterns["NAME"], "name": scope(Kind.NAME)}


def _words_where(words: Vocabulary, table: "dict[str, Kind]", kind: Kind) -> list[str]:
    """The words whose terminals a table gives a kind."""
    return kinds.words_of(words, *(terminal for terminal, each in table.items() if each is kind))


def _then(words: Vocabulary, openers: Sequence[str], follows: str, look: Rule) -> Rule:
    """Words of one kind, and what looks otherwise when it is the next thing behind them, comments left aside."""
    opener = words.keywords[openers[0]]
    return {
        "begin": _one_of(openers),
        "beginCaptures": {"0": {"name": scope(kinds.kinds().get(opener, Kind.KEYWORD))}},
        "end": f"({follows})|{_ANYTHING_ELSE}",
        "endCaptures": {"1": look},
        "patterns": [{"include": "#comments"}],
    }


def _after_dot(words: Vocabulary) -> Rule:
    names = _one_of(kinds.words_of(words, *kinds.NAMES_AFTER_DOT))
    return {
        "begin": r"\.(?![0-9])",
        "beginCaptures": {"0": {"name": scope(Kind.PUNCTUATION)}},
        "end": rf"({names}|{_name(words)})|{_ANYTHING_ELSE}",
        "endCaptures": {"1": {"name": scope(Kind.ATTRIBUTE)}},
        "patterns": [{"include": "#comments"}],
    }


def _word(words: Sequence[str], kind: Kind, condition: str = "") -> Rule:
    return {"match": _one_of(words) + condition, "name": scope(kind)}


def _one_of(words: Sequence[str]) -> str:
    return rf"(?:{'|'.join(words)})(?!\w)"


def _name(words: Vocabulary) -> str:
    """A name that is no word of the language."""
    return f"(?!{_one_of(kinds.words_of(words, *words.keywords.values()))}){words.patterns['NAME']}"


def _values(words: Vocabulary) -> Iterator[Rule]:
    patterns = {name: pattern for name, pattern in words.patterns.items() if name not in ("NAME", "COMMENT", "SPACE")}
    inside = {"0": {"patterns": [{"include": "#escapes"}]}}
    yield {"match": patterns.pop("TEXT"), "name": scope(Kind.TEXT), "captures": inside}
    yield {"match": patterns.pop("DATE"), "name": scope(Kind.DATE)}
    yield {"match": kinds.WRONG_DATE, "name": scope(Kind.ERROR)}
    for name, pattern in patterns.items():
        yield {"match": pattern, "name": scope(kinds.VALUES[name])}
    yield {"match": kinds.WRONG_NUMBER, "name": scope(Kind.ERROR)}
    yield from _signs(words)
    for pattern in (*kinds.WRONG_TEXTS, r"[^\s\x{FEFF}]"):
        yield {"match": pattern, "name": scope(Kind.ERROR)}


def _signs(words: Vocabulary) -> Iterator[Rule]:
    joined = "".join(map(_literal, kinds.joined_signs(words)))
    known = kinds.kinds()
    for sign in sorted(words.signs, key=len, reverse=True):
        end = f"(?![{joined}])" if sign[0] in kinds.joined_signs(words) else ""
        yield {"match": "".join(map(_literal, sign)) + end, "name": scope(known[words.signs[sign]])}
    yield {"match": f"[{joined}]+", "name": scope(Kind.ERROR)}


def _literal(sign: str) -> str:
    return "\\" + sign if sign in _ESCAPED else sign


def _escapes() -> Iterator[Rule]:
    yield {"match": kinds.ESCAPES, "name": scope(Kind.ESCAPE)}
    yield {"match": kinds.WRONG_ESCAPES, "name": scope(Kind.ERROR)}


def _placeholders() -> Iterator[Rule]:
    yield {"match": kinds.BRACES, "name": scope(Kind.ESCAPE)}
    yield {"match": kinds.FIELDS, "name": scope(Kind.FIELD)}
