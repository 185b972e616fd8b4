// `node scripts/screenshots.mjs`: takes the pictures of the README again, of what is built, into docs/images, and draws those of the web app.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { findBrowser } from "./find-browser.mjs";
import { runChild } from "./run-child.mjs";
import { fail, root, setup, toolEnvironment } from "./setup.mjs";

setup("install", "generate", "web");
const browser = process.env.BROWSER_PATH ?? findBrowser() ?? fail("no browser can be had");
const draw = ["e2e/draw-pictures.ts", browser, join(root, "web", "public")];
const { status } = spawnSync("node", draw, { cwd: root, stdio: "inherit", env: toolEnvironment });
if (status !== 0) fail("the pictures of the web app could not be drawn");
runChild("node", ["e2e/take-screenshots.ts", browser, join(root, "docs", "images")]);
