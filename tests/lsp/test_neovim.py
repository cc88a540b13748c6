"""Neovim, without a screen: it opens a file, and shows what the server tells."""

import json
import shutil
import subprocess
import sys

import pytest
from lsp.texts import FIT

NVIM = shutil.which("nvim")
SCRIPT = """
local client = vim.lsp.start_client({{ name = "scoreline", cmd = {command}, root_dir = {root} }})
vim.cmd("edit " .. {file})
vim.lsp.buf_attach_client(0, client)
local came = vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end, 50)
local shown = {{}}
for _, each in ipairs(vim.diagnostic.get(0)) do
  table.insert(shown, {{ each.lnum, each.col, each.code or each.user_data.lsp.code, each.message }})
end
io.stdout:write("SHOWN " .. vim.fn.json_encode(shown) .. "\\n")
vim.lsp.stop_client(client)
vim.cmd("qall!")
"""


@pytest.mark.skipif(NVIM is None, reason="Neovim is not installed: what it shows is not tested")
def test_neovim_shows_the_diagnostics(project, tmp_path):
    file = project / "rules/fit.score"
    file.write_text(FIT.replace("when newsletter", "when newslettr"), encoding="utf-8")
    command = [sys.executable, "-c", "from scoreline.tools.cli.main import run; run()", "lsp"]
    lua = "{" + ", ".join(map(json.dumps, command)) + "}"
    script = tmp_path / "show.lua"
    script.write_text(SCRIPT.format(command=lua, root=json.dumps(str(project)), file=json.dumps(str(file))))
    arguments = [str(NVIM), "--headless", "-u", "NONE", "-i", "NONE", "-c", f"luafile {script}"]
    run = subprocess.run(arguments, capture_output=True, text=True, timeout=60, check=False)
    line = next(each for each in run.stdout.splitlines() if "SHOWN " in each)
    shown = json.loads(line[line.index("SHOWN ") + 6 :])
    (told,) = [each for each in shown if each[2] == "E201"]
    assert told[:2] == [5, 7]
    assert "did you mean `newsletter`?" in told[3]
