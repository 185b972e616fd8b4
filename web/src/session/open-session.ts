import { keptForVisits } from "../storage/kept-storage.ts";
import { followTabs } from "./follow-tabs.ts";
import { refreshSession } from "./refresh-session.ts";
import type { PageSession } from "./session-context.ts";
import { createSessionStore } from "./session-store.ts";

/**
 * Opens the session of the page: who it is for is known when this resolves, unless the server cannot be asked. Never rejects. In a file of its own, so that its code loads
 * beside that of the page.
 */
export async function openSession(): Promise<PageSession> {
  const store = createSessionStore({
    fetch: (input, init) => window.fetch(input, init),
    now: () => performance.now(),
  });
  // Another tab has signed in or out: what is shown here, and the socket of this tab, are of who was signed in before.
  followTabs(store, keptForVisits, () => window.location.reload());
  await store.load();
  return { ...store, interceptors: [refreshSession(store)] };
}
