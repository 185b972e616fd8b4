import { createClient } from "@connectrpc/connect";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { BIDI_STYLES, CALL_STYLES, type CallStyle, createTransport } from "@triptych/testkit/clients/transports.ts";
import { describe, expect, it } from "vitest";
import { neverEnding } from "../src/testing/never-ending.ts";
import { refusalOf } from "../src/testing/refusal.ts";
import { useServer } from "../src/testing/use-server.ts";
import { itEndsWithItsClient, type LastingCall } from "./leaving-calls.ts";

const server = useServer();

const clientOver = (style: CallStyle) => createClient(CalculatorService, createTransport(style, server.baseUrl));
const LARGEST = 2n ** 63n - 1n;

async function* numbers(...given: number[]) {
  for (const number of given) yield { number };
}

const lasting = (style: CallStyle, method: string, open: LastingCall["open"]): LastingCall => {
  return { server, style, method: `${CalculatorService.typeName}/${method}`, open };
};

describe.each(CALL_STYLES)("the calculator over %s", (style) => {
  const client = () => clientOver(style);

  it("adds and multiplies whole numbers of 64 bits", async () => {
    expect((await client().add({ a: LARGEST - 1n, b: 1n })).sum).toBe(LARGEST);
    expect((await client().multiply({ a: -3n, b: 3_074_457_345_618_258_602n })).product).toBe(
      -9_223_372_036_854_775_806n,
    );
  });

  it("refuses a result that does not fit", async () => {
    expect(await refusalOf(client().add({ a: LARGEST, b: 1n }))).toMatchObject({ code: "OutOfRange" });
    expect(await refusalOf(client().multiply({ a: LARGEST, b: 2n }))).toMatchObject({ code: "OutOfRange" });
  });

  it.each([
    ["0.1+0.2", "0.3", true],
    ["2^200", "1606938044258990275541962092341162602522202993782792835301376", true],
    ["1/3*3", "1", true],
    ["sqrt(2)", "1.414213562373095048801688724209698", false],
  ])("evaluates %s", async (expression, value, exact) => {
    expect(await client().evaluate({ expression })).toMatchObject({ value, exact });
  });

  it("evaluates step by step", async () => {
    const steps = await Array.fromAsync(client().evaluateSteps({ expression: "(1+2)*3" }));
    expect(steps.map(({ step }) => step)).toEqual(steps.map((_, index) => index + 1));
    expect(steps[0]).toMatchObject({ expression: "(1+2)*3", value: "3" });
    expect(steps.at(-1)).toMatchObject({ value: "9", result: "9", exact: true });
  });

  it("evaluates the lines of a notebook, and goes on after one that fails", async () => {
    const outcomes = await Array.fromAsync(client().evaluateLines({ lines: ["a = 1/3", "1/0", "a * 3"] }));
    expect(outcomes.map(({ line, outcome }) => [line, outcome.case])).toEqual([
      [1, "value"],
      [2, "failure"],
      [3, "value"],
    ]);
    expect(outcomes[2]?.outcome.value).toMatchObject({ value: "1", exact: true });
    const lines = Array.from({ length: 201 }, () => "1");
    expect(await refusalOf(client().evaluateLines({ lines }))).toMatchObject({ violations: [{ field: "lines" }] });
  });

  it("plots a function of a notebook, point by point", async () => {
    const plot = { lines: ["f(x) = x^2"], expression: "f(x)", from: "-1", to: "1", points: 3 };
    const points = await Array.fromAsync(client().plot(plot));
    expect(points.map(({ x, outcome }) => [x, outcome.value])).toEqual([
      ["-1", "1"],
      ["0", "0"],
      ["1", "1"],
    ]);
    const refusal = await refusalOf(client().plot({ ...plot, to: "-1" }));
    expect(refusal).toMatchObject({ code: "InvalidArgument", violations: [{ field: "to" }] });
  });

  it.each([
    ["1+", "InvalidArgument"],
    ["1/0", "InvalidArgument"],
    ["sqrt(-1)", "InvalidArgument"],
  ])("refuses %s and names the field", async (expression, code) => {
    const refusal = await refusalOf(client().evaluate({ expression }));
    expect(refusal).toMatchObject({ code, violations: [{ field: "expression" }] });
    expect(await refusalOf(client().evaluateSteps({ expression }))).toMatchObject({ code });
  });

  it.each(["9^9^9^9", "1e9!", "(".repeat(10_000)])("answers %s soon, with a status", async (expression) => {
    const { code } = await refusalOf(client().evaluate({ expression }));
    expect(["OutOfRange", "ResourceExhausted", "InvalidArgument"]).toContain(code);
  });

  describe("Plot", () => {
    const slowly = {
      expression: "x",
      from: "0",
      to: "1",
      points: 1_000,
      interval: { seconds: 0n, nanos: 100_000_000 },
    };
    itEndsWithItsClient(lasting(style, "Plot", (options) => client().plot(slowly, options)));
  });
});

describe.each(BIDI_STYLES)("the calculator over %s", (style) => {
  const client = () => clientOver(style);

  it("sums a stream", async () => {
    const { figures } = await client().sum(numbers(0.1, 0.2, -4));
    expect(figures).toMatchObject({ count: 3n, sum: -3.7, min: -4, max: 0.2 });
    expect((await client().sum(numbers())).figures).toMatchObject({ count: 0n, sum: 0 });
  });

  it("answers each number with the figures so far", async () => {
    const totals = await Array.fromAsync(client().runningTotal(numbers(1, 2, 6)));
    expect(totals.map(({ figures }) => figures)).toMatchObject([
      { count: 1n, sum: 1, mean: 1, min: 1, max: 1 },
      { count: 2n, sum: 3, mean: 1.5, min: 1, max: 2 },
      { count: 3n, sum: 9, mean: 3, min: 1, max: 6 },
    ]);
  });

  it("refuses what is no number, before the client ends", async () => {
    const requests = () => neverEnding({ number: 1 }, { number: Number.NaN });
    const refusal = { code: "InvalidArgument", violations: [{ field: "number" }] };
    expect(await refusalOf(client().sum(requests()))).toMatchObject(refusal);
    expect(await refusalOf(client().runningTotal(requests()))).toMatchObject(refusal);
  });

  describe("Sum", () => {
    itEndsWithItsClient(
      lasting(style, "Sum", async function* (options) {
        yield await client().sum(neverEnding({ number: 1 }), options);
      }),
    );
  });

  describe("RunningTotal", () => {
    itEndsWithItsClient(
      lasting(style, "RunningTotal", (options) => client().runningTotal(neverEnding({ number: 1 }), options)),
    );
  });
});
