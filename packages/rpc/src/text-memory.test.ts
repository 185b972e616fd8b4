import { expect, it } from "vitest";
import { TextMemory } from "./text-memory.ts";

it("remembers the first 256 texts", () => {
  const memory = new TextMemory<number>();
  for (let number = 0; number <= 256; number++) memory.set(String(number), number);
  expect(memory.get("0")).toBe(0);
  expect(memory.get("255")).toBe(255);
  expect(memory.has("256")).toBe(false);
});

it("remembers no text of more than 255 characters", () => {
  const memory = new TextMemory<boolean>();
  for (const length of [255, 256]) memory.set("x".repeat(length), true);
  expect(memory.get("x".repeat(255))).toBe(true);
  expect(memory.get("x".repeat(256))).toBeUndefined();
});

it("tells apart what is remembered to be undefined from what is not remembered", () => {
  const memory = new TextMemory<undefined>();
  memory.set("known", undefined);
  expect(memory.has("known")).toBe(true);
  expect(memory.has("unknown")).toBe(false);
});
