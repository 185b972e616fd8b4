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
      sent: [
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

  it("has values in the place of variables, and user and password in base64, where it is sent", () => {
    const values = new Map([
      ["user", "ada"],
      ["bytes", "aGVsbG8"],
    ]);
    const rows = [...row("authorization", "Basic {{user}}:p:w"), { id: 2, name: "x-bin", value: "{{bytes}}" }];
    expect(readMetadata(rows, values)).toEqual({
      metadata: [
        ["authorization", "Basic {{user}}:p:w"],
        ["x-bin", "{{bytes}}"],
      ],
      sent: [
        ["authorization", "Basic YWRhOnA6dw=="],
        ["x-bin", "aGVsbG8"],
      ],
      problems: new Map(),
    });
    expect(readMetadata(row("{{a}}", "{{b}}"), values).problems.get(1)).toEqual({
      name: expect.stringContaining('no variable "a"'),
      value: expect.stringContaining('no variable "b"'),
    });
  });
});
