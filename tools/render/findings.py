"""What a run of `check` found, as every format takes it."""

from dataclasses import dataclass

from scoreline.dsl.diagnostics import Diagnostic, Severity

_ORDER = list(Severity)


@dataclass(frozen=True, slots=True)
class Findings:
    """The diagnostics that count, the rule files that were looked at, what must be said of how that was done, from
    which severity on a finding is a failure, and how many more are old: in the baseline."""

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
