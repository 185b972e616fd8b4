import { expect, it } from "vitest";
import type { HeaderEntry } from "./call-recorder.ts";
import { createMethodRegistry } from "./method-registry.ts";
import { recordCall } from "./record-call.ts";
import { defaultRecorderLimits } from "./recorder-limits.ts";

const MANY = 1_000;

function begin(headers: readonly HeaderEntry[] = []) {
  return recordCall(
    { via: "fetch", httpMethod: "POST", url: "http://server/p.S/M", headers },
    {
      id: 1,
      now: () => 0,
      limits: { ...defaultRecorderLimits, framesPerCall: MANY, callBytes: Number.POSITIVE_INFINITY },
      methods: createMethodRegistry([]),
      onChange: () => undefined,
    },
  );
}

const shortHeaders = Array.from({ length: MANY }, (_, index) => [`${index}`, ""] as const);

// What each takes was measured as the heap of Node after a collection, divided by how many there were.
it("counts what headers take beside their text", () => {
  expect(begin(shortHeaders).keptBytes()).toBeGreaterThan(100 * MANY);
});

it("counts what the details of an error take though they are empty", () => {
  const call = begin([["content-type", "application/json"]]);
  call.responseStarted(400, [["content-type", "application/json"]]);
  const details = new Array(MANY).fill({ type: "", value: "" });
  call.received(new TextEncoder().encode(JSON.stringify({ code: "aborted", details })));
  call.ended({ kind: "complete" });
  expect(call.snapshot().status?.details).toHaveLength(MANY);
  expect(call.keptBytes()).toBeGreaterThan(240 * MANY);
});

it("counts what frames take though they have no payload", () => {
  const headers = [["content-type", "application/connect+proto"]] as const;
  const call = begin(headers);
  call.responseStarted(200, headers);
  call.received(new Uint8Array(5 * MANY));
  expect(call.snapshot().frames).toHaveLength(MANY);
  expect(call.keptBytes()).toBeGreaterThan(344 * MANY);
});
