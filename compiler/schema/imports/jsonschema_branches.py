"""The properties of an object in a JSON Schema, also those that only some branches describe.

Promises every name below `properties` in a part, or in its `anyOf`, `oneOf`, `if`, `then`, `else` and
`dependentSchemas`. A property that branches describe in several ways is marked with `DIVERSE`, one that only an `if`
tests with `ASKED`.
"""

from collections.abc import Iterator

from scoreline.compiler.schema.imports.jsonschema_parts import Root, forks_of, is_null, resolved
from scoreline.compiler.schema.imports.raw import Json, as_list, as_table, list_of, table_of, text_of

DIVERSE = "$diverse"
"""The key under which a part tells that several branches tell of it, in several ways; no keyword of JSON Schema."""

ASKED = "$asked"
"""The key under which a part tells that an `if` asks for it, and nothing tells of it."""

_NEVER: Json = {"not": {}}


def properties_of(part: Json, root: Root) -> Iterator[tuple[str, Json, bool]]:
    """Each property of an object: its name, its part, and whether it must be there."""
    required = {each for each in list_of(part, "required") if isinstance(each, str)}
    own = table_of(part, "properties")
    for name, each in own.items():
        yield name, _NEVER if each is False else resolved(each, root), name in required and each is not False
    for name, each in _of_branches(part, root).items():
        if name not in own:
            yield name, each, name in required


def has_patterns(part: Json, root: Root) -> bool:
    """Whether properties are described by patterns of their names."""
    return any(each.get("patternProperties") for each in (part, *(branch for branch, _ in _branches(part, root))))


def values_of(part: Json) -> list[tuple[object, str | None]] | None:
    """The values to choose from, each with its title if it has one; None where any value may stand."""
    found: list[tuple[object, str | None]] | None = None
    if isinstance(part.get("enum"), list):
        found = [(each, None) for each in list_of(part, "enum")]
    elif "const" in part:
        found = [(part["const"], None)]
    for key in ("oneOf", "anyOf") if found is None else ():
        forms = [as_table(each) for each in list_of(part, key) if not is_null(each)]
        if forms and all("const" in each for each in forms):
            found = [(each["const"], text_of(each, "title")) for each in forms]
            break
    return None if found is None else [(value, title) for value, title in found if value is not None]


def _of_branches(part: Json, root: Root) -> dict[str, Json]:
    """The properties that branches describe."""
    described: dict[str, list[Json]] = {}
    for branch, asked in _branches(part, root):
        for name, each in table_of(branch, "properties").items():
            known = described.setdefault(name, [])
            found = resolved(each, root)
            if not asked and each is not False and found not in known:
                known.append(found)
    return {name: _together(parts) for name, parts in described.items()}


def _together(parts: list[Json]) -> Json:
    """One property out of what several branches say: the same, or some of its values each."""
    if len(parts) < 2:
        return parts[0] if parts else {ASKED: True}
    values = [values_of(each) for each in parts]
    listed = [value for each in values if each is not None for value, _ in each]
    if None in values:
        return {DIVERSE: True}
    return {"enum": [value for at, value in enumerate(listed) if value not in listed[:at]]}


def _branches(part: Json, root: Root) -> Iterator[tuple[Json, bool]]:
    """The parts that may hold, or hold for some values only, each once; and whether it is only tested by an `if`."""
    pending = [(part, False)]
    seen: set[int] = set()
    for at, asking in pending:  # which grows on the way
        for key, value in forks_of(at):
            for each in _below(key, value):
                if id(each) not in seen:
                    seen.add(id(each))
                    found = (resolved(each, root), asking or key == "if")
                    pending.append(found)
                    yield found


def _below(key: str, value: object) -> Iterator[Json]:
    """The branches below one keyword."""
    if key in ("anyOf", "oneOf"):
        yield from filter(None, map(as_table, as_list(value)))
    elif key in ("dependentSchemas", "dependencies"):
        yield from filter(None, map(as_table, as_table(value).values()))
    elif branch := as_table(value):
        yield branch
