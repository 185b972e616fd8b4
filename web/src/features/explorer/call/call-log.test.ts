import { create } from "@bufbuild/protobuf";
import { BytesValueSchema, EmptySchema } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { addEvents, type CallEvent, keptMessages, keptSize, openedCall } from "./call-log.ts";

const message = create(EmptySchema);
const received = (at: number): CallEvent => ({ kind: "received", at, message });

describe("the log of a call", () => {
  it("tells how it went, in order", () => {
    const headers = new Headers({ a: "b" });
    const log = addEvents(openedCall, [
      { kind: "sent", at: 0, message },
      { kind: "headers", at: 2, metadata: headers },
      received(3),
      { kind: "half-closed", at: 4 },
      received(5),
      { kind: "ended", at: 6, error: undefined },
    ]);
    expect(log).toMatchObject({ phase: "ended", isSending: false, sent: 1, received: 2, headers, error: undefined });
    expect(log).toMatchObject({ headersAt: 2, firstAt: 3, endedAt: 6 });
    expect(log.entries.map(({ number, direction, at }) => [number, direction, at])).toEqual([
      [1, "sent", 0],
      [2, "received", 3],
      [3, "received", 5],
    ]);
  });

  it("keeps the latest messages and counts all", () => {
    const log = addEvents(
      openedCall,
      Array.from({ length: keptMessages + 7 }, (_, at) => received(at)),
    );
    expect(log.received).toBe(keptMessages + 7);
    expect(log.entries).toHaveLength(keptMessages);
    expect(log.entries.at(-1)?.number).toBe(keptMessages + 7);
  });

  it("remembers the error that it ended with, and takes nothing more", () => {
    const error = new ConnectError("no", Code.Aborted);
    const log = addEvents(openedCall, [{ kind: "ended", at: 1, error }]);
    expect(log).toMatchObject({ phase: "ended", isSending: false, error, endedAt: 1 });
  });

  it("keeps no more than there is room for, and the latest message however large it is", () => {
    const large = (share: number): CallEvent => ({
      kind: "received",
      at: 0,
      message: create(BytesValueSchema, { value: new Uint8Array(keptSize * share) }),
    });
    const log = addEvents(openedCall, [large(0.4), large(0.4), large(0.4)]);
    expect(log.entries.map(({ number }) => number)).toEqual([2, 3]);
    expect(addEvents(log, [large(1.1)]).entries.map(({ number }) => number)).toEqual([4]);
    expect(addEvents(log, [large(1.1)]).received).toBe(4);
  });
});
