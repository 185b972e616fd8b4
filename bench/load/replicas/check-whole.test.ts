import { expect, it } from "vitest";
import { faultsOfLog, faultsOfWatcher } from "./check-whole.ts";

const log = (...names: string[]) => names.map((name, index) => ({ sequence: index + 1, name }));
const written = (acknowledged: string[], unknown: string[] = []) => ({
  acknowledged: new Set(acknowledged),
  unknown: new Set(unknown),
});

it("nothing is wrong with a log that has what was acknowledged, and some of what may be stored", () => {
  expect(faultsOfLog(log("a", "b", "c"), written(["a", "c"], ["b", "d"]))).toEqual([]);
});

it.each([
  ["what is lost", log("a"), written(["a", "b"]), "b was acknowledged and is lost"],
  ["what is stored twice", log("a", "b", "a"), written(["a", "b"]), "a is stored twice"],
  ["what nobody has written", log("a", "x"), written(["a"]), "x was never written"],
  ["a gap", log("a", "b", "c").toSpliced(1, 1), written(["a", "c"]), "2 must come after 1: got 3"],
  ["a beginning that is missing", log("a", "b").slice(1), written(["b"]), "1 must come first: got 2"],
])("a log is told of %s", (_, seen, names, fault) => {
  expect(faultsOfLog(seen, names)).toEqual([fault]);
});

it("who watches has to have seen the log, as far as they have come", () => {
  expect(faultsOfWatcher(log("a", "b"), log("a", "b", "c"))).toEqual([]);
  expect(faultsOfWatcher(log("a", "x"), log("a", "b", "c"))).toEqual(["2 is another one than in the log"]);
  const twice = [...log("a", "b"), { sequence: 2, name: "b" }];
  expect(faultsOfWatcher(twice, log("a", "b", "b"))).toEqual(["3 must come after 2: got 2"]);
});
