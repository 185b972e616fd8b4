// `npm start`: sets up what is missing and serves everything on one port.
import { runChild } from "./run-child.mjs";
import { setup } from "./setup.mjs";

setup("install", "generate", "web");
runChild("node", ["server/src/main.ts"]);
