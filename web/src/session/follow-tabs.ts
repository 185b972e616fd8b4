import type { KeptStorage } from "../storage/kept-storage.ts";
import { sessionKey } from "./session-context.ts";
import type { SessionStore } from "./session-store.ts";

/**
 * Tells the other tabs when another person is signed in than before, or nobody, and calls back when one of them does: what this tab shows is then not of who is signed
 * in. Of the person, only the number of the reader is kept.
 */
export function followTabs(
  session: Pick<SessionStore, "get" | "subscribe">,
  storage: Pick<KeptStorage, "getItem" | "setItem">,
  onOther: () => void,
): void {
  const tell = () => {
    const now = session.get();
    if (now.kind === "unknown" || now.kind === "not-asked") return;
    const person = now.kind === "signed-in" ? String(now.user.readerId) : "nobody";
    if (storage.getItem(sessionKey) !== person) storage.setItem(sessionKey, person);
  };
  session.subscribe(tell);
  window.addEventListener("storage", ({ key, newValue }) => {
    const { kind, ...rest } = session.get();
    const shown = "user" in rest ? String(rest.user.readerId) : "nobody";
    if (key === sessionKey && kind !== "unknown" && newValue !== null && newValue !== shown) onOther();
  });
}
