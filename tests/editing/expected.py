"""What the highlighters are held against: what Pygments sees, line by line; and rule files in any language."""

import random
import re
from collections.abc import Iterator
from pathlib import Path

from scoreline.grammar.colours import WITH_NAME, words_of
from scoreline.grammar.language_line import language_line
from scoreline.grammar.lexicon import Colour
from scoreline.grammar.pygments_lexer import TOKENS, ScorelineLexer
from scoreline.grammar.vocabulary import ENGLISH, languages, vocabulary

TESTS = Path(__file__).parents[1]
EXAMPLES = sorted((TESTS.parent / "examples").rglob("*.score"))
CORPUS = sorted(TESTS.rglob("*.score"))
SHOWCASE = (TESTS / "grammar" / "showcase.score").read_text(encoding="utf-8")
MISTAKES = (TESTS / "grammar" / "mistakes.score").read_text(encoding="utf-8")
FIRST_LINES = (
    "# language: de",
    "#language:DE  ",
    "\ufeff# language: de",
    "#\tlanguage :\tde",
    "# language: en",
    "# language: tlh",
    "# language: de at",
    "# language de",
    " # language: de",
    "\n# language: de",
    "# Language: de",
    "model Fit for lead",
)
_KINDS = {token: kind for kind, token in TOKENS.items()}
_OF_WORDS = {Colour.ATTRIBUTE, *(each.colour for each in vocabulary().words)}


def drawn(count: int) -> Iterator[str]:
    """Texts that look like rules, cut and glued anywhere, in all languages; the same ones every time.

    Left out is what a highlighter cannot know that sees one line at a time: what follows a `no` at a line's end.
    """
    chance = random.Random(count)
    files = [said_in(language, text) for language in languages() for text in (SHOWCASE, MISTAKES)]
    words = [*" ".join(files).split(" "), *"\"“”'\\{}#+-.1\n\t=<>!*,()[]"]
    endings = "|".join(word for each in languages() for word in words_of(vocabulary(each), *WITH_NAME))
    while count:
        head = f"# language: {chance.choice(languages())}\n"
        pieces = (chance.choice(words) + chance.choice(("", " ", " ", "\n")) for _ in range(chance.randint(2, 40)))
        text = head + "".join(pieces)
        if not re.search(rf"(?:{endings})[ \t]*(?:#.*)?\n", text):
            count -= 1
            yield text


def kinds(text: str) -> Iterator[tuple[int, Colour, str]]:
    """The pieces of a text that are no white space."""
    for offset, token, word in ScorelineLexer().get_tokens_unprocessed(text):
        if word.strip() and word != "\ufeff":
            yield offset, _KINDS[token], word


def kinds_by_line(text: str) -> list[list[tuple[int, int, Colour]]]:
    """For each line its pieces: from which column to which, and their kinds; no piece goes over a line's end."""
    lines = text.split("\n")
    found: list[list[tuple[int, int, Colour]]] = [[] for _ in lines]
    number, begins = 0, 0
    for offset, kind, word in kinds(text):
        while offset > begins + len(lines[number]):
            begins += len(lines[number]) + 1
            number += 1
        found[number].append((offset - begins, offset - begins + len(word), kind))
    return found


def said_in(language: str, text: str) -> str:
    """An English rule file with the words of another language, and the first line that says so."""
    english, words = vocabulary().keywords, vocabulary(language).words
    pieces = list(ScorelineLexer().get_tokens_unprocessed(text[language_line(text)[1] :]))
    said = "".join(
        words[english[word]] if word in english and _KINDS[token] in _OF_WORDS else word for _, token, word in pieces
    )
    return f"# language: {language}\n{said}" if language != ENGLISH else said
