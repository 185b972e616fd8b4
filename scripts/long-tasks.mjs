// `npm run long-tasks`: measures for how long a large response holds up the page of the Explorer.
import { findBrowser } from "./find-browser.mjs";
import { runChild } from "./run-child.mjs";
import { fail, setup } from "./setup.mjs";

setup("install", "generate", "web");
runChild("node", ["e2e/long-tasks.ts", process.env.BROWSER_PATH ?? findBrowser() ?? fail("no browser can be had")]);
