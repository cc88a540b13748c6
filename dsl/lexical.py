"""What can be wrong with a single token, what to say about it, and how it should have been written."""

import datetime
import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from scoreline.dsl.diagnostics import Diagnostic, replacement
from scoreline.dsl.messages import code, say
from scoreline.dsl.source import Source
from scoreline.dsl.span import Span
from scoreline.dsl.tokens import Token
from scoreline.grammar.lexicon import Terminal
from scoreline.grammar.vocabulary import vocabulary


class Mended(NamedTuple):
    """A stretch of text that is no token as it stands: the tokens to go on with, and what to tell."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    diagnostics: tuple[Diagnostic, ...]
    gap: bool = False
    """Whether part of the text is lost to the parser, so that it should be lenient with the statement."""


# In the order in which they are tried, where no pattern of the grammar fits.
TROUBLE: dict[str, str] = {
    "WRONG_DATE": r"[0-9]{1,4}(?P<between>[-/.])[0-9]{1,2}(?P=between)[0-9]{1,4}(?:[T.:][\w:.+]*|[^\W\d_]\w*)?",
    "FOREIGN": r"===?|=>|=<|<>|&&?|\|\|?|!(?!=)|≥|≤|≠|⩾|⩽",
    "WRONG_SIGNED": r"\+[0-9][0-9_]*(?:\.\w*)+|\+[0-9][0-9_]*[^\W\d_]\w*",
    "LEADING_POINT": r"(?<![\w.])[+-]?\.[0-9]\w*",
    "FOREIGN_COMMENT": r"//[^\r\n]*|--[^\r\n]*|/\*[^\r\n]*",
    "UNCLOSED": r'"(?:[^"\\\r\n]|\\[^\r\n])*\\?',
    "CURLY": r"[“”„‟«»][^“”„‟«»\"\r\n]*[“”„‟«»\"]",
    "SINGLE": r"'[^'\r\n]*(?:(?<=\w)'(?=\w)[^'\r\n]*)*'|[‘’‚][^‘’‚\r\n]*[‘’]|`[^`\r\n]*`",
    "LONE_QUOTE": r"[“”„‟«»'‘’‚`][^\r\n]*",
    "WRONG_SIGN": r"[\u2010-\u2015\u2212\u00ad\ufe63\uff0d\uff0b][ \t]*[0-9][0-9_]*(?![\w.])",
    "WRONG_NUMBER": r"[+-]?[0-9]\w*(?:\.\w*)*|[+-]?\.[0-9]\w*",
    "LONE_MINUS": r"-",
    "INVISIBLE": "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]+",
    "OTHER": r"[\s\S]",
}

# What operators of other languages are called here: the terminal to go on with, and those that are written for it.
_FOREIGN = {
    **dict.fromkeys(("==", "==="), (Terminal.EQ, (Terminal.IS,))),
    **dict.fromkeys(("<>", "≠"), (Terminal.NE, (Terminal.IS, Terminal.NOT))),
    **{
        sign: (each, (each,))
        for each, signs in (
            (Terminal.GE, "=> ≥ ⩾"),
            (Terminal.LE, "=< ≤ ⩽"),
            (Terminal.AND, "&& &"),
            (Terminal.OR, "|| |"),
            (Terminal.NOT, "!"),
        )
        for sign in signs.split()
    },
}
LONGEST_NUMBER = 300
_ESCAPE = re.compile(r"\\(.)")
_MONTHS = 12
_LONGEST_SHOWN = 40


def wrong_value(source: Source, kind: Terminal, word: str, start: int) -> Mended | None:
    """A value that has the right form and is wrong all the same; None when it is fine."""
    if kind == Terminal.TEXT:
        return _wrong_escapes(source, word, start) if "\\" in word else None
    if kind == Terminal.DATE:
        try:
            datetime.date.fromisoformat(word)
        except ValueError:
            message = say("there is no day `{word}`", word=word)
            return _mended(source, "E115", message, start, start + len(word), Terminal.DATE, "2000-01-01")
        return None
    if len(word) > LONGEST_NUMBER:
        message = say("a number of {digits} digits is too long", digits=len(word))
        return _mended(source, "E114", message, start, start + len(word), kind, "1")
    return None


def mend(source: Source, kind: str, start: int, end: int) -> Mended:
    """The tokens to go on with in place of a piece of trouble, and its diagnostic."""
    return _MENDERS[kind](source, source.text[start:end], start, end)


def _mended(
    source: Source,
    code: str,
    message: str,
    start: int,
    end: int,
    type_: Terminal | None = None,
    text: str = "",
    help: str | None = None,
    fix: str | None = None,
) -> Mended:
    """One diagnostic over the whole stretch; `fix` is what to write there instead."""
    span = Span(start, end)
    title = say("write `{right}`", right=fix.strip()) if fix else say("remove it")
    fixes = () if fix is None else (replacement(title, span, fix),)
    tokens = (Token(type_, text, start, end),) if type_ else ()
    diagnostic = Diagnostic(code, message, source.at(span), help=help, fixes=fixes)
    return Mended(start, end, tokens, (diagnostic,), gap=not tokens and fix is None)


def _wrong_escapes(source: Source, word: str, start: int) -> Mended | None:
    found: list[Diagnostic] = []
    for match in _ESCAPE.finditer(word):
        if match[1] not in '"\\nt':
            span = Span(start + match.start(), start + match.end())
            found.append(
                Diagnostic(
                    "E106",
                    say("`{escape}` has no meaning in a text", escape=match[0]),
                    source.at(span),
                    help=say(
                        'a backslash can be before `"`, `\\`, `n` and `t` only; for a backslash itself, write two'
                    ),
                    fixes=(replacement(say("write two backslashes"), span, "\\" + match[0]),),
                )
            )
    end = start + len(word)
    return Mended(start, end, (Token(Terminal.TEXT, word, start, end),), tuple(found)) if found else None


def _foreign(source: Source, word: str, start: int, end: int) -> Mended:
    type_, terminals = _FOREIGN[word]
    vocabulary_ = vocabulary(source.language)
    written = {**vocabulary_.words} | {terminal: sign for sign, terminal in vocabulary_.signs.items()}
    right = " ".join(written[each] for each in terminals)
    if type_ == Terminal.EQ and re.search(
        rf"\b{written[Terminal.LET]}\s+\w+\s*$", source.text[max(0, start - 200) : start]
    ):
        right = "="
    before = "" if source.text[start - 1 : start].isspace() or not right.isalpha() else " "
    after = "" if source.text[end : end + 1].isspace() or not right[-1].isalpha() else " "
    message = say("`{word}` is not used here, write `{right}`", word=word, right=right)
    return _mended(source, "E107", message, start, end, type_, word, fix=f"{before}{right}{after}")


def _unclosed(source: Source, word: str, start: int, end: int) -> Mended:
    if (curly := re.match(r'"[^“”„]*[“”]', word)) is not None:
        return _quoted(source, curly[0], start, start + curly.end())
    stripped = word.rstrip()
    return _mended(
        source, "E105", say("text is not closed on this line"), start, start + len(stripped), Terminal.TEXT, '"?"',
        help=say('a text ends with `"` on the line on which it begins; for a line ' 'end inside it, write `\\n`'),
    )._replace(gap=True)  # fmt: skip


def trim_quotes(opening: str, inner: str) -> str:
    """What stands between quotes; the blanks inside guillemets belong to the quotes."""
    return inner.strip() if opening in "«»" else inner


def _quoted(source: Source, word: str, start: int, end: int) -> Mended:
    inner = word[1:-1].replace("\\", "\\\\").replace('"', '\\"')
    inner = trim_quotes(word[0], inner)
    right = f'"{inner}"'
    message = say("put a text in straight double quotes, not in `{first}…{last}`", first=word[0], last=word[-1])
    return _mended(source, "E104", message, start, end, Terminal.TEXT, right, fix=right)


def _lone_quote(source: Source, word: str, start: int, end: int) -> Mended:
    message = say("`{quote}` does not begin a text: put a text in straight double quotes", quote=word[0])
    mended = _mended(source, "E104", message, start, start + 1, help=say('write the text as `"…"`'))
    return mended._replace(end=end, tokens=(Token(Terminal.TEXT, '"?"', start, end),), gap=True)


def _wrong_sign(source: Source, word: str, start: int, end: int) -> Mended:
    sign = "+" if word[0] == "\uff0b" else "-"
    right = sign + word[1:].lstrip()
    name = unicodedata.name(word[0], "this character").lower()
    message = say(
        "`{found}` ({name}) looks like a sign but is not one: write `{right}`", found=word[0], name=name, right=right
    )
    kind = Terminal.PLUS_INT if sign == "+" else Terminal.MINUS_INT
    return _mended(source, "E112", message, start, end, kind, right, fix=right)


def _wrong_number(source: Source, word: str, start: int, end: int) -> Mended:
    if re.fullmatch(r"\+[0-9]+\.[0-9]+", word):
        message = say("points are whole numbers, and `{word}` is not one", word=word)
        return _mended(source, "E121", message, start, end, Terminal.PLUS_INT, "+1")
    if re.fullmatch(r"[0-9]+\.\.[0-9]+", word):
        low, _, high = word.partition("..")
        help = say("write `{right}`", right=code("between {low} and {high}", low=low, high=high))
        return _mended(
            source, "E114", say("`{word}` is not a number", word=word), start, end, Terminal.INT, "1", help=help
        )
    kind = {"+": Terminal.PLUS_INT, "-": Terminal.MINUS_INT}.get(word[0], Terminal.INT)
    digits = {"+": "+1", "-": "-1"}.get(word[0], "1")
    glued = re.fullmatch(r"([+-]?[0-9][0-9_]*)([^\W\d_]+)", word)
    if glued is not None and glued[2] in vocabulary(source.language).keywords:
        return _glued(source, glued[1], glued[2], start, end)
    right = _readable_number(word)
    mended = _mended(
        source, "E114", say("`{word}` is not a number", word=word), start, end, kind, digits,
        help=say("numbers look like `50`, `12_000` or `2.5`"), fix=right,
    )  # fmt: skip
    return mended._replace(gap=right is None)


def _glued(source: Source, number: str, word: str, start: int, end: int) -> Mended:
    """`30days`: a number and a word of the language, with no blank between them."""
    message = say("`{glued}` is not a number: write `{right}`", glued=f"{number}{word}", right=f"{number} {word}")
    mended = _mended(source, "E114", message, start, end, fix=f"{number} {word}")
    kind = {"+": Terminal.PLUS_INT, "-": Terminal.MINUS_INT}.get(number[0], Terminal.INT)
    middle = start + len(number)
    tokens = (Token(kind, number, start, middle), Token(vocabulary(source.language).keywords[word], word, middle, end))
    return mended._replace(tokens=tokens)


def _foreign_comment(source: Source, word: str, start: int, end: int) -> Mended:
    message = say("`{mark}` does not begin a comment: write `#`", mark=word[:2])
    return _mended(source, "E117", message, start, start + 2, fix="#")._replace(end=end)


def _readable_number(word: str) -> str | None:
    """What a number was meant to be, where that is evident: `.5`, `5.`, `1__000`, `1.000.000`."""
    unsigned = word.lstrip("+-")
    sign = word[: len(word) - len(unsigned)]
    if re.fullmatch(r"\.[0-9]+", unsigned):
        return f"{sign}0{unsigned}"
    if re.fullmatch(r"[0-9]+\.", unsigned):
        return sign + unsigned[:-1]
    if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3}){2,}", unsigned):
        return sign + unsigned.replace(".", "_")
    if re.fullmatch(r"[0-9][0-9_]*", unsigned):
        return sign + re.sub("_+", "_", unsigned).strip("_")
    return None


def _wrong_date(source: Source, word: str, start: int, end: int) -> Mended:
    right = _readable_date(word)
    message = say("`{word}` is not a date in the right form", word=word)
    help = say("write dates as year-month-day, as in `2026-01-31`")
    mended = _mended(source, "E115", message, start, end, Terminal.DATE, "2000-01-01", help=help, fix=right)
    return mended._replace(gap=word[-1].isalpha())


def _readable_date(word: str) -> str | None:
    """The date that was meant, where day and month can't be taken for each other."""
    if word[-1].isalpha():
        return None
    numbers = [int(part) for part in re.findall("[0-9]+", word)][:3]
    if len(re.split(r"[-/.]", word)[0]) == 4:
        year, month, day = numbers
    elif numbers[1] > _MONTHS:
        month, day, year = numbers
    elif numbers[0] > _MONTHS or "." in word:
        day, month, year = numbers
    else:
        return None
    try:
        return datetime.date(year, month, day).isoformat() if year >= 1000 else None
    except ValueError:
        return None


