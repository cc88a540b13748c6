"""Everything that is wrong, as editors show it: severity, code and its page, further places, what to do about it."""

from lsprotocol import types
from scoreline.dsl.diagnostics import Diagnostic, Severity
from scoreline.dsl.source import Place
from scoreline.tools.lsp.document_view import DocumentView
from scoreline.tools.render.pages import address_of

SOURCE = "scoreline"
_UNNECESSARY = frozenset({"unused-let", "unused-suppression"})
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.HINT: types.DiagnosticSeverity.Information,
}


def diagnostics(here: DocumentView, name: str) -> list[types.Diagnostic]:
    """What there is to say of one file of a view."""
    return [shown(here, each) for each in here.view.diagnostics.get(name, ())]


def shown(here: DocumentView, diagnostic: Diagnostic) -> types.Diagnostic:
    """One diagnostic of ours as one of the protocol's."""
    page = address_of(diagnostic.code)
    return types.Diagnostic(
        range=_visible(here, diagnostic.place),
        message=diagnostic.message if diagnostic.help is None else f"{diagnostic.message}\n{diagnostic.help}",
        severity=_SEVERITIES[diagnostic.severity],
        code=diagnostic.code,
        code_description=types.CodeDescription(page) if page else None,
        source=SOURCE,
        tags=[types.DiagnosticTag.Unnecessary] if diagnostic.name in _UNNECESSARY else None,
        related_information=[
            types.DiagnosticRelatedInformation(here.location(each.place), each.message) for each in diagnostic.labels
        ]
        or None,
    )


def _visible(here: DocumentView, place: Place) -> types.Range:
    """Where a place is; where nothing stands there, its line, so that there is something to underline."""
    if place.span.start < place.span.end:
        return here.encoding.place(place)
    line = place.start.line
    start, end = types.Position(line - 1, 0), len(place.source.line_text(line)) + 1
    shown_start = here.encoding.shown(place.source, place.start)
    if shown_start.character:
        return types.Range(types.Position(line - 1, shown_start.character - 1), shown_start)
    return types.Range(start, here.encoding.shown(place.source, place.start._replace(column=end)))
