import { describe, expect, it } from "vitest";
import { createDecodedHead, isTrailers } from "./decoded-head.ts";
import { HeaderField } from "./header-field.ts";

type Fields = readonly (readonly [name: string, value: string])[];

const REQUIRED: Fields = [
  [":method", "GET"],
  [":scheme", "http"],
  [":authority", "a"],
  [":path", "/"],
];
const WITHOUT_HOST: Fields = REQUIRED.filter(([name]) => name !== ":authority");

function fields(list: Fields): HeaderField[] {
  return list.map(([name, value]) => new HeaderField(name, value));
}

const head = (list: Fields) => createDecodedHead(fields(list));
const withRequired = (...more: Fields) => head([...REQUIRED, ...more]);
const withHost = (...more: Fields) => head([...WITHOUT_HOST, ...more]);

it("reads pseudo-headers, and the others by their names", () => {
  const made = withHost([":authority", "a:1"], ["x", "1"], ["y", "2"]);
  expect(made).toMatchObject({ method: "GET", scheme: "http", path: "/", authority: "a:1", contentLength: -1 });
  expect(made?.headers).toEqual({ x: "1", y: "2" });
  expect(Object.getPrototypeOf(made?.headers)).toBe(null);
});

it("joins values of one name, those of cookies with semicolons (RFC 9113, section 8.2.3)", () => {
  const made = withRequired(["x", "1"], ["cookie", "a=b"], ["x", "2"], ["cookie", "c=d"], ["__proto__", "e"]);
  expect(made?.headers.x).toBe("1, 2");
  expect(made?.headers.cookie).toBe("a=b; c=d");
  expect(Object.keys(made?.headers ?? {})).toContain("__proto__");
});

it("takes the first of a header that has one value", () => {
  const made = withRequired(
    ["authorization", "a"],
    ["content-type", "b"],
    ["authorization", "c"],
    ["content-type", "d"],
  );
  expect(made?.headers).toMatchObject({ authorization: "a", "content-type": "b" });
});

it.each([
  ["an absent authority is the host", [["host", "a"]], "a"],
  [
    "an equal host",
    [
      [":authority", "A"],
      ["host", "a"],
    ],
    "A",
  ],
  ["an empty authority", [[":authority", ""]], ""],
] as const)("takes %s", (_what, more, authority) => {
  expect(withHost(...more)?.authority).toBe(authority);
});

it("takes CONNECT with an authority alone (RFC 9113, section 8.5)", () => {
  expect(
    head([
      [":method", "CONNECT"],
      [":authority", "a:1"],
    ]),
  ).toMatchObject({ method: "CONNECT", path: "" });
});

it("takes OPTIONS of the whole server", () => {
  expect(
    head([
      [":method", "OPTIONS"],
      [":scheme", "http"],
      [":authority", "a"],
      [":path", "*"],
    ]),
  ).toMatchObject({ path: "*" });
});

it.each([
  ["te: trailers", ["te", "trailers"]],
  ["an empty value", ["x", ""]],
  ["a tab inside a value", ["x", "a\tb"]],
  ["bytes beyond ASCII", ["x", "\u00e9"]],
  ["a length", ["content-length", "12"]],
] as const)("takes %s", (_what, field) => {
  expect(withRequired(field)).toBeDefined();
});

describe("a request is malformed with (RFC 9113, sections 8.1.1, 8.2, 8.3)", () => {
  it.each<[what: string, fields: Fields]>([
    ["no method", REQUIRED.slice(1)],
    ["no scheme", REQUIRED.filter(([name]) => name !== ":scheme")],
    ["no path", REQUIRED.slice(0, 3)],
    ["neither an authority nor a host", WITHOUT_HOST],
    ["a pseudo-header twice", [...REQUIRED, [":path", "/"]]],
    ["a pseudo-header behind others", [["x", "1"], ...REQUIRED]],
    ["a pseudo-header of responses", [...REQUIRED, [":status", "200"]]],
    ["an unknown pseudo-header", [...REQUIRED, [":protocol", "a"]]],
    ["an empty path", [...REQUIRED.slice(0, 3), [":path", ""]]],
    ["a path without a slash", [...REQUIRED.slice(0, 3), [":path", "a"]]],
    ["a star for a path", [...REQUIRED.slice(0, 3), [":path", "*"]]],
    ["a space in the path", [...REQUIRED.slice(0, 3), [":path", "/a b"]]],
    ["a fragment in the path", [...REQUIRED.slice(0, 3), [":path", "/a#b"]]],
    ["a method that is no token", [[":method", "G T"], ...REQUIRED.slice(1)]],
    [
      "CONNECT with a path",
      [
        [":method", "CONNECT"],
        [":authority", "a"],
        [":path", "/"],
      ],
    ],
    ["CONNECT without an authority", [[":method", "CONNECT"]]],
    ["an upper-case name", [...REQUIRED, ["X", "1"]]],
    ["an empty name", [...REQUIRED, ["", "1"]]],
    ["a space in a name", [...REQUIRED, ["a b", "1"]]],
    ["a colon in a name", [...REQUIRED, ["a:b", "1"]]],
    ["a byte beyond ASCII in a name", [...REQUIRED, ["\u00e9", "1"]]],
    ["NUL in a value", [...REQUIRED, ["x", "a\0b"]]],
    ["CR in a value", [...REQUIRED, ["x", "a\rb"]]],
    ["LF in a value", [...REQUIRED, ["x", "a\nb"]]],
    ["a space before a value", [...REQUIRED, ["x", " a"]]],
    ["a tab behind a value", [...REQUIRED, ["x", "a\t"]]],
    ["connection", [...REQUIRED, ["connection", "close"]]],
    ["keep-alive", [...REQUIRED, ["keep-alive", "1"]]],
    ["proxy-connection", [...REQUIRED, ["proxy-connection", "close"]]],
    ["transfer-encoding", [...REQUIRED, ["transfer-encoding", "chunked"]]],
    ["upgrade", [...REQUIRED, ["upgrade", "a"]]],
    ["te that is not trailers", [...REQUIRED, ["te", "gzip"]]],
    ["a length that is none", [...REQUIRED, ["content-length", "1a"]]],
    ["a negative length", [...REQUIRED, ["content-length", "-1"]]],
    ["two lengths", [...REQUIRED, ["content-length", "1"], ["content-length", "1"]]],
    ["two hosts", [...REQUIRED, ["host", "a"], ["host", "a"]]],
    ["a host unlike the authority", [...REQUIRED, ["host", "b"]]],
    ["user information in the authority", [...WITHOUT_HOST, [":authority", "a@b"]]],
    ["a space in the authority", [...WITHOUT_HOST, [":authority", "a b"]]],
  ])("%s", (_what, list) => {
    expect(head(list)).toBeUndefined();
  });
});

it("knows trailers (RFC 9113, section 8.1)", () => {
  expect(isTrailers(fields([["x", "1"]]))).toBe(true);
  expect(
    isTrailers(
      fields([
        ["x", "1"],
        [":path", "/"],
      ]),
    ),
  ).toBe(false);
  expect(isTrailers(fields([["connection", "close"]]))).toBe(false);
});
