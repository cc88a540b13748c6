"""Golden files: wrong rules with the expectation inside, so that adding a case needs no Python.

    #: a title           begins a case
    #> rules/a.score     what follows is another file of the case: a rule file, or (`only used`) one that is only used
    #! E201 @8 a | b     this line (or, if it stands alone, the line above) has a diagnostic of this code, at this
                         column if one is told, with each of these pieces in its message or help
    #= when a then +1    the line as the fix that the diagnostic above offers leaves it; every fix must be shown
    #? why               known to fail for now, and why

`⟨200B⟩` stands for the character U+200B, `⟨xFF⟩` for the byte FF.
"""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

FOLDER = Path(__file__).parent
MAIN = "main.score"
_EXPECTED = re.compile(r"#! (?P<code>[EW]\d{3})(?: @(?P<column>\d+))?(?: (?P<pieces>.+))?$")
_HIDDEN = re.compile(r"⟨(?:(?P<point>[0-9A-F]{1,6})|x(?P<byte>[0-9A-F]{2}))⟩")


@dataclass(frozen=True)
class Expected:
    """A diagnostic that must come: its code, file and line, pieces of what it says, and its fix (None: none)."""

    code: str
    file: str
    line: int
    column: int | None
    pieces: tuple[str, ...]
    fixed: tuple[str, ...] | None = None


@dataclass
class Case:
    """A small project that is wrong, or (without expectations) right."""

    name: str
    failing: str | None = None
    lines: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    only_used: set[str] = field(default_factory=set[str])
    expected: list[Expected] = field(default_factory=list[Expected])

    @property
    def files(self) -> dict[str, bytes]:
        """The bytes of each file."""
        return {name: _bytes("\n".join(lines)) for name, lines in self.lines.items() if lines}

    @property
    def own(self) -> tuple[str, ...]:
        """The rule files, as a project would list them."""
        return tuple(sorted(name for name in self.files if name not in self.only_used))


def all_cases() -> list[Case]:
    """Every case of every golden file."""
    return [case for path in sorted(FOLDER.rglob("*.score")) for case in cases_of(path)]


def cases_of(path: Path) -> list[Case]:
    """The cases of a golden file."""
    cases: list[Case] = []
    file = MAIN
    # Only `\n` ends a line of a golden file: the other line ends are part of what is tested.
    for line in path.read_bytes().decode("utf-8").split("\n"):
        if line.startswith("#: "):
            file = MAIN
            cases.append(Case(f"{path.parent.name}/{path.stem}: {line[3:]}"))
        elif not cases:
            assert not line or line.startswith("# "), f"{path}: {line!r} stands before the first case"
        else:
            file = _take(cases[-1], file, line)
    assert cases, f"{path} holds no case"
    return cases


def _take(case: Case, file: str, line: str) -> str:
    """Adds a line of a golden file to its case; gives the file that the next line belongs to."""
    if line.startswith("#> "):
        file = line[3:].removesuffix(" (only used)")
        if file != line[3:]:
            case.only_used.add(file)
        case.lines.setdefault(file, [])
    elif line.startswith("#? "):
        case.failing = line[3:]
    elif line.lstrip().startswith("#= "):
        last = case.expected[-1]
        case.expected[-1] = replace(last, fixed=(*(last.fixed or ()), _bytes(line.lstrip()[3:]).decode().strip()))
    else:
        lines = case.lines.setdefault(file, [])
        if not line.lstrip().startswith("#! "):
            lines.append(line)
        if (at := line.find("#! ")) >= 0:
            case.expected.append(_expected(line[at:], file, len(lines)))
    return file


def _expected(text: str, file: str, line: int) -> Expected:
    match = _EXPECTED.match(text)
    assert match, f"no expectation: {text!r}"
    pieces = tuple(piece.strip() for piece in (match["pieces"] or "").split(" | ") if piece.strip())
    column = None if match["column"] is None else int(match["column"])
    return Expected(match["code"], file, line, column, pieces)


def _bytes(text: str) -> bytes:
    return b"".join(map(_piece, re.finditer(rf"{_HIDDEN.pattern}|[^⟨]+|⟨", text)))


def _piece(match: re.Match[str]) -> bytes:
    if match["point"]:
        return chr(int(match["point"], 16)).encode("utf-8", "surrogatepass")
    return bytes.fromhex(match["byte"]) if match["byte"] else match[0].encode("utf-8")
