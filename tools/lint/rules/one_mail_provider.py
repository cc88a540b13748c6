"""W229: private addresses told by one mail provider alone."""

from collections import defaultdict
from collections.abc import Iterator

from scoreline.compiler.folding import fold
from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Fix
from scoreline.dsl.walk import within
from scoreline.tools.lint.edits import offer, put
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.literals import Literal, literals
from scoreline.tools.lint.project import Project
from scoreline.tools.lint.texts import quoted

PROVIDERS = (
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com", "aol.com",
    "gmx.de", "gmx.net", "web.de", "t-online.de", "proton.me", "protonmail.com", "mail.ru", "yandex.ru", "qq.com",
    "163.com", "orange.fr", "free.fr", "libero.it",
)  # fmt: skip
_OFFERED = ("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "yahoo.com", "icloud.com", "gmx.de", "web.de")


def find(project: Project) -> Iterator[Finding]:
    """The first test of a field for the address of a provider, if the rules speak of no other provider."""
    found: dict[tuple[str, str], list[Literal]] = defaultdict(list)
    for each in literals(project):
        if not each.whole and each.field.spec.type == "text" and _provider(each.text.value) is not None:
            found[each.field.owner, each.field.name].append(each)
    for tests in found.values():
        providers = {_provider(each.text.value) for each in tests}
        if len(providers) == 1 and not _others(project):
            text = tests[0].text
            yield Finding(
                tests[0].at.place,
                f"private addresses are told by `{text.value}` alone",
                "name the other providers as well, in a list that all rules share",
                (),
                _fixes(project, text),
            )


def _provider(text: str) -> str | None:
    name = fold(text).strip().lstrip("@*.")
    return name if name in PROVIDERS else None


def _others(project: Project) -> bool:
    """Whether a list let names several providers."""
    lists = (node for file in project.all_files for node in within(file.parsed.file) if isinstance(node, nodes.List))
    return any(
        len({_provider(item.value) for item in each.items if isinstance(item, nodes.Text)} - {None}) > 1
        for each in lists
    )


def _fixes(project: Project, text: nodes.Text) -> tuple[Fix, ...]:
    if not isinstance(project.around(text), nodes.Match):
        return ()
    sign = "@" if text.value.strip().startswith("@") else ""
    names = dict.fromkeys((_provider(text.value) or "", *_OFFERED))
    listed = ", ".join(quoted(sign + name) for name in names)
    return (offer("name the common ones", put(text, f"any of [{listed}]")),)


LINT = hint("W229", find)
