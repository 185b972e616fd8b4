import { expect, it } from "vitest";
import { keepPaneSize, readPaneSize, sizeAfterKey, within } from "./pane-size.ts";

const range = { min: 20, max: 60, initial: 30 };

function storage() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

it("keeps sizes within their bounds", () => {
  const kept = storage();
  expect(readPaneSize(kept, "side", range)).toBe(30);
  keepPaneSize(kept, "side", 90);
  expect(readPaneSize(kept, "side", range)).toBe(60);
  expect(readPaneSize(kept, "other", range)).toBe(30);
  expect(within(20.4, range)).toBe(20);
});

it.each([
  ["ArrowLeft", 30, 28],
  ["ArrowLeft", 20, 20],
  ["ArrowRight", 59, 60],
  ["Home", 40, 20],
  ["End", 40, 60],
  ["Enter", 40, 30],
  ["a", 40, undefined],
])("%s makes %i to %s", (key, size, expected) => {
  expect(sizeAfterKey(key, size, range)).toBe(expected);
});
