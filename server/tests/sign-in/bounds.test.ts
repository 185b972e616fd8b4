import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { sendRequest } from "@triptych/testkit/clients/send-request.ts";
import { pino } from "pino";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type StartedServer, startServer } from "../../src/testing/start-server.ts";

/** What the provider was asked, each still without an answer. */
let asked: ServerResponse[];
let whenAsked: PromiseWithResolvers<void>;
let provider: Server;
let issuer: string;
const started: StartedServer[] = [];

beforeEach(async () => {
  asked = [];
  whenAsked = Promise.withResolvers();
  provider = createServer((_request, response) => {
    asked.push(response);
    whenAsked.resolve();
  });
  await once(provider.listen(0, "127.0.0.1"), "listening");
  issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
});

afterEach(async () => {
  provider.closeAllConnections();
  await once(provider.close(), "close");
  for (const server of started.splice(0)) await server.close();
});

async function start(settings: Readonly<Record<string, string>>, lines: string[] = []): Promise<StartedServer> {
  const signIn = { OIDC_ISSUER: issuer, OIDC_AUDIENCE: "x", OIDC_CLIENT_ID: "triptych", OIDC_CLIENT_SECRET: "secret" };
  const logger = pino({}, { write: (line: string) => lines.push(line) });
  const all = { ...signIn, PUBLIC_URL: "https://books.example", ...settings };
  const server = await startServer(all, { logger });
  started.push(server);
  return server;
}

const ask = ({ baseUrl }: StartedServer, path: string) =>
  sendRequest(baseUrl, path, { headers: { host: "books.example" } });

it("lets 50 wait for a provider that hangs, rejects more at once, and goes on with pages", async () => {
  const server = await start({ MAX_ANSWERS_PER_ADDRESS: "0", MAX_CONNECTIONS_PER_ADDRESS: "0" });
  const all = Array.from({ length: 51 }, () => ask(server, "/auth/sign-in"));
  const first = await Promise.race(all);
  expect([first.status, first.headers["retry-after"]]).toEqual([503, "1"]);
  expect(first.body.toString()).toContain("Too many others are waiting");
  expect((await ask(server, "/")).status).toBe(404);
  await whenAsked.promise;
  for (const response of asked) response.writeHead(500).end();
  const waited = (await Promise.all(all)).filter(({ body }) => body.toString().includes("cannot be reached"));
  expect(waited).toHaveLength(50);
  // A provider that has failed is left alone for a while.
  expect((await ask(server, "/auth/sign-in")).status).toBe(503);
  expect(asked).toHaveLength(1);
});

it("rejects more than 200 sign-ins at once of one address", async () => {
  const server = await start({});
  const statuses = new Map<number | undefined, number>();
  for (let sent = 0; sent < 30; sent += 1) {
    const all = await Promise.all(Array.from({ length: 10 }, () => ask(server, "/auth/callback?code=x&state=x")));
    for (const { status } of all) statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  expect(statuses.get(400)).toBeGreaterThanOrEqual(200);
  expect(statuses.get(429)).toBeGreaterThan(0);
  expect((await ask(server, "/")).status).toBe(404);
});

it("says in the log what a browser did wrong, as no trouble of the server", async () => {
  const lines: string[] = [];
  const server = await start({}, lines);
  expect((await ask(server, "/auth/callback?code=x&state=x")).status).toBe(400);
  const levels = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg.startsWith("a sign-in"));
  expect(levels.map(({ level, msg }) => [level, msg])).toEqual([[30, "a sign-in was refused"]]);
  expect(asked).toEqual([]);
});

it("does not read an answer of the provider that is too long", async () => {
  const lines: string[] = [];
  const server = await start({}, lines);
  const answer = ask(server, "/auth/sign-in");
  await whenAsked.promise;
  const document = { issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token` };
  asked[0]?.setHeader("content-type", "application/json");
  asked[0]?.end(JSON.stringify({ ...document, jwks_uri: `${issuer}/keys`, more: "x".repeat(1_000_000) }));
  expect((await answer).status).toBe(503);
  expect(lines.join("")).toContain("more than 1 MB");
});
