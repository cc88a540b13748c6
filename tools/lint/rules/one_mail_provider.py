"""W229: private addresses that are recognized by one mail provider only."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from scoreline.compiler.folding import fold
from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Fix
from scoreline.dsl.messages import code, say
from scoreline.tools.lint.edits import offer, put
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.literals import Literal, literals_of_lets, text_literals
from scoreline.tools.lint.project import ProjectView
from scoreline.tools.lint.texts import quoted

PROVIDERS = (
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com", "aol.com",
    "gmx.de", "gmx.net", "web.de", "t-online.de", "proton.me", "protonmail.com", "mail.ru", "yandex.ru", "qq.com",
    "163.com", "orange.fr", "free.fr", "libero.it",
)  # fmt: skip
# These have addresses that end in a country, as `yahoo.fr` and `hotmail.co.uk` do.
_COUNTRIES = re.compile(r"(?P<short>aol|gmx|hotmail|icloud|live|msn|outlook|yahoo)\.(?:(?:com?\.)?[a-z]{2}|com|net)")
_SAME = {"googlemail": "gmail", "protonmail": "proton"}
_SHORT = ("gmail", "googlemail", "outlook", "hotmail", "yahoo", "icloud", "aol", "gmx", "t-online", "protonmail")
_OFFERED = ("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "yahoo.com", "icloud.com", "gmx.de", "web.de")


def find(project: ProjectView) -> Iterator[Finding]:
    """The first test of a field for the address of a provider, if the rules name no other provider."""
    found: dict[tuple[str, str], list[Literal]] = defaultdict(list)
    for each in (*text_literals(project), *literals_of_lets(project)):
        if each.field.spec.type == "text" and _provider(each.text.value, each.field.name) is not None:
            found[each.field.owner, each.field.name].append(each)
    alone = [tests for tests in found.values() if len({_provider(each.text.value, "mail") for each in tests}) == 1]
    for tests in alone if alone and not _others(project) else ():
        text = tests[0].text
        yield Finding(
            tests[0].at.place,
            say("only `{text}` counts as a private address", text=text.value),
            say("name the other providers too, in a list that all rules use"),
            _fixes(project, text),
        )


def _provider(text: str, field: str) -> str | None:
    """The provider that a text names: by its domain, or in a field of addresses without the domain's end."""
    name = fold(text).strip().lstrip("@*.")
    short = name.rstrip(".")
    known = name in PROVIDERS or _COUNTRIES.fullmatch(name) is not None
    if known or (short in _SHORT and any(word in fold(field) for word in ("mail", "domain"))):
        provider = short.partition(".")[0]
        return _SAME.get(provider, provider)
    return None


def _others(project: ProjectView) -> bool:
    """Whether a list names several providers."""
    return any(
        len({_provider(item.value, "mail") for item in each.items if isinstance(item, nodes.Text)} - {None}) > 1
        for _, each in project.written(nodes.List)
    )


def _fixes(project: ProjectView, text: nodes.Text) -> tuple[Fix, ...]:
    around = project.around(text)
    title = say("name the common providers")
    listed = _listed(text.value)
    match around:
        case nodes.Match():
            return (offer(title, put(text, code("any of [{texts}]", texts=listed))),)
        case nodes.Is(negated=False):
            return (offer(title, put(around, code("in [{texts}]", texts=listed))),)
        case nodes.List(items=items):
            others = [each.value for each in items if isinstance(each, nodes.Text) and each is not text]
            return (offer(title, put(text, _listed(text.value, others))),)
        case _:
            return ()


def _listed(text: str, but: Iterable[str] = ()) -> str:
    """The text, and the same text for the other providers, except those that are there already."""
    text = text.strip()
    own = fold(text).lstrip("@*.")
    sign, end = ("@" if text.startswith("@") else ""), ("." if text.endswith(".") else "")
    whole = own in PROVIDERS or _COUNTRIES.fullmatch(own) is not None
    names = _OFFERED if whole else tuple(f"{name}{end}" for name in _SHORT)
    there = {fold(each).strip() for each in but}
    return ", ".join(quoted(sign + name) for name in dict.fromkeys((own, *names)) if sign + name not in there)


LINT = hint("W229", find)
