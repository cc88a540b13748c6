"""Which release of Scoreline this is."""

from importlib.metadata import version


def installed_version() -> str:
    """The version of the installed package, such as `0.1.0`."""
    return version("scoreline")
