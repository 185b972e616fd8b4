import { expect, it } from "vitest";
import { BlockMemory } from "./block-memory.ts";
import { DecodedHead } from "./decoded-head.ts";

it("finds a head by equal bytes, wherever they stand, while the table is what it was", () => {
  const memory = new BlockMemory();
  const head = new DecodedHead([]);
  const bytes = Buffer.from([9, 1, 2, 3, 9]);
  memory.remember(7, bytes, 1, 4, head);
  bytes.fill(0);
  expect(memory.find(7, Buffer.from([1, 2, 3]), 0, 3)).toBe(head);
  expect(memory.find(8, Buffer.from([1, 2, 3]), 0, 3)).toBeUndefined();
  expect(memory.find(7, Buffer.from([1, 2, 4]), 0, 3)).toBeUndefined();
  expect(memory.find(7, Buffer.from([1, 2, 3, 4]), 0, 4)).toBeUndefined();
});

it("remembers a bounded number of blocks, and no long ones", () => {
  const memory = new BlockMemory();
  const blocks = Array.from({ length: 1_000 }, (_, index) => Buffer.from(`block ${index}`));
  for (const block of blocks) memory.remember(1, block, 0, block.length, new DecodedHead([]));
  const found = blocks.filter((block) => memory.find(1, block, 0, block.length) !== undefined);
  expect(found.length).toBeLessThanOrEqual(32);
  expect(found).toContain(blocks.at(-1));
  const long = Buffer.alloc(257);
  memory.remember(1, long, 0, long.length, new DecodedHead([]));
  expect(memory.find(1, long, 0, long.length)).toBeUndefined();
});
