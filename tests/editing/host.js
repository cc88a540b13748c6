"use strict";

// Stands in for VS Code: runs the packaged client with a module `vscode` that has just what the client asks for, and a
// server that is told by the arguments. Prints what was seen as one line of JSON.
//
//   node host.js EXTENSION.JS SETTINGS.JSON FOLDER

const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");
const url = require("node:url");

const [bundle, settingsText, folder] = process.argv.slice(2);
const settings = JSON.parse(settingsText);
const seen = { commands: [], watched: [], warnings: [], output: [], diagnostics: [], opened: [] };

class Disposable {
  constructor(dispose) { this.disposeNow = dispose; }
  dispose() { if (this.disposeNow) { this.disposeNow(); } }
  static from(...all) { return new Disposable(() => all.forEach((each) => each.dispose())); }
}
class EventEmitter {
  constructor() {
    this.listeners = new Set();
    this.event = (listener, self) => {
      const bound = self ? listener.bind(self) : listener;
      this.listeners.add(bound);
      return new Disposable(() => this.listeners.delete(bound));
    };
  }
  fire(value) { [...this.listeners].forEach((listener) => listener(value)); }
  dispose() { this.listeners.clear(); }
}
class Uri {
  constructor(file) { this.scheme = "file"; this.fsPath = file; this.path = file; this.authority = this.query = this.fragment = ""; }
  static parse(text) { return new Uri(url.fileURLToPath(text)); }
  static file(file) { return new Uri(file); }
  toString() { return url.pathToFileURL(this.fsPath).toString(); }
  with() { return this; }
}
class Position { constructor(line, character) { Object.assign(this, { line, character }); } }
class Range { constructor(a, b, c, d) { Object.assign(this, a instanceof Position ? { start: a, end: b } : { start: new Position(a, b), end: new Position(c, d) }); } }
class Diagnostic { constructor(range, message, severity) { Object.assign(this, { range, message, severity }); } }
class CancellationTokenSource { constructor() { this.token = { isCancellationRequested: false, onCancellationRequested: () => new Disposable() }; } cancel() {} dispose() {} }
class CodeActionKind {
  constructor(value) { this.value = value; }
  append(part) { return new CodeActionKind(this.value ? `${this.value}.${part}` : part); }
  contains(other) { return this.value === "" || other.value === this.value || other.value.startsWith(`${this.value}.`); }
}
CodeActionKind.Empty = new CodeActionKind("");
class Anything { constructor(...all) { this.all = all; } }

const opened = new EventEmitter();
const nothing = new EventEmitter();
const uri = Uri.file(path.join(folder, "wrong.score"));
const text = "model Fit for lead\n  when then +1\n";
const document = {
  uri, fileName: uri.fsPath, languageId: "scoreline", version: 1, isUntitled: false, isDirty: false, isClosed: false,
  getText: () => text, lineCount: 3, notebook: undefined,
};
const workspaceFolder = { uri: Uri.file(folder), name: "rules", index: 0 };

function permissive(known) {
  return new Proxy(known, {
    get(target, name) {
      if (name in target || typeof name === "symbol" || name === "then") { return target[name]; }
      if (/^on(Did|Will)/.test(name)) { return nothing.event; }
      if (/^(register|create)/.test(name)) { return () => permissive({ dispose() {} }); }
      return /^[A-Z]/.test(name) ? Anything : undefined;
    },
  });
}

const vscode = permissive({
  Disposable, EventEmitter, Uri, Position, Range, Diagnostic, CancellationTokenSource, CodeActionKind,
  version: "1.91.0",
  env: permissive({ appName: "a host for tests", language: "en" }),
  DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2, Hint: 3 },
  commands: permissive({ registerCommand(name) { seen.commands.push(name); return new Disposable(); }, executeCommand: async () => undefined }),
  languages: permissive({
    match: () => 10,
    createDiagnosticCollection: () => ({
      set(where, all) { seen.diagnostics.push({ file: path.basename(where.fsPath), messages: (all || []).map((each) => each.message) }); },
      delete() {}, clear() {}, dispose() {}, has: () => false, forEach() {},
    }),
  }),
  window: permissive({
    visibleTextEditors: [], activeTextEditor: undefined, tabGroups: permissive({ all: [] }),
    createOutputChannel(name, options) {
      const say = (line) => seen.output.push(line);
      const levels = options && options.log ? { trace: say, debug: say, info: say, warn: say, error: say } : {};
      return { name, append: say, appendLine: say, show() {}, dispose() {}, onDidChangeLogLevel: nothing.event, ...levels };
    },
    showWarningMessage: async (message) => { seen.warnings.push(message); },
    showErrorMessage: async (message) => { seen.warnings.push(message); },
  }),
  workspace: permissive({
    isTrusted: settings.trusted !== false,
    workspaceFolders: [workspaceFolder],
    getWorkspaceFolder: () => workspaceFolder,
    textDocuments: [document], notebookDocuments: [],
    onDidOpenTextDocument: opened.event,
    getConfiguration: (section) => ({ get: (name, otherwise) => settings[[section, name].filter(Boolean).join(".")] ?? otherwise, has: () => false, inspect: () => undefined }),
    createFileSystemWatcher(pattern) { seen.watched.push(pattern); return permissive({ onDidCreate: nothing.event, onDidChange: nothing.event, onDidDelete: nothing.event, dispose() {} }); },
  }),
});

// The bundle copies what the module names, so every class that it may speak of has to be there: empty, if not above.
for (const [, name] of fs.readFileSync(bundle, "utf8").matchAll(/\.([A-Z]\w+)/g)) {
  if (!Object.hasOwn(vscode, name)) { vscode[name] = class extends Anything {}; }
}

const load = Module._load;
Module._load = function (name, ...rest) { return name === "vscode" ? vscode : load.call(this, name, ...rest); };

async function main() {
  const extension = require(path.resolve(bundle));
  await extension.activate({ subscriptions: [] });
  const until = Date.now() + 15000;
  while (settings.waitsFor === "diagnostics" && !seen.diagnostics.some((each) => each.messages.length) && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await extension.deactivate();
  console.log(JSON.stringify(seen));
  process.exit(0);
}

main().catch((error) => { console.error(error); console.log(JSON.stringify(seen)); process.exit(1); });
