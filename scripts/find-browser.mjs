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
  const candidates = folders.flatMap((folder) => names.map((name) => join(folder, name)));
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
  for (const args of [["update"], ["install", "-y", "--no-install-recommends", "chromium-headless-shell"]]) {
    spawnSync("apt-get", ["-q", ...args], { stdio: ["ignore", "ignore", "inherit"] });
  }
  return installedBrowser();
}
