import { expect, it } from "vitest";
import { type Entry, findEntries, groupEntries } from "./entry.ts";

const entry = (group: Entry["group"], label: string, note?: string): Entry => ({
  id: `${group} ${label}`,
  group,
  label,
  run() {},
  ...(note !== undefined && { note }),
});

const entries = [
  entry("Pages", "Calculator"),
  entry("Methods", "CalculatorService/Add", "triptych.calculator.v1"),
  entry("Theme", "Dark"),
  entry("Pages", "Greeter"),
];
const labels = (found: readonly Entry[]) => found.map(({ label }) => label);

it("finds what has every word, whatever the case and wherever it stands", () => {
  expect(labels(findEntries(entries, "add  CALC"))).toEqual(["CalculatorService/Add"]);
  expect(labels(findEntries(entries, "theme"))).toEqual(["Dark"]);
  expect(labels(findEntries(entries, "v1"))).toEqual(["CalculatorService/Add"]);
  expect(labels(findEntries(entries, "nothing"))).toEqual([]);
});

it("has first what begins with the words, and everything where there are none", () => {
  expect(labels(findEntries(entries, "gre"))).toEqual(["Greeter"]);
  expect(labels(findEntries([...entries].reverse(), "calculators"))[0]).toBe("CalculatorService/Add");
  expect(findEntries(entries, "  ")).toEqual(entries);
});

it("keeps a group together", () => {
  expect(groupEntries(entries).map(([group, of]) => [group, of.length])).toEqual([
    ["Pages", 2],
    ["Methods", 1],
    ["Theme", 1],
  ]);
});
