import type { Call } from "@triptych/rpc/call/call.ts";
import { BrowserSession } from "./browser-sessions.ts";
import type { Session } from "./session.ts";
import { unauthenticated } from "./unauthenticated.ts";

/** The streams that are open, and by what their callers are known. */
export class OpenStreams {
  private readonly sessions = new Map<Call, Session>();

  /** How many are known. */
  get count(): number {
    return this.sessions.size;
  }

  /** Knows a stream until it has ended. */
  track(call: Call, session: Session): void {
    if (call.aborted) return;
    this.sessions.set(call, session);
    call.signal.addEventListener("abort", () => this.sessions.delete(call), { once: true });
  }

  /** The sessions of browsers that have any. */
  browserSessions(): ReadonlySet<BrowserSession> {
    const sessions = new Set<BrowserSession>();
    for (const session of this.sessions.values()) if (session instanceof BrowserSession) sessions.add(session);
    return sessions;
  }

  /** Ends those whose credentials hold no longer, with UNAUTHENTICATED. */
  endExpired(now: number): void {
    for (const [call, session] of this.sessions) {
      if (session.expiresAt <= now) call.abort(unauthenticated(`the ${session.by} has expired`));
      else if (session.isRevoked()) call.abort(unauthenticated(whyRevoked(session)));
    }
  }
}

function whyRevoked({ by }: Session): string {
  return by === "key" ? "the key was revoked, or what it may do was changed" : `the ${by} was revoked`;
}
