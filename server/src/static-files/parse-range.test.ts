import { expect, it } from "vitest";
import { parseRange } from "./parse-range.ts";

// The examples of RFC 9110, 14.1.2, and what lies beside them, for a representation of 10,000 bytes.
it.each([
  ["bytes=0-499", { start: 0, end: 499 }],
  ["bytes=500-999", { start: 500, end: 999 }],
  ["bytes=-500", { start: 9_500, end: 9_999 }],
  ["bytes=9500-", { start: 9_500, end: 9_999 }],
  ["bytes=0-0", { start: 0, end: 0 }],
  ["bytes=0-", { start: 0, end: 9_999 }],
  ["bytes=9999-9999", { start: 9_999, end: 9_999 }],
  ["bytes=0-99999999999999999999", { start: 0, end: 9_999 }],
  ["bytes=-99999999999999999999", { start: 0, end: 9_999 }],
  ["bytes=-10001", { start: 0, end: 9_999 }],
  ["Bytes=1-2", { start: 1, end: 2 }],
  ["bytes=,1-2 ,", { start: 1, end: 2 }],
])("reads %s", (header, range) => {
  expect(parseRange(header, 10_000)).toEqual(range);
});

it.each(["bytes=10000-", "bytes=10000-10001", "bytes=99999999999999999999-", "bytes=-0"])(
  "finds nothing that %s could mean",
  (header) => {
    expect(parseRange(header, 10_000)).toBe("unsatisfiable");
  },
);

it.each([
  undefined,
  "",
  "bytes",
  "bytes=",
  "bytes=-",
  "bytes=5-2",
  "bytes=20000-10000",
  "bytes=a-b",
  "bytes=1",
  "bytes=--5",
  "bytes=1-2-3",
  "bytes=1-2=3",
  "bytes=0x1-2",
  "bytes=1.5-2",
  "bytes=0-1,2-3",
  "items=0-5",
  "items=",
  "0-5",
])("ignores %s", (header) => {
  expect(parseRange(header, 10_000)).toBeUndefined();
});

it("finds nothing in a representation that is empty", () => {
  expect(parseRange("bytes=0-", 0)).toBe("unsatisfiable");
  expect(parseRange("bytes=-1", 0)).toBe("unsatisfiable");
});
