import { fileURLToPath } from "node:url";
import type { ServerSpec } from "./server-spec.ts";

/** A server that is a program of `peers/`, run by this Node. */
export function nodePeer(name: string, [file, ...args]: readonly [string, ...string[]], ours = false): ServerSpec {
  const path = fileURLToPath(new URL(`../peers/${file}`, import.meta.url));
  // Lets those who measure memory ask for a collection first.
  return { name, ours, collects: true, launch: () => ({ args: ["--expose-gc", path, ...args] }) };
}
