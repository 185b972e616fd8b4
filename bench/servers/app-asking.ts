import { createHash, randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AUDIENCE, type Issuer, startIssuer } from "@triptych/testkit/sign-in/issuer.ts";
import { app } from "./app.ts";
import type { ServerSpec } from "./server-spec.ts";

/** More than any load asks for. */
const share = { CALLER_COST_PER_SECOND: "1000000", CALLER_COST_AT_ONCE: "10000000", MAX_CALLS_PER_CALLER: "1000" };

const id = randomBytes(6).toString("hex");

/** An API key that `appAskingForKeys` knows. */
export const apiKey: string = `tk_${id}_${randomBytes(32).toString("base64url")}`;

/** The app, asking who calls, by API keys, with a share for each caller. */
export const appAskingForKeys: ServerSpec = appAsking("by key", async (place) => {
  const file = join(place, "api-keys.json");
  const hash = createHash("sha256").update(apiKey).digest("hex");
  const key = { id, name: "load", hash, isAdmin: false, createdAt: new Date().toISOString() };
  await writeFile(file, JSON.stringify({ keys: [key] }));
  return { API_KEYS_FILE: file };
});

let issuer: Promise<Issuer> | undefined;

/** The issuer whose tokens `appAskingForTokens` takes. */
export function issuerOfTokens(): Promise<Issuer> {
  issuer ??= startIssuer();
  return issuer;
}

/** The same, by tokens. */
export const appAskingForTokens: ServerSpec = appAsking("by token", async () => {
  const { url } = await issuerOfTokens();
  return { OIDC_ISSUER: url, OIDC_AUDIENCE: AUDIENCE };
});

function appAsking(how: string, settings: (place: string) => Promise<Readonly<Record<string, string>>>): ServerSpec {
  return {
    ...app,
    name: `app, identity on, ${how}`,
    async launch(place, purpose) {
      const { args, env } = await app.launch(place, purpose);
      return { args, env: { ...env, ...share, ...(await settings(place)) } };
    },
  };
}
