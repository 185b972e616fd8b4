import { expect, it } from "vitest";
import { shortNumber } from "./short-number.ts";

it.each([
  ["3f2a91c0-5b1e-4c63-9a55-0d7d2a2f8a11", "3F2A-91C0"],
  ["order-1", "order-1"],
  ["x".repeat(40), "x".repeat(12)],
  ["", ""],
])("is short for %j", (id, short) => {
  expect(shortNumber(id)).toBe(short);
});