def _lone_minus(source: Source, word: str, start: int, end: int) -> Mended:
    match = re.compile(r"-[ \t]+([0-9][0-9_]*)(?![\w.])").match(source.text, start)
    behind_name = re.search(r"[\w)][ \t]*$", source.text[max(0, start - 200) : start])
    if match is None and behind_name and re.compile(r"-[ \t]*[^\W\d_]").match(source.text, start):
        return _mended(source, "E225", say("arithmetic is not available yet"), start, end, help=_INSTEAD_OF_MINUS)
    if match is None:
        return _mended(
            source, "E117", say("`-` stands alone: write a minus directly before its number, as in `-5`"), start, end
        )
    right = f"-{match[1]}"
    message = say("the sign must be directly before its number: write `{right}`", right=right)
    return _mended(source, "E111", message, start, match.end(), Terminal.MINUS_INT, right, fix=right)


def _invisible(source: Source, word: str, start: int, end: int) -> Mended:
    name = unicodedata.name(word[0], f"U+{ord(word[0]):04X}").lower()
    message = say("there is an invisible character here ({name})", name=name)
    if len(word) > 1:
        count = len(word)
        message = say("there are {count} invisible characters here (the first is {name})", count=count, name=name)
    if "\ud800" <= word[0] <= "\udfff":
        message = say("there is half a character here, which a file cannot store")
    help = say("it often comes with text that was copied from elsewhere")
    return _mended(source, "E116", message, start, end, fix="", help=help)._replace(gap=True)


