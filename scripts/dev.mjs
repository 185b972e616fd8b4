// `npm run dev`: serves the app from its sources with hot reload, and starts the server again on every change to it.
import { watch } from "node:fs";
import { join } from "node:path";
import { runChild } from "./run-child.mjs";
import { root, setup, trySetup } from "./setup.mjs";

setup("install");
if (!trySetup("generate")) console.error("serving what was generated before, until proto/ is right again");
for (const folder of ["triptych", "legacy", "standard"]) generateOnChange(join(root, "proto", folder));
runChild("node", ["--watch", "--watch-preserve-output", "server/src/dev.ts"]);

function generateOnChange(folder) {
  // An editor that saves once makes several events.
  let timer;
  try {
    watch(folder, { recursive: true }, () => {
      clearTimeout(timer);
      // What is being written may not parse: the server stays, and the next change is another try.
      timer = setTimeout(() => trySetup("generate"), 50);
    });
  } catch {
    // Node 18 cannot on Linux, and runs this only the first time, before a newer one is installed.
    console.log(`${folder} is not watched: run npm run generate after a change to it`);
  }
}
