"""The Vim syntax: the colours of the lexicon and of `colours.py` as Vim and Neovim read them.

Promises what the Pygments lexer promises. Everything is a match, none a keyword, and of two matches that begin together
Vim takes the one that was defined last: so the order here is from what is tried last to what is tried first.
"""

import re
from collections.abc import Iterator, Sequence

from scoreline.grammar import colours
from scoreline.grammar.language_line import MARK
from scoreline.grammar.lexicon import Colour, Terminal
from scoreline.grammar.vocabulary import Vocabulary, languages, vocabulary

# The name of each kind's group, and the group of Vim's own whose colour it has.
GROUPS: dict[Colour, tuple[str, str]] = {
    Colour.IMPORT: ("scorelineImport", "Include"),
    Colour.DECLARATION: ("scorelineDeclaration", "Structure"),
    Colour.CONSTANT: ("scorelineConstant", "Boolean"),
    Colour.PSEUDO: ("scorelinePseudo", "Special"),
    Colour.UNIT: ("scorelineUnit", "Type"),
    Colour.WORD_OPERATOR: ("scorelineWordOperator", "Operator"),
    Colour.KEYWORD: ("scorelineKeyword", "Statement"),
    Colour.OPERATOR: ("scorelineOperator", "Operator"),
    Colour.PUNCTUATION: ("scorelinePunctuation", "Delimiter"),
    Colour.TEXT: ("scorelineText", "String"),
    Colour.ESCAPE: ("scorelineEscape", "SpecialChar"),
    Colour.FIELD: ("scorelineField", "Identifier"),
    Colour.DATE: ("scorelineDate", "Constant"),
    Colour.FLOAT: ("scorelineDecimal", "Float"),
    Colour.INTEGER: ("scorelineInteger", "Number"),
    Colour.NAME: ("scorelineName", "NONE"),
    Colour.ATTRIBUTE: ("scorelineAttribute", "NONE"),
    Colour.CLASS: ("scorelineClass", "Function"),
    Colour.VARIABLE: ("scorelineVariable", "Function"),
    Colour.COMMENT: ("scorelineComment", "Comment"),
    Colour.DIRECTIVE: ("scorelineDirective", "PreProc"),
    Colour.ERROR: ("scorelineError", "Error"),
}
# Groups that look like another one and are allowed elsewhere.
_TEMPLATE, _BRACES, _WRONG_ESCAPE, _PLAIN = (
    f"scoreline{each}" for each in ("Template", "Braces", "WrongEscape", "Plain")
)
_EXTRA: dict[str, Colour] = {
    _TEMPLATE: Colour.TEXT,
    _BRACES: Colour.ESCAPE,
    _WRONG_ESCAPE: Colour.ERROR,
    **{f"{_PLAIN}{terminal.capitalize()}": Colour.KEYWORD for terminal in colours.PLAIN_AFTER},
}
# Groups that are looked for behind a word or a dot, each with comments of its own that may come before.
_NEXT = (
    *(GROUPS[kind][0] for kind in (Colour.ATTRIBUTE, Colour.CLASS, Colour.VARIABLE)),
    *(group for group, kind in _EXTRA.items() if group == _TEMPLATE or kind is Colour.KEYWORD),
)
_COMMENTS = {f"{group}Comment": Colour.COMMENT for group in _NEXT}
_GAP = r"%(\_s+|#.*\n)"
_HOLE = "\0"

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
    return rf"\v^%uFEFF?{vim_pattern(MARK)}{code}[ \t]*\r?$"


def _by_language() -> Iterator[str]:
    """The words of the language that the first line names."""
    for number, language in enumerate(languages()[1:]):
        yield f"{'elseif' if number else 'if'} getline(1) =~# '{first_line(language)}'"
        yield from (f"  {line}" for line in _words(vocabulary(language)))
    yield "else"
    yield from (f"  {line}" for line in _words(vocabulary()))
    yield "endif"


def _match(kind: Colour, pattern: str, *options: str, group: str = "") -> str:
    """A line that defines a match, by a pattern in Vim's very magic form."""
    delimiter = next(each for each in "/'!;" if each not in pattern)
    return " ".join(("syntax match", group or GROUPS[kind][0], f"{delimiter}\\v{pattern}{delimiter}", *options))


def _next(group: str) -> str:
    return f"nextgroup={group},{group}Comment skipwhite skipempty"


def _match_name(kind: Colour, pattern: str, *options: str) -> str:
    """The same with the pattern of names that are no words in the hole of the pattern."""
    return "execute '" + _match(kind, pattern, *options).replace(_HOLE, "' . s:name . '") + "'"


