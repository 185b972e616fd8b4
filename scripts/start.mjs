// `npm start`: sets up what is missing and serves everything on one port.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runChild } from "./run-child.mjs";
import { root, setup } from "./setup.mjs";

setup("install", "generate", "web");
// How Node is run so that the server is small: docs/operating.md says what each part is for.
const { args, env } = JSON.parse(readFileSync(join(root, "server", "runtime.json"), "utf8"));
runChild("node", [...args, "server/src/main.ts"], env);
