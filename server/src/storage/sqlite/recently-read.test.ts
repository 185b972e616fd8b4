import { expect, it } from "vitest";
import { createRecentlyRead } from "./recently-read.ts";

function setUp(capacity = 2) {
  const reads: string[] = [];
  let failing = false;
  const recent = createRecentlyRead(capacity, async (key: string) => {
    reads.push(key);
    if (failing) throw new Error("disk on fire");
    return `${key}${reads.length}`;
  });
  return {
    recent,
    reads,
    fail: (fails: boolean) => {
      failing = fails;
    },
  };
}

it("reads once until the key is forgotten or the version is another", async () => {
  const { recent, reads } = setUp();
  expect([await recent.read("a", 1), await recent.read("a", 1)]).toEqual(["a1", "a1"]);
  recent.forget("a");
  expect(await recent.read("a", 1)).toBe("a2");
  expect(await recent.read("a", 2)).toBe("a3");
  expect(reads).toHaveLength(3);
});

it("keeps the keys that were asked for last", async () => {
  const { recent, reads } = setUp();
  for (const key of ["a", "b", "a", "c", "a", "b"]) await recent.read(key, 1);
  expect(reads.join("")).toBe("abcb");
});

it("does not keep a read that failed, nor one that was forgotten while it went on", async () => {
  const { recent, fail } = setUp();
  fail(true);
  await expect(recent.read("a", 1)).rejects.toThrow("disk on fire");
  fail(false);
  const early = recent.read("a", 1);
  recent.forget("a");
  expect([await early, await recent.read("a", 1)]).toEqual(["a2", "a3"]);
});
