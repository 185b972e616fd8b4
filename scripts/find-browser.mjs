// Finds a browser for the tests, or gets one.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { root, toolEnvironment } from "./setup.mjs";

// The shell first: it has no window to draw, and needs half of the time that Chromium needs for a page.
const names = [
  "chromium-headless-shell",
  "chrome-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
];
const places = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
const DOWNLOAD_LIMIT_MS = 180_000;

/**
 * The path of a Chromium or Chrome: one that is installed, else Playwright's own, else, as root on Debian, one that is
 * installed now. Undefined when none can be had.
 */
export function findBrowser() {
  return installedBrowser() ?? playwrightBrowser() ?? downloadedBrowser() ?? debianBrowser();
}

function installedBrowser() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...candidates, ...places].find((path) => existsSync(path));
}

function playwrightBrowser() {
  const script = "console.log(require('playwright-core').chromium.executablePath())";
  const { stdout } = spawnSync("node", ["-e", script], { cwd: root, env: toolEnvironment, encoding: "utf8" });
  const path = stdout.trim();
  return path && existsSync(path) ? path : undefined;
}

function downloadedBrowser() {
  console.log("no browser is installed: trying Playwright's own …");
  const cli = join(root, "node_modules", "@playwright", "test", "cli.js");
  const options = { cwd: root, env: toolEnvironment, stdio: "ignore", timeout: DOWNLOAD_LIMIT_MS };
  spawnSync("node", [cli, "install", "chromium"], options);
  return playwrightBrowser();
}

function debianBrowser() {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return undefined;
  console.log("Playwright's own cannot be had: installing Debian's chromium-headless-shell …");
  const aptGet = (...args) => spawnSync("apt-get", ["-q", ...args], { stdio: ["ignore", "ignore", "inherit"] }).status;
  aptGet("update");
  const install = (name) => aptGet("install", "-y", "--no-install-recommends", name) === 0;
  // Older editions have no package for the shell.
  if (!install("chromium-headless-shell")) install("chromium");
  return installedBrowser();
}
