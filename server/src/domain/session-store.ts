/** A session of a browser, as it is kept. Times are milliseconds since 1970. */
export interface StoredSession {
  /** A hash of the secret that the browser has. */
  readonly id: string;
  /** Who is signed in: a subject of an issuer. */
  readonly issuer: string;
  readonly subject: string;
  /** What people call them. */
  readonly name: string;
  /** When its token expires. */
  readonly expiresAt: number;
  /** When it ends for good, however often its token was refreshed. */
  readonly endsAt: number;
  /** What its token is refreshed with, sealed with the secret that the browser has; empty for nothing. */
  readonly refreshToken: string;
}

/** How many sessions a subject may have; the oldest end. */
export const MAX_SESSIONS_PER_SUBJECT = 20;

/** The sessions of browsers, the same for all servers that share the store. */
export interface SessionStore {
  /** Keeps a session, removes those that have ended by `now`, and the oldest of its subject where those are too many. */
  create(session: StoredSession, now: number): Promise<void>;
  /** Those of some ids that are there. */
  find(ids: readonly string[]): Promise<readonly StoredSession[]>;
  /** Claims the right to refresh a session, for as long as a refresh may take: see `RefreshClaim`. Resolves with whether it was had. */
  claim(claim: RefreshClaim): Promise<boolean>;
  /** Lets another refresh a session whose right was claimed, without a new token. */
  release(id: string, by: string): Promise<void>;
  /** Gives a session its next token, and lets it be refreshed again. False, and nothing is done, where it has ended, or another has claimed it since. */
  renew(id: string, by: string, renewed: Pick<StoredSession, "expiresAt" | "refreshToken">): Promise<boolean>;
  /** Ends a session that has no next token; does nothing where it has ended, or another has claimed it since. */
  endClaimed(id: string, by: string): Promise<void>;
  /** Ends a session; does nothing where it has ended. */
  end(id: string): Promise<void>;
}

/**
 * Who wants to refresh which session. It is had by one at a time, and by nobody whose `expiresAt` is not that of the session any more. How long it lasts goes by the clock of the
 * store: those of servers that share one may differ.
 */
export interface RefreshClaim {
  readonly id: string;
  /** When the token expires that is to be refreshed. */
  readonly expiresAt: number;
  /** Names who claims, this time. */
  readonly by: string;
  /** For how long nobody else may, in milliseconds. */
  readonly lastsMs: number;
}
