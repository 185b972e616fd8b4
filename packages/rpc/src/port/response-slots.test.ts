import { EventEmitter } from "node:events";
import { expect, it } from "vitest";
import type { HttpResponse } from "./http.ts";
import { createResponseSlots } from "./response-slots.ts";

/** A response of which only the closing matters. */
const response = () => new EventEmitter() as unknown as HttpResponse;
const ADDRESS = "192.0.2.1";
const OTHER = "192.0.2.2";

it("has 2,000 places for all", () => {
  const slots = createResponseSlots(0);
  const taken = Array.from({ length: 2_000 }, response);
  expect(taken.every((one) => slots.take(one, ADDRESS))).toBe(true);
  expect(slots.take(response(), OTHER)).toBe(false);
  expect(slots).toMatchObject({ open: 2_000, rejected: 1, rejectedForAddress: 0 });
  for (const one of taken) one.emit("close");
  expect(slots).toMatchObject({ open: 0, addresses: 0 });
  expect(slots.take(response(), OTHER)).toBe(true);
});

it("gives one address no more than its share, and leaves the rest to the others", () => {
  const slots = createResponseSlots(500);
  const taken = Array.from({ length: 500 }, response);
  expect(taken.every((one) => slots.take(one, ADDRESS))).toBe(true);
  expect(slots.take(response(), ADDRESS)).toBe(false);
  expect(slots.take(response(), OTHER)).toBe(true);
  expect(slots).toMatchObject({ open: 501, rejected: 0, rejectedForAddress: 1, addresses: 2 });
  taken[0]?.emit("close");
  expect(slots.take(response(), ADDRESS)).toBe(true);
});
