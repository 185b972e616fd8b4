import { EventEmitter } from "node:events";
import { expect, it } from "vitest";
import { createAnswerSlots } from "./answer-slots.ts";
import type { HttpResponse } from "./http.ts";

/** A response of which only the closing matters. */
const response = () => new EventEmitter() as unknown as HttpResponse;

it("has 2,000 places for all, and 100 more for probes and whoever monitors", () => {
  const slots = createAnswerSlots();
  const taken = Array.from({ length: 2_000 }, response);
  expect(taken.every((one) => slots.take(one, false))).toBe(true);
  expect(slots.take(response(), false)).toBe(false);
  const reserved = Array.from({ length: 100 }, response);
  expect(reserved.every((one) => slots.take(one, true))).toBe(true);
  expect(slots.take(response(), true)).toBe(false);
  expect(slots).toMatchObject({ open: 2_100, refused: 2 });
  for (const one of [...taken, ...reserved]) one.emit("close");
  expect(slots.open).toBe(0);
  expect(slots.take(response(), false)).toBe(true);
});
