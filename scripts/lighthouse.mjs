// `npm run lighthouse`: measures every page with Lighthouse, which npx fetches; `-- /greeter …` only the pages named.
import { join } from "node:path";
import { findBrowser } from "./find-browser.mjs";
import { runChild } from "./run-child.mjs";
import { fail, root, setup } from "./setup.mjs";

const ALL = ["/", "/calculator", "/greeter", "/books", "/streams", "/explorer"];
const named = process.argv.slice(2);

setup("install", "generate", "web");
const browser = process.env.BROWSER_PATH ?? findBrowser() ?? fail("no browser can be had");
const reports = join(root, "node_modules", ".cache", "triptych", "reports");
runChild("node", ["e2e/lighthouse.ts", browser, reports, ...(named.length > 0 ? named : ALL)]);
