"""One thing that could be written."""

from dataclasses import dataclass

from lsprotocol.types import CompletionItemKind


@dataclass(frozen=True, slots=True)
class CompletionProposal:
    """What is shown, what it is, a few words beside it, what is inserted (else what is shown), paragraphs about it, and
    how near to the top it stands (a lower rank is higher)."""

    label: str
    kind: CompletionItemKind
    detail: str | None = None
    text: str | None = None
    about: tuple[str, ...] = ()
    rank: int = 5
    snippet: bool = False
