import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { BadRequestSchema } from "@triptych/proto/google/rpc/error_details_pb.ts";
import { CalculatorService, FailureKind } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { describe, expect, it } from "vitest";
import { createInMemoryTransport } from "../../testing/in-memory-transport.ts";
import { createCalculatorService } from "./calculator-service.ts";
import { yieldToEventLoop } from "./yield-to-event-loop.ts";

function setUp({ pause = yieldToEventLoop, delay = async (_milliseconds: number, _signal: AbortSignal) => {} } = {}) {
  const service = createCalculatorService({ yieldToEventLoop: pause, delay });
  const transport = createInMemoryTransport((router) => router.service(CalculatorService, service));
  return createClient(CalculatorService, transport);
}

async function errorOf(call: Promise<unknown>) {
  const error = ConnectError.from(
    await call.then(
      () => "no error",
      (reason: unknown) => reason,
    ),
  );
  const fields = error.findDetails(BadRequestSchema).flatMap(({ fieldViolations }) => fieldViolations);
  return { code: error.code, violations: fields.map(({ field, description }) => ({ field, description })) };
}

async function collect<T>(messages: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const message of messages) collected.push(message);
  return collected;
}

async function* numbers(...values: number[]) {
  for (const number of values) yield { number };
}

const int64Max = 2n ** 63n - 1n;

describe("Add and Multiply", () => {
  it("take whole numbers to the ends of int64", async () => {
    const client = setUp();
    expect(await client.add({ a: int64Max - 1n, b: 1n })).toMatchObject({ sum: int64Max });
    expect(await client.multiply({ a: -3n, b: 4n })).toMatchObject({ product: -12n });
  });

  it("are out of range beyond them", async () => {
    const client = setUp();
    expect(await errorOf(client.add({ a: int64Max, b: 1n }))).toEqual({ code: Code.OutOfRange, violations: [] });
    expect(await errorOf(client.multiply({ a: int64Max, b: 2n }))).toEqual({ code: Code.OutOfRange, violations: [] });
  });
});

describe("Evaluate", () => {
  it("says whether the value is exact", async () => {
    const client = setUp();
    expect(await client.evaluate({ expression: "0.1+0.2" })).toMatchObject({ value: "0.3", exact: true });
    expect(await client.evaluate({ expression: "2/3", digits: 3 })).toMatchObject({ value: "0.667", exact: false });
  });

  it.each([
    [{ expression: "2+*3" }, "expression", 'expected a number, "(" or a function at position 2: got "*"'],
    [{ expression: "1/0" }, "expression", '"/" at position 1 must not divide by zero'],
    [{ expression: "" }, "expression", "must not be empty"],
    [{ expression: "1", digits: 1_001 }, "digits", "must be 0 to 1,000: got 1001"],
  ])("names what is wrong with %j", async (request, field, description) => {
    const violations = [{ field, description }];
    expect(await errorOf(setUp().evaluate(request))).toEqual({ code: Code.InvalidArgument, violations });
  });

  it.each([
    ["a tower of powers", "9^9^9^9", Code.OutOfRange],
    ["a giant factorial", "1e9!", Code.OutOfRange],
    ["ten thousand parentheses", "(".repeat(10_000), Code.ResourceExhausted],
    ["a sum of factorials", `1${"+16000!".repeat(1_400)}`, Code.ResourceExhausted],
  ])("ends %s", async (_, expression, code) => {
    expect(await errorOf(setUp().evaluate({ expression }))).toEqual({ code, violations: [] });
  });

  it("lets others run, and gives up when the client leaves", async () => {
    const leaving = new AbortController();
    let pauses = 0;
    const client = setUp({
      pause: async () => {
        pauses += 1;
        leaving.abort();
      },
    });
    const call = client.evaluate({ expression: `1${"+16000!".repeat(100)}` }, { signal: leaving.signal });
    expect(await errorOf(call)).toMatchObject({ code: Code.Canceled });
    expect(pauses).toBe(1);
  });
});

describe("EvaluateSteps", () => {
  it("sends one message for each reduction", async () => {
    const steps = await collect(setUp().evaluateSteps({ expression: "1+2/3", digits: 3 }));
    expect(steps).toMatchObject([
      { step: 1, expression: "1+2/3", start: 2, end: 5, value: "0.667", exact: false, result: "1+0.667" },
      { step: 2, expression: "1+0.667", start: 0, end: 7, value: "1.67", exact: false, result: "1.67" },
    ]);
  });

  it("sends the steps before the failing one", async () => {
    const results: string[] = [];
    const read = async () => {
      for await (const { result } of setUp().evaluateSteps({ expression: "1/(2-2)" })) results.push(result);
    };
    const description = '"/" at position 1 must not divide by zero';
    const violations = [{ field: "expression", description }];
    expect(await errorOf(read())).toEqual({ code: Code.InvalidArgument, violations });
    expect(results).toEqual(["1/0"]);
  });

  it("pauses after every step", async () => {
    let pauses = 0;
    const client = setUp({
      pause: async () => {
        pauses += 1;
      },
    });
    const steps = await collect(client.evaluateSteps({ expression: "1+1+1+1" }));
    expect([steps.length, pauses]).toEqual([3, 3]);
  });
});

