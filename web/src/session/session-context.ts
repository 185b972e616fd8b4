import type { Interceptor } from "@connectrpc/connect";
import { createContext, use, useSyncExternalStore } from "react";
import type { Session } from "./session.ts";
import type { SessionStore } from "./session-store.ts";

/** The session of a page, and what its calls have to pass. */
export interface PageSession extends Omit<SessionStore, "load" | "whenValid"> {
  readonly interceptors: readonly Interceptor[];
}

/** Under which the browser keeps whom the server has said last that a page is for; nothing where the server does not ask. */
export const sessionKey = "triptych-session";

const notAsked: Session = { kind: "not-asked" };

/** That of a server that does not ask who calls. */
export const guestSession: PageSession = {
  get: () => notAsked,
  subscribe: () => () => undefined,
  refresh: async () => false,
  signOut: async () => "/",
  interceptors: [],
};

/** The session of the page. */
export const SessionContext = createContext(guestSession);

/** Who the page is for. */
export function useSession(): Session {
  const store = use(SessionContext);
  return useSyncExternalStore(store.subscribe, store.get, store.get);
}
