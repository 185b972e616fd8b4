import type { Http2Session } from "node:http2";
import type { Socket } from "node:net";
import { SILENCE_LIMIT_MS } from "./connection-options.ts";

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

/** How often a connection on which either side has said that it will close is looked at, in milliseconds. */
const CLOSING_INTERVAL_MS = 1_000;
/** How many pings may be unanswered on such a connection while it is looked at: fewer than Node sends. */
const MAX_CLOSING_PINGS = 3;

/** The HTTP/2 connections of a server. */
export interface WatchedSessions {
  /** Sends GOAWAY on each; it closes when its last stream has ended. */
  close(): void;
  /** Watches no more. */
  stop(): void;
}

/** What is known of a session. */
interface Watched {
  /** The socket itself: what a session gives out is no longer one when the session is over. */
  readonly socket: Socket | undefined;
  silentPings: number;
  closingPings: number;
  /** How long it has been over, in milliseconds, its socket being open still. */
  overMs: number;
  lastStream: number | undefined;
  quietMs: number;
}

/**
 * Cuts HTTP/2 connections whose clients are gone or do not read, or are in the middle of a frame that does not end: none of them answers
 * a ping. Sends those away that begin no calls; what calls they have go on.
 */
export function watchSessions(server: NodeJS.EventEmitter, limits: SessionLimits): WatchedSessions {
  const sessions = new Map<Http2Session, Watched>();
  const socketOf = latestSocket(server);
  server.on("session", (session: Http2Session) => {
    const socket = socketOf();
    sessions.set(session, { socket, silentPings: 0, closingPings: 0, overMs: 0, lastStream: 0, quietMs: 0 });
    session.on("close", () => sessions.delete(session));
  });
  const timers = [
    setInterval(() => {
      for (const [session, watched] of sessions) look(session, watched, limits);
    }, limits.pingIntervalMs),
    setInterval(() => {
      for (const [session, watched] of sessions) lookWhileClosing(session, watched);
    }, CLOSING_INTERVAL_MS),
  ];
  for (const timer of timers) timer.unref();
  return {
    close() {
      for (const session of sessions.keys()) session.close();
    },
    stop() {
      for (const timer of timers) clearInterval(timer);
    },
  };
}

/** Knows the socket that a server has been given last: it makes a session of it before it is given the next. */
function latestSocket(server: NodeJS.EventEmitter): () => Socket | undefined {
  let latest: Socket | undefined;
  const keep = (socket: Socket) => {
    latest = socket;
  };
  server.prependListener("connection", keep);
  server.prependListener("secureConnection", keep);
  return () => latest;
}

function look(session: Http2Session, watched: Watched, { pingIntervalMs, idleLimitMs }: SessionLimits): void {
  if (session.destroyed) return;
  if (watched.silentPings >= MAX_SILENT_PINGS) {
    session.destroy();
    return;
  }
  watched.silentPings += 1;
  session.ping((error) => {
    // One that could not even be sent was not answered.
    if (error === null) watched.silentPings = 0;
  });
  const { lastProcStreamID } = session.state;
  if (lastProcStreamID !== watched.lastStream) watched.quietMs = 0;
  watched.lastStream = lastProcStreamID;
  watched.quietMs += pingIntervalMs;
  if (watched.quietMs > idleLimitMs && !session.closed) session.close();
}

/**
 * Ends what Node leaves behind. When a connection on which either side has sent GOAWAY then breaks the protocol, Node reads no more from it and
 * ends nothing: the connection and its calls would count for ever, and no end of the socket would be seen. That no ping can be sent any more
 * tells. And a session that is over leaves its socket to the client to close, if it has said GOAWAY before.
 */
function lookWhileClosing(session: Http2Session, watched: Watched): void {
  if (session.destroyed) {
    watched.overMs += CLOSING_INTERVAL_MS;
    if (watched.overMs >= SILENCE_LIMIT_MS) watched.socket?.destroy();
    return;
  }
  if (!session.closed || watched.closingPings >= MAX_CLOSING_PINGS) return;
  watched.closingPings += 1;
  session.ping((error) => {
    watched.closingPings -= 1;
    if (error !== null && !session.destroyed) session.destroy();
  });
}
