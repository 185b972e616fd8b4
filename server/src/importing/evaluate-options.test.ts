import { expect, it } from "vitest";
import { parseEvaluateOptions } from "./evaluate-options.ts";

it("reads a folder alone, and all options", () => {
  expect(parseEvaluateOptions(["data"])).toEqual({
    folder: "data",
    json: undefined,
    seed: 42,
    split: undefined,
    format: "goodbooks",
  });
  expect(
    parseEvaluateOptions(["--seed", "7", "data", "--json=out.json", "--split", "80-20", "--format=pairs"]),
  ).toEqual({
    folder: "data",
    json: "out.json",
    seed: 7,
    split: "80-20",
    format: "pairs",
  });
});

it.each([
  [[], "must be one folder: got 0"],
  [["a", "b"], "must be one folder: got 2"],
  [["a", "--seed", "-1x"], "seed"],
  [["a", "--seed=1.5"], '--seed must be a whole number from 0 to 4294967295: got "1.5"'],
  [["a", "--seed=4294967296"], "--seed must be"],
  [["a", "--split=half"], '--split must be leave-one-out or 80-20: got "half"'],
  [["a", `--seed=x${"😀".repeat(60)}`], `got "x${"😀".repeat(59)}"…`],
  [["a", `--split=x${"😀".repeat(60)}`], `got "x${"😀".repeat(59)}"…`],
  [["a", "--format=csv"], '--format must be goodbooks or pairs: got "csv"'],
  [["a", "--nonsense"], "--nonsense"],
])("refuses %j", (args, message) => {
  expect(() => parseEvaluateOptions(args)).toThrow(message);
});
