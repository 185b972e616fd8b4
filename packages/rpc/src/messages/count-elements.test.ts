import { create, type DescMessage, fromBinary, type Message, toBinary } from "@bufbuild/protobuf";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { FileDescriptorProtoSchema, StructSchema } from "@bufbuild/protobuf/wkt";
import { CreateOrderRequestSchema } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasTooManyElements } from "./count-elements.ts";

/** Bytes that repeat a field, of any wire type, with the same value. */
function repeated(field: number, wireType: WireType, value: readonly number[], times: number): Uint8Array {
  const one = new BinaryWriter().tag(field, wireType).raw(Uint8Array.from(value)).finish();
  return Buffer.concat(Array.from({ length: times }, () => one));
}

const CASES: readonly (readonly [what: string, desc: DescMessage, bytes: Uint8Array, elements: number])[] = [
  ["empty items", CreateOrderRequestSchema, repeated(1, WireType.LengthDelimited, [0], 50), 50],
  ["items with fields", CreateOrderRequestSchema, repeated(1, WireType.LengthDelimited, [4, 8, 1, 16, 1], 50), 150],
  ["entries of a map", CreateOrderRequestSchema, repeated(3, WireType.LengthDelimited, [3, 10, 1, 97], 50), 100],
  ["unknown varints", CreateOrderRequestSchema, repeated(99, WireType.Varint, [0x80, 1], 50), 50],
  ["unknown texts", CreateOrderRequestSchema, repeated(99, WireType.LengthDelimited, [2, 1, 1], 50), 50],
  ["unknown fixed numbers", CreateOrderRequestSchema, repeated(99, WireType.Bit32, [1, 2, 3, 4], 50), 50],
  ["unknown groups", CreateOrderRequestSchema, repeated(99, WireType.StartGroup, [8, 1, 0x9c, 6], 50), 100],
  ["packed varints", FileDescriptorProtoSchema, repeated(10, WireType.LengthDelimited, [3, 1, 0x80, 1], 50), 150],
  ["nested messages", StructSchema, repeated(1, WireType.LengthDelimited, [4, 18, 2, 26, 0], 50), 150],
  // The parser reads a number where the schema has one, and what follows as fields, whatever the tag says.
  [
    "items in the guise of a text",
    FileDescriptorProtoSchema,
    Buffer.concat([
      new BinaryWriter()
        .tag(10, WireType.Varint)
        .raw(Uint8Array.from([1]))
        .finish(),
      repeated(10, WireType.Varint, [1], 49),
    ]),
    50,
  ],
];

describe("hasTooManyElements", () => {
  it.each(CASES)("counts %s", (_what, desc, bytes, elements) => {
    expect(hasTooManyElements(desc, bytes, elements)).toBe(false);
    expect(hasTooManyElements(desc, bytes, elements - 1)).toBe(true);
  });

  it("counts what is nested behind a field whose wire type is not its own", () => {
    // Field 2 of an item is a number: the length that its tag announces is that number, and the bytes after it are fields.
    const hidden = Buffer.concat(Array.from({ length: 50 }, () => Buffer.from([0x7a, 0])));
    const bytes = Buffer.concat([Buffer.from([10, hidden.length + 2, 0x12, hidden.length]), hidden]);
    expect(fromBinary(CreateOrderRequestSchema, bytes).items[0]?.$unknown).toHaveLength(50);
    expect(hasTooManyElements(CreateOrderRequestSchema, bytes, 51)).toBe(true);
  });

  it("counts no fewer elements than parsing makes of any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const made = objectsOf(StructSchema, bytes);
        expect(made > 0 && !hasTooManyElements(StructSchema, bytes, made - 1) && bytes.length >= made).toBe(false);
      }),
      { numRuns: 5_000 },
    );
  });

  it("ends on bytes that are no message", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(hasTooManyElements(CreateOrderRequestSchema, bytes, bytes.length)).toBe(false);
      }),
    );
  });

  it("does not read what is no longer than the limit", () => {
    const bytes = toBinary(CreateOrderRequestSchema, create(CreateOrderRequestSchema, { items: [{}, {}] }));
    expect(hasTooManyElements(CreateOrderRequestSchema, bytes, bytes.length)).toBe(false);
  });
});

/** How many messages and unknown fields parsing makes of bytes; none when they are no message. */
function objectsOf(desc: DescMessage, bytes: Uint8Array): number {
  try {
    return objectsIn(fromBinary(desc, bytes)) - 1;
  } catch {
    return 0;
  }
}

function objectsIn(value: unknown): number {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return 0;
  const { $unknown = [] } = value as Partial<Message>;
  const isMessage = "$typeName" in value;
  const inner = Object.entries(value).reduce((sum, [key, one]) => (key === "$unknown" ? sum : sum + objectsIn(one)), 0);
  return (isMessage ? 1 : 0) + $unknown.length + inner;
}
