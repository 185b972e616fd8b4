// `npm run dev`: serves the app from its sources with hot reload, and starts the server anew on every change to it.
import { watch } from "node:fs";
import { join } from "node:path";
import { runChild } from "./run-child.mjs";
import { root, setup } from "./setup.mjs";

setup("install", "generate");
for (const folder of ["triptych", "legacy", "standard"]) {
  watch(join(root, "proto", folder), { recursive: true }, () => setup("generate"));
}
runChild("node", ["--watch", "--watch-preserve-output", "server/src/dev.ts"]);
