import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ClientFrame,
  decodeClientFrame,
  decodeServerFrame,
  encodeFrame,
  type ServerFrame,
} from "./call-frames.ts";
import { MAX_DATA_BYTES } from "./call-protocol.ts";
import { ProtocolError } from "./protocol-error.ts";

const stream = fc.integer({ min: 1, max: 2 ** 32 - 1 });
const key = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);
const value = fc.stringMatching(/^[!-~]([ -~]{0,30}[!-~])?$/);
const metadata = fc.array(fc.tuple(key, value), { maxLength: 5 }).map((pairs) => new Headers(pairs));
const path = fc.stringMatching(/^\/[\w.]{1,30}\/\w{1,20}$/);
const bytes = fc.uint8Array({ minLength: 1, maxLength: 500 });
const credit = fc.record({ type: fc.constant("credit" as const), stream, bytes: stream });
const data = fc.record({ type: fc.constant("data" as const), stream, bytes });

const clientFrame: fc.Arbitrary<ClientFrame> = fc.oneof(
  fc.record({ type: fc.constant("open" as const), stream, path, metadata }),
  fc.record({ type: fc.constantFrom("end" as const, "cancel" as const), stream }),
  credit,
  data,
);

const serverFrame: fc.Arbitrary<ServerFrame> = fc.oneof(
  fc.record({ type: fc.constantFrom("headers" as const, "trailers" as const), stream, metadata }),
  fc.record({ type: fc.constant("goaway" as const), stream: fc.nat() }),
  credit,
  data,
);

/** Headers compare by identity; this compares what they say. */
const plain = (frame: ClientFrame | ServerFrame) =>
  "metadata" in frame ? { ...frame, metadata: [...frame.metadata] } : frame;

const bytesOf = (text: string) =>
  Uint8Array.from(text.replaceAll(" ", "").match(/../g) ?? [], (hex) => parseInt(hex, 16));