def _values(words: Vocabulary) -> Iterator[str]:
    patterns = {
        name: vim_pattern(each) for name, each in words.patterns.items() if name not in (Terminal.NAME, Terminal.SPACE)
    }
    text, comment = patterns.pop(Terminal.TEXT), patterns.pop(Terminal.COMMENT)
    yield _match(Colour.ERROR, "[^[:space:]]")
    for pattern in reversed(colours.WRONG_TEXTS):
        yield _match(Colour.ERROR, vim_pattern(pattern))
    yield from _signs(words)
    yield _match(Colour.ERROR, vim_pattern(colours.WRONG_NUMBER))
    for name, pattern in reversed(patterns.items()):
        if name == Terminal.DATE:
            yield _match(Colour.ERROR, vim_pattern(colours.WRONG_DATE))
        yield _match(name.colour, pattern)
    yield _match(Colour.ERROR, vim_pattern(colours.WRONG_ESCAPES), "contained", group=_WRONG_ESCAPE)
    yield _match(Colour.ESCAPE, vim_pattern(colours.ESCAPES), "contained")
    yield _match(Colour.FIELD, vim_pattern(colours.FIELDS), "contained")
    yield _match(Colour.ESCAPE, vim_pattern(colours.BRACES), "contained", group=_BRACES)
    escapes = f"{GROUPS[Colour.ESCAPE][0]},{_WRONG_ESCAPE}"
    inside = f"{escapes},{GROUPS[Colour.FIELD][0]},{_BRACES}"
    yield _match(Colour.TEXT, text, f"contains={escapes}")
    yield _match(Colour.TEXT, text, "contained", f"contains={inside}", group=_TEMPLATE)
    yield _match(Colour.COMMENT, comment, "contains=@Spell")
    for group in _NEXT:
        yield _match(Colour.COMMENT, comment, "contained", "contains=@Spell", _next(group), group=f"{group}Comment")


def _signs(words: Vocabulary) -> Iterator[str]:
    joined = colours.joined_signs(words)
    yield _match(Colour.ERROR, f"[{joined}]+")
    for sign in sorted(words.signs, key=len):
        terminal = words.signs[sign]
        pattern = "".join(f"\\{each}" for each in sign) + (f"[{joined}]@!" if sign[0] in joined else "")
        after = (_next(GROUPS[Colour.ATTRIBUTE][0]),) if terminal == Terminal.DOT else ()
        yield _match(terminal.colour, pattern, *after)


def _words(words: Vocabulary) -> Iterator[str]:
    name = vim_pattern(words.patterns[Terminal.NAME])
    yield f"let s:name = '%({_one_of(colours.words_of(words, *words.keywords.values()))})@!{name}'"
    yield _match(Colour.NAME, name)
    for kind, each in colours.words_by_colour(words).items():
        yield _match(kind, _one_of(each))
    for terminal, kind in colours.WITH_NAME.items():
        yield _match_name(kind, rf"{_one_of(colours.words_of(words, terminal))}\ze{_GAP}+{_HOLE}")
    for terminal, kind in colours.WITHOUT_TEXT.items():
        yield _match(kind, f'{_one_of(colours.words_of(words, terminal))}%({_GAP}*")@!')
    yield from _followed(words)


def _followed(words: Vocabulary) -> Iterator[str]:
    """Words of which the next thing looks otherwise than elsewhere, and how it looks then."""
    for terminal, kind in colours.NAMED.items():
        yield _opener(words, [terminal], GROUPS[kind][0])
    for terminal, before in colours.PLAIN_AFTER.items():
        group = f"{_PLAIN}{terminal.capitalize()}"
        yield _opener(words, before, group)
        yield _match(Colour.KEYWORD, _one_of(colours.words_of(words, terminal)), "contained", group=group)
    yield _opener(words, colours.BEFORE_TEMPLATE, _TEMPLATE)
    for kind in dict.fromkeys(colours.NAMED.values()):
        yield _match_name(kind, _HOLE, "contained")
    attribute = f"%({_one_of(colours.words_of(words, *colours.NAMES_AFTER_DOT))}|{_HOLE})"
    yield _match_name(Colour.ATTRIBUTE, attribute, "contained")


def _opener(words: Vocabulary, terminals: Sequence[Terminal], group: str) -> str:
    kind = terminals[0].colour
    return _match(kind, _one_of(colours.words_of(words, *terminals)), _next(group))


def _one_of(words: Sequence[str]) -> str:
    return f"<%({'|'.join(words)})>"


def _last() -> Iterator[str]:
    """Comments that do something."""
    yield _match(Colour.DIRECTIVE, rf"\c{vim_pattern(colours.DIRECTIVE)}.*")
    for language in languages():
        yield f"syntax match {GROUPS[Colour.DIRECTIVE][0]} /{first_line(language).replace('^', '%1l^')}/"


def _links() -> Iterator[str]:
    for group, colour in GROUPS.values():
        if colour != "NONE":
            yield f"highlight default link {group} {colour}"
    for group, kind in (_EXTRA | _COMMENTS).items():
        yield f"highlight default link {group} {GROUPS[kind][1]}"


def group_kinds() -> dict[str, Colour]:
    """The kind of every group that the syntax defines."""
    return {group: kind for kind, (group, _) in GROUPS.items()} | _EXTRA | _COMMENTS


# Vim's words for what Python's patterns say otherwise; the first that fits is taken.
_PYTHON = re.compile(
    r"(?P<line>\[\^\\r\\n\])|(?P<letter>\[\^\\W\\d_\])|(?P<set>\[(?:\\.|[^\]\\])+\])"
    r"|(?P<look>\(\?!)|(?P<group>\(\?:)|(?P<escape>\\.)|(?P<sign>.)"
)
_SPECIAL_TO_VIM = set("<>=~@%&/{")


def vim_pattern(pattern: str) -> str:
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
