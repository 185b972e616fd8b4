import { expect, it } from "vitest";
import type { IndexedValue } from "./indexed-value.ts";
import { createValueStore } from "./value-store.ts";

/** What the browser keeps, each change of it once it is let through. */
function slowStorage() {
  let kept: unknown;
  const waiting: (() => void)[] = [];
  const storage: IndexedValue = {
    read: async () => kept,
    async update(change) {
      await new Promise<void>((resolve) => waiting.push(resolve));
      kept = change(kept);
    },
    onOther: () => () => {},
  };
  return { storage, letThrough: () => waiting.shift()?.(), kept: () => kept };
}

const readText = (kept: unknown) => (typeof kept === "string" ? kept : "");

it("has what was changed at once, and of several changes never an earlier one again", async () => {
  const { storage, letThrough, kept } = slowStorage();
  const store = createValueStore(storage, readText);
  const seen: string[] = [];
  store.subscribe(() => seen.push(store.value()));
  const first = store.change(() => "a");
  const second = store.change(() => "ab");
  expect(store.value()).toBe("ab");
  letThrough();
  await first;
  expect(store.value()).toBe("ab");
  letThrough();
  await second;
  expect([store.value(), kept()]).toEqual(["ab", "ab"]);
  expect(seen.lastIndexOf("a")).toBeLessThan(seen.indexOf("ab"));
});

it("has it also where the browser keeps nothing", async () => {
  const { storage } = slowStorage();
  const store = createValueStore({ ...storage, update: () => Promise.reject(new Error("full")) }, readText);
  await store.change(() => "a");
  await store.change((before) => `${before}b`);
  expect(store.value()).toBe("ab");
});
