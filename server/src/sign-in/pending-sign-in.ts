import { createHash } from "node:crypto";
import { randomNonce, randomPKCECodeVerifier, randomState } from "openid-client";
import { z } from "zod";
import { cookieName, cookieNames, cookieValue } from "../identity/session-cookie.ts";
import { safePath } from "./safe-path.ts";
import { seal, unseal } from "./seal.ts";
import type { SignInConfig } from "./sign-in-config.ts";

/** How many sign-ins a browser may have begun, one in each of its tabs; the cookies of more are not kept. */
const MAX_PENDING = 4;

/** A sign-in that a browser has begun, as its cookie has it. */
const pendingSignIn = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** The path to return to. */
  path: z.string(),
  /** Until when it may end, in milliseconds since 1970. */
  until: z.number(),
});

/** A sign-in that a browser has begun. It alone has it, in a cookie, so that only the browser that began one can end it. */
export type PendingSignIn = Readonly<z.infer<typeof pendingSignIn>>;

/** How long a sign-in may take, in seconds. */
export const PENDING_SECONDS = 600;

/** Begins a sign-in that returns to a path, at a time in milliseconds. */
export function beginSignIn(path: string, now: number): PendingSignIn {
  const until = now + PENDING_SECONDS * 1_000;
  return { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier(), path, until };
}

/** What the cookie of the sign-in with a state is called: each has its own, so that none ends another. */
export function pendingCookie(state: string): `sign-in-${string}` {
  return `sign-in-${createHash("sha256").update(state).digest("base64url").slice(0, 16)}`;
}

/** The cookies of a browser's sign-ins that are to be removed for one more; the one that was begun first comes first in its header. */
export function pendingToForget(header: string | undefined, config: SignInConfig): `sign-in-${string}`[] {
  const prefix = cookieName("", config);
  const names = cookieNames(header, cookieName("sign-in-", config)).map((name) => name.slice(prefix.length));
  return names.slice(0, 1 - MAX_PENDING).map((name): `sign-in-${string}` => `sign-in-${name.slice("sign-in-".length)}`);
}

/** A sign-in as the value of a cookie, which all servers of the client of the provider can read and nobody else can make. */
export function writePending(pending: PendingSignIn, config: SignInConfig): string {
  return seal("sign-in", JSON.stringify(pending), secretOf(config));
}

/** The sign-in with a state in a header of cookies; undefined where there is none, or it has taken too long. */
export function readPending(
  header: string | undefined,
  state: string,
  config: SignInConfig,
  now: number,
): PendingSignIn | undefined {
  const value = cookieValue(header, cookieName(pendingCookie(state), config));
  if (value === undefined) return undefined;
  try {
    const pending = pendingSignIn.parse(JSON.parse(unseal("sign-in", value, secretOf(config))));
    const isIt = pending.state === state && pending.until > now;
    return isIt ? { ...pending, path: safePath(pending.path) } : undefined;
  } catch {
    return undefined;
  }
}

/** A client without a secret has none to protect: who makes a cookie can ask the provider for as much without this server. */
function secretOf({ issuer, clientId, clientSecret = "" }: SignInConfig): string {
  return JSON.stringify([issuer, clientId, clientSecret]);
}
