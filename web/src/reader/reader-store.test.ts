import { expect, it, vi } from "vitest";
import { createReaderStore } from "./reader-store.ts";

function memory(initial: Record<string, string> = {}) {
  const entries = new Map(Object.entries(initial));
  return {
    entries,
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
  };
}

it("makes a new reader the first time and keeps it", () => {
  const storage = memory();
  const first = createReaderStore(storage, () => 0.5).get();
  expect(createReaderStore(storage, () => 0.9).get()).toBe(first);
});

it("makes a new reader when what is stored is no reader", () => {
  expect(createReaderStore(memory({ "triptych-reader": "zero" }), () => 0).get()).toBe(1);
});

it("stores and announces another reader", () => {
  const storage = memory({ "triptych-reader": "5" });
  const store = createReaderStore(storage, () => 0);
  const listener = vi.fn();
  const stop = store.subscribe(listener);
  store.set(9);
  stop();
  store.set(10);
  expect(listener).toHaveBeenCalledTimes(1);
  expect(storage.entries.get("triptych-reader")).toBe("10");
});

it("follows a change made in another tab", () => {
  const storage = memory({ "triptych-reader": "5" });
  const store = createReaderStore(storage, () => 0);
  const stop = store.subscribe(() => {});
  storage.setItem("triptych-reader", "6");
  window.dispatchEvent(new StorageEvent("storage", { key: "triptych-reader" }));
  stop();
  expect(store.get()).toBe(6);
});

it("lasts as long as the page where nothing is kept", () => {
  const store = createReaderStore({ getItem: () => null, setItem() {} }, () => 0);
  store.set(12);
  expect(store.get()).toBe(12);
});
