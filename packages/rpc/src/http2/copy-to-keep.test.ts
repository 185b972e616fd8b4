import { expect, it } from "vitest";
import { copyToKeep } from "./copy-to-keep.ts";

it("copies a part, and has no more memory than that", () => {
  const bytes = Buffer.from([1, 2, 3, 4, 5]);
  const copy = copyToKeep(bytes, 1, 4);
  bytes.fill(0);
  expect([...copy]).toEqual([2, 3, 4]);
  expect(copy.buffer.byteLength).toBe(3);
});
