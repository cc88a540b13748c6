"use strict";

// Starts `scoreline lsp` and connects it to the editor. Colours and snippets need none of this.

const vscode = require("vscode");
const { LanguageClient, State } = require("vscode-languageclient/node");
const { serverCommand, isThere } = require("./server");

let client;
let output;
// Starting and stopping wait for each other.
let last = Promise.resolve();

async function activate(context) {
  output = vscode.window.createOutputChannel("Scoreline", { log: true });
  context.subscriptions.push(
    output,
    vscode.commands.registerCommand("scoreline.restartServer", restart),
    vscode.workspace.onDidChangeConfiguration((change) =>
      change.affectsConfiguration("scoreline.server") ? restart() : undefined,
    ),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
  );
  await restart();
}

function deactivate() {
  return next(stop);
}

function restart() {
  return next(async () => {
    await stop();
    await start();
  });
}

function next(step) {
  last = last.then(step, step);
  return last;
}

async function stop() {
  const running = client;
  client = undefined;
  if (running && running.state === State.Running) {
    await running.stop();
  }
}

async function start() {
  const settings = vscode.workspace.getConfiguration("scoreline.server");
  if (!settings.get("enabled", true)) {
    return;
  }
  if (!vscode.workspace.isTrusted) {
    output.info("the language server starts in trusted folders only");
    return;
  }
  const folders = (vscode.workspace.workspaceFolders || [])
    .filter((folder) => folder.uri.scheme === "file")
    .map((folder) => folder.uri.fsPath);
  const command = serverCommand({ command: settings.get("command", ""), folders });
  if (!isThere(command)) {
    void explain(command, "there is no such program");
    return;
  }
  const run = { command, args: settings.get("arguments", ["lsp"]), options: { cwd: folders[0] } };
  client = new LanguageClient("scoreline", "Scoreline", run, {
    documentSelector: [
      { scheme: "file", language: "scoreline" },
      { scheme: "untitled", language: "scoreline" },
    ],
    outputChannel: output,
    synchronize: {
      fileEvents: [
        vscode.workspace.createFileSystemWatcher("**/*.score"),
        vscode.workspace.createFileSystemWatcher("**/*.toml"),
      ],
    },
  });
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    void explain(command, error && error.message ? error.message : error);
  }
}

async function explain(command, reason) {
  output.error(`\`${command}\` did not start: ${reason}`);
  const settings = "Open the setting";
  const chosen = await vscode.window.showWarningMessage(
    `Scoreline: \`${command}\` did not start, so there are colours and snippets, but no checks. ` +
      "Install it with `pip install \"scoreline[lsp]\"`, or say where it is.",
    settings,
  );
  if (chosen === settings) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "scoreline.server.command");
  }
}

module.exports = { activate, deactivate };
