import type { Http2Session } from "node:http2";

/** How long HTTP/2 connections may be quiet, in milliseconds. */
export interface SessionLimits {
  /** How often each is asked whether its client is there; one that has not answered when it is asked the third time is cut. */
  readonly pingIntervalMs: number;
  /** How long one may begin no call; then its client is told to open another for its next one. */
  readonly idleLimitMs: number;
}

/** The limits unless others are given. */
export const defaultSessionLimits: SessionLimits = { pingIntervalMs: 30_000, idleLimitMs: 600_000 };

/** How many pings may be unanswered when the next is due. */
const MAX_SILENT_PINGS = 2;

/** The HTTP/2 connections of a server. */
export interface WatchedSessions {
  /** How many there are. */
  readonly count: number;
  /** Sends GOAWAY on each; it closes when its last stream has ended. */
  close(): void;
  /** Watches no more. */
  stop(): void;
}

/** What is known of a session. */
interface Watched {
  silentPings: number;
  lastStream: number | undefined;
  quietMs: number;
}

/**
 * Cuts HTTP/2 connections whose clients are gone or do not read, or are in the middle of a frame that does not end: none of them answers
 * a ping. Sends those away that begin no calls; what calls they have go on.
 */
export function watchSessions(server: NodeJS.EventEmitter, limits: SessionLimits): WatchedSessions {
  const sessions = new Map<Http2Session, Watched>();
  server.on("session", (session: Http2Session) => {
    sessions.set(session, { silentPings: 0, lastStream: 0, quietMs: 0 });
    session.on("close", () => sessions.delete(session));
  });
  const timer = setInterval(() => {
    for (const [session, watched] of sessions) look(session, watched, limits);
  }, limits.pingIntervalMs);
  timer.unref();
  return {
    get count() {
      return sessions.size;
    },
    close() {
      for (const session of sessions.keys()) session.close();
    },
    stop: () => clearInterval(timer),
  };
}

function look(session: Http2Session, watched: Watched, { pingIntervalMs, idleLimitMs }: SessionLimits): void {
  if (session.destroyed) return;
  if (watched.silentPings >= MAX_SILENT_PINGS) {
    session.destroy();
    return;
  }
  watched.silentPings += 1;
  session.ping(() => {
    watched.silentPings = 0;
  });
  const { lastProcStreamID } = session.state;
  if (lastProcStreamID !== watched.lastStream) watched.quietMs = 0;
  watched.lastStream = lastProcStreamID;
  watched.quietMs += pingIntervalMs;
  if (watched.quietMs > idleLimitMs && !session.closed) session.close();
}
