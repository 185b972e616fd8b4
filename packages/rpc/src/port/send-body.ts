import { pipeline, Readable } from "node:stream";
import type { HttpResponse } from "./http.ts";

/** How long a client has to take an answer, in milliseconds, as for calls; and a second more for each `LEAST_BYTES_PER_SECOND`. */
const PATIENCE_MS = 30_000;
const LEAST_BYTES_PER_SECOND = 1_024;
/** How much of an answer waits at a connection, in bytes: the rest is where it came from, once for all who are sent it. */
const PIECE_BYTES = 16_384;

/**
 * Sends a body whose headers are set, and ends the answer: no faster than its client takes it, and not for ever. A client that has not taken
 * it in time is cut off, its stream over HTTP/2, its connection over HTTP/1.1.
 */
export function sendBody(response: HttpResponse, body: Buffer): void {
  const patienceMs = PATIENCE_MS + (body.length / LEAST_BYTES_PER_SECOND) * 1_000;
  const timer = setTimeout(() => response.destroy(), patienceMs);
  response.on("close", () => clearTimeout(timer));
  // What goes wrong closes the response, and that is all there is to be told.
  if (body.length > PIECE_BYTES) pipeline(Readable.from(piecesOf(body)), response, ignore);
  else response.end(body);
}

function* piecesOf(body: Buffer): Generator<Buffer> {
  for (let start = 0; start < body.length; start += PIECE_BYTES) yield body.subarray(start, start + PIECE_BYTES);
}

function ignore(): void {}