describe("frames", () => {
  it("of a client are read as they were written", () => {
    fc.assert(
      fc.property(clientFrame, (frame) => {
        expect(plain(decodeClientFrame(encodeFrame(frame)))).toEqual(plain(frame));
      }),
    );
  });

  it("of a server are read as they were written", () => {
    fc.assert(
      fc.property(serverFrame, (frame) => {
        expect(plain(decodeServerFrame(encodeFrame(frame)))).toEqual(plain(frame));
      }),
    );
  });

  it("are read from the middle of a larger buffer", () => {
    fc.assert(
      fc.property(clientFrame, fc.uint8Array({ maxLength: 9 }), (frame, before) => {
        const buffer = Uint8Array.from([...before, ...encodeFrame(frame), 255]);
        expect(plain(decodeClientFrame(buffer.subarray(before.length, -1)))).toEqual(plain(frame));
      }),
    );
  });

  it("that are any bytes at all are read or malformed, never anything else", () => {
    const typed = fc
      .tuple(fc.nat({ max: 9 }), fc.uint8Array({ maxLength: 40 }))
      .map(([type, rest]) => Uint8Array.from([type, ...rest]));
    fc.assert(
      fc.property(
        fc.oneof(fc.uint8Array(), typed),
        fc.constantFrom(decodeClientFrame, decodeServerFrame),
        (input, decode) => {
          let outcome: unknown;
          try {
            outcome = decode(input);
          } catch (error) {
            outcome = error;
          }
          expect(outcome instanceof ProtocolError || !(outcome instanceof Error)).toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("have the bytes of the page that describes them", () => {
    const open = { type: "open", stream: 1, path: "/a.B/C", metadata: new Headers({ "X-K": "v" }) } as const;
    expect(encodeFrame(open)).toEqual(bytesOf("01 00000001 2f612e422f43 0d0a 782d6b3a20760d0a"));
    expect(encodeFrame({ type: "data", stream: 258, bytes: bytesOf("0000000000") })).toEqual(
      bytesOf("02 00000102 0000000000"),
    );
    expect(encodeFrame({ type: "credit", stream: 1, bytes: 32_768 })).toEqual(bytesOf("03 00000001 00008000"));
    expect(encodeFrame({ type: "end", stream: 1 })).toEqual(bytesOf("04 00000001"));
    expect(encodeFrame({ type: "cancel", stream: 1 })).toEqual(bytesOf("05 00000001"));
    expect(encodeFrame({ type: "headers", stream: 1, metadata: new Headers() })).toEqual(bytesOf("06 00000001"));
    expect(encodeFrame({ type: "trailers", stream: 1, metadata: new Headers({ "grpc-status": "0" }) })).toEqual(
      bytesOf("07 00000001 677270632d7374617475733a20300d0a"),
    );
    expect(encodeFrame({ type: "goaway", stream: 0 })).toEqual(bytesOf("08 00000000"));
  });
});

describe("a malformed frame", () => {
  it.each([
    ["nothing", "", "a frame has at least 5 bytes: got 0"],
    ["half a head", "04 0000", "a frame has at least 5 bytes: got 3"],
    ["no type", "00 00000001", "a client sends frames of type 1 to 5: got 0"],
    ["a type of the other end", "07 00000001", "a client sends frames of type 1 to 5: got 7"],
    ["stream 0", "04 00000000", "a stream id must be 1 or more: got 0"],
    ["an end with a payload", "04 00000001 00", "the payload must have 0 bytes: got 1"],
    ["a cancel with a payload", "05 00000001 0000", "the payload must have 0 bytes: got 2"],
    ["no data", "02 00000001", "a data frame carries 1 to 16384 bytes: got 0"],
    ["short credit", "03 00000001 000001", "the payload must have 4 bytes: got 3"],
    ["no credit", "03 00000001 00000000", "credit must be at least 1 byte: got 0"],
    ["no path", "01 00000001", "an open frame begins with the path of a method and CRLF"],
    ["an empty path", "01 00000001 0d0a", "an open frame begins with the path of a method and CRLF"],
    ["a path without its end", "01 00000001 2f61", "an open frame begins with the path of a method and CRLF"],
    ["a path with half its end", "01 00000001 2f610d", "an open frame begins with the path of a method and CRLF"],
    ["a path that is not UTF-8", "01 00000001 ff0d0a", "the path of a method must be UTF-8"],
    ["metadata that are not UTF-8", "01 00000001 2f0d0a ff", "metadata must be UTF-8"],
    ["metadata without a key", "01 00000001 2f0d0a 3a61", 'metadata must have lines "key: value": got ":a"'],
    ["metadata without a colon", "01 00000001 2f0d0a 61", 'metadata must have lines "key: value": got "a"'],
    ["a key with a space", "01 00000001 2f0d0a 6120623a63", 'metadata must have lines "key: value": got "a b:c"'],
    ["a value with a line feed", "01 00000001 2f0d0a 613a620a63", String.raw`got "a:b\nc"`],
  ])("from a client: %s", (_what, hex, message) => {
    expect(() => decodeClientFrame(bytesOf(hex))).toThrow(ProtocolError);
    expect(() => decodeClientFrame(bytesOf(hex))).toThrow(message);
  });

  it("from a client: too much data", () => {
    const bytes = new Uint8Array(MAX_DATA_BYTES + 1);
    const frame = encodeFrame({ type: "data", stream: 1, bytes });
    expect(() => decodeClientFrame(frame)).toThrow("a data frame carries 1 to 16384 bytes: got 16385");
  });

  it.each([
    ["a type of the other end", "01 00000001", "a server sends frames of type 2, 3 and 6 to 8: got 1"],
    ["trailers of stream 0", "07 00000000", "a stream id must be 1 or more: got 0"],
    ["a goaway with a payload", "08 00000000 00", "the payload must have 0 bytes: got 1"],
  ])("from a server: %s", (_what, hex, message) => {
    expect(() => decodeServerFrame(bytesOf(hex))).toThrow(message);
  });
});
