import type { HttpResponse } from "./http.ts";

/** How long a client may take nothing of an answer, in milliseconds, as for calls. */
const TIMEOUT_MS = 30_000;
/** What a client has to take of an answer on the whole, in bytes a second, once it has had that time. */
const LEAST_BYTES_PER_SECOND = 1_024;
/**
 * How much of an answer waits at a connection, in bytes: the rest is where it came from, once for all who are sent it. That a client has
 * taken something shows by whole pieces.
 */
const PIECE_BYTES = 16_384;

/**
 * Sends a body whose headers are set, and ends the answer: no faster than its client takes it, and not for ever. A client that takes nothing
 * for too long, or not all in time, is cut off, its stream over HTTP/2, its connection over HTTP/1.1.
 */
export function sendBody(response: HttpResponse, body: Buffer): void {
  const cut = () => response.destroy();
  const silence = setTimeout(cut, TIMEOUT_MS);
  const whole = setTimeout(cut, TIMEOUT_MS + (body.length / LEAST_BYTES_PER_SECOND) * 1_000);
  response.on("close", () => {
    clearTimeout(silence);
    clearTimeout(whole);
  });
  let start = 0;
  function sendPiece(): void {
    const piece = body.subarray(start, start + PIECE_BYTES);
    start += PIECE_BYTES;
    if (start >= body.length) response.end(piece);
    else response.write(piece, afterPiece);
  }
  function afterPiece(error: Error | null | undefined): void {
    // What goes wrong closes the response, and nobody needs to know more.
    if (error != null || response.destroyed) return;
    silence.refresh();
    sendPiece();
  }
  sendPiece();
}
