import { describe, expect, it } from "vitest";
import { InvalidOptions, readOptions } from "./options.ts";

describe("the options of the benchmark", () => {
  it("are five rounds of three seconds of every row unless others are given", () => {
    expect(readOptions([])).toMatchObject({ only: [], rounds: 5, seconds: 3, smoke: false, profile: false });
  });

  it("name rows one by one", () => {
    expect(readOptions(["--only", "grpc", "--only", "latency"]).only).toEqual(["grpc", "latency"]);
  });

  it("take one brief round for a smoke run", () => {
    expect(readOptions(["--smoke"])).toMatchObject({ rounds: 1, seconds: 0.2 });
  });

  it.each([["--rounds", "0"], ["--rounds", "2.5"], ["--seconds", "soon"], ["--seconds", "-1"], ["--fast"], ["fast"]])(
    "refuse %s %s",
    (...args) => {
      expect(() => readOptions(args)).toThrow(InvalidOptions);
    },
  );
});
