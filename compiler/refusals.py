"""Why a value of the data is refused: one exception that carries a reason, and the reasons.

Promises reasons that complete the sentence "this value …" for a marketer.
"""


class RefusedError(ValueError):
    """A value that cannot be taken; an empty reason means that it has been reported already."""

    @property
    def reason(self) -> str:
        """What is wrong with the value."""
        return str(self.args[0]) if self.args else ""


REQUIRED = "is required, but missing"
UNREADABLE = "cannot be read"
NOT_A_NUMBER = "is not a number"
INFINITE = "is not a number that can be counted with"
TOO_LARGE = "is too large for a number"
NOT_YES_OR_NO = "is neither yes nor no"
NOT_A_DATE = "is not a date such as 2026-01-31"
NOT_A_TIME = "is not a date and time such as 2026-01-31T12:00:00Z"
OUT_OF_YEARS = "is outside the years 1 to 9999"
NO_SUCH_DAY = "is no day of the calendar"
NO_SUCH_TIME = "is no day and time of the calendar"
