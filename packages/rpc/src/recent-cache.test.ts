import fc from "fast-check";
import { expect, it } from "vitest";
import { RecentCache } from "./recent-cache.ts";

const MOST = 8;
const KEYS = Array.from({ length: 20 }, (_, number) => String(number));
const step = fc.record({ does: fc.constantFrom("get", "set", "delete"), key: fc.constantFrom(...KEYS) });

it("keeps the latest half of what it may hold, never more than that, and what was set last", () => {
  const property = fc.property(fc.array(step, { maxLength: 200, size: "max" }), (steps) => {
    const cache = new RecentCache<number>(MOST);
    /** Whatever was set, in the order in which it was last used; undefined once it was deleted. */
    const all = new Map<string, number | undefined>();
    for (const [count, { does, key }] of steps.entries()) {
      const found = does === "get" ? cache.get(key) : undefined;
      if (found !== undefined) expect(found).toBe(all.get(key));
      if (does === "set") cache.set(key, count);
      if (does === "delete") {
        cache.delete(key);
        if (all.has(key)) all.set(key, undefined);
      }
      const value = does === "set" ? count : found;
      if (value !== undefined) {
        all.delete(key);
        all.set(key, value);
      }
      const latest = [...all.keys()].slice(-MOST / 2);
      const kept = KEYS.filter((one) => cache.has(one));
      expect(kept.length).toBeLessThanOrEqual(MOST);
      expect(kept).toEqual(expect.arrayContaining(latest.filter((one) => all.get(one) !== undefined)));
    }
  });
  fc.assert(property);
});

it("has nothing that was deleted, however it was kept", () => {
  const cache = new RecentCache<string>(4);
  for (const key of ["a", "b", "a"]) cache.set(key, key);
  cache.delete("a");
  expect([cache.get("a"), cache.has("a"), cache.get("b")]).toEqual([undefined, false, "b"]);
});
