"""What is raised for rules that cannot be used."""

from scoreline.dsl.diagnostics import Diagnostic


class RulesInvalid(Exception):  # noqa: N818 (it says what is the case)
    """Rules that cannot be used; `diagnostics` says everything that is wrong, with places."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        self.diagnostics = diagnostics
        first = "; ".join(f"{each.place}: {each.message}" for each in diagnostics[:3])
        more = f" (and {len(diagnostics) - 3} more)" if len(diagnostics) > 3 else ""
        super().__init__(f"{first}{more}")
