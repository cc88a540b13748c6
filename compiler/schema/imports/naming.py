"""Names for what is imported: readable, lower case, each once, and no word of the language.

Promises a remark for every name that is not the expected one. The name in the source stays as the column, where there
is one.
"""

import re
from collections.abc import Collection, Iterable, Iterator

from scoreline.compiler.folding import fold
from scoreline.compiler.schema.imports.described import Attribute, Interaction, Remark
from scoreline.compiler.schema.naming import is_schema_name, name_for

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def spaced(name: str) -> str:
    """`EmailLinkClicked` as `Email Link Clicked`; an abbreviation is one word, and so is `EMail`."""
    return _CAMEL.sub(" ", name.replace("EMail", "Email"))


def title_for(name: str) -> str:
    """A title for what has a name alone: `Email link clicked`."""
    first, *rest = spaced(name).replace("_", " ").split() or [name]
    return " ".join([first, *(word if word.isupper() else word.lower() for word in rest)])


def named(
    attributes: Iterable[Attribute], taken: Collection[str], prefix: str
) -> tuple[dict[str, Attribute], tuple[Remark, ...]]:
    """The attributes by their names; `taken` are names, in lower case, that mean something else already."""
    found: dict[str, Attribute] = {}
    remarks: list[Remark] = []
    columns: set[str] = set()
    used = set(taken)
    for each in attributes:
        if each.column in columns:
            remarks.append(Remark(each.column, "left out: it is described twice, and the first one counts"))
            continue
        columns.add(each.column)
        text = spaced(each.name or each.column)
        wanted = name_for(text, prefix=prefix)
        name = name_for(text, used, prefix)
        if name != wanted:
            other = f"`{found[wanted].column}`" if wanted in found else "a relation or an interaction"
            remarks.append(Remark(each.column, f"called `{name}` in rules: `{wanted}` is {other} already"))
        found[name] = each
        used.add(name)
    return found, tuple(remarks)


def named_interactions(
    interactions: Iterable[Interaction], taken: Collection[str]
) -> tuple[dict[str, Interaction], tuple[Remark, ...]]:
    """The interactions by their names: as the data have them, if rules can write that. `taken` are relations."""
    found: dict[str, Interaction] = {}
    remarks: list[Remark] = []
    for each in interactions:
        name = ".".join(_parts(each.name, taken))
        if why := _clash(name, found):
            remarks.append(Remark(each.name, f"left out: {why}"))
            continue
        if name != each.name:
            why = f"called `{name}`, since rules cannot write its name: call it so in the data too"
            remarks.append(Remark(each.name, why))
        found[name] = each
    return found, tuple(remarks)


def _parts(name: str, taken: Collection[str]) -> Iterator[str]:
    for number, part in enumerate(part for part in name.split(".") if part.strip()):
        good = is_schema_name(part) and (number or fold(part) not in taken)
        yield part if good else name_for(part, () if number else taken, prefix="was")


def _clash(name: str, found: Iterable[str]) -> str | None:
    if not name:
        return "it has no name"
    first = name.partition(".")[0]
    for other in found:
        if fold(name) == fold(other):
            return f"`{other}` has the same name"
        if fold(name).startswith(fold(other) + ".") or fold(other).startswith(fold(name) + "."):
            return f"its name and `{other}` begin alike, so that rules could mean either"
        if fold(first) == fold(other.partition(".")[0]) and first != other.partition(".")[0]:
            return f"its name and `{other}` differ only in upper and lower case"
    return None
