"""Writes what editors read, from the lexicon, the vocabularies and the forms: `python -m scoreline.grammar.export`.

Promises that what stands under `editors/` is what these modules say now; `--check` writes nothing, names what is
stale and ends with 1. It is run in the folder that holds `editors/`. How colours are called in each place stands in
`textmate.py` and `vim.py`, which snippets there are in `grammar/forms.toml`.
"""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from scoreline.grammar.forms import snippets
from scoreline.grammar.textmate import textmate
from scoreline.grammar.vim import vim
from scoreline.grammar.vocabulary import languages
from scoreline.grammar.vscode import language_configuration

_CALL = "python -m scoreline.grammar.export"


def exported() -> Mapping[str, str]:
    """What is written: the text of each file, by its path."""
    return {
        "editors/vscode/language-configuration.json": language_configuration(),
        "editors/vscode/syntaxes/scoreline.tmLanguage.json": textmate(),
        **{f"editors/vscode/snippets/{each}.json": snippets(each) for each in languages()},
        "editors/vim/syntax/scoreline.vim": vim(),
    }


def stale(root: Path) -> list[str]:
    """The paths of the files that are not what they should be."""
    return [path for path, text in exported().items() if _written(root / path) != text]


def _written(path: Path) -> str | None:
    return path.read_bytes().decode("utf-8", "replace") if path.exists() else None


def main(words: Sequence[str], root: Path) -> int:
    """Runs the call; the result is its exit status."""
    if list(words) not in ([], ["--check"]):
        print(f"{_CALL}: `{' '.join(words)}` is no option: write `--check`, or nothing", file=sys.stderr)
        return 2
    if not (root / "editors").is_dir():
        print(f"{_CALL}: there is no folder `editors` here", file=sys.stderr)
        return 2
    found = stale(root)
    for path in found:
        if words:
            print(f"{path} is stale: run `{_CALL}`")
        else:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(exported()[path].encode("utf-8"))
            print(f"wrote {path}")
    return 1 if words and found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:], Path.cwd()))
