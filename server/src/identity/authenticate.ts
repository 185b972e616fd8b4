import { LRUCache } from "lru-cache";
import { KEY_PREFIX } from "./api-key.ts";
import type { ApiKeys } from "./api-keys.ts";
import type { Lookup } from "./lookup.ts";
import type { Session } from "./session.ts";
import { isUnauthenticated, unauthenticated } from "./unauthenticated.ts";

/** How many tokens are kept with what they stand for, and for how long, in milliseconds: who is cut off by the issuer's keys is so after that. */
const MAX_TOKENS = 10_000;
const KEEP_MS = 60_000;

/** What credentials are taken. */
export interface Credentials {
  /** Checks a token; undefined where no issuer is known. */
  readonly verifyToken: ((token: string) => Promise<Session>) | undefined;
  /** The keys; undefined where there are none. */
  readonly apiKeys: Pick<ApiKeys, "check"> | undefined;
  readonly now: () => number;
}

/**
 * Creates what finds the session of a token or key: at once where that is known, which the claims of a token are for 60 seconds and no longer than it is
 * valid; then it is checked again. A credential that is good for nothing is UNAUTHENTICATED.
 */
export function createAuthenticate({
  verifyToken,
  apiKeys,
  now,
}: Credentials): (credential: string) => Lookup<Session> {
  const known = new LRUCache<string, { readonly session: Session; readonly freshUntil: number }>({ max: MAX_TOKENS });

  async function verify(token: string, check: (token: string) => Promise<Session>): Promise<Session> {
    try {
      const session = await check(token);
      known.set(token, { session, freshUntil: performance.now() + KEEP_MS });
      return session;
    } catch (error) {
      if (isUnauthenticated(error)) known.delete(token);
      throw error;
    }
  }

  return (credential) => {
    if (credential.startsWith(KEY_PREFIX)) {
      if (apiKeys === undefined) throw unauthenticated("this server takes no API keys");
      return apiKeys.check(credential);
    }
    if (verifyToken === undefined) throw unauthenticated("this server takes no tokens, only API keys");
    const entry = known.get(credential);
    if (entry === undefined) return () => verify(credential, verifyToken);
    // By a clock that nobody sets: with one that is set back, keys that were withdrawn would count for as long.
    const isFresh = entry.freshUntil > performance.now() && entry.session.expiresAt > now();
    return isFresh ? entry.session : verify(credential, verifyToken);
  };
}
