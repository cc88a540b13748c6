"""W229: private addresses told by one mail provider alone."""

from collections import defaultdict
from collections.abc import Iterator

from scoreline.compiler.folding import fold
from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Fix
from scoreline.dsl.messages import code, say
from scoreline.tools.lint.edits import offer, put
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.literals import Literal, text_literals
from scoreline.tools.lint.project import Project
from scoreline.tools.lint.texts import quoted

PROVIDERS = (
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com", "aol.com",
    "gmx.de", "gmx.net", "web.de", "t-online.de", "proton.me", "protonmail.com", "mail.ru", "yandex.ru", "qq.com",
    "163.com", "orange.fr", "free.fr", "libero.it",
)  # fmt: skip
_SHORT = ("gmail", "googlemail", "outlook", "hotmail", "yahoo", "icloud", "aol", "gmx", "t-online", "protonmail")
_OFFERED = ("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "yahoo.com", "icloud.com", "gmx.de", "web.de")


def find(project: Project) -> Iterator[Finding]:
    """The first test of a field for the address of a provider, if the rules speak of no other provider."""
    found: dict[tuple[str, str], list[Literal]] = defaultdict(list)
    for each in text_literals(project):
        if _provider(each.text.value, each.field.name) is not None:
            found[each.field.owner, each.field.name].append(each)
    alone = [tests for tests in found.values() if len({_provider(each.text.value, "mail") for each in tests}) == 1]
    for tests in alone if alone and not _others(project) else ():
        text = tests[0].text
        yield Finding(
            tests[0].at.place,
            say("private addresses are told by `{text}` alone", text=text.value),
            say("name the other providers as well, in a list that all rules share"),
            (),
            _fixes(project, text),
        )


def _provider(text: str, field: str) -> str | None:
    """The provider that a text names: by its domain, or in a field of addresses without the domain's end."""
    name = fold(text).strip().lstrip("@*.")
    short = name.rstrip(".")
    if name in PROVIDERS or (short in _SHORT and any(word in fold(field) for word in ("mail", "domain"))):
        return short.partition(".")[0]
    return None


def _others(project: Project) -> bool:
    """Whether a list names several providers."""
    return any(
        len({_provider(item.value, "mail") for item in each.items if isinstance(item, nodes.Text)} - {None}) > 1
        for _, each in project.written(nodes.List)
    )


def _fixes(project: Project, text: nodes.Text) -> tuple[Fix, ...]:
    around = project.around(text)
    title = say("name the common ones")
    listed = _listed(text.value)
    match around:
        case nodes.Match():
            return (offer(title, put(text, code("any of [{texts}]", texts=listed))),)
        case nodes.Is(negated=False):
            return (offer(title, put(around, code("in [{texts}]", texts=listed))),)
        case nodes.List():
            return (offer(title, put(text, listed)),)
        case _:
            return ()


def _listed(text: str) -> str:
    """The text, and the same of the other providers."""
    text = text.strip()
    own = fold(text).lstrip("@*.")
    sign, end = ("@" if text.startswith("@") else ""), ("." if text.endswith(".") else "")
    names = _OFFERED if own in PROVIDERS else tuple(f"{name}{end}" for name in _SHORT)
    return ", ".join(quoted(sign + name) for name in dict.fromkeys((own, *names)))


LINT = hint("W229", find)
