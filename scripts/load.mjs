// `npm run load`: sets up what is missing and puts the server under load and under attack; `-- --only NAME` runs one case, `-- --minutes N`
// sets how long the soak and survival last.
import { runChild } from "./run-child.mjs";
import { setup } from "./setup.mjs";

setup("install", "generate", "web");
runChild("node", ["bench/load/main.ts", ...process.argv.slice(2)]);
