import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { TooMuchWork } from "../domain/errors.ts";
import { newTraceId, RecordedSpan } from "./recorded-span.ts";
import { SpanRing } from "./span-ring.ts";

const HEARTBEAT_MS = 1_000;

let left: AbortController;

beforeEach(() => {
  left = new AbortController();
});

afterEach(() => {
  left.abort();
  vi.useRealTimers();
});

function createRing(keptBytes?: number) {
  const ring = new SpanRing({ heartbeatMs: HEARTBEAT_MS, ...(keptBytes !== undefined && { keptBytes }) });
  const traceId = newTraceId();
  const begin = (name: string, startedAt = 0) =>
    new RecordedSpan(ring, { name, kind: "server", traceId, parentSpanId: undefined, startedAt, attributes: {} });
  const watch = () => ring.watch(traceId, left.signal)[Symbol.asyncIterator]();
  const kept = () => ring.ofTrace(traceId).spans.map(({ name }) => name);
  return { ring, traceId, begin, watch, kept };
}

it("has the latest of the spans that are over make room for others, before any that runs", () => {
  const { begin, kept } = createRing(3_000);
  begin("runs");
  begin("first").end();
  begin("second").end();
  begin("third").end();
  expect(kept()).toEqual(["runs", "second", "third"]);
});

it("counts the events of a span with what it takes", () => {
  const { begin, kept } = createRing(3_000);
  begin("over").end();
  const stream = begin("stream");
  for (let count = 0; count < 6; count++) stream.event("message");
  expect(kept()).toEqual(["stream"]);
});

it("shows them in the order in which they began, and one before those within it", () => {
  const { begin, kept } = createRing();
  begin("late", 2).end();
  const call = begin("call", 1);
  call.child("write", {}, 1).end(2);
  call.end();
  expect(kept()).toEqual(["call", "write", "late"]);
});

it("says how many of a trace have no room in an answer", () => {
  const { ring, traceId, begin } = createRing();
  for (let count = 0; count < 1_010; count++) begin(`call ${count}`, count).end();
  const { spans, omitted } = ring.ofTrace(traceId);
  expect(spans).toHaveLength(1_000);
  expect(spans.at(-1)?.name).toBe("call 999");
  expect(omitted).toBe(10);
});

it("tells a watcher that does not read how many it has missed, and sends it the others as they are then", async () => {
  const { begin, watch } = createRing();
  const spans = watch();
  await spans.next();
  for (let count = 0; count < 1_030; count++) begin(`call ${count}`, count).end();
  const { value } = await spans.next();
  expect(value.omitted).toBe(6);
  expect(value.spans).toHaveLength(1_000);
  expect(value.spans[0]).toMatchObject({ name: "call 6", end: expect.any(BigInt) });
  const rest = (await spans.next()).value;
  expect(rest.spans.map(({ name }: { readonly name: string }) => name).at(-1)).toBe("call 1029");
  expect(rest).toMatchObject({ omitted: 0, spans: { length: 24 } });
});

it("sends a heartbeat of no spans while nothing happens", async () => {
  vi.useFakeTimers();
  const { watch } = createRing();
  const spans = watch();
  await spans.next();
  const beat = spans.next();
  await vi.advanceTimersByTimeAsync(HEARTBEAT_MS);
  expect((await beat).value).toEqual({ spans: [], omitted: 0 });
});

it("lets no more than a hundred watch at a time", async () => {
  const { ring, watch } = createRing();
  await Promise.all(Array.from({ length: 100 }, () => watch().next()));
  await expect(watch().next()).rejects.toThrow(TooMuchWork);
  expect(ring.watchers).toBe(100);
});

it("forgets a watcher that has left", async () => {
  const { ring, watch } = createRing();
  const spans = watch();
  await spans.next();
  const next = spans.next();
  left.abort(new Error("left"));
  await expect(next).rejects.toThrow("left");
  expect(ring.watchers).toBe(0);
});
