import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HpackDecoder } from "./hpack-decoder.ts";
import { prepareHeaders } from "./prepare-headers.ts";

const BOUNDS = { maxHeaderListSize: 1_000_000, maxHeaderCount: 1_000 };

function decode(block: Uint8Array): [string, string][] {
  const decoder = new HpackDecoder(BOUNDS);
  const fields = decoder.decode(Buffer.from(block), 0, block.length);
  // Nothing goes into the table of the client.
  expect(decoder.generation).toBe(0);
  return fields.map(({ name, value }) => [name, value]);
}

it.each([
  [200, "88"],
  [204, "89"],
  [500, "8e"],
  [418, "0803343138"],
])("encodes status %i", (status, hex) => {
  expect(Buffer.from(prepareHeaders(status).block).toString("hex")).toBe(hex);
});

it("uses the static table for names and whole headers", () => {
  const { block } = prepareHeaders(200, [
    ["content-type", "a"],
    ["accept-encoding", "gzip, deflate"],
    ["x", "y"],
  ]);
  // Index 31 does not fit into four bits: 15, then 16 (RFC 7541, section 5.1).
  expect(Buffer.from(block).toString("hex")).toBe("880f100161900001780179");
});

it("writes an empty value out, although the static table has an entry without a value", () => {
  expect(decode(prepareHeaders(undefined, [["accept", ""]]).block)).toEqual([["accept", ""]]);
});

it("encodes whatever headers there may be so that they are decoded to the same", () => {
  const name = fc.stringMatching(/^[a-z0-9!#$%&'*+\-.^_`|~]{1,40}$/);
  const value = fc.oneof(fc.stringMatching(/^[!-~]([ -~]{0,300}[!-~])?$/), fc.constant(""), fc.constant("é\u00ff"));
  fc.assert(
    fc.property(fc.array(fc.tuple(name, value), { maxLength: 20 }), (fields) => {
      expect(decode(prepareHeaders(200, fields).block)).toEqual([[":status", "200"], ...fields]);
    }),
  );
});

it("makes names lower-case", () => {
  expect(decode(prepareHeaders(undefined, [["X-A", "b"]]).block)).toEqual([["x-a", "b"]]);
});

describe("what HTTP/2 does not allow is rejected:", () => {
  it.each([
    ["connection", "close"],
    ["transfer-encoding", "chunked"],
    ["keep-alive", "1"],
    ["upgrade", "a"],
    [":path", "/"],
    ["a b", "c"],
    ["", "c"],
    ["é", "c"],
    ["a", "b\r\nc: d"],
    ["a", "b\0"],
    ["a", " b"],
    ["a", "b\t"],
    ["a", "€"],
  ])("%j: %j", (name, value) => {
    expect(() => prepareHeaders(200, [[name, value]])).toThrow(TypeError);
  });
});
