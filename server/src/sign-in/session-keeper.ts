import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { StoreTrouble } from "../domain/errors.ts";
import type { SessionStore, StoredSession } from "../domain/session-store.ts";
import { type BrowserSession, type BrowserSessions, idOfSecret } from "../identity/browser-sessions.ts";
import { makeSecret } from "../identity/session-cookie.ts";
import type { Provider, SignedIn, Tokens } from "./provider.ts";
import { seal, unseal } from "./seal.ts";

/** How long a person stays signed in at most, in milliseconds, however often their token is refreshed. */
export const SESSION_MS = 30 * 24 * 3_600_000;
/** A token that is valid for longer than this, in milliseconds, was refreshed by another just now, or need not be yet. */
const EARLY_MS = 5_000;
/**
 * How long the claim of one refresh keeps others from another, in milliseconds: longer than it takes to be had, for the provider to answer (five seconds) and
 * for the store to keep what it says.
 */
const CLAIM_MS = 20_000;
const CLAIMING_MS = 4_000;
const RENEW_MS = 10_000;
/** How long another's refresh is waited for, and how often it is looked whether it is done, in milliseconds. */
const WAIT_MS = 12_000;
const LOOK_MS = 100;

const NO_PROVIDER = "the provider cannot be reached, or does not answer as it should";

/** The provider, or the server that refreshes a session, did not answer in time. */
export class RefreshFailed extends Error {
  override name = "RefreshFailed";
}

/** What a keeper of sessions works with. */
export interface SessionKeeperOptions {
  readonly sessions: BrowserSessions;
  readonly store: SessionStore;
  readonly provider: Pick<Provider, "discover" | "refresh" | "revoke">;
  readonly issuer: string;
  readonly now: () => number;
  /** Told of what the provider fails with. */
  readonly onError: (error: unknown) => void;
}

/** Begins, refreshes and ends the sessions of browsers. */
export class SessionKeeper {
  private readonly options: SessionKeeperOptions;
  private readonly refreshing = new Map<string, Promise<BrowserSession | undefined>>();

  constructor(options: SessionKeeperOptions) {
    this.options = options;
  }

  /** Begins a session; resolves with the secret for the browser, which is new each time. */
  async begin({ subject, name, tokens }: SignedIn): Promise<string> {
    const { store, issuer, now } = this.options;
    const secret = makeSecret();
    const time = now();
    await store.create(
      {
        ...{ id: idOfSecret(secret), issuer, subject, name },
        ...keptTokens(tokens, secret, time),
        endsAt: time + SESSION_MS,
      },
      time,
    );
    return secret;
  }

  /**
   * The session of a secret with a token that is valid, refreshed where it has to be: once, however many ask, here and at other servers. Undefined where it
   * has ended; that is so, too, where its token has expired and the provider gives no other.
   * @throws RefreshFailed where that cannot be found out now.
   */
  refresh(secret: string): Promise<BrowserSession | undefined> {
    const id = idOfSecret(secret);
    const under = this.refreshing.get(id);
    if (under !== undefined) return under;
    const refreshing = this.refreshNow(id, secret).finally(() => this.refreshing.delete(id));
    this.refreshing.set(id, refreshing);
    return refreshing;
  }

  /**
   * Ends the session of a secret, and has the provider take back its token, which is not waited for: unless it is of `successor`, who signs in again, for a
   * provider that takes one token back takes back all that a person has granted this client. Does nothing where there is none.
   */
  async end(secret: string, successor?: string): Promise<void> {
    const session = await this.options.sessions.look(idOfSecret(secret));
    if (session === undefined) return;
    await this.options.sessions.end(session.stored.id);
    const { refreshToken, subject } = session.stored;
    if (subject === successor) return;
    // The session has ended, whether the provider hears of it or not.
    if (refreshToken !== "") void this.revoke(() => unseal("refresh token", refreshToken, secret));
  }

