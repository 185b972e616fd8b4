import { expect, it } from "vitest";
import { NotAllowed } from "./errors.ts";
import { readerOfCaller } from "./reader-of-caller.ts";

const readers = { numberOf: async (id: string) => (id === "alice" ? 1_000_000_000 : 1_000_000_001) };
const alice = { id: "alice", isAdmin: false };
const root = { id: "root", isAdmin: true };

it.each([
  ["anybody", "anybody", 7, 7],
  ["anybody", "anybody", 0, 0],
  ["a principal who names none", alice, 0, 1_000_000_000],
  ["a principal who names their own", alice, 1_000_000_000, 1_000_000_000],
  ["an admin who names none", root, 0, 1_000_000_001],
  ["an admin who names another", root, 7, 7],
] as const)("%s acts for %j: %i is %i", async (_who, caller, named, reader) => {
  expect(await readerOfCaller(caller, named, readers)).toBe(reader);
});

it.each([
  ["a principal", alice],
  ["nobody", "nobody"],
] as const)("%s may not act for another", async (_who, caller) => {
  await expect(readerOfCaller(caller, 7, readers)).rejects.toThrow(NotAllowed);
});
