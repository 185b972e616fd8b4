import { once } from "node:events";
import { Writable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { HttpResponse } from "./http.ts";
import { sendBody } from "./send-body.ts";

const KIB = 1_024;
const PIECE_BYTES = 16 * KIB;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});

afterEach(() => {
  vi.useRealTimers();
});

/** A response whose client takes a piece when it is made to; and what was written so far. */
function createSlowClient() {
  const written: Buffer[] = [];
  let taken: (() => void) | undefined;
  const writable = new Writable({
    write(chunk, _encoding, done) {
      written.push(chunk);
      taken = done;
    },
  });
  return {
    // Of a response only its writing and its end matter here.
    response: writable as unknown as HttpResponse,
    written,
    async takePiece() {
      taken?.();
      await setImmediate();
    },
  };
}

it("is cut when its client has taken nothing for 30 seconds, however long the body is", () => {
  const { response } = createSlowClient();
  sendBody(response, Buffer.alloc(1_024 * KIB));
  vi.advanceTimersByTime(29_999);
  expect(response.destroyed).toBe(false);
  vi.advanceTimersByTime(1);
  expect(response.destroyed).toBe(true);
});

it("is kept while its client takes a piece now and then, and cut when that has not been enough after 30 seconds and one for each KiB", async () => {
  const { response, takePiece } = createSlowClient();
  sendBody(response, Buffer.alloc(4 * PIECE_BYTES));
  for (let round = 0; round < 3; round++) {
    vi.advanceTimersByTime(29_999);
    expect(response.destroyed).toBe(false);
    await takePiece();
  }
  vi.advanceTimersByTime(30_000 + 4 * 16_000 - 3 * 29_999 - 1);
  expect(response.destroyed).toBe(false);
  vi.advanceTimersByTime(1);
  expect(response.destroyed).toBe(true);
});

it("is written piece by piece, and leaves no timer when it is out", async () => {
  const body = Buffer.from("a body of some length. ".repeat(4_000));
  const { response, written, takePiece } = createSlowClient();
  const closed = once(response, "close");
  sendBody(response, body);
  for (let pieces = 1; pieces * PIECE_BYTES < body.length; pieces++) {
    expect(written).toHaveLength(pieces);
    await takePiece();
  }
  await takePiece();
  await closed;
  expect(Buffer.concat(written).equals(body)).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});
