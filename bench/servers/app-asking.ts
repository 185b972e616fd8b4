import { createHash, randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { app } from "./app.ts";
import type { ServerSpec } from "./server-spec.ts";

const id = randomBytes(6).toString("hex");

/** An API key that `appAsking` knows. */
export const apiKey: string = `tk_${id}_${randomBytes(32).toString("base64url")}`;

/** The app, asking who calls, with all that comes with it; a caller may have more than any load asks for. */
export const appAsking: ServerSpec = {
  ...app,
  name: "app, identity on",
  async launch(place, purpose) {
    const file = join(place, "api-keys.json");
    const hash = createHash("sha256").update(apiKey).digest("hex");
    const key = { id, name: "load", hash, isAdmin: false, createdAt: new Date().toISOString() };
    await writeFile(file, JSON.stringify({ keys: [key] }));
    const { args, env } = await app.launch(place, purpose);
    const share = { CALLER_COST_PER_SECOND: "1000000", CALLER_COST_AT_ONCE: "10000000", MAX_CALLS_PER_CALLER: "1000" };
    return { args, env: { ...env, ...share, API_KEYS_FILE: file } };
  },
};
