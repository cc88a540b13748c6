"use strict";

// Which program the language server is, told from settings and folders. Knows nothing of VS Code, so that it
// can be tried without it.

const fs = require("node:fs");
const path = require("node:path");

/** Where a virtual environment keeps the program, for the platform. */
function inEnvironment(folder, platform) {
  return platform === "win32"
    ? path.win32.join(folder, ".venv", "Scripts", "scoreline.exe")
    : path.posix.join(folder, ".venv", "bin", "scoreline");
}

/**
 * The command to start: what the setting says, else the one in `.venv` of a folder, else the one on the PATH.
 * A relative path in the setting is meant from the first folder; `${workspaceFolder}` stands for that folder.
 */
function serverCommand({ command, folders, platform = process.platform, exists = fs.existsSync }) {
  const first = folders[0];
  const told = (command || "").trim();
  if (told) {
    const filled = first ? told.replaceAll("${workspaceFolder}", first) : told;
    const isPath = /[\\/]/.test(filled);
    return isPath && first && !path.isAbsolute(filled) ? path.join(first, filled) : filled;
  }
  const own = folders.map((folder) => inEnvironment(folder, platform)).find((each) => exists(each));
  return own || "scoreline";
}

/** Whether there is such a program: a file at the path, or one of that name on the PATH. */
function isThere(command, { platform = process.platform, variables = process.env, exists = fs.existsSync } = {}) {
  if (/[\\/]/.test(command)) {
    return exists(command);
  }
  const endings = platform === "win32" ? ["", ".exe", ".cmd", ".bat"] : [""];
  const folders = (variables.PATH || variables.Path || "").split(platform === "win32" ? ";" : ":");
  return folders.some((folder) => folder && endings.some((ending) => exists(path.join(folder, command + ending))));
}

module.exports = { serverCommand, isThere };
