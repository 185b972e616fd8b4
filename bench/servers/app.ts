import { join } from "node:path";
import runtime from "@triptych/server/runtime.json" with { type: "json" };
import { root } from "../paths.ts";
import type { ServerSpec } from "./server-spec.ts";

/** The real server as `npm start` runs it, with everything on, over a store of its own. */
export const app: ServerSpec = appIn("app", (place) => join(place, "data"));

/** The same, which keeps the spans of every call. */
export const appTraced: ServerSpec = appIn("app, tracing on", (place) => join(place, "data"), { SHOW_SPANS: "yes" });

/** The real server with its data in a folder, and settings beyond that. */
export function appIn(
  name: string,
  dataFolder: (place: string) => string,
  settings: Readonly<Record<string, string>> = {},
): ServerSpec {
  return {
    name,
    ours: true,
    launch: (place) => ({
      args: [...runtime.args, join(root, "server", "src", "main.ts")],
      env: {
        ...{ ...runtime.env, HOST: "127.0.0.1", PORT: "0", DATA_DIR: dataFolder(place), LOG_LEVEL: "info" },
        ...settings,
      },
    }),
  };
}