describe("EvaluateLines", () => {
  it("sends one message for each line, whatever came of it", async () => {
    const lines = ["a = 1/3", "# thirds", "f(x) = 3*x", "f(a)", "1/0"];
    expect(await collect(setUp().evaluateLines({ lines, digits: 3 }))).toMatchObject([
      { line: 1, name: "a", outcome: { case: "value", value: { value: "0.333", exact: false } } },
      { line: 3, name: "f", outcome: { case: "function", value: { parameter: "x" } } },
      { line: 4, name: "", outcome: { case: "value", value: { value: "1", exact: true } } },
      {
        line: 5,
        name: "",
        outcome: {
          case: "failure",
          value: { kind: FailureKind.INVALID, description: '"/" at position 1 must not divide by zero' },
        },
      },
    ]);
  });

  it("rejects too many lines", async () => {
    const call = collect(setUp().evaluateLines({ lines: Array.from({ length: 201 }, () => "1") }));
    const violations = [{ field: "lines", description: "must be at most 200 lines: got 201" }];
    expect(await errorOf(call)).toEqual({ code: Code.InvalidArgument, violations });
  });
});

describe("Plot", () => {
  it("sends one message for each point, and waits before each but the first", async () => {
    const waits: number[] = [];
    const client = setUp({
      delay: async (milliseconds) => {
        waits.push(milliseconds);
      },
    });
    const interval = { seconds: 0n, nanos: 5_000_000 };
    const points = await collect(client.plot({ expression: "1/x", from: "-1", to: "1", points: 3, interval }));
    expect(points).toMatchObject([
      { x: "-1", outcome: { case: "y", value: "-1" } },
      { x: "0", outcome: { case: "failure", value: { kind: FailureKind.INVALID } } },
      { x: "1", outcome: { case: "y", value: "1" } },
    ]);
    expect(waits).toEqual([5, 5]);
  });

  it.each([1_000, -1])("rejects an interval of %i ms", async (milliseconds) => {
    const interval = { seconds: 0n, nanos: milliseconds * 1_000_000 };
    const call = collect(setUp().plot({ expression: "x", from: "0", to: "1", interval }));
    const violations = [{ field: "interval", description: `must be 0 to 100 ms: got ${milliseconds} ms` }];
    expect(await errorOf(call)).toEqual({ code: Code.InvalidArgument, violations });
  });
});

describe("Sum", () => {
  it("answers with the figures over all numbers", async () => {
    const { figures } = await setUp().sum(numbers(0.1, 0.2, 0.3));
    expect(figures).toMatchObject({ count: 3n, sum: 0.6, mean: 0.2, min: 0.1, max: 0.3 });
  });

  it("of nothing has no mean, smallest or largest", async () => {
    const { figures } = await setUp().sum(numbers());
    expect([figures?.count, figures?.sum]).toEqual([0n, 0]);
    expect([figures?.mean, figures?.min, figures?.max]).toEqual([undefined, undefined, undefined]);
  });

  it("refuses what is no finite number, and a sum that no double holds", async () => {
    const client = setUp();
    const violations = [{ field: "number", description: "must be a finite number: got NaN" }];
    expect(await errorOf(client.sum(numbers(1, Number.NaN)))).toEqual({ code: Code.InvalidArgument, violations });
    expect(await errorOf(client.sum(numbers(1e308, 1e308)))).toEqual({ code: Code.OutOfRange, violations: [] });
  });
});

describe("RunningTotal", () => {
  it("answers every number before the next is sent", async () => {
    const answered: (number | undefined)[] = [];
    let answer = Promise.withResolvers<void>();
    async function* oneAtATime() {
      for (const number of [0.1, 0.2, -1]) {
        yield { number };
        // Without an answer to it, nothing more is ever sent.
        await answer.promise;
        answer = Promise.withResolvers<void>();
      }
    }
    for await (const { figures } of setUp().runningTotal(oneAtATime())) {
      answered.push(figures?.sum);
      answer.resolve();
    }
    expect(answered).toEqual([0.1, 0.3, -0.7]);
  });

  it("refuses what is no finite number, after the answers before it", async () => {
    const counts: (bigint | undefined)[] = [];
    const read = async () => {
      const answers = setUp().runningTotal(numbers(1, 2, Number.POSITIVE_INFINITY));
      for await (const { figures } of answers) counts.push(figures?.count);
    };
    const violations = [{ field: "number", description: "must be a finite number: got Infinity" }];
    expect(await errorOf(read())).toEqual({ code: Code.InvalidArgument, violations });
    expect(counts).toEqual([1n, 2n]);
  });
});
