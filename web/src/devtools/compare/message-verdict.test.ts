import type { Decoded, RecordedFrame } from "@triptych/rpc-web";
import { expect, it } from "vitest";
import { messageVerdict } from "./message-verdict.ts";
import type { CallMessage } from "./use-messages.ts";

const text = (said: string): Decoded => ({ kind: "json", text: said });
const unreadable: Decoded = { kind: "unreadable", reason: "too long to be kept whole" };

/** A message of so many bytes, of which the payload is kept. */
function message(decoded: Decoded | undefined, payload: readonly number[], frame: Partial<RecordedFrame> = {}) {
  const made: CallMessage["frame"] = {
    number: 1,
    numberOfKind: 1,
    direction: "sent",
    at: 0,
    flag: 0,
    meaning: "message",
    codec: "proto",
    length: payload.length,
    payload: Uint8Array.from(payload),
    incomplete: false,
    ...frame,
  };
  return { frame: made, decoded };
}

it("compares what messages say, however they are encoded", () => {
  expect(messageVerdict(message(text("a"), [1]), message(text("a"), [2], { codec: "json" }))).toBe("the same");
  expect(messageVerdict(message(text("a"), [1]), message(text("b"), [1]))).toBe("differs");
});

it("waits for both to be read", () => {
  expect(messageVerdict(message(undefined, [1]), message(text("a"), [1]))).toBeUndefined();
  expect(messageVerdict(message(unreadable, [1]), message(undefined, [1]))).toBeUndefined();
});

const long = { length: 70_000 };
const packed = { flag: 1 };

it.each<[what: string, first: CallMessage, second: CallMessage, verdict: string]>([
  ["other bytes", message(unreadable, [1, 2], long), message(unreadable, [3, 2], long), "differs"],
  ["another length", message(unreadable, [1], long), message(unreadable, [1], { length: 70_001 }), "differs"],
  ["a beginning in common", message(unreadable, [1], long), message(unreadable, [1], long), "cannot be compared"],
  ["all bytes in common", message(unreadable, [1, 2]), message(unreadable, [1, 2]), "the same bytes"],
  ["one of them decoded", message(unreadable, [1], long), message(text("a"), [2]), "differs"],
  ["another encoding", message(unreadable, [1]), message(unreadable, [2], { codec: "json" }), "cannot be compared"],
  ["one compressed", message(unreadable, [1]), message(unreadable, [2], packed), "cannot be compared"],
  ["both compressed", message(unreadable, [1], packed), message(unreadable, [2], packed), "cannot be compared"],
])("compares the bytes of what is not decoded: %s", (_, first, second, verdict) => {
  expect(messageVerdict(first, second)).toBe(verdict);
});
