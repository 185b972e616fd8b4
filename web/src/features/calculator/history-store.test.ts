import { expect, it, vi } from "vitest";
import type { HistoryEntry } from "./history-entry.ts";
import { createHistoryStore } from "./history-store.ts";

function memory(initial?: string) {
  let stored = initial ?? null;
  return {
    getItem: () => stored,
    setItem: (_key: string, value: string) => {
      stored = value;
    },
  };
}

function entry(expression: string, digits = 34): HistoryEntry {
  return { expression, digits, value: "1", exact: true };
}

it("has the newest first and survives a reload", () => {
  const storage = memory();
  const history = createHistoryStore(storage);
  history.add(entry("1"));
  history.add(entry("2"));
  expect(createHistoryStore(storage).get()).toEqual([entry("2"), entry("1")]);
});

it("keeps an expression once, where the digits are the same", () => {
  const history = createHistoryStore(memory());
  for (const one of [entry("1"), entry("2"), entry("1", 5), entry("1")]) history.add(one);
  expect(history.get()).toEqual([entry("1"), entry("1", 5), entry("2")]);
});

it("keeps fifty", () => {
  const history = createHistoryStore(memory());
  for (let number = 1; number <= 60; number += 1) history.add(entry(String(number)));
  expect(history.get()).toHaveLength(50);
  expect(history.get().at(-1)).toEqual(entry("11"));
});

it("forgets one, or all", () => {
  const history = createHistoryStore(memory());
  history.add(entry("1"));
  history.add(entry("2"));
  history.remove(entry("1"));
  expect(history.get()).toEqual([entry("2")]);
  history.replace([]);
  expect(history.get()).toEqual([]);
});

it.each(["{", "null", "7", '"x"', '[null, 7, {}, {"expression": "1"}]'])(
  "takes %s in the storage for nothing",
  (stored) => {
    expect(createHistoryStore(memory(stored)).get()).toEqual([]);
  },
);

it("lasts as long as the page where nothing is kept", () => {
  const history = createHistoryStore({ getItem: () => null, setItem() {} });
  history.add(entry("1"));
  expect(history.get()).toEqual([entry("1")]);
});

it("tells of changes here and in another tab until that is stopped", () => {
  const storage = memory();
  const history = createHistoryStore(storage);
  const listener = vi.fn();
  const stop = history.subscribe(listener);
  history.add(entry("1"));
  expect(listener).toHaveBeenCalledTimes(1);
  storage.setItem("", JSON.stringify([entry("2")]));
  window.dispatchEvent(new StorageEvent("storage", { key: "triptych-calculator-history" }));
  expect(listener).toHaveBeenCalledTimes(2);
  expect(history.get()).toEqual([entry("2")]);
  window.dispatchEvent(new StorageEvent("storage", { key: "another" }));
  stop();
  history.add(entry("3"));
  expect(listener).toHaveBeenCalledTimes(2);
});
