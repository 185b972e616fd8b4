import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { beginSignIn } from "./pending-sign-in.ts";
import { Provider } from "./provider.ts";

const ORIGIN = "https://books.example";
const DAY_MS = 24 * 3_600_000;

let privateKey: CryptoKey;
let jwk: JWK;
let server: Server;
let issuer: string;
/** What the provider says of who signs in, and answers beside the token. */
let claims: Record<string, unknown>;
let answer: Record<string, unknown>;

beforeAll(async () => {
  const pair = await generateKeyPair("RS256", { extractable: true });
  ({ privateKey } = pair);
  jwk = { ...(await exportJWK(pair.publicKey)), kid: "1", alg: "RS256", use: "sig" };
});

beforeEach(async () => {
  claims = { sub: "alice" };
  answer = {};
  server = createServer(async (request, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(await answerTo(request.url ?? "")));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  // A TCP server that listens has an address and port.
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await once(server.close(), "close");
});

async function answerTo(path: string): Promise<object> {
  if (path === "/keys") return { keys: [jwk] };
  if (path === "/token") {
    const token = new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "1" });
    const signed = token.setIssuer(issuer).setAudience("triptych").setIssuedAt().setExpirationTime("1h");
    return { access_token: "access", token_type: "bearer", id_token: await signed.sign(privateKey), ...answer };
  }
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
  };
}

const open = () =>
  new Provider({ issuer, clientId: "triptych", clientSecret: "secret", scopes: "openid", origin: ORIGIN });

/** Comes back from the provider with a code. */
function signIn() {
  const pending = beginSignIn("/", 0);
  claims = { ...claims, nonce: pending.nonce };
  return open().signIn(`/auth/callback?code=x&state=${pending.state}`, pending);
}

describe("who signs in", () => {
  it.each([1, 255])("has a subject of %i characters", async (length) => {
    claims = { sub: "a".repeat(length) };
    expect((await signIn()).subject).toHaveLength(length);
  });

  it.each([
    ["of 256 characters", "a".repeat(256)],
    ["that cannot be shown", "ro\u202eot"],
  ])("has no subject %s", async (_what, sub) => {
    claims = { sub };
    await expect(signIn()).rejects.toThrow("names a subject that cannot be taken");
  });

  it("is called by the first name that can be shown", async () => {
    claims = { sub: "alice", name: "x".repeat(256), preferred_username: "a\u202eb", email: "alice@id.example" };
    expect((await signIn()).name).toBe("alice@id.example");
  });
});

describe("a token", () => {
  it.each([
    ["for as long as the provider says", { expires_in: 60 }, 60_000],
    ["for five minutes where it does not say that", {}, 300_000],
    ["for 30 days at most", { expires_in: 1e9 }, 30 * DAY_MS],
  ])("is taken %s", async (_what, given, lastMs) => {
    answer = given;
    expect((await signIn()).tokens.lastMs).toBe(lastMs);
    expect((await open().refresh("before", "alice"))?.lastMs).toBe(lastMs);
  });
});

describe("a refresh token", () => {
  it("has up to 16,000 characters", async () => {
    answer = { refresh_token: "r".repeat(16_000) };
    expect((await signIn()).tokens.refreshToken).toHaveLength(16_000);
    answer = { refresh_token: "r".repeat(16_001) };
    await expect(signIn()).rejects.toThrow("a refresh token that is too long");
    await expect(open().refresh("before", "alice")).rejects.toThrow("a refresh token that is too long");
  });

  it("stays what it was where there is no other, and is of no other subject", async () => {
    expect((await open().refresh("before", "alice"))?.refreshToken).toBe("before");
    claims = { sub: "mallory" };
    expect(await open().refresh("before", "alice")).toBeUndefined();
  });
});
