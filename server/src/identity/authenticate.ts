import { RecentCache } from "@triptych/rpc/recent-cache.ts";
import { KEY_PREFIX } from "./api-key.ts";
import type { ApiKeys } from "./api-keys.ts";
import { bearerToken, usualHeader } from "./bearer-token.ts";
import type { Lookup } from "./lookup.ts";
import type { Session } from "./session.ts";
import { isUnauthenticated, unauthenticated } from "./unauthenticated.ts";

/** How many tokens and keys are kept at most with what they stand for, of which the latest half always is. */
const MAX_KNOWN = 20_000;

/** What credentials are taken. */
export interface Credentials {
  /** Checks a token; undefined where no issuer is known. */
  readonly verifyToken: ((token: string) => Promise<Session>) | undefined;
  /** The keys; undefined where there are none. */
  readonly apiKeys: Pick<ApiKeys, "check"> | undefined;
  readonly now: () => number;
}

/** Finds out who has which credential. */
export interface Authenticate {
  /** Finds what the token or key stands for that a call brings as `authorization`, at a time of `performance.now`. */
  find(authorization: string, at: number): Lookup<Session>;
  /** Whether a session that was found, in whatever way, still counts at such a time. */
  isGood(session: Session, at: number): boolean;
}

/**
 * Creates what finds the session of a token or key: at once where that is known, which the claims of a token are for 60 seconds and no longer than it is
 * valid, and a key until it is revoked; then it is checked again. A credential that is good for nothing is UNAUTHENTICATED.
 */
export function createAuthenticate({ verifyToken, apiKeys, now }: Credentials): Authenticate {
  /**
   * What was good lately, by the whole header in its usual spelling: that is one object for all calls of a connection of HTTP/2, so that nothing is cut out of it and
   * nothing read, and nobody fills the memory with the other spellings.
   */
  const known = new RecentCache<Session>(MAX_KNOWN);

  function keep(header: string, session: Session): Session {
    known.set(header, session);
    return session;
  }

  async function verify(token: string, check: (token: string) => Promise<Session>): Promise<Session> {
    const header = usualHeader(token);
    try {
      return keep(header, await check(token));
    } catch (error) {
      if (isUnauthenticated(error)) known.delete(header);
      throw error;
    }
  }

  function checkToken(token: string): Lookup<Session> {
    if (verifyToken === undefined) throw unauthenticated("this server takes no tokens, only API keys");
    return known.has(usualHeader(token)) ? verify(token, verifyToken) : () => verify(token, verifyToken);
  }

  function checkKey(key: string): Session {
    if (apiKeys === undefined) throw unauthenticated("this server takes no API keys");
    return keep(usualHeader(key), apiKeys.check(key));
  }

  const time = readOnceInAMillisecond(now);
  // The time is not asked for where a credential has no end.
  const hasExpired = ({ expiresAt }: Session, at: number) =>
    expiresAt !== Number.POSITIVE_INFINITY && expiresAt <= time(at);

  function isGood(session: Session, at: number): boolean {
    return session.freshUntil > at && !session.isRevoked() && !hasExpired(session, at);
  }

  function recall(header: string, at: number): Session | undefined {
    const session = known.get(header);
    return session !== undefined && isGood(session, at) ? session : undefined;
  }

  return {
    isGood,
    find(authorization, at) {
      const session = recall(authorization, at);
      if (session !== undefined) return session;
      const credential = bearerToken(authorization);
      return (
        recall(usualHeader(credential), at) ??
        (credential.startsWith(KEY_PREFIX) ? checkKey(credential) : checkToken(credential))
      );
    },
  };
}

/** The same clock, looked at once for all calls that begin within a millisecond, as those of one turn of the event loop do. */
function readOnceInAMillisecond(now: () => number): (at: number) => number {
  let readAt = Number.NEGATIVE_INFINITY;
  let time = 0;
  return (at) => {
    if (Math.abs(at - readAt) >= 1) {
      readAt = at;
      time = now();
    }
    return time;
  };
}