_INSTEAD_OF_MINUS = say(
    "in a name, write `_`, as in `big_company`; to subtract scores or counts, write `Fit + -1 * Heat >= 5`"
)


def _other(source: Source, word: str, start: int, end: int) -> Mended:
    if word in "/^" and re.match(r"[\w\s(]", source.text[end : end + 1]):
        help = say("calculate it where the data come from, and put the result into a field of its own")
        return _mended(source, "E225", say("arithmetic is not available yet"), start, end, help=help)
    shown = word if len(word) <= _LONGEST_SHOWN else word[:_LONGEST_SHOWN] + "…"
    return _mended(source, "E117", say("`{shown}` has no meaning in the language", shown=shown), start, end)


def english_word(source: Source, word: str, start: int, end: int) -> Mended:
    """A word of the language in English, in a file of another one: no field and no model is called so."""
    terminal = vocabulary().keywords[word]
    right = vocabulary(source.language).words[terminal]
    message = say("`{word}` is English: in this file it is written `{right}`", word=word, right=right)
    return _mended(source, "E123", message, start, end, terminal, right, fix=right)


_MENDERS: dict[str, Callable[[Source, str, int, int], Mended]] = {
    "WRONG_DATE": _wrong_date,
    "FOREIGN": _foreign,
    "UNCLOSED": _unclosed,
    "CURLY": _quoted,
    "SINGLE": _quoted,
    "LONE_QUOTE": _lone_quote,
    "WRONG_SIGN": _wrong_sign,
    "WRONG_SIGNED": _wrong_number,
    "LEADING_POINT": _wrong_number,
    "FOREIGN_COMMENT": _foreign_comment,
    "WRONG_NUMBER": _wrong_number,
    "LONE_MINUS": _lone_minus,
    "INVISIBLE": _invisible,
    "OTHER": _other,
}
