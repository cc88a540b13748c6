"""All lints, as they lie in the folder `rules/`: a new one is found because its file is there."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from scoreline.dsl.codes import CODES
from scoreline.tools.lint import rules
from scoreline.tools.lint.lints import Lint


@cache
def lints() -> dict[str, Lint]:
    """Every lint by its code, in the order of the codes."""
    found = (_lint(module.name) for module in iter_modules(rules.__path__))
    return {each.code: each for each in sorted(found, key=lambda each: each.code)}


def _lint(name: str) -> Lint:
    """The lint of a file of `rules/`, whose name must be that of its code."""
    lint = getattr(import_module(f"{rules.__name__}.{name}"), "LINT", None)
    if not isinstance(lint, Lint):
        raise TypeError(f"rules/{name}.py gives no LINT")
    if lint.code not in CODES or CODES[lint.code].name != name.replace("_", "-"):
        raise ValueError(f"rules/{name}.py is about {lint.code}, which has another name")
    return lint
