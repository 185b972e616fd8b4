import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/** The answers that the HTTP/1.1 connections of a server are waiting for. */
export interface TrackedResponses {
  /** How many connections have one. */
  readonly count: number;
  add(request: IncomingMessage, response: ServerResponse): void;
  /** From now on each answer says that its connection closes behind it, so that its client sends nothing more there. */
  announceEnd(): void;
  /** Ends each connection with its answer: its client may keep it for a next request, but there is none to be answered. */
  endConnections(): void;
}

/** Knows the latest answer of each HTTP/1.1 connection. */
export function trackResponses(): TrackedResponses {
  const latest = new Map<Duplex, ServerResponse>();
  let announced = false;
  let ending = false;
  function announce(response: ServerResponse): void {
    // Node says so in the headers that it has not made yet, and ends the connection itself.
    response.shouldKeepAlive = false;
  }
  function endAfter(socket: Duplex, response: ServerResponse): void {
    if (response.writableFinished) socket.end();
    else response.on("close", () => socket.end());
  }
  return {
    get count() {
      return latest.size;
    },
    add(request, response) {
      const { socket } = request;
      if (!latest.has(socket)) socket.on("close", () => latest.delete(socket));
      latest.set(socket, response);
      if (announced) announce(response);
      if (ending) endAfter(socket, response);
    },
    announceEnd() {
      announced = true;
      for (const response of latest.values()) announce(response);
    },
    endConnections() {
      ending = true;
      for (const [socket, response] of latest) endAfter(socket, response);
    },
  };
}
