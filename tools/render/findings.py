"""The findings of a run of `check`, in the form that every output format takes."""

from dataclasses import dataclass

from scoreline.dsl.diagnostics import Diagnostic, Severity

_ORDER = list(Severity)


@dataclass(frozen=True, slots=True)
class Findings:
    """The diagnostics that count, the rule files that were checked, notes on how they were checked, the severity from
    which a finding is a failure, and how many findings are old because the baseline lists them."""

    diagnostics: tuple[Diagnostic, ...]
    names: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    fail_on: Severity = Severity.ERROR
    old: int = 0

    def fails(self, diagnostic: Diagnostic) -> bool:
        """Whether a diagnostic makes the run fail."""
        return _ORDER.index(diagnostic.severity) <= _ORDER.index(self.fail_on)

    @property
    def failed(self) -> bool:
        """Whether anything makes the run fail."""
        return any(map(self.fails, self.diagnostics))
