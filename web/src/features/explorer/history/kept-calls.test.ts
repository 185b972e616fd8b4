import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  foldersOf,
  type KeptCall,
  LATEST_KEPT,
  latestOf,
  readKeptCalls,
  SAVED_KEPT,
  savedOf,
  withEnded,
  withImported,
  without,
  withSaved,
} from "./kept-calls.ts";

const call = (request: object) => ({ method: "a.B/C", request: { ...request }, metadata: [], deadline: "" });
const kept = (id: number, more: Partial<KeptCall> = {}): KeptCall => ({
  id: String(id),
  call: call({ id }),
  at: id,
  code: "OK",
  ...more,
});
const many = (count: number, more: Partial<KeptCall> = {}) => Array.from({ length: count }, (_, id) => kept(id, more));
const idsOf = (calls: readonly KeptCall[]) => calls.map(({ id }) => id);

describe("calls that have ended", () => {
  it("are kept, the latest first, as many as may be, and saved ones beside them", () => {
    const calls = withEnded([...many(LATEST_KEPT), kept(1_000, { name: "mine", at: 0 })], kept(500));
    expect(latestOf(calls)).toHaveLength(LATEST_KEPT);
    expect(idsOf(latestOf(calls)).slice(0, 2)).toEqual(["500", String(LATEST_KEPT - 1)]);
    expect(idsOf(savedOf(calls))).toEqual(["1000"]);
  });

  it("take the place of the same call", () => {
    const again = kept(7, { call: call({ id: 1 }), code: "NOT_FOUND" });
    expect(withEnded([kept(1), kept(2)], again)).toEqual([again, kept(2)]);
  });

  it("are not kept where they are large", () => {
    const calls = [kept(1)];
    expect(withEnded(calls, kept(2, { call: call({ text: "x".repeat(100_000) }) }))).toBe(calls);
  });
});

describe("saving", () => {
  it("gives a call a name and a folder, and takes the folder away", () => {
    const saved = withSaved([kept(1)], "1", { name: " Mine ", folder: "Shop" });
    expect(saved).toEqual([kept(1, { name: "Mine", folder: "Shop" })]);
    expect(withSaved(saved, "1", { name: "Mine", folder: " " })).toEqual([kept(1, { name: "Mine" })]);
  });

  it("changes nothing without a name, without the call, or without room", () => {
    const full = [...many(SAVED_KEPT, { name: "x" }), kept(9_999)];
    expect(withSaved(full, "9999", { name: "y", folder: "" })).toBe(full);
    expect(withSaved(full, "no", { name: "y", folder: "" })).toBe(full);
    expect(withSaved(full, "1", { name: " ", folder: "" })).toBe(full);
    expect(savedOf(withSaved(full, "1", { name: "z", folder: "" })).filter(({ name }) => name === "z")).toHaveLength(1);
  });

  it("sorts folders and names as people count", () => {
    const calls = [
      ["b", "F2"],
      ["a10", "F10"],
      ["a2", "F10"],
      ["c", undefined],
    ] as const;
    const saved = calls.map(([name, folder], id) => kept(id, { name, ...(folder && { folder }) }));
    expect(foldersOf(saved).map(([folder, inIt]) => [folder, inIt.map(({ name }) => name)])).toEqual([
      ["", ["c"]],
      ["F2", ["b"]],
      ["F10", ["a2", "a10"]],
    ]);
  });
});

describe("a file of calls", () => {
  it("gives back what was written into it", () => {
    const calls = [...many(3), kept(7, { name: "mine", folder: "f" })];
    const read = readKeptCalls(JSON.parse(JSON.stringify(calls)));
    expect(new Set(read)).toEqual(new Set(calls));
  });

  it("replaces what has the same id and keeps the others", () => {
    const calls = withImported([kept(1), kept(2)], [kept(2, { name: "theirs" })]);
    expect(calls).toEqual([kept(2, { name: "theirs" }), kept(1)]);
  });

  it("is refused where it is something else, and never throws", () => {
    fc.assert(fc.property(fc.jsonValue(), (json) => void readKeptCalls(json)));
    for (const json of [
      {},
      [{}],
      [{ ...kept(1), at: "now" }],
      [{ ...kept(1), call: { method: 1 } }],
      [{ ...kept(1), name: 7 }],
    ])
      expect(readKeptCalls(json)).toBeUndefined();
  });
});

it("can be removed", () => {
  expect(without([kept(1), kept(2)], "1")).toEqual([kept(2)]);
});
