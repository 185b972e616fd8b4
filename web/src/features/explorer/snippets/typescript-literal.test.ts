// @vitest-environment node
import { create, fromJson, type JsonValue, toJson } from "@bufbuild/protobuf";
import { expect, it } from "vitest";
import { allTypes, methodOf } from "../testing/all-types.ts";
import { writeLiteral } from "./literal.ts";
import { typescriptLiteral } from "./typescript-literal.ts";

const sink = methodOf("Cook").input;
const registry = allTypes;

it("is the same message when it is run", () => {
  const json: JsonValue = {
    text: 'it\'s "so" \u2028 \\ `$y`',
    flag: true,
    small: -3,
    big: "-9223372036854775808",
    ratio: "NaN",
    single: "-Infinity",
    data: "aGVsbG8gd29ybGQgYW5kIGFsbCBvZiB5b3U=",
    spice: 7,
    maybe: 0,
    child: { data: "AAEC", child: {} },
    texts: ["", "b"],
    children: [{}, { small: 1 }],
    counts: { "not an identifier": "1", __proto__x: "2" },
    kids: { 7: { text: "seven" } },
    flags: { true: "SALT" },
    asTime: "2026-11-21T08:30:00.500Z",
    span: "-1.5s",
    mask: "text,unsignedBig",
    anything: [null, { a: 1 }],
    object: { __proto: [1, "x", null], "a b": true },
    list: [[], {}],
    packed: { "@type": "type.googleapis.com/alltypes.Sink", text: "inside" },
    wrapped: "5",
    wrappedFlag: false,
    nothing: {},
    times: ["2026-11-21T08:30:00Z"],
  };
  const message = fromJson(sink, json, { registry });
  for (const width of [60, 100_000]) {
    const source = writeLiteral(typescriptLiteral(sink, message), { width });
    // The literal is a program: what it is worth is what it comes to when it runs.
    const init = new Function(`return ${source}`)();
    expect(toJson(sink, create(sink, init), { registry })).toEqual(toJson(sink, message, { registry }));
  }
});

it("keeps a key that would set a prototype a key", () => {
  const message = fromJson(sink, JSON.parse('{"counts": {"__proto__": "1"}}'));
  const source = writeLiteral(typescriptLiteral(sink, message));
  expect(source).toBe('{ counts: { ["__proto__"]: 1n } }');
});
