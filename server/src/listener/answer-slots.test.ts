import { EventEmitter } from "node:events";
import { expect, it } from "vitest";
import { createAnswerSlots } from "./answer-slots.ts";
import type { HttpResponse } from "./http.ts";

/** A response of which only the closing matters. */
const response = () => new EventEmitter() as unknown as HttpResponse;
const ADDRESS = "192.0.2.1";
const OTHER = "192.0.2.2";

it("has 2,000 places for all, and 100 more for probes and whoever monitors", () => {
  const slots = createAnswerSlots(0);
  const taken = Array.from({ length: 2_000 }, response);
  expect(taken.every((one) => slots.take(one, ADDRESS, false))).toBe(true);
  expect(slots.take(response(), OTHER, false)).toBe(false);
  const reserved = Array.from({ length: 100 }, response);
  expect(reserved.every((one) => slots.take(one, ADDRESS, true))).toBe(true);
  expect(slots.take(response(), ADDRESS, true)).toBe(false);
  expect(slots).toMatchObject({ open: 2_100, refused: 2, refusedForAddress: 0 });
  for (const one of [...taken, ...reserved]) one.emit("close");
  expect(slots).toMatchObject({ open: 0, addresses: 0 });
  expect(slots.take(response(), OTHER, false)).toBe(true);
});

it("gives one address no more than its share, and leaves the rest to the others", () => {
  const slots = createAnswerSlots(500);
  const taken = Array.from({ length: 500 }, response);
  expect(taken.every((one) => slots.take(one, ADDRESS, false))).toBe(true);
  expect(slots.take(response(), ADDRESS, false)).toBe(false);
  expect(slots.take(response(), OTHER, false)).toBe(true);
  expect(slots).toMatchObject({ open: 501, refused: 0, refusedForAddress: 1, addresses: 2 });
  taken[0]?.emit("close");
  expect(slots.take(response(), ADDRESS, false)).toBe(true);
});
