import { readFileSync } from "node:fs";

/** The names of all settings of the server, as `.env.example` has them. */
export const KNOWN_SETTINGS: ReadonlySet<string> = new Set(
  [...readFileSync(new URL("../../.env.example", import.meta.url), "utf8").matchAll(/^([A-Z_0-9]+)=/gm)].map(
    ([, name = ""]) => name,
  ),
);
