// `node scripts/screenshots.mjs`: takes the pictures of the README again, of what is built, into docs/images.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findBrowser } from "./find-browser.mjs";
import { fail, root, setup, toolEnvironment } from "./setup.mjs";

const browser = process.env.BROWSER_PATH;
if (browser === undefined) {
  setup("install", "generate", "web");
  const found = findBrowser() ?? fail("no browser can be had");
  // Once more, under the project's own Node, which runs TypeScript.
  const env = { ...toolEnvironment, BROWSER_PATH: found };
  const { status } = spawnSync("node", [fileURLToPath(import.meta.url)], { stdio: "inherit", env });
  process.exitCode = status ?? 1;
} else {
  const { takeScreenshots } = await import("../e2e/take-screenshots.ts");
  await takeScreenshots(browser, join(root, "docs", "images"));
}
