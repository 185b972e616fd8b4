// `npm run bench`: sets up what is missing and measures Triptych beside its peers; `npm run bench -- --help` tells what it can do.
import { runChild } from "./run-child.mjs";
import { setup } from "./setup.mjs";

setup("install", "generate", "web");
runChild("node", ["bench/main.ts", ...process.argv.slice(2)]);
