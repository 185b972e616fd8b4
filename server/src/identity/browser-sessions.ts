import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { Principal } from "../domain/caller.ts";
import type { SessionStore, StoredSession } from "../domain/session-store.ts";
import type { Lookup } from "./lookup.ts";
import type { Session } from "./session.ts";

/** How many sessions are remembered, and for how long without another look, in milliseconds: one that another server has ended counts for so long. */
const MAX_KNOWN = 10_000;
const KEEP_MS = 1_000;
/** How many sessions are looked for at a time. */
const MAX_TOGETHER = 1_000;

/** What sessions are taken. */
export interface BrowserSessionsOptions {
  readonly store: SessionStore;
  /** Whose subjects may have them; those of another issuer count for nothing. */
  readonly issuer: string;
  /** The subjects who are admins. */
  readonly admins: readonly string[];
  readonly now: () => number;
}

/** A session of a browser, as it is now: it changes as its token is refreshed, and when it is ended. */
export class BrowserSession implements Session {
  readonly by = "session";
  readonly principal: Principal;
  private latest: StoredSession;
  private lookedUntil: number;
  private isEnded = false;
  private isForgotten = false;

  constructor(stored: StoredSession, isAdmin: boolean) {
    this.principal = { id: `${stored.issuer}#${stored.subject}`, isAdmin };
    this.latest = stored;
    this.lookedUntil = performance.now() + KEEP_MS;
  }

  /** As it was kept when it was last looked for. */
  get stored(): StoredSession {
    return this.latest;
  }

  /** When its token does, or it ends itself. */
  get expiresAt(): number {
    return Math.min(this.latest.expiresAt, this.latest.endsAt);
  }

  isRevoked(): boolean {
    return this.isEnded;
  }

  get freshUntil(): number {
    return this.isForgotten ? Number.NEGATIVE_INFINITY : this.lookedUntil;
  }

  /** Calls look for it each time from now on, and streams know at the next sweep what became of it: this object is not found any more to be told. */
  forget(): void {
    this.isForgotten = true;
  }

  /** Takes over what was found of it; undefined: it has ended. */
  update(found: StoredSession | undefined): void {
    this.lookedUntil = performance.now() + KEEP_MS;
    if (found === undefined) this.isEnded = true;
    else this.latest = found;
  }
}

/** A session that is being looked for; stale when it was changed meanwhile. */
interface Look {
  readonly found: Promise<BrowserSession | undefined>;
  readonly state: { isStale: boolean };
}

/** The sessions of browsers: found by the secret that a browser has, of which only a hash is kept. */
export class BrowserSessions {
  private readonly options: BrowserSessionsOptions;
  private readonly known = new LRUCache<string, BrowserSession>({
    max: MAX_KNOWN,
    dispose: (session) => session.forget(),
  });
  private readonly looking = new Map<string, Look>();

  constructor(options: BrowserSessionsOptions) {
    this.options = options;
  }

  /** The session of a secret, which may have expired; undefined where there is none, or it has ended. At once where it was looked for lately. */
  find(secret: string): BrowserSession | undefined | Promise<BrowserSession | undefined> {
    const found = this.recall(secret);
    return typeof found === "function" ? found() : found;
  }

  /** The same; it is not yet looked for where nothing is known of it. */
  recall(secret: string): Lookup<BrowserSession | undefined> {
    const id = idOfSecret(secret);
    const known = this.known.get(id);
    if (known === undefined) return () => this.look(id);
    if (known.freshUntil <= performance.now()) return this.look(id);
    return known.isRevoked() || known.stored.endsAt <= this.options.now() ? undefined : known;
  }

  /** The same, as it is in the store now. */
  look(id: string): Promise<BrowserSession | undefined> {
    const under = this.looking.get(id);
    if (under !== undefined) return under.found;
    const state = { isStale: false };
    const found = this.lookNow(id, state).finally(() => {
      if (this.looking.get(id)?.state === state) this.looking.delete(id);
    });
    this.looking.set(id, { found, state });
    return found;
  }

  /** The same, once a session was changed in the store: who looks for it already looks again. */
  lookAgain(id: string): Promise<BrowserSession | undefined> {
    this.outdate(id);
    return this.look(id);
  }

  /** Looks again for all of these; rejects when the store cannot be read. */
  async refresh(sessions: Iterable<BrowserSession>): Promise<void> {
    const all = [...sessions];
    for (let at = 0; at < all.length; at += MAX_TOGETHER) {
      const some = all.slice(at, at + MAX_TOGETHER);
      const found = await this.options.store.find([...new Set(some.map(({ stored }) => stored.id))]);
      const byId = new Map(found.map((stored) => [stored.id, stored]));
      for (const session of some) session.update(byId.get(session.stored.id));
    }
  }

  /** Ends a session, here at once and at other servers within two seconds. */
  async end(id: string): Promise<void> {
    await this.options.store.end(id);
    this.outdate(id);
    this.known.get(id)?.update(undefined);
    this.known.delete(id);
  }

  /** Has who looks for a session look again, since what is found may be from before it was changed. */
  private outdate(id: string): void {
    const under = this.looking.get(id);
    if (under !== undefined) under.state.isStale = true;
    this.looking.delete(id);
  }

  private async lookNow(id: string, state: Look["state"]): Promise<BrowserSession | undefined> {
    const { store, issuer, admins, now } = this.options;
    const [stored] = await store.find([id]);
    if (state.isStale) return this.look(id);
    const known = this.known.get(id);
    known?.update(stored);
    if (stored === undefined || stored.issuer !== issuer || stored.endsAt <= now()) {
      this.known.delete(id);
      return undefined;
    }
    if (known !== undefined) return known;
    const session = new BrowserSession(stored, admins.includes(stored.subject));
    this.known.set(id, session);
    return session;
  }
}

/** What a session is kept under whose secret a browser has. */
export function idOfSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
