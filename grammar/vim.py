"""The Vim syntax: the kinds of `kinds.py` as Vim and Neovim read them.

Promises what the Pygments lexer promises, as far as Vim can tell it: a comment between `model` and its name hides that
it is one. Everything is a match, none a keyword, because of Vim's rule that of two matches that begin together the
one that was defined last counts: so the order here is from what is tried last to what is tried first.
"""

import re
from collections.abc import Iterator, Sequence

from scoreline.grammar import kinds
from scoreline.grammar.kinds import Kind
from scoreline.grammar.language_line import MARK
from scoreline.grammar.vocabulary import Vocabulary, languages, vocabulary

# The name of each kind's group, and the group of Vim's own whose colour it has.
GROUPS: dict[Kind, tuple[str, str]] = {
    Kind.IMPORT: ("scorelineImport", "Include"),
    Kind.DECLARATION: ("scorelineDeclaration", "Structure"),
    Kind.CONSTANT: ("scorelineConstant", "Boolean"),
    Kind.PSEUDO: ("scorelinePseudo", "Special"),
    Kind.UNIT: ("scorelineUnit", "Type"),
    Kind.WORD_OPERATOR: ("scorelineWordOperator", "Operator"),
    Kind.KEYWORD: ("scorelineKeyword", "Statement"),
    Kind.OPERATOR: ("scorelineOperator", "Operator"),
    Kind.PUNCTUATION: ("scorelinePunctuation", "Delimiter"),
    Kind.TEXT: ("scorelineText", "String"),
    Kind.ESCAPE: ("scorelineEscape", "SpecialChar"),
    Kind.FIELD: ("scorelineField", "Identifier"),
    Kind.DATE: ("scorelineDate", "Constant"),
    Kind.FLOAT: ("scorelineDecimal", "Float"),
    Kind.INTEGER: ("scorelineInteger", "Number"),
    Kind.NAME: ("scorelineName", "NONE"),
    Kind.ATTRIBUTE: ("scorelineAttribute", "NONE"),
    Kind.CLASS: ("scorelineClass", "Function"),
    Kind.VARIABLE: ("scorelineVariable", "Function"),
    Kind.COMMENT: ("scorelineComment", "Comment"),
    Kind.DIRECTIVE: ("scorelineDirective", "PreProc"),
    Kind.ERROR: ("scorelineError", "Error"),
}
# Groups that look like another one and are allowed elsewhere.
_TEMPLATE, _BRACES, _WRONG_ESCAPE, _PLAIN = (
    f"scoreline{each}" for each in ("Template", "Braces", "WrongEscape", "Plain")
)
_EXTRA: dict[str, Kind] = {
    _TEMPLATE: Kind.TEXT,
    _BRACES: Kind.ESCAPE,
    _WRONG_ESCAPE: Kind.ERROR,
    **{f"{_PLAIN}{terminal.capitalize()}": Kind.KEYWORD for terminal in kinds.PLAIN_AFTER},
}
_GAP = r"%(\_s+|#.*)"
_HOLE = "\0"
_SKIP = "skipwhite skipempty"

# Vim's words for what Python's patterns say otherwise; the first that fits is taken.
_PYTHON = re.compile(
    r"(?P<line>\[\^\\r\\n\])|(?P<letter>\[\^\\W\\d_\])|(?P<set>\[(?:\\.|[^\]\\])+\])|(?P<look>\(\?!)|(?P<group>\(\?:)|(?P<escape>\\.)|(?P<sign>.)"
)
_SPECIAL_TO_VIM = set("<>=~@%&/{")

_HEAD = """\
" Vim syntax file
" Language: Scoreline (lead scoring rules)
" Written by `python -m scoreline.grammar.export`, not by hand.

if exists('b:current_syntax')
  finish
endif
let s:cpo = &cpo
set cpo&vim

syntax case match
syntax iskeyword @,48-57,_,192-255
syntax sync minlines=50
"""
_FOOT = """
let b:current_syntax = 'scoreline'
let &cpo = s:cpo
unlet s:cpo s:name
"""


