"""The plugin for Vim, in Vim and in Neovim: colours, `:make`, `gq`, and the settings of the file type."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from editing.expected import EXAMPLES, FIRST_LINES, MISTAKES, SHOWCASE, drawn, kinds_by_line, said_in
from scoreline.grammar.vim import group_kinds
from scoreline.grammar.vocabulary import languages

ROOT = Path(__file__).parents[2]
PLUGIN = ROOT / "editors" / "vim"
GROUPS = group_kinds()
START = f"""
set nocompatible encoding=utf-8 fileencodings=ucs-bom,utf-8 nomore
let &runtimepath = '{PLUGIN.as_posix()},' . &runtimepath
filetype plugin indent on
syntax on
"""
# The groups of every byte of a buffer, a run of one group as its name and length.
SEE = """
function! See(to) abort
  let l:rows = []
  for l:line in range(1, line('$'))
    call add(l:rows, map(range(1, col([l:line, '$']) - 1), 'synIDattr(synID(l:line, v:val, 1), "name")'))
  endfor
  call writefile([json_encode(l:rows)], a:to)
endfunction
"""


def run(editor: str, folder: Path, script: str, *programs: str) -> None:
    """Runs a script in an editor without a screen; folders of programs come first."""
    (folder / "start.vim").write_text(START, encoding="utf-8")
    (folder / "script.vim").write_text(f"{SEE}{script}\nqall!\n", encoding="utf-8")
    without_screen = {"vim": ["-e", "-s", "-N"], "nvim": ["--headless"]}[editor]
    start, script_file = folder / "start.vim", folder / "script.vim"
    words = [editor, *without_screen, "-u", start, "-i", "NONE", "-n", "-S", script_file]
    path = os.pathsep.join((*programs, str(Path(sys.executable).parent), os.environ["PATH"]))
    ran = subprocess.run(
        list(map(str, words)), cwd=folder, env={**os.environ, "PATH": path, "TERM": "dumb", "HOME": str(folder)},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", timeout=120,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr


def differences(text: str, seen: list[list[str]]) -> list[str]:
    """Where the editor sees another kind than Pygments; columns are counted in bytes there."""
    found: list[str] = []
    lines = text.removeprefix("\ufeff").split("\n")
    for number, (line, pieces) in enumerate(zip(lines, kinds_by_line(text), strict=True)):
        shift = 1 if number == 0 and text.startswith("\ufeff") else 0
        for start, end, kind in pieces:
            first, last = (len(line[: each - shift].encode()) for each in (start, end))
            groups = set(seen[number][first:last])
            if {GROUPS.get(group) for group in groups} != {kind}:
                found.append(f"{number + 1}: `{line[start - shift : end - shift]}` is {kind.name}, not {groups}")
    return found


def all_differences(editor: str, folder: Path, texts: dict[str, str]) -> dict[str, list[str]]:
    script: list[str] = []
    for name, text in texts.items():
        (folder / f"{name}.score").write_text(text, encoding="utf-8")
        script += [f"edit {name}.score", f"call See('{name}.json')"]
    run(editor, folder, "\n".join(script))
    seen = {name: json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in texts}
    return {name: found for name, text in texts.items() if (found := differences(text, seen[name]))}


@pytest.mark.parametrize("language", languages())
def test_it_sees_what_pygments_sees(editor: str, language: str, tmp_path: Path) -> None:
    texts = {path.stem: said_in(language, path.read_text(encoding="utf-8")) for path in EXAMPLES}
    texts |= {"showcase": said_in(language, SHOWCASE), "mistakes": said_in(language, MISTAKES)}
    assert all_differences(editor, tmp_path, texts) == {}


def test_it_agrees_on_texts_cut_and_glued_anywhere(editor: str, tmp_path: Path) -> None:
    texts = {f"drawn{number}": text for number, text in enumerate(drawn(200))}
    assert all_differences(editor, tmp_path, texts) == {}


def test_the_first_line_alone_tells_the_language_of_words(editor: str, tmp_path: Path) -> None:
    words = "when wenn contact.grade contact.klasse"
    texts = {f"line{number}": f"{line}\n{words}" for number, line in enumerate(FIRST_LINES)}
    assert all_differences(editor, tmp_path, texts) == {}


def test_colours_follow_a_first_line_that_is_written_later(editor: str, tmp_path: Path) -> None:
    (tmp_path / "new.score").write_text("wenn x\n", encoding="utf-8")
    run(editor, tmp_path, "edit new.score\ncall append(0, '# language: de')\nwrite\ncall See('new.json')")
    seen = json.loads((tmp_path / "new.json").read_text(encoding="utf-8"))
    assert differences("# language: de\nwenn x", seen) == []


def test_every_group_has_a_colour_or_is_plain_on_purpose(editor: str, tmp_path: Path) -> None:
    look = "map(deepcopy(g:groups), 'synIDattr(synIDtrans(hlID(v:val)), \"name\")')"
    names = json.dumps(sorted(GROUPS))
    run(editor, tmp_path, f"edit a.score\nlet g:groups = {names}\ncall writefile([json_encode({look})], 'out.json')")
    found = dict(zip(sorted(GROUPS), json.loads((tmp_path / "out.json").read_text()), strict=True))
    assert {group for group, colour in found.items() if colour == group} == {"scorelineName", "scorelineAttribute"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "examples" / "b2b", tmp_path / "b2b", ignore=shutil.ignore_patterns("data"))
    return tmp_path / "b2b"


def test_make_fills_the_quickfix_list(editor: str, project: Path) -> None:
    wrong = 'model Größe for lead\n  when nowhere is "ä" then +1\n  when "ä" then +1\n'
    (project / "rules" / "wrong.score").write_text(wrong, encoding="utf-8")
    got = "[bufname(v:val.bufnr), v:val.lnum, v:val.col, v:val.type . v:val.nr, v:val.text]"
    script = (
        f"edit rules/wrong.score\nsilent make\ncall writefile([json_encode(map(getqflist(), '{got}'))], 'out.json')"
    )
    run(editor, project, script)
    found = json.loads((project / "out.json").read_text(encoding="utf-8"))
    mistakes = [each for each in found if each[3].startswith("E")]
    assert [each[:4] for each in mistakes] == [
        ["rules/wrong.score", 2, 8, "E201"],
        ["rules/wrong.score", 3, 8, "E101"],
    ]
    assert "unknown name `nowhere`" in mistakes[0][4]


def test_gq_formats_the_file_and_leaves_one_with_a_mistake_alone(editor: str, project: Path) -> None:
    fit = project / "rules" / "fit.score"
    right = fit.read_text(encoding="utf-8")
    (project / "ugly.score").write_text("\n\n" + right.replace("\n  ", "\n") + "\n\n\n", encoding="utf-8")
    (project / "wrong.score").write_text("model\n   x\n", encoding="utf-8")
    again = "call writefile([execute('normal! gggqG')], 'said.txt')"
    run(editor, project, f"edit ugly.score\nnormal! gggqG\nwrite\nedit wrong.score\n{again}\nwrite")
    assert (project / "ugly.score").read_text(encoding="utf-8") == right
    assert (project / "wrong.score").read_text(encoding="utf-8") == "model\n   x\n"
    assert "so it is not changed" in (project / "said.txt").read_text(encoding="utf-8")


def test_the_file_type_has_its_settings(editor: str, tmp_path: Path) -> None:
    look = "[&filetype, &commentstring, &formatprg, &makeprg, &shiftwidth, &expandtab]"
    run(editor, tmp_path, f"edit new.score\ncall writefile([json_encode({look})], 'out.json')")
    found = json.loads((tmp_path / "out.json").read_text())
    assert found == ["scoreline", "# %s", "scoreline fmt -", "scoreline check $*", 2, 1]


@pytest.mark.parametrize("editor", ["nvim"], indirect=True)
def test_the_page_says_how_neovim_gets_its_diagnostics_from_the_server(editor: str, tmp_path: Path) -> None:
    """What the page says for the Neovim of Debian, run there with a server that knows one thing."""
    page = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
    _, _, older = page.partition("in Debian 12")
    [code] = re.findall(r"```lua\n(.*?)```", older, re.DOTALL)
    program = tmp_path / "bin" / "scoreline"
    program.parent.mkdir()
    stub = Path(__file__).parent / "stub_server.py"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{stub}" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / "a project" / "rules").mkdir(parents=True)
    (tmp_path / "a project" / "scoreline.toml").write_text("[project]\n", encoding="utf-8")
    (tmp_path / "a project" / "rules" / "fit.score").write_text("model Fit for lead\n", encoding="utf-8")
    (tmp_path / "init.lua").write_text(code, encoding="utf-8")
    seen = "map(luaeval('vim.diagnostic.get(0)'), 'v:val.message')"
    roots = (
        "luaeval('vim.tbl_map(function(c) return c.config.root_dir end, vim.tbl_values(vim.lsp.buf_get_clients()))')"
    )
    run(
        editor, tmp_path,
        f"luafile init.lua\nedit a\\ project/rules/fit.score\n"
        f"call wait(10000, {{-> !empty(luaeval('vim.diagnostic.get(0)'))}})\n"
        f"call writefile([json_encode([{seen}, {roots}])], 'out.json')",
        str(program.parent),
    )  # fmt: skip
    messages, folders = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert messages == ["scoreline, called with lsp"]
    assert folders == [str(tmp_path / "a project")]
