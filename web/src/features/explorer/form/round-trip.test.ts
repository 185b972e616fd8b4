import { type DescMessage, fromJson, type JsonValue, toJson } from "@bufbuild/protobuf";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allTypes, methodOf } from "../testing/all-types.ts";
import { draftFromJson } from "./draft-from-json.ts";
import { draftToJson } from "./draft-to-json.ts";
import { readJson } from "./read-json.ts";
import { messageType } from "./value-type.ts";

const sink: DescMessage = methodOf("Cook").input;
const options = { registry: allTypes };

/** JSON as the library writes it. */
const written = (json: JsonValue): JsonValue => toJson(sink, fromJson(sink, json, options), options);

/** JSON has no minus before a zero once it was text. */
const plusZero = (number: number) => (number === 0 ? 0 : number);

const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String);
const spice = fc.constantFrom("SPICE_NONE", "SALT", "PEPPER", 7);
const time = fc.constantFrom("2026-11-21T08:30:00Z", "0001-01-01T00:00:00Z", "1969-12-31T23:59:59.999Z");
/** Without whole numbers that only a double holds as they are written: those are refused, for an integer may be meant. */
const anything = fc
  .jsonValue({ maxDepth: 2 })
  .map((value) => JSON.parse(JSON.stringify(value)))
  .filter((value) => !("problem" in readJson(JSON.stringify(value)))) as fc.Arbitrary<JsonValue>;
const number = fc
  .oneof(fc.double(), fc.constantFrom("NaN", "Infinity", "-Infinity"))
  .map((n) => (typeof n === "number" && !Number.isFinite(n) ? String(n) : n))
  .map((n) => (typeof n === "number" ? plusZero(n) : n));
const bytes = fc.uint8Array({ maxLength: 12 }).map((data) => Buffer.from(data).toString("base64"));
const text = fc.string({ unit: "grapheme", maxLength: 8 });

const scalars = {
  text,
  flag: fc.boolean(),
  small: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  big: int64,
  unsignedBig: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String),
  ratio: number,
  single: fc.float({ noNaN: true, noDefaultInfinity: true }).map(plusZero),
  data: bytes,
  spice,
  maybe: fc.integer({ min: -5, max: 5 }),
  time,
  span: fc.constantFrom("1.5s", "0s", "-3s", "0.000000001s"),
  mask: fc.constantFrom("", "text,unsignedBig", "child.text"),
  anything,
  object: fc.dictionary(text, anything, { maxKeys: 3 }),
  list: fc.array(anything, { maxLength: 3 }),
  wrapped: int64,
  wrappedFlag: fc.boolean(),
  nothing: fc.constant({}),
  packed: fc.constantFrom<JsonValue>(
    {},
    { "@type": "type.googleapis.com/alltypes.Sink", text: "inside" },
    { "@type": "type.googleapis.com/google.protobuf.Duration", value: "2s" },
  ),
  times: fc.array(time, { maxLength: 3 }),
  texts: fc.array(text, { maxLength: 3 }),
  spices: fc.array(spice, { maxLength: 3 }),
  counts: fc.dictionary(text, int64, { maxKeys: 3 }),
  flags: fc.dictionary(fc.constantFrom("true", "false"), spice, { maxKeys: 2 }),
};

const { message } = fc.letrec<{ message: Record<string, JsonValue> }>((tie) => ({
  message: fc.record(
    {
      ...scalars,
      child: fc.option(tie("message"), { nil: null, maxDepth: 2 }),
      children: fc.oneof({ maxDepth: 1 }, fc.constant([]), fc.array(tie("message"), { maxLength: 2 })),
      kids: fc.oneof(
        { maxDepth: 1 },
        fc.constant({}),
        tie("message").map((kid) => ({ 7: kid })),
      ),
      asText: text,
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<Record<string, JsonValue>>,
}));

describe("a message in a form", () => {
  it("is the same message when it comes out again, whatever it is", () => {
    fc.assert(
      fc.property(message, (json) => {
        const normal = written(json);
        const { json: read, problems } = draftToJson(
          messageType(sink),
          draftFromJson(messageType(sink), normal),
          allTypes,
        );
        expect([...problems]).toEqual([]);
        expect(written(read)).toEqual(normal);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ["google.protobuf.StringValue", "text"],
    ["google.protobuf.Timestamp", "2026-11-21T08:30:00Z"],
    ["google.protobuf.Empty", {}],
    ["google.protobuf.Value", [null, 1]],
  ])("may be a %s itself", (name, json) => {
    const desc = allTypes.getMessage(name);
    const type = desc && messageType(desc);
    expect(type && draftToJson(type, draftFromJson(type, json), allTypes)).toEqual({ json, problems: new Map() });
  });
});