def vim() -> str:
    """The syntax as the text of its file."""
    lines = [_HEAD, *_values(vocabulary()), "", *_by_language(), "", *_last(), "", *_links(), _FOOT]
    return "\n".join(lines)


def first_line(language: str) -> str:
    """Vim's pattern of a first line that names a language."""
    code = "".join(f"[{each}{each.upper()}]" for each in language)
    return rf"\v^%uFEFF?{_pattern(MARK)}{code}[ \t]*\r?$"


def _by_language() -> Iterator[str]:
    """The words of the language that the first line names."""
    for number, language in enumerate(languages()[1:]):
        yield f"{'elseif' if number else 'if'} getline(1) =~# '{first_line(language)}'"
        yield from (f"  {line}" for line in _words(vocabulary(language)))
    yield "else"
    yield from (f"  {line}" for line in _words(vocabulary()))
    yield "endif"


def _match(kind: Kind, pattern: str, *options: str, group: str = "") -> str:
    """A line that defines a match, by a pattern in Vim's very magic form."""
    delimiter = next(each for each in "/'!;" if each not in pattern)
    return " ".join(("syntax match", group or GROUPS[kind][0], f"{delimiter}\\v{pattern}{delimiter}", *options))


def _match_name(kind: Kind, pattern: str, *options: str) -> str:
    """The same with the pattern of names that are no words in the hole of the pattern."""
    return "execute '" + _match(kind, pattern, *options).replace(_HOLE, "' . s:name . '") + "'"


def _values(words: Vocabulary) -> Iterator[str]:
    patterns = {name: _pattern(each) for name, each in words.patterns.items() if name not in ("NAME", "SPACE")}
    text, comment = patterns.pop("TEXT"), patterns.pop("COMMENT")
    yield _match(Kind.ERROR, "[^[:space:]]")
    for pattern in reversed(kinds.WRONG_TEXTS):
        yield _match(Kind.ERROR, _pattern(pattern))
    yield from _signs(words)
    yield _match(Kind.ERROR, _pattern(kinds.WRONG_NUMBER))
    for name, pattern in reversed(patterns.items()):
        if name == "DATE":
            yield _match(Kind.ERROR, _pattern(kinds.WRONG_DATE))
        yield _match(kinds.VALUES[name], pattern)
    yield _match(Kind.ERROR, _pattern(kinds.WRONG_ESCAPES), "contained", group=_WRONG_ESCAPE)
    yield _match(Kind.ESCAPE, _pattern(kinds.ESCAPES), "contained")
    yield _match(Kind.FIELD, _pattern(kinds.FIELDS), "contained")
    yield _match(Kind.ESCAPE, _pattern(kinds.BRACES), "contained", group=_BRACES)
    escapes = f"{GROUPS[Kind.ESCAPE][0]},{_WRONG_ESCAPE}"
    inside = f"{escapes},{GROUPS[Kind.FIELD][0]},{_BRACES}"
    yield _match(Kind.TEXT, text, f"contains={escapes}")
    yield _match(Kind.TEXT, text, "contained", f"contains={inside}", group=_TEMPLATE)
    yield _match(Kind.COMMENT, comment, "contains=@Spell")


def _signs(words: Vocabulary) -> Iterator[str]:
    joined = kinds.joined_signs(words)
    known = kinds.kinds()
    yield _match(Kind.ERROR, f"[{joined}]+")
    for sign in sorted(words.signs, key=len):
        terminal = words.signs[sign]
        pattern = "".join(f"\\{each}" for each in sign) + (f"[{joined}]@!" if sign[0] in joined else "")
        after = (f"nextgroup={GROUPS[Kind.ATTRIBUTE][0]}", _SKIP) if terminal == "DOT" else ()
        yield _match(known[terminal], pattern, *after)


