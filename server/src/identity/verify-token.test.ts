import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createTokenVerifier } from "./verify-token.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

it("takes the claims of a token for a minute, however long it is valid", async () => {
  const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
  const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), alg: "ES256" }] });
  const rules = { issuer: "https://issuer.example", audience: "books", admins: [], onError: () => undefined };
  const verify = createTokenVerifier({ ...rules, keys, now: Date.now });
  const claims = { iss: rules.issuer, aud: rules.audience, sub: "alice", exp: Math.floor(Date.now() / 1_000) + 3_600 };
  const session = await verify(await new SignJWT(claims).setProtectedHeader({ alg: "ES256" }).sign(privateKey));
  expect(session.freshUntil - performance.now()).toBe(60_000);
});
