import { readSession, type Session } from "./session.ts";

/** Who the page is for, and what it can do about that. No token is ever in the page. */
export interface SessionStore {
  /** As the server said last; the same object until that changes. */
  get(): Session;
  /** Calls back after every change; returns how to stop that. */
  subscribe(listener: () => void): () => void;
  /** Asks the server. Never rejects: what cannot be asked stays as it was. */
  load(): Promise<void>;
  /**
   * Has the server refresh the session, once for all who ask meanwhile. False where nobody is signed in, or no longer.
   * @throws Error where the server cannot be asked, or cannot say it now.
   */
  refresh(): Promise<boolean>;
  /** Refreshes a session that has expired, by the clock of the page. Never rejects: the call that waits for it hears what is wrong. */
  whenValid(): Promise<void>;
  /** Signs out, and gives the address to go to: at the provider, where that has one. */
  signOut(): Promise<string>;
}

/** What a store asks with. */
export interface SessionStoreOptions {
  readonly fetch: typeof globalThis.fetch;
  /** A clock that nobody sets, in milliseconds. */
  readonly now: () => number;
}

/** How long the server may take to answer, in milliseconds. */
const TIMEOUT_MS = 10_000;

/** Creates a store that knows nothing yet. */
export function createSessionStore({ fetch, now }: SessionStoreOptions): SessionStore {
  const listeners = new Set<() => void>();
  let session: Session = { kind: "unknown" };
  let refreshing: Promise<boolean> | undefined;

  async function ask(path: string, method: "GET" | "POST"): Promise<unknown> {
    const response = await fetch(path, { method, signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) throw new Error(`${path} answers with HTTP ${response.status}`);
    return response.json();
  }

  function set(next: Session): void {
    session = next;
    for (const listener of listeners) listener();
  }

  async function load(): Promise<void> {
    try {
      set(readSession(await ask("/auth/session", "GET"), now()));
    } catch {
      // It is asked again when a call needs to know.
    }
  }

  async function refreshNow(): Promise<boolean> {
    if (session.kind === "unknown") await load();
    if (session.kind !== "signed-in") return false;
    set(readSession(await ask("/auth/refresh", "POST"), now()));
    return isSignedIn();
  }

  function refresh(): Promise<boolean> {
    refreshing ??= refreshNow().finally(() => {
      refreshing = undefined;
    });
    return refreshing;
  }

  const isSignedIn = () => session.kind === "signed-in";

  return {
    get: () => session,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    load,
    refresh,
    async whenValid() {
      if (session.kind === "signed-in" && session.user.expiresAt <= now()) await refresh().catch(() => undefined);
    },
    async signOut() {
      const answer = await ask("/auth/sign-out", "POST");
      set({ kind: "signed-out", signsIn: true });
      const location = typeof answer === "object" && answer !== null && "location" in answer ? answer.location : null;
      return typeof location === "string" ? location : "/";
    },
  };
}
