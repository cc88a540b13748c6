"""The Vim syntax: the kinds of `kinds.py` as Vim and Neovim read them.

Promises what the Pygments lexer promises. Everything is a match, none a keyword, and of two matches that begin together
Vim takes the one that was defined last: so the order here is from what is tried last to what is tried first.
"""

from collections.abc import Iterator, Sequence

from scoreline.grammar import kinds
from scoreline.grammar.kinds import Kind
from scoreline.grammar.language_line import MARK
from scoreline.grammar.vim_patterns import vim_pattern
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
# Groups that are looked for behind a word or a dot, each with comments of its own that may come before.
_NEXT = (
    *(GROUPS[kind][0] for kind in (Kind.ATTRIBUTE, Kind.CLASS, Kind.VARIABLE)),
    *(group for group, kind in _EXTRA.items() if group == _TEMPLATE or kind is Kind.KEYWORD),
)
_COMMENTS = {f"{group}Comment": Kind.COMMENT for group in _NEXT}
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


def _match(kind: Kind, pattern: str, *options: str, group: str = "") -> str:
    """A line that defines a match, by a pattern in Vim's very magic form."""
    delimiter = next(each for each in "/'!;" if each not in pattern)
    return " ".join(("syntax match", group or GROUPS[kind][0], f"{delimiter}\\v{pattern}{delimiter}", *options))


def _next(group: str) -> str:
    return f"nextgroup={group},{group}Comment skipwhite skipempty"


def _match_name(kind: Kind, pattern: str, *options: str) -> str:
    """The same with the pattern of names that are no words in the hole of the pattern."""
    return "execute '" + _match(kind, pattern, *options).replace(_HOLE, "' . s:name . '") + "'"


def _values(words: Vocabulary) -> Iterator[str]:
    patterns = {name: vim_pattern(each) for name, each in words.patterns.items() if name not in ("NAME", "SPACE")}
    text, comment = patterns.pop("TEXT"), patterns.pop("COMMENT")
    yield _match(Kind.ERROR, "[^[:space:]]")
    for pattern in reversed(kinds.WRONG_TEXTS):
        yield _match(Kind.ERROR, vim_pattern(pattern))
    yield from _signs(words)
    yield _match(Kind.ERROR, vim_pattern(kinds.WRONG_NUMBER))
    for name, pattern in reversed(patterns.items()):
        if name == "DATE":
            yield _match(Kind.ERROR, vim_pattern(kinds.WRONG_DATE))
        yield _match(kinds.VALUES[name], pattern)
    yield _match(Kind.ERROR, vim_pattern(kinds.WRONG_ESCAPES), "contained", group=_WRONG_ESCAPE)
    yield _match(Kind.ESCAPE, vim_pattern(kinds.ESCAPES), "contained")
    yield _match(Kind.FIELD, vim_pattern(kinds.FIELDS), "contained")
    yield _match(Kind.ESCAPE, vim_pattern(kinds.BRACES), "contained", group=_BRACES)
    escapes = f"{GROUPS[Kind.ESCAPE][0]},{_WRONG_ESCAPE}"
    inside = f"{escapes},{GROUPS[Kind.FIELD][0]},{_BRACES}"
    yield _match(Kind.TEXT, text, f"contains={escapes}")
    yield _match(Kind.TEXT, text, "contained", f"contains={inside}", group=_TEMPLATE)
    yield _match(Kind.COMMENT, comment, "contains=@Spell")
    for group in _NEXT:
        yield _match(Kind.COMMENT, comment, "contained", "contains=@Spell", _next(group), group=f"{group}Comment")


def _signs(words: Vocabulary) -> Iterator[str]:
    joined = kinds.joined_signs(words)
    known = kinds.kinds()
    yield _match(Kind.ERROR, f"[{joined}]+")
    for sign in sorted(words.signs, key=len):
        terminal = words.signs[sign]
        pattern = "".join(f"\\{each}" for each in sign) + (f"[{joined}]@!" if sign[0] in joined else "")
        after = (_next(GROUPS[Kind.ATTRIBUTE][0]),) if terminal == "DOT" else ()
        yield _match(known[terminal], pattern, *after)


def _words(words: Vocabulary) -> Iterator[str]:
    name = vim_pattern(words.patterns["NAME"])
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
    return _match(kind, _one_of(kinds.words_of(words, *terminals)), _next(group))


def _one_of(words: Sequence[str]) -> str:
    return f"<%({'|'.join(words)})>"


def _last() -> Iterator[str]:
    """Comments that do something."""
    yield _match(Kind.DIRECTIVE, rf"\c{vim_pattern(kinds.DIRECTIVE)}.*")
    for language in languages():
        yield f"syntax match {GROUPS[Kind.DIRECTIVE][0]} /{first_line(language).replace('^', '%1l^')}/"


def _links() -> Iterator[str]:
    for group, colour in GROUPS.values():
        if colour != "NONE":
            yield f"highlight default link {group} {colour}"
    for group, kind in (_EXTRA | _COMMENTS).items():
        yield f"highlight default link {group} {GROUPS[kind][1]}"


def group_kinds() -> dict[str, Kind]:
    """The kind of every group that the syntax defines."""
    return {group: kind for kind, (group, _) in GROUPS.items()} | _EXTRA | _COMMENTS
