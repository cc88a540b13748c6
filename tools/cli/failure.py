"""The errors that stop a command: each ends in clear lines and exit status 2, never in a traceback."""

from scoreline.dsl.diagnostics import Diagnostic


class Unusable(Exception):  # noqa: N818 (it reads as what it says: the call, a file or the data is unusable)
    """The call, a file or the data cannot be used: what is wrong, and what to do or write instead."""

    def __init__(self, message: str, help: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


class Mistaken(Exception):  # noqa: N818 (as above)
    """The project, its schema or its rules have mistakes, so a command that needs them cannot start."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__(f"{len(diagnostics)} mistakes")
        self.diagnostics = diagnostics
