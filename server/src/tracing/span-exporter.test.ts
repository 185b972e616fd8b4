import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { RecordedSpan, type SpanSink } from "./recorded-span.ts";
import { SpanExporter } from "./span-exporter.ts";

const sink: SpanSink = { started: () => undefined, changed: () => undefined, ended: () => undefined };
const context = { traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331" };

/** A span that is over, with so many events and as many links. */
function spanOf(name: string, entries = 0): RecordedSpan {
  const span = new RecordedSpan(sink, {
    ...{ name, kind: "server", traceId: context.traceId, parentSpanId: undefined, startedAt: 0 },
    attributes: {},
  });
  for (let count = 0; count < entries; count++) {
    span.event("rpc.message", { "rpc.message.type": "SENT", "rpc.message.id": count });
    span.link(context, { "triptych.sequence": count });
  }
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
  vi.restoreAllMocks();
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

/** An exporter whose receiver does not answer. */
const createHung = () =>
  new SpanExporter({
    resource: {},
    onLost: (count, why) => lost.push([count, why]),
    send: (body, signal) => {
      bodies.push(body);
      return new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    },
  });

it("holds what takes a bounded room for a receiver that does not answer: fewer spans the larger they are", () => {
  const small = createHung();
  for (let count = 0; count < 32_010; count++) small.add(spanOf("one"));
  expect(small.lost).toBe(10);
  expect(lost[0]).toEqual([1, "too many spans wait"]);
  const large = createHung();
  for (let count = 0; count < 700; count++) large.add(spanOf("one", 128));
  expect(large.lost).toBe(700 - 613);
});

it("sends large spans in requests that are no larger than others", async () => {
  const exporter = createExporter();
  for (let count = 0; count < 100; count++) exporter.add(spanOf("one", 128));
  await vi.advanceTimersByTimeAsync(1);
  await exporter.close();
  expect(bodies.length).toBeGreaterThan(5);
  expect(bodies.filter((body) => body.length > 1_000_000)).toEqual([]);
  expect(bodies.join("").match(/"name":"one"/g)).toHaveLength(100);
});

it("reads the clock of the system once for a request", async () => {
  const exporter = createExporter();
  for (let count = 0; count < 5; count++) exporter.add(spanOf("one", 10));
  const clock = vi.spyOn(Date, "now");
  await exporter.close();
  expect(clock).toHaveBeenCalledTimes(1);
});

it("sends a whole request at once, whatever waits for others", async () => {
  const exporter = createExporter();
  for (let count = 0; count < 512; count++) exporter.add(spanOf("one"));
  expect(bodies).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(bodies.map((body) => namesIn(body).length)).toEqual([512]);
});

it("gives up a request that has no answer, and tries it again", async () => {
  const exporter = createHung();
  exporter.add(spanOf("one"));
  await vi.runAllTimersAsync();
  expect(bodies).toHaveLength(3);
  expect(lost).toEqual([[1, "the receiver did not answer in time"]]);
});

it("sends at its end what is left", async () => {
  const exporter = createExporter();
  exporter.add(spanOf("one"));
  await exporter.close();
  expect(bodies.map(namesIn)).toEqual([["one"]]);
});

it("does not wait at its end for another try", async () => {
  const exporter = createExporter();
  answers = [503];
  exporter.add(spanOf("one"));
  // It is sent, and waits for its second try.
  await vi.advanceTimersByTimeAsync(1_500);
  expect(bodies).toHaveLength(1);
  await exporter.close();
  expect(bodies).toHaveLength(2);
  expect(lost).toEqual([]);
});

it("keeps the process alive while it waits for another try", async () => {
  const exporter = createExporter();
  answers = [503];
  exporter.add(spanOf("one"));
  const timers = vi.spyOn(globalThis, "setTimeout");
  await vi.advanceTimersByTimeAsync(1_500);
  expect(timers.mock.results.map(({ value }) => value.hasRef())).not.toContain(false);
  await exporter.close();
});

it("ends after a while with a receiver that does not answer, and counts what is lost", async () => {
  const exporter = createHung();
  for (let count = 0; count < 3_000; count++) exporter.add(spanOf("one"));
  await vi.advanceTimersByTimeAsync(1);
  const closed = exporter.close();
  await vi.advanceTimersByTimeAsync(2_500);
  await closed;
  expect(bodies).toHaveLength(1);
  expect(exporter.lost).toBe(3_000);
  expect(lost.at(-1)).toEqual([3_000 - 5 * 512, "the server has stopped"]);
});
