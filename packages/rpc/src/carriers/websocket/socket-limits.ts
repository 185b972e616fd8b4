import type { ConnectionAge } from "../../http2/connection-age.ts";

/** Bounds of the WebSockets that carry calls. */
export interface SocketLimits {
  /** How many may be open; more are rejected with HTTP 503. */
  readonly maxSockets: number;
  /** How many of them one address may have; more are rejected with HTTP 429. */
  readonly maxSocketsPerAddress: number;
  /** How long a client may take to send the metadata of its call, in milliseconds. */
  readonly headerTimeoutMs: number;
  /** How often a client is pinged, in milliseconds; one that leaves three pings running unanswered is cut off. */
  readonly pingIntervalMs: number;
  /** How long a client may take to answer a close frame, in milliseconds. */
  readonly closeTimeoutMs: number;
  /** How old a socket may become; as old as it likes unless given. */
  readonly age?: ConnectionAge;
}

/** The limits unless others are given. A browser opens no more than 255 sockets to one host. */
export const defaultSocketLimits: SocketLimits = {
  maxSockets: 10_000,
  maxSocketsPerAddress: 512,
  headerTimeoutMs: 10_000,
  pingIntervalMs: 20_000,
  closeTimeoutMs: 2_000,
};
