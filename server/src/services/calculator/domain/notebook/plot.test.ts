import { describe, expect, it } from "vitest";
import { InvalidInput, TooMuchWork } from "../../../../domain/errors.ts";
import { Meter } from "../meter.ts";
import { outcomeOf, pointsNow } from "../testing/evaluate-now.ts";
import { plot } from "./plot.ts";

describe("a plot", () => {
  it("has points with equal distances, both ends among them", () => {
    expect(pointsNow({ expression: "x^2", from: "-1", to: "1", points: 5 })).toEqual([
      { x: "-1", y: "1" },
      { x: "-0.5", y: "0.25" },
      { x: "0", y: "0" },
      { x: "0.5", y: "0.25" },
      { x: "1", y: "1" },
    ]);
  });

  it("computes with the points themselves, not with what is shown of them", () => {
    const points = pointsNow({ expression: "3*x", from: "0", to: "1", points: 4, digits: 3 });
    expect(points.map(({ x, y }) => [x, y])).toEqual([
      ["0", "0"],
      ["0.333", "1"],
      ["0.667", "2"],
      ["1", "3"],
    ]);
  });

  it("knows the names of the lines before it, for its ends too", () => {
    const points = pointsNow({
      lines: ["a = 2", "broken = 1/0", "f(t) = a * t", "x = 99"],
      expression: "f(x) / a",
      from: "-pi",
      to: "a * pi - pi",
      digits: 5,
    });
    expect(points.map(({ y }) => y)).toEqual(["-3.1416", "0", "3.1416"]);
  });

  it("goes on where it has no value", () => {
    const points = pointsNow({ expression: "1/x", from: "-1", to: "1" });
    const failure = { kind: "invalid", description: '"/" at position 1 must not divide by zero' };
    expect(points.map(({ y }) => y)).toEqual(["-1", failure, "1"]);
    expect(pointsNow({ expression: "9^9^(10*x)" }).map(({ y }) => typeof y)).toEqual(["string", "string", "object"]);
  });

  it("has 100 points where nobody says otherwise, and at most 1,000", () => {
    expect(pointsNow({ expression: "x", points: 0 })).toHaveLength(100);
    expect(pointsNow({ expression: "exp(x)*sqrt(x)", points: 1_000, digits: 17 })).toHaveLength(1_000);
  });

  it.each([
    [{ points: 1 }, "points must be 2 to 1,000, or 0 for 100: got 1"],
    [{ points: 1_001 }, "points must be 2 to 1,000, or 0 for 100: got 1001"],
    [{ expression: "y" }, 'expression "y" at position 0 is not defined'],
    [{ from: "" }, "from must not be empty"],
    [{ to: "x" }, 'to "x" at position 0 is not defined'],
    [{ from: "2", to: "2" }, "to must be more than from"],
    [{ from: "sqrt(2)^2", to: "2" }, "to must be more than from"],
    [{ from: "3", to: "2" }, "to must be more than from"],
    [{ digits: 1_001 }, "digits must be 0 to 1,000: got 1001"],
    [{ lines: Array.from({ length: 201 }, () => "") }, "lines must be at most 200 lines: got 201"],
  ])("names the field that is wrong in %j", (wrong, message) => {
    const outcome = outcomeOf(() => pointsNow({ expression: "x", ...wrong }));
    expect(outcome).toBeInstanceOf(InvalidInput);
    expect(outcome).toMatchObject({ message });
  });

  it("ends with too much work after the points that it could have", () => {
    const asked = { expression: "exp(x)", lines: [], from: "0", to: "1", points: 100, digits: 500 };
    const points: string[] = [];
    const read = () => {
      for (const point of plot(asked, new Meter(2_000))) if (point !== undefined) points.push(point.x);
    };
    expect(outcomeOf(read)).toBeInstanceOf(TooMuchWork);
    expect(points[0]).toBe("0");
    expect(points.length).toBeLessThan(100);
  });
});
