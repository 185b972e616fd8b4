import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { RecordedSpan, type SpanSink } from "./recorded-span.ts";
import { SpanExporter } from "./span-exporter.ts";

const sink: SpanSink = { started: () => undefined, changed: () => undefined, ended: () => undefined };

function spanOf(name: string): RecordedSpan {
  const traceId = "0af7651916cd43dd8448eb211c80319c";
  const span = new RecordedSpan(sink, {
    ...{ name, kind: "server", traceId, parentSpanId: undefined, startedAt: 0 },
    attributes: {},
  });
  span.end(1);
  return span;
}

let bodies: string[];
let answers: (number | Error)[];
let lost: unknown[];

beforeEach(() => {
  vi.useFakeTimers();
  bodies = [];
  answers = [];
  lost = [];
});

afterEach(() => {
  vi.useRealTimers();
});

const createExporter = () =>
  new SpanExporter({
    resource: {},
    onLost: (count, why) => lost.push([count, why]),
    async send(body) {
      bodies.push(body);
      const answer = answers.shift() ?? 200;
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });

const namesIn = (body: string | undefined) =>
  [...(body ?? "").matchAll(/"name":"(\w+)"/g)].map(([, name]) => name).filter((name) => name !== "triptych");

it("sends what has gathered in one request", async () => {
  const exporter = createExporter();
  exporter.add(spanOf("one"));
  exporter.add(spanOf("two"));
  expect(bodies).toEqual([]);
  await vi.runAllTimersAsync();
  expect(bodies.map(namesIn)).toEqual([["one", "two"]]);
});

it("tries again when a receiver is busy or gone, and gives a request up at the third try", async () => {
  const exporter = createExporter();
  answers = [503, new Error("gone"), 429];
  exporter.add(spanOf("one"));
  await vi.runAllTimersAsync();
  expect(bodies).toHaveLength(3);
  expect(lost).toEqual([[1, "the receiver answered 429"]]);
  expect(exporter.lost).toBe(1);
});

it("does not try again what a receiver has refused", async () => {
  const exporter = createExporter();
  answers = [400];
  exporter.add(spanOf("one"));
  await vi.runAllTimersAsync();
  expect(bodies).toHaveLength(1);
  expect(lost).toEqual([[1, "the receiver answered 400"]]);
});

it("holds a bounded number of spans for a receiver that does not answer", async () => {
  const exporter = new SpanExporter({
    resource: {},
    onLost: (count, why) => lost.push([count, why]),
    send: () => new Promise(() => undefined),
  });
  for (let count = 0; count < 4_100; count++) exporter.add(spanOf("one"));
  expect(exporter.lost).toBe(4);
  expect(lost[0]).toEqual([1, "too many spans wait"]);
});

it("sends at its end what is left", async () => {
  const exporter = createExporter();
  exporter.add(spanOf("one"));
  await exporter.close();
  expect(bodies.map(namesIn)).toEqual([["one"]]);
});
