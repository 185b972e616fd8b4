import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  type CryptoKey,
  exportJWK,
  type FlattenedJWSInput,
  generateKeyPair,
  type JWK,
  type JWTHeaderParameters,
} from "jose";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createIssuerKeys, keysUrl } from "./issuer-keys.ts";

let jwk: JWK;
let publicKey: CryptoKey;
let server: Server;
let url: string;
/** The paths that were asked for. */
let asked: string[];
/** With what the issuer answers on each path. */
let answers: Record<string, { readonly status: number; readonly body: string }>;

beforeAll(async () => {
  ({ publicKey } = await generateKeyPair("ES256", { extractable: true }));
  jwk = { ...(await exportJWK(publicKey)), kid: "1", alg: "ES256", use: "sig" };
});

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    const { status, body } = answers[path] ?? { status: 404, body: "" };
    response.writeHead(status, { "content-type": "application/json" }).end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // A TCP server that listens has an address and port.
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  answers = {
    [DISCOVERY]: { status: 200, body: JSON.stringify({ issuer: url, jwks_uri: `${url}/keys` }) },
    "/keys": { status: 200, body: JSON.stringify({ keys: [jwk] }) },
  };
});

afterEach(async () => {
  server.close();
  server.closeAllConnections();
  await once(server, "close");
});

const DISCOVERY = "/.well-known/openid-configuration";
const DOWN = { status: 503, body: "down" };

/** Asks for the key of a token. */
async function keyOf(keys: ReturnType<typeof createIssuerKeys>, kid = "1") {
  const header: JWTHeaderParameters = { alg: "ES256", kid };
  const token: FlattenedJWSInput = { payload: "", signature: "" };
  return keys(header, token);
}

describe.each([
  ["has no discovery document", DISCOVERY, DOWN],
  ["has no keys", "/keys", DOWN],
  ["has keys that are none", "/keys", { status: 200, body: "{}" }],
])("an issuer that %s", (_what, path, answer) => {
  it("is not asked again for every token, and is once some time has passed", async () => {
    let now = 0;
    const keys = createIssuerKeys(url, () => now);
    const good = answers[path];
    answers[path] = answer;
    const { message } = await keyOf(keys).catch((error) => error);
    const before = [...asked];
    for (const kid of ["1", "2", "3"]) await expect(keyOf(keys, kid)).rejects.toThrow(message);
    expect(asked).toEqual(before);
    now += 6_000;
    if (good) answers[path] = good;
    expect(await keyOf(keys)).toMatchObject({ type: "public" });
  });
});

it.each([DISCOVERY, "/keys"])("does not read an answer at %s that is longer than 1 MB", async (path) => {
  const { body = "" } = answers[path] ?? {};
  answers[path] = { status: 200, body: body.replace(/\}$/, `,"more":"${"x".repeat(1_000_000)}"}`) };
  const error: unknown = await keyOf(createIssuerKeys(url, () => 0)).catch((reason) => reason);
  // As it stands, or as what a library says of it.
  const [text, cause] = error instanceof Error ? [error.message, error.cause] : [];
  expect(`${text} ${cause}`).toMatch(/more than 1 MB/);
});

it("asks once for all tokens that come meanwhile", async () => {
  const keys = createIssuerKeys(url, () => 0);
  await Promise.all([keyOf(keys), keyOf(keys), keyOf(keys)]);
  expect(asked).toEqual([DISCOVERY, "/keys"]);
});

it.each([
  ["https://id.example.com", "https://keys.example.com/keys"],
  ["http://localhost:9000", "http://localhost:9000/keys"],
])("the keys of %s may be at %s", (issuer, jwks_uri) => {
  expect(keysUrl(issuer, { issuer, jwks_uri }).href).toBe(jwks_uri);
});

it.each([
  ["https://id.example.com", "http://id.example.com/keys", "must be behind https"],
  ["https://id.example.com", "http://127.0.0.1/keys", "must be behind https"],
  ["https://id.example.com", "file:///etc/passwd", "jwks_uri"],
])("the keys of %s may not be at %s", (issuer, jwks_uri, why) => {
  expect(() => keysUrl(issuer, { issuer, jwks_uri })).toThrow(why);
});

it("takes no document of another issuer", () => {
  const document = { issuer: "https://other.example", jwks_uri: "https://other.example/keys" };
  expect(() => keysUrl("https://id.example.com", document)).toThrow("is of another issuer: https://other.example");
});