  private async revoke(token: () => string): Promise<void> {
    const { provider, onError } = this.options;
    try {
      await provider.revoke(token());
    } catch (error) {
      onError(error);
    }
  }

  private async refreshNow(id: string, secret: string): Promise<BrowserSession | undefined> {
    const { sessions, now } = this.options;
    const by = randomUUID();
    const giveUpAt = performance.now() + WAIT_MS;
    do {
      const session = await sessions.look(id);
      if (session === undefined || session.stored.expiresAt > now() + EARLY_MS) return session;
      if (session.stored.refreshToken === "") return await this.withoutRefresh(session);
      await this.discover();
      if (await this.claim(session.stored, by)) return await this.refreshClaimed(session.stored, secret, by);
      await wait(LOOK_MS);
    } while (performance.now() < giveUpAt);
    throw new RefreshFailed("another server refreshes the session, and does not come to an end");
  }

  /** Finds out how the provider is asked, so that this takes nothing of the time of a claim. */
  private async discover(): Promise<void> {
    try {
      await this.options.provider.discover();
    } catch (error) {
      this.options.onError(error);
      throw new RefreshFailed(NO_PROVIDER, { cause: error });
    }
  }

  /** Whether the right to refresh a session was had, with as much time left as that takes. */
  private async claim({ id, expiresAt }: StoredSession, by: string): Promise<boolean> {
    const { store } = this.options;
    const from = performance.now();
    if (!(await store.claim({ id, expiresAt, by, lastsMs: CLAIM_MS }))) return false;
    if (performance.now() - from < CLAIMING_MS) return true;
    await store.release(id, by);
    return false;
  }

  /** A session that cannot be prolonged: as long as its token is valid it stays. */
  private async withoutRefresh(session: BrowserSession): Promise<BrowserSession | undefined> {
    if (session.stored.expiresAt > this.options.now()) return session;
    await this.options.sessions.end(session.stored.id);
    return undefined;
  }

  private async refreshClaimed(
    { id, subject, refreshToken }: StoredSession,
    secret: string,
    by: string,
  ): Promise<BrowserSession | undefined> {
    const { sessions, store, provider, now, onError } = this.options;
    let tokens: Tokens | undefined;
    try {
      tokens = await provider.refresh(unseal("refresh token", refreshToken, secret), subject);
    } catch (error) {
      onError(error);
      await store.release(id, by);
      throw new RefreshFailed(NO_PROVIDER, { cause: error });
    }
    const kept = tokens && keptTokens(tokens, secret, now());
    const isRenewed = await this.insist(async () => {
      if (kept === undefined) await store.endClaimed(id, by);
      return kept !== undefined && (await store.renew(id, by, kept));
    });
    const session = await sessions.lookAgain(id);
    if (isRenewed) return session;
    return this.withoutRenewal(session, tokens?.refreshToken);
  }

  /** What is left of a session that was not renewed: nothing where it has ended, and then nobody needs the token that it was to have. */
  private withoutRenewal(session: BrowserSession | undefined, token: string | undefined): BrowserSession | undefined {
    if (session === undefined && token !== undefined) void this.revoke(() => token);
    if (session === undefined || session.stored.expiresAt > this.options.now()) return session;
    throw new RefreshFailed("another server refreshes the session");
  }

  /** Has the store do what comes of a refresh, again and again for some seconds while it cannot: a provider that rotates its tokens takes the one before no more. */
  private async insist<T>(change: () => Promise<T>): Promise<T> {
    const giveUpAt = performance.now() + RENEW_MS;
    for (;;) {
      try {
        return await change();
      } catch (error) {
        if (!(error instanceof StoreTrouble) || performance.now() >= giveUpAt) throw error;
        await wait(LOOK_MS);
      }
    }
  }
}

function keptTokens({ lastMs, refreshToken }: Tokens, secret: string, now: number) {
  return {
    expiresAt: now + lastMs,
    refreshToken: refreshToken === undefined ? "" : seal("refresh token", refreshToken, secret),
  };
}
