import { describe, expect, it } from "vitest";
import { figure, percent } from "./figures.ts";
import { table } from "./table.ts";

describe("a table", () => {
  it("is Markdown whose columns line up", () => {
    const rows = [
      ["who", "calls/s"],
      ["bare", "37,200"],
      ["raw node:http2", "5"],
    ];
    expect(table(rows, ["left", "right"]).split("\n")).toEqual([
      "| who            | calls/s |",
      "| -------------- | ------: |",
      "| bare           |  37,200 |",
      "| raw node:http2 |       5 |",
    ]);
  });
});

describe("a figure", () => {
  it.each([
    [37_249.7, "37,200"],
    [1_999.9, "2,000"],
    [999.4, "999"],
    [15.28, "15.3"],
    [1.004, "1.00"],
    [0.0312, "0.0312"],
    [0, "0.00"],
  ])("of %d is written %s", (value, text) => {
    expect(figure(value)).toBe(text);
  });

  it("is a share in percent", () => {
    expect(percent(0.985)).toBe("99 %");
  });
});
