import type { Socket } from "node:net";
import { ServerConnection } from "./connection.ts";
import type { Http2Connection, Http2Handler } from "./face.ts";
import { defaultLimits, type Http2Limits } from "./limits.ts";
import { type DateSource, systemDates } from "./response-date.ts";
import { defaultSweeper, type Sweeper } from "./sweeper.ts";

/** How connections are served. */
export interface Http2Options {
  /** Bounds that differ from `defaultLimits`. */
  readonly limits?: Partial<Http2Limits>;
  /** Called with what a handler or consumer has thrown; must not throw. */
  readonly onError: (error: unknown) => void;
  /** What keeps the time limits, and knows the time; `defaultSweeper` unless given. */
  readonly sweeper?: Sweeper;
  /** What knows the `date` of responses; `systemDates` unless given. */
  readonly dates?: DateSource;
}

/**
 * Serves HTTP/2 on a socket, encrypted or not, that is known to speak it. Takes the socket over: it reads, writes, and listens for its
 * errors and its end.
 */
export function serveHttp2Connection(socket: Socket, options: Http2Options, handler: Http2Handler): Http2Connection {
  const { limits, onError, sweeper = defaultSweeper, dates = systemDates } = options;
  const merged = limits === undefined ? defaultLimits : { ...defaultLimits, ...limits };
  const connection = new ServerConnection({ socket, limits: merged, handler, sweeper, dates, onError });
  connection.start();
  return connection;
}
