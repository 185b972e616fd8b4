import { createHash, randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sendRequest } from "@triptych/testkit/clients/send-request.ts";
import { AUDIENCE, type Issuer, startIssuer } from "@triptych/testkit/sign-in/issuer.ts";
import { PageClient } from "@triptych/testkit/sign-in/page-client.ts";
import { startSignInProvider } from "@triptych/testkit/sign-in/start-provider.ts";
import { app, appIn } from "./app.ts";
import type { RunningServer, ServerSpec } from "./server-spec.ts";

/** More than any load asks for. */
const share = { CALLER_COST_PER_SECOND: "1000000", CALLER_COST_AT_ONCE: "10000000", MAX_CALLS_PER_CALLER: "1000" };

/** An app that asks who calls, and how callers show it. */
export interface AskingApp {
  readonly spec: ServerSpec;
  /** The same app, which does not ask. */
  readonly unasked: ServerSpec;
  /** The headers by which a caller is known to a running server; undefined: such as are as long, for one that does not ask. */
  headersFor(server: RunningServer | undefined): Promise<Readonly<Record<string, string>>>;
}

const id = randomBytes(6).toString("hex");
const apiKey = `tk_${id}_${randomBytes(32).toString("base64url")}`;

/** The app, asking who calls, by API keys, with a share for each caller. */
export const appAskingForKeys: AskingApp = {
  spec: appAsking("by key", async (place) => {
    const file = join(place, "api-keys.json");
    const hash = createHash("sha256").update(apiKey).digest("hex");
    const key = { id, name: "load", hash, isAdmin: false, createdAt: new Date().toISOString() };
    await writeFile(file, JSON.stringify({ keys: [key] }));
    return { API_KEYS_FILE: file };
  }),
  unasked: app,
  headersFor: async () => ({ authorization: `Bearer ${apiKey}` }),
};

let issuer: Promise<Issuer> | undefined;

function issuerOfTokens(): Promise<Issuer> {
  issuer ??= startIssuer();
  return issuer;
}

/** The same, by tokens. */
export const appAskingForTokens: AskingApp = {
  spec: appAsking("by token", async () => {
    const { url } = await issuerOfTokens();
    return { OIDC_ISSUER: url, OIDC_AUDIENCE: AUDIENCE };
  }),
  unasked: app,
  headersFor: async () => ({ authorization: `Bearer ${await (await issuerOfTokens()).tokenOf("load")}` }),
};

/** Where browsers see the pages: something in front encrypts. */
const ORIGIN = "https://books.example";
/** How long the tokens of a person are valid, in seconds: longer than one server is measured. */
const TOKEN_SECONDS = 3_600;

/** The same, by the sessions of pages. */
export const appAskingForSessions: AskingApp = {
  spec: {
    ...app,
    name: "app, identity on, by session",
    async launch(place, purpose) {
      const { args, env } = await app.launch(place, purpose);
      const { settings, stop } = await startSignInProvider(ORIGIN, TOKEN_SECONDS);
      return { args, env: { ...env, ...share, ...settings }, end: stop };
    },
  },
  unasked: appIn("app", (place) => join(place, "data"), { PUBLIC_URL: ORIGIN }),
  async headersFor(server) {
    if (server === undefined) return { origin: ORIGIN, cookie: `__Host-triptych-session=${"s".repeat(43)}` };
    const page = new PageClient(`http://127.0.0.1:${server.port}`, ORIGIN);
    await page.signIn("load");
    const headers = { origin: ORIGIN, cookie: page.cookieHeader };
    await requireKnown(server, headers);
    return headers;
  },
};

/** Calls what only who is known may call; `Add` would be answered to nobody, too. */
async function requireKnown({ port }: RunningServer, headers: Readonly<Record<string, string>>): Promise<void> {
  const path = "/triptych.order.v1.OrderService/ListOrders";
  const json = { ...headers, "content-type": "application/json" };
  const { status } = await sendRequest(`http://127.0.0.1:${port}`, path, { method: "POST", headers: json, body: "{}" });
  if (status !== 200) throw new Error(`the caller is not known: HTTP ${status}`);
}

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
