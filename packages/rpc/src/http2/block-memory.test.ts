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

it("remembers a bounded number of blocks", () => {
  const memory = new BlockMemory();
  const blocks = Array.from({ length: 1_000 }, (_, index) => Buffer.from(`block ${index}`));
  const found = rememberAll(memory, blocks);
  expect(found.length).toBeLessThanOrEqual(32);
  expect(found).toContain(blocks.at(-1));
});

it("tells apart blocks that differ in one byte, at any place in it", () => {
  const block = Buffer.alloc(1_000, 1);
  const memory = new BlockMemory();
  memory.remember(1, block, 0, block.length, new DecodedHead([]));
  for (let index = 0; index < block.length; index++) {
    const other = Buffer.from(block);
    other[index] = 2;
    expect(memory.find(1, other, 0, other.length)).toBeUndefined();
  }
  expect(memory.find(1, block, 0, block.length)).toBeDefined();
});

it("remembers 8 KiB at most, and no block of more than 4", () => {
  const memory = new BlockMemory();
  const lengths = [4_096, 4_097, 3_000, 500, 4_000, 1, 1_500, 2_048, 2_048, 2_048, 2_048];
  for (let count = 1; count <= lengths.length; count++) {
    const blocks = lengths.slice(0, count).map((length, index) => Buffer.alloc(length, index));
    const found = rememberAll(memory, blocks);
    expect(found.reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(8_192);
    expect(found.includes(blocks.at(-1) as Buffer)).toBe(lengths[count - 1] !== 4_097);
  }
});

/** Has it remember all of these; returns those that it does then. */
function rememberAll(memory: BlockMemory, blocks: readonly Buffer[]): Buffer[] {
  for (const block of blocks) memory.remember(1, block, 0, block.length, new DecodedHead([]));
  return blocks.filter((block) => memory.find(1, block, 0, block.length) !== undefined);
}
