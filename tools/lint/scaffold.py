"""For developers: the files of a new lint, to be filled in.

    python -m scoreline.tools.lint.scaffold W256 odd-name "a name that is odd"

Promises the lint, its cases and its page, all of one name, its line in `codes.py` and in the list of lints, and what
it says in the translations, so that all tests pass at once; and to write nothing at all if the code or the name is
taken. What they say is left to whoever writes the lint.
"""

import re
import sys
from pathlib import Path

_CODE = re.compile(r"W2\d\d")
_NAME = re.compile(r"[a-z]+(-[a-z]+)*")
_USAGE = 'write: python -m scoreline.tools.lint.scaffold W256 odd-name "a name that is odd"'

_LINT = '''\
"""{code}: {title}."""

from collections.abc import Iterator

from scoreline.dsl.messages import say
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.project import ProjectView


def find(project: ProjectView) -> Iterator[Finding]:
    """Tell what it looks for."""
    for _, rule in project.rules:
            if rule.made.points == 4711:
                yield Finding(
                    rule.place,
                    say("{name}: say what is wrong"),
                    say("{name}: say what to write instead"),
                )


LINT = hint("{code}", find, local=True)
'''
_CASES = """\
#: it is told
model Fit for lead
  when newsletter then +4711 #! {code} @24 say what is wrong
#: it is fine
model Fit for lead
  when newsletter then +10
"""
_PAGE = """\
# {code} {name}

Say why it matters to somebody who scores leads.

## Bad

```score
  when newsletter then +4711
```

## Good

```score
  when newsletter then +10
```

## What to do

Say what to write instead.
"""


_SAID = """
# {code} {name}
"{name}: say what is wrong" = "{name}: sage, was falsch ist"
"{name}: say what to write instead" = "{name}: sage, was stattdessen zu schreiben ist"
"""


def scaffold(root: Path, code: str, name: str, title: str) -> tuple[Path, ...]:
    """Writes the files of a new lint below the repository's folder and gives their paths; ValueError if it cannot."""
    if not _CODE.fullmatch(code) or not _NAME.fullmatch(name):
        raise ValueError("a lint has a code such as W256 and a name such as odd-name")
    codes = root / "dsl" / "codes.py"
    known = codes.read_text(encoding="utf-8")
    module = name.replace("-", "_")
    new = {
        root / "tools" / "lint" / "rules" / f"{module}.py": _LINT,
        root / "tests" / "lint" / "rules" / f"{module}.score": _CASES,
        root / "docs" / "codes" / f"{code}.md": _PAGE,
    }
    if f'"{code}":' in known or f'Code("{name}"' in known or any(path.exists() for path in new):
        raise ValueError(f"{code} or {name} is taken")
    changed = {codes: _listed(known, f'    "{code}": Code("{name}", "{title}"),\n', '    "W2')}
    page = root / "docs" / "linting.md"
    row = f"| [{code}](codes/{code}.md) | {name} | {title} | hint | |\n"
    changed[page] = _counted(_listed(page.read_text(encoding="utf-8"), row, "| [W2"))
    for said in sorted((root / "dsl" / "translations").glob("*.lint.toml")):
        changed[said] = said.read_text(encoding="utf-8") + _SAID.format(code=code, name=name)
    written = {path: text.format(code=code, name=name, title=title) for path, text in new.items()}
    for path, text in {**changed, **written}.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return (*new, *changed)


def _listed(text: str, new: str, beginning: str) -> str:
    """A text with a new line among those of its kind, which are sorted."""
    lines = text.splitlines(keepends=True)
    last = max(index for index, line in enumerate(lines) if line.startswith(beginning) and line < new)
    return "".join((*lines[: last + 1], new, *lines[last + 1 :]))


def _counted(page: str) -> str:
    """The list of all lints, with one lint more in its count."""
    return re.sub(r"(?<=of the )\d+(?= lints)", lambda found: str(int(found[0]) + 1), page)


def main(arguments: list[str]) -> int:
    """The command; the exit status is 2 if nothing could be written."""
    try:
        code, name, title = arguments
        written = scaffold(Path.cwd(), code, name, title)
    except (ValueError, OSError) as error:
        sys.stderr.write(f"{error}\n{_USAGE}\n")
        return 2
    sys.stdout.write("".join(f"{path}\n" for path in written))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
