import fc from "fast-check";
import { expect, it } from "vitest";
import type { CallRecording } from "./call-recorder.ts";
import { type CallRing, createCallRing } from "./call-ring.ts";
import { createMethodRegistry } from "./method-registry.ts";
import { recordCall } from "./record-call.ts";

const limits = { calls: 12, framesPerCall: 20, payloadBytes: 4_000, callBytes: 8_000, totalBytes: 42_000 };

/** A ring whose clock counts what has happened, and what begins a call in it. */
function setUp() {
  let time = 0;
  const ring = createCallRing(limits);
  const begin = (name: string, header = ""): CallRecording => {
    const record = recordCall(
      {
        via: "fetch",
        httpMethod: "POST",
        url: `http://server/p.S/${name}`,
        headers: [
          ["content-type", "application/connect+proto"],
          ["x-long", header],
        ],
      },
      {
        id: ++time,
        now: () => time++,
        limits,
        methods: createMethodRegistry([]),
        onChange: ring.changed,
      },
    );
    ring.add(record);
    record.responseStarted(200, [["content-type", "application/connect+proto"]]);
    return record;
  };
  return { ring, begin };
}

function message(length: number): Uint8Array {
  const bytes = new Uint8Array(5 + length);
  new DataView(bytes.buffer).setUint32(1, length);
  return bytes;
}

/** The bytes in memory of what a ring shows: payloads, headers and addresses, without what is only estimated. */
function bytesShown(ring: CallRing): number {
  return ring
    .records()
    .map((record) => record.snapshot())
    .reduce(
      (sum, { frames, requestHeaders, url }) =>
        sum +
        frames.reduce((bytes, { payload }) => bytes + payload.buffer.byteLength, 0) +
        2 * url.length +
        requestHeaders.reduce((bytes, entry) => bytes + 2 * entry.join("").length, 0),
      0,
    );
}

const names = (ring: CallRing) => ring.records().map((record) => record.snapshot().path.replace("p.S/", ""));

const event = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("begin" as const), size: fc.nat(200) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("begin" as const), size: fc.nat(40_000) }) },
  { weight: 12, arbitrary: fc.record({ kind: fc.constant("message" as const), size: fc.nat(1_500), which: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("message" as const), size: fc.nat(90_000), which: fc.nat() }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("part" as const), size: fc.nat(5_000), which: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("end" as const), which: fc.nat() }) },
);

it("never keeps more than it may, whatever comes", () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 150 }), (events) => {
      const { ring, begin } = setUp();
      const calls = [begin("First")];
      for (const next of events) {
        if (next.kind === "begin") calls.push(begin("M", "x".repeat(next.size)));
        else {
          const call = calls[next.which % calls.length];
          if (next.kind === "end") call?.ended({ kind: "complete" });
          // Of a part, the rest never comes.
          else call?.received(next.kind === "message" ? message(next.size) : message(next.size + 1).subarray(0, -1));
        }
        expect(ring.bytes()).toBeLessThanOrEqual(limits.totalBytes);
        expect(bytesShown(ring)).toBeLessThanOrEqual(ring.bytes());
        expect(ring.records().length).toBeLessThanOrEqual(limits.calls);
      }
    }),
  );
});

it("forgets first what ended first", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1_000), { minLength: 1, maxLength: 60 }), (sizes) => {
      const { ring, begin } = setUp();
      for (const [index, size] of sizes.entries()) {
        const call = begin(String(index));
        call.received(message(size));
        call.ended({ kind: "complete" });
      }
      const latest = sizes.map((_, index) => String(index)).slice(-names(ring).length);
      expect(names(ring)).toEqual(latest);
    }),
  );
});

it("keeps of each open stream its latest message", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(3), fc.nat(3_000)), { minLength: 1, maxLength: 80 }), (messages) => {
      const { ring, begin } = setUp();
      const streams = ["A", "B", "C", "D"].map((name) => begin(name));
      const counts = [0, 0, 0, 0];
      for (const [which, size] of messages) {
        streams[which]?.received(message(size));
        counts[which] = (counts[which] ?? 0) + 1;
      }
      const latest = ring.records().map((record) => record.snapshot().frames.at(-1)?.number ?? 0);
      expect(latest).toEqual(counts);
    }),
  );
});

it("forgets messages of a stream that are older than a call before the call", () => {
  const { ring, begin } = setUp();
  const streams = ["A", "B", "C", "D"].map((name) => begin(name));
  for (const stream of streams) for (let count = 0; count < 6; count += 1) stream.received(message(600));
  const call = begin("Call");
  call.received(message(1_500));
  call.ended({ kind: "complete" });
  expect(names(ring)).toContain("Call");
  // The first two say how the stream began.
  expect(
    ring
      .records()[0]
      ?.snapshot()
      .frames.map(({ number }) => number),
  ).toEqual([1, 2, 5, 6]);
});

it("takes a call that is larger than everything for forgotten, and goes on with the next", () => {
  const { ring, begin } = setUp();
  const large = begin("Large", "x".repeat(20_000));
  large.received(message(10));
  expect(names(ring)).toEqual([]);
  begin("Next");
  expect(names(ring)).toEqual(["Next"]);
});

it("lets go of a call that is forgotten, which may go on", () => {
  const { ring, begin } = setUp();
  const first = begin("First");
  for (let count = 0; count < limits.calls; count += 1) begin("M");
  first.received(message(2_000));
  first.ended({ kind: "complete" });
  expect(names(ring)).not.toContain("First");
  expect(ring.bytes()).toBeLessThan(limits.totalBytes);
});
