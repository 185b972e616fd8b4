import { LRUCache } from "lru-cache";
import { KEY_PREFIX } from "./api-key.ts";
import type { ApiKeys } from "./api-keys.ts";
import { bearerToken, isUsual } from "./bearer-token.ts";
import { isFound, type Lookup } from "./lookup.ts";
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

/** Finds the session of the token or key in what a call brings as `authorization`, at a time of `performance.now`. */
export type Authenticate = (authorization: string, at: number) => Lookup<Session>;

/**
 * Creates what finds the session of a token or key: at once where that is known, which the claims of a token are for 60 seconds and no longer than it is
 * valid; then it is checked again. A credential that is good for nothing is UNAUTHENTICATED.
 */
export function createAuthenticate({ verifyToken, apiKeys, now }: Credentials): Authenticate {
  /**
   * The tokens and keys that were good lately, by the whole header: that is one object for all calls of a connection of HTTP/2, as are these then, and what was
   * looked up of a text once is looked up without reading it again. Whether one is still good is not kept here.
   */
  const texts = new LRUCache<string, string>({ max: MAX_TOKENS });
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

  /** Keeps the text of what was good; one spelling of it, so that nobody fills the memory with the others. */
  function keepText(authorization: string, credential: string): void {
    if (isUsual(authorization, credential)) texts.set(authorization, credential);
  }

  function sessionOf(credential: string, at: number): Lookup<Session> {
    if (credential.startsWith(KEY_PREFIX)) {
      if (apiKeys === undefined) throw unauthenticated("this server takes no API keys");
      return apiKeys.check(credential);
    }
    if (verifyToken === undefined) throw unauthenticated("this server takes no tokens, only API keys");
    const entry = known.get(credential);
    if (entry === undefined) return () => verify(credential, verifyToken);
    // By a clock that nobody sets: with one that is set back, keys that were withdrawn would count for as long.
    const isFresh = entry.freshUntil > at && entry.session.expiresAt > now();
    return isFresh ? entry.session : verify(credential, verifyToken);
  }

  return (authorization, at) => {
    const text = texts.get(authorization);
    if (text !== undefined) return sessionOf(text, at);
    const credential = bearerToken(authorization);
    const found = sessionOf(credential, at);
    if (isFound(found)) keepText(authorization, credential);
    return found;
  };
}
