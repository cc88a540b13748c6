"""The extension for VS Code: what is in the package, and that its client starts a server and shows what it says.

VS Code itself is not here: `host.js` stands in for it, with the real client of the package in a real Node.js.
"""

import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from editing import nodes
from scoreline.grammar.vocabulary import languages

HERE = Path(__file__).parent
STUB = str(HERE / "stub_server.py")


@pytest.fixture(scope="module")
def package(packages: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The extension, packaged as for the marketplace, and unpacked where there is no `node_modules`."""
    folder = tmp_path_factory.mktemp("vsix")
    options = ("--no-dependencies", "--allow-missing-repository", "--skip-license")
    made = nodes.tool("vsce", "package", *options, "--out", str(folder / "scoreline.vsix"))
    assert made.returncode == 0, made.stdout + made.stderr
    with zipfile.ZipFile(folder / "scoreline.vsix") as archive:
        archive.extractall(folder)
    return folder / "extension"


def manifest(package: Path) -> dict[str, Any]:
    return json.loads((package / "package.json").read_text(encoding="utf-8"))


def spoken_of(value: object) -> set[str]:
    """The files that a manifest names."""
    match value:
        case dict():
            return set().union(*map(spoken_of, value.values()))
        case list():
            return set().union(*map(spoken_of, value))
        case str() if value.startswith("./") or value.endswith((".png", ".js")):
            return {value.removeprefix("./")}
        case _:
            return set()


def test_everything_that_the_manifest_names_is_in_the_package(package: Path) -> None:
    told = manifest(package)
    named = spoken_of({key: told[key] for key in ("main", "icon", "contributes")})
    assert {name for name in named if not (package / name).is_file()} == set()
    assert {
        "dist/extension.js",
        "icons/scoreline.png",
        "icons/file-light.svg",
        "icons/file-dark.svg",
        "language-configuration.json",
        "syntaxes/scoreline.tmLanguage.json",
        *(f"snippets/{language}.json" for language in languages()),
    } == named


def test_nothing_else_is_in_the_package_than_readers_and_the_editor_need(package: Path) -> None:
    there = {path.relative_to(package).as_posix() for path in package.rglob("*") if path.is_file()}
    beside = {"package.json", "readme.md", "changelog.md", "icons/scoreline.svg"}
    told = manifest(package)
    assert there - spoken_of({key: told[key] for key in ("main", "icon", "contributes")}) == beside


def test_the_package_is_what_the_repository_says(package: Path) -> None:
    for name in ("syntaxes/scoreline.tmLanguage.json", "snippets/de.json", "language-configuration.json"):
        assert (package / name).read_bytes() == (nodes.EXTENSION / name).read_bytes()


def host(package: Path, folder: Path, **settings: object) -> dict[str, Any]:
    """Runs the packaged client; what its user would have seen."""
    given = {key.replace("__", "."): value for key, value in settings.items()}
    words = (HERE / "host.js", package / "dist" / "extension.js", json.dumps(given), folder)
    ran = nodes.run("node", *map(str, words), folder=package)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return json.loads(ran.stdout.splitlines()[-1])


def test_the_client_starts_the_server_and_shows_its_diagnostics(package: Path, tmp_path: Path) -> None:
    called = {"scoreline__server__command": sys.executable, "scoreline__server__arguments": [STUB, "lsp"]}
    seen = host(package, tmp_path, waitsFor="diagnostics", **called)
    assert seen["diagnostics"][0] == {"file": "wrong.score", "messages": ["scoreline, called with lsp"]}
    assert seen["watched"] == ["**/*.score", "**/*.toml"]
    assert seen["commands"] == ["scoreline.restartServer"]
    assert seen["warnings"] == []


def test_the_program_in_the_environment_of_the_folder_is_found(package: Path, tmp_path: Path) -> None:
    program = tmp_path / ".venv" / "bin" / "scoreline"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{STUB}" "from the folder" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    seen = host(package, tmp_path, waitsFor="diagnostics")
    assert seen["diagnostics"][0]["messages"] == ["scoreline, called with from the folder lsp"]


def test_without_the_program_one_message_says_what_to_do(package: Path, tmp_path: Path) -> None:
    seen = host(package, tmp_path, scoreline__server__command="no-such-program")
    [message] = seen["warnings"]
    assert "`no-such-program` did not start" in message
    assert 'pip install "scoreline[lsp]"' in message


@pytest.mark.parametrize("setting", [{"scoreline__server__enabled": False}, {"trusted": False}])
def test_nothing_starts_where_it_may_not(package: Path, tmp_path: Path, setting: dict[str, bool]) -> None:
    seen = host(package, tmp_path, scoreline__server__command="no-such-program", **setting)
    assert (seen["warnings"], seen["diagnostics"], seen["watched"]) == ([], [], [])


def test_the_client_gets_diagnostics_from_scoreline_itself(package: Path, tmp_path: Path) -> None:
    program = Path(sys.executable).parent / "scoreline"
    seen = host(package, tmp_path, waitsFor="diagnostics", scoreline__server__command=str(program))
    assert any("condition" in message for each in seen["diagnostics"] for message in each["messages"])


COMMAND = """
const { serverCommand, isThere } = require("./src/server");
const windows = "C:\\\\rules\\\\.venv\\\\Scripts\\\\scoreline.exe";
const exists = (file) => ["/rules/.venv/bin/scoreline", windows, "/usr/bin/scoreline"].includes(file);
const of = (command, folders, platform = "linux") => serverCommand({ command, folders, platform, exists });
console.log(JSON.stringify([
  of("", ["/rules"]), of("", ["C:\\\\rules"], "win32"), of("", ["/other"]), of("", []),
  of(" /opt/scoreline ", ["/rules"]), of("bin/scoreline", ["/rules"]),
  of("${workspaceFolder}/s", ["/rules"]), of("other", ["/rules"]),
  isThere("scoreline", { exists, variables: { PATH: "/bin:/usr/bin" }, platform: "linux" }),
  isThere("scoreline", { exists, variables: { PATH: "/bin" }, platform: "linux" }),
  isThere("/usr/bin/scoreline", { exists }),
]));
"""


def test_which_program_is_started(packages: None) -> None:
    ran = nodes.run("node", "-e", COMMAND)
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == [
        *("/rules/.venv/bin/scoreline", "C:\\rules\\.venv\\Scripts\\scoreline.exe", "scoreline", "scoreline"),
        *("/opt/scoreline", "/rules/bin/scoreline", "/rules/s", "other"),
        *(True, False, True),
    ]


WORDS = """
const { pattern, flags } = require("./language-configuration.json").wordPattern;
console.log(JSON.stringify("größe >= 12_000 und कंपनी.e_1 dann +10".match(new RegExp(pattern, flags + "g"))));
"""


def test_what_a_double_click_takes_is_a_word_of_any_script(packages: None) -> None:
    ran = nodes.run("node", "-e", WORDS)
    assert json.loads(ran.stdout) == ["größe", "12_000", "und", "कंपनी", "e_1", "dann", "+10"]
