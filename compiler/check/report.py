"""Where a checker's findings go."""

from scoreline.dsl.diagnostics import Diagnostic


class Report:
    """Collects diagnostics; the same mistake at the same place (a let that is used twice) counts once."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, int, int], Diagnostic] = {}

    def add(self, diagnostic: Diagnostic) -> None:
        """Note a mistake."""
        place = diagnostic.place
        self._found.setdefault((diagnostic.code, place.file, place.span.start, place.span.end), diagnostic)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything that was noted, in the order in which it was."""
        return tuple(self._found.values())
