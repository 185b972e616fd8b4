import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { PageClient } from "@triptych/testkit/sign-in/page-client.ts";
import { type SignInProvider, startSignInProvider } from "@triptych/testkit/sign-in/start-provider.ts";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { StoreBusy } from "../../src/domain/errors.ts";
import type { SessionStore } from "../../src/domain/session-store.ts";
import { startSignIn } from "../../src/sign-in/start-sign-in.ts";
import { openSessionStore } from "../../src/storage/sqlite/session-store.ts";
import { useDatabase } from "../../src/storage/sqlite/testing/use-database.ts";

const ORIGIN = "https://books.example";
const used = useDatabase();
let provider: SignInProvider;
/** What the store does otherwise, in the test that runs. */
let changed: Partial<SessionStore>;
let server: Server;
let browser: PageClient;

// A token that is to be refreshed at once.
beforeAll(async () => {
  provider = await startSignInProvider(ORIGIN, 4);
});
afterAll(() => provider.stop());

beforeEach(async () => {
  changed = {};
  const store = { ...openSessionStore(used.database) };
  for (const name of Object.keys(store) as (keyof SessionStore)[])
    Object.assign(store, { [name]: withChanges(name, store[name]) });
  const config = {
    ...{ issuer: provider.issuer, clientId: "triptych", clientSecret: provider.settings.OIDC_CLIENT_SECRET },
    ...{ scopes: "openid profile", origin: ORIGIN },
  };
  const { routes } = startSignIn(config, {
    ...{
      store,
      admins: [],
      takesCertificates: false,
      now: Date.now,
      addressOf: undefined,
      readers: { numberOf: async () => 1 },
    },
    ...{ onFailure: () => {}, onRefused: () => {} },
  });
  server = createServer((request, response) => {
    routes(new URL(request.url ?? "", ORIGIN).pathname)?.(request, response);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  browser = new PageClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, ORIGIN);
  await browser.signIn("alice");
});

afterEach(async () => {
  server.closeAllConnections();
  await once(server.close(), "close");
});

function withChanges(name: keyof SessionStore, own: unknown): unknown {
  return (...values: unknown[]) => Reflect.apply((changed[name] ?? own) as () => unknown, undefined, values);
}

const refresh = () => browser.request("/auth/refresh", { method: "POST" });
const refreshes = () => provider.answered().filter((answer) => answer.startsWith("/token refresh_token")).length;

it("keeps the next token of a session until the store takes it", async () => {
  const before = refreshes();
  changed = {
    async renew() {
      changed = {};
      throw new StoreBusy("another has it");
    },
  };
  const { status, body } = await refresh();
  expect([status, JSON.parse(body.toString()).user.name]).toEqual([200, "alice of the test"]);
  expect(refreshes()).toBe(before + 1);
  expect((await refresh()).status).toBe(200);
});

it("goes on for who signs in again in the same browser", async () => {
  await browser.signIn("alice");
  for (let times = 0; times < 2; times++) {
    const { status, body } = await refresh();
    expect([status, JSON.parse(body.toString()).user?.name]).toEqual([200, "alice of the test"]);
  }
});

it("has the provider take back the next token of a session that has ended meanwhile", async () => {
  const inner = openSessionStore(used.database);
  changed = {
    async renew(id, by, renewed) {
      await inner.end(id);
      return inner.renew(id, by, renewed);
    },
  };
  const before = provider.answered().filter((answer) => answer.startsWith("/token/revocation")).length;
  const { status, body } = await refresh();
  expect([status, JSON.parse(body.toString()).user]).toEqual([200, null]);
  await expect
    .poll(() => provider.answered().filter((answer) => answer.startsWith("/token/revocation")).length)
    .toBe(before + 1);
});

it.each([
  ["/auth/session", "GET"],
  ["/auth/refresh", "POST"],
  ["/auth/sign-out", "POST"],
])(
  "answers %s that it may be tried again while the store cannot be read, and keeps the cookie",
  async (path, method) => {
    const cookies = [...browser.cookies];
    changed = { find: () => Promise.reject(new StoreBusy("another has it")) };
    // Whatever was found lately is not looked for again.
    if (path === "/auth/session") browser.cookies.set("__Host-triptych-session", "s".repeat(43));
    const { status, headers } = await browser.request(path, { method });
    expect([status, headers["retry-after"], headers["set-cookie"]]).toEqual([503, "1", undefined]);
    if (path !== "/auth/session") expect([...browser.cookies]).toEqual(cookies);
  },
);
