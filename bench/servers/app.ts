import { join } from "node:path";
import runtime from "@triptych/server/runtime.json" with { type: "json" };
import { root } from "../paths.ts";
import type { ServerSpec } from "./server-spec.ts";

/** The real server as `npm start` runs it, with everything on, over a store of its own. */
export const app: ServerSpec = appIn("app", (place) => join(place, "data"));

/** The real server with its data in a folder. */
export function appIn(name: string, dataFolder: (place: string) => string): ServerSpec {
  return {
    name,
    ours: true,
    launch: (place) => ({
      args: [...runtime.args, join(root, "server", "src", "main.ts")],
      env: { ...runtime.env, HOST: "127.0.0.1", PORT: "0", DATA_DIR: dataFolder(place), LOG_LEVEL: "info" },
    }),
  };
}
