import { describe, expect, it } from "vitest";
import { readMetadata } from "./metadata.ts";

const row = (name: string, value: string) => [{ id: 1, name, value }];

describe("metadata", () => {
  it("has lower-case names, and no rows that are empty", () => {
    const rows = [
      ...row(" X-Note ", " hi "),
      { id: 2, name: "", value: "" },
      { id: 3, name: "x-note", value: "again" },
    ];
    expect(readMetadata(rows)).toEqual({
      metadata: [
        ["x-note", "hi"],
        ["x-note", "again"],
      ],
      problems: new Map(),
    });
  });

  it.each([
    ["x note", "a", { name: "must be made of letters, digits, and _ . -" }],
    ["", "a", { name: "must be made of letters, digits, and _ . -" }],
    ["grpc-timeout", "1S", { name: "is set by the protocol itself" }],
    ["Content-Type", "text/plain", { name: "is set by the protocol itself" }],
    ["cookie", "a=b", { name: "cannot be set by a page: the browser does that" }],
    ["sec-fetch-mode", "cors", { name: "cannot be set by a page: the browser does that" }],
    ["x-note", "né", { value: "must be plain ASCII; for anything else use a name that ends with -bin" }],
    ["x-bin", "né", { value: "must be base64, because the name ends with -bin" }],
  ])("may not be %j: %j", (name, value, problem) => {
    expect(readMetadata(row(name, value)).problems).toEqual(new Map([[1, problem]]));
  });

  it.each([
    ["x-bin", "aGVsbG8"],
    ["authorization", "Bearer a.b.c"],
    ["accept-language", "de, en;q=0.5"],
  ])("may be %j: %j", (name, value) => {
    expect(readMetadata(row(name, value)).problems).toEqual(new Map());
  });
});
