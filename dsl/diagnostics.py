"""One shape for everything that can be wrong: of the parser, the checker, the project and the linter.

A diagnostic is a value that phases return; nobody raises one. How it looks on a terminal, in JSON or in an
editor is the business of `scoreline.tools.render`.

Style of messages: lower case, no full stop, the user's own words in backticks, and what to write instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from scoreline.dsl.codes import CODES
from scoreline.dsl.messages import said_in
from scoreline.dsl.source import Place, Source
from scoreline.dsl.span import Span
from scoreline.grammar.vocabulary import ENGLISH


class Severity(StrEnum):
    """How bad it is: an error stops scoring, a warning may, a hint never does."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True)
class Label:
    """A further place that matters, and what is there."""

    place: Place
    message: str

    def said_in(self, language: str) -> "Label":
        """The label in another language."""
        return Label(self.place, said_in(language, self.message))


@dataclass(frozen=True)
class Edit:
    """Replace the text of a span (of the diagnostic's own file) by another."""

    span: Span
    text: str

    def said_in(self, language: str) -> "Edit":
        """The edit with the words of another language."""
        return Edit(self.span, said_in(language, self.text))


class Applicability(StrEnum):
    """Whether a fix may be applied without asking: a safe one leaves every score as it is, or there was none before,
    and takes away nothing that somebody may have meant; any other is an offer."""

    SAFE = "safe"
    UNSAFE = "unsafe"


@dataclass(frozen=True)
class Fix:
    """Edits that make the diagnostic go away, a title to offer them under, and whether it is safe to do so unasked."""

    title: str
    edits: tuple[Edit, ...]
    applicability: Applicability = Applicability.SAFE

    def said_in(self, language: str) -> "Fix":
        """The fix in another language."""
        edits = tuple(each.said_in(language) for each in self.edits)
        return Fix(said_in(language, self.title), edits, self.applicability)


@dataclass(frozen=True)
class Diagnostic:
    """One mistake: its code, what is wrong, where, and what to do about it."""

    code: str
    message: str
    place: Place
    help: str | None = None
    labels: tuple[Label, ...] = ()
    fixes: tuple[Fix, ...] = ()
    severity: Severity = field(default=Severity.ERROR)

    def __post_init__(self) -> None:
        """Say everything in the language of the file that it is about."""
        language = self.place.source.language
        if language != ENGLISH:
            object.__setattr__(self, "message", said_in(language, self.message))
            object.__setattr__(self, "help", None if self.help is None else said_in(language, self.help))
            object.__setattr__(self, "labels", tuple(each.said_in(language) for each in self.labels))
            object.__setattr__(self, "fixes", tuple(each.said_in(language) for each in self.fixes))

    def in_documents(self, sources: Mapping[str, Source]) -> "Diagnostic":
        """The same, with spans of the documents of these sources (by name)."""

        def placed(place: Place) -> Place:
            return sources[place.file].placed(place) if place.file in sources else place

        place, source = placed(self.place), self.place.source
        labels = tuple(replace(each, place=placed(each.place)) for each in self.labels)
        if place.source is source and labels == self.labels:
            return self

        def moved(fix: Fix) -> Fix:
            return replace(fix, edits=tuple(Edit(placed(source.at(each.span)).span, each.text) for each in fix.edits))

        return replace(self, place=place, labels=labels, fixes=tuple(map(moved, self.fixes)))

    @property
    def safe_fix(self) -> Fix | None:
        """The fix that may be applied without asking: where several would do, people choose."""
        safe = [each for each in self.fixes if each.applicability is Applicability.SAFE]
        return safe[0] if len(safe) == 1 else None

    def offering(self) -> "Diagnostic":
        """The same, with fixes that nobody applies unasked."""
        return replace(self, fixes=tuple(replace(each, applicability=Applicability.UNSAFE) for each in self.fixes))

    @property
    def name(self) -> str:
        """The code's kebab name, such as `unknown-name`."""
        return CODES[self.code].name

    @property
    def sort_key(self) -> tuple[str, int, int, str]:
        """Diagnostics are shown by file, then by place."""
        return (self.place.file, self.place.span.start, self.place.span.end, self.code)


def replacement(title: str, span: Span, text: str) -> Fix:
    """A safe fix that replaces one span."""
    return Fix(title, (Edit(span, text),))


def guess(title: str, span: Span, text: str) -> Fix:
    """A fix that replaces one span by what may have been meant: nobody applies it unasked."""
    return Fix(title, (Edit(span, text),), Applicability.UNSAFE)
