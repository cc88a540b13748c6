"""A form in which SQL reads values."""

from typing import NamedTuple


class Form(NamedTuple):
    """A condition in SQL, and the value in SQL where it holds. NULL is no."""

    holds: str
    value: str