def _words(words: Vocabulary) -> Iterator[str]:
    name = _pattern(words.patterns["NAME"])
    yield f"let s:name = '%({_one_of(kinds.words_of(words, *words.keywords.values()))})@!{name}'"
    yield _match(Kind.NAME, name)
    for kind, each in kinds.words_by_kind(words).items():
        yield _match(kind, _one_of(each))
    for terminal, kind in kinds.WITH_NAME.items():
        yield _match_name(kind, rf"{_one_of(kinds.words_of(words, terminal))}\ze{_GAP}+{_HOLE}")
    for terminal, kind in kinds.WITHOUT_TEXT.items():
        yield _match(kind, f'{_one_of(kinds.words_of(words, terminal))}%({_GAP}*")@!')
    yield from _followed(words)


def _followed(words: Vocabulary) -> Iterator[str]:
    """Words of which the next thing looks otherwise than elsewhere, and how it looks then."""
    for terminal, kind in kinds.NAMED.items():
        yield _opener(words, [terminal], GROUPS[kind][0])
    for terminal, before in kinds.PLAIN_AFTER.items():
        group = f"{_PLAIN}{terminal.capitalize()}"
        yield _opener(words, before, group)
        yield _match(Kind.KEYWORD, _one_of(kinds.words_of(words, terminal)), "contained", group=group)
    yield _opener(words, kinds.BEFORE_TEMPLATE, _TEMPLATE)
    for kind in dict.fromkeys(kinds.NAMED.values()):
        yield _match_name(kind, _HOLE, "contained")
    attribute = f"%({_one_of(kinds.words_of(words, *kinds.NAMES_AFTER_DOT))}|{_HOLE})"
    yield _match_name(Kind.ATTRIBUTE, attribute, "contained")


def _opener(words: Vocabulary, terminals: Sequence[str], group: str) -> str:
    kind = kinds.kinds().get(terminals[0], Kind.KEYWORD)
    return _match(kind, _one_of(kinds.words_of(words, *terminals)), f"nextgroup={group}", _SKIP)


def _one_of(words: Sequence[str]) -> str:
    return f"<%({'|'.join(words)})>"


def _last() -> Iterator[str]:
    """Comments that do something."""
    yield _match(Kind.DIRECTIVE, rf"\c{_pattern(kinds.DIRECTIVE)}.*")
    for language in languages():
        yield f"syntax match {GROUPS[Kind.DIRECTIVE][0]} /{first_line(language).replace('^', '%1l^')}/"


def _links() -> Iterator[str]:
    for group, colour in GROUPS.values():
        if colour != "NONE":
            yield f"highlight default link {group} {colour}"
    for group, kind in _EXTRA.items():
        yield f"highlight default link {group} {GROUPS[kind][1]}"


def group_kinds() -> dict[str, Kind]:
    """The kind of every group that the syntax defines."""
    return {group: kind for kind, (group, _) in GROUPS.items()} | _EXTRA


def _pattern(pattern: str) -> str:
    """A pattern of Python's, of the few forms that the grammar uses, as Vim's very magic form says it."""
    found: list[str] = []
    ends: list[str] = []
    for match in _PYTHON.finditer(pattern):
        if match["look"] or match["group"]:
            ends.append(")@!" if match["look"] else ")")
            found.append("%(")
        elif match["sign"] == ")":
            found.append(ends.pop())
        else:
            found.append(_piece(match))
    return "".join(found)


def _piece(match: "re.Match[str]") -> str:
    piece = match[0]
    if match["line"]:
        return "."
    if match["letter"]:
        return "%(\\k&[^0-9_])"
    if match["set"]:
        # Vim's sets know no class for letters of words; a line end is in none of them anyway.
        inner = piece[1:-1].replace(r"\r\n", "").replace(r"\"", '"')
        return rf"%(\k|[{inner.replace(chr(92) + 'w', '')}])" if r"\w" in inner else f"[{inner}]"
    if match["escape"]:
        return {r"\w": r"\k", r"\s": r"\s", r"\d": "[0-9]"}.get(piece, piece)
    return f"\\{piece}" if piece in _SPECIAL_TO_VIM and not _counts(match) else piece


def _counts(match: "re.Match[str]") -> bool:
    """Whether a brace begins a count, as in `{1,4}`."""
    return bool(re.match(r"\{[0-9]+(?:,[0-9]*)?\}", match.string[match.start() :]))
