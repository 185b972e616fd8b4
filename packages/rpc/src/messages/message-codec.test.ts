import { create, createFileRegistry, type DescMessage, type Message, toBinary, toJson } from "@bufbuild/protobuf";
import {
  AnySchema,
  DurationSchema,
  FileDescriptorProtoSchema,
  file_google_protobuf_any,
  file_google_protobuf_duration,
  file_google_protobuf_struct,
  file_google_protobuf_wrappers,
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
  ValueSchema,
} from "@bufbuild/protobuf/wkt";
import { Code, type ConnectError } from "@connectrpc/connect";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { type CodecOptions, createMessageCodec } from "./message-codec.ts";

const FILES = [
  file_google_protobuf_any,
  file_google_protobuf_duration,
  file_google_protobuf_struct,
  file_google_protobuf_wrappers,
];

const field = (number: number, name: string, type: Type, typeName = "", label = Label.OPTIONAL) =>
  ({ number, name, jsonName: name, type, label, ...(typeName && { typeName }) }) as const;

/** A message with a field of every kind that JSON writes numbers in. */
const registry = createFileRegistry(
  create(FileDescriptorProtoSchema, {
    name: "numbers.proto",
    package: "test",
    syntax: "proto3",
    dependency: FILES.map(({ proto }) => proto.name),
    messageType: [
      {
        name: "Numbers",
        field: [
          field(1, "signed", Type.INT64),
          field(2, "unsigned", Type.FIXED64),
          field(3, "list", Type.SINT64, "", Label.REPEATED),
          field(4, "map", Type.MESSAGE, ".test.Numbers.MapEntry", Label.REPEATED),
          field(5, "wrapped", Type.MESSAGE, ".google.protobuf.Int64Value"),
          field(6, "duration", Type.MESSAGE, ".google.protobuf.Duration"),
          field(7, "any", Type.MESSAGE, ".google.protobuf.Any"),
          field(8, "value", Type.MESSAGE, ".google.protobuf.Value"),
          field(9, "real", Type.DOUBLE),
          field(10, "inner", Type.MESSAGE, ".test.Numbers"),
          field(11, "small", Type.INT32),
          field(12, "text", Type.STRING),
          field(13, "inners", Type.MESSAGE, ".test.Numbers", Label.REPEATED),
        ],
        nestedType: [
          {
            name: "MapEntry",
            field: [field(1, "key", Type.INT64), field(2, "value", Type.INT64)],
            options: { mapEntry: true },
          },
        ],
      },
    ],
  }),
  (name) => FILES.find(({ proto }) => proto.name === name)?.proto,
);
const Numbers = registry.getMessage("test.Numbers") as DescMessage;

const bounds: CodecOptions = { maxMessageBytes: 100_000, jsonOptions: { registry } };
const codecOf = (options: Partial<CodecOptions> = {}) =>
  createMessageCodec({ input: Numbers, output: Numbers }, { ...bounds, ...options });

const parse = (text: string | Uint8Array, options: Partial<CodecOptions> = {}): Message =>
  codecOf(options)
    .getI(false)
    .parse(typeof text === "string" ? Buffer.from(text) : Uint8Array.from(text));

/** What a text is read as, in canonical JSON. */
const read = (text: string) => toJson(Numbers, parse(text), { registry });

function rejected(text: string | Uint8Array, options: Partial<CodecOptions> = {}): ConnectError {
  try {
    parse(text, options);
  } catch (error) {
    // The codec throws nothing else.
    return error as ConnectError;
  }
  throw new Error("the message must be rejected");
}

describe("an integer of 64 bits in JSON", () => {
  const MAX = "9223372036854775807";

  it.each([
    ['{"signed":9007199254740993}', { signed: "9007199254740993" }],
    [`{"signed":${MAX}}`, { signed: MAX }],
    [`{"signed":-9223372036854775808}`, { signed: "-9223372036854775808" }],
    ['{"signed":9007199254740993.0}', { signed: "9007199254740993" }],
    ['{"signed":9.007199254740993e15}', { signed: "9007199254740993" }],
    ['{"signed":123456789012345e4}', { signed: "1234567890123450000" }],
    ['{"signed":"1.0"}', { signed: "1" }],
    ['{"signed":"1e0"}', { signed: "1" }],
    ['{"unsigned":18446744073709551615}', { unsigned: "18446744073709551615" }],
    [`{"list":[1,${MAX},"${MAX}"]}`, { list: ["1", MAX, MAX] }],
    [`{"map":{"${MAX}":${MAX}}}`, { map: { [MAX]: MAX } }],
    [`{"wrapped":${MAX}}`, { wrapped: MAX }],
    [`{"inner":{"inners":[{"signed":${MAX}}]}}`, { inner: { inners: [{ signed: MAX }] } }],
    [
      `{"any":{"@type":"type.googleapis.com/test.Numbers","signed":${MAX}}}`,
      { any: { "@type": "type.googleapis.com/test.Numbers", signed: MAX } },
    ],
    ['{"value":[9007199254740993,{"a":1e3}]}', { value: [9_007_199_254_740_992, { a: 1_000 }] }],
    ['{"real":0.1234567890123456789}', { real: 0.12345678901234568 }],
    ['{"small":1e1,"text":"9007199254740993"}', { small: 10, text: "9007199254740993" }],
    ['{"unknown":[9007199254740993],"signed":1}', { signed: "1" }],
  ])("is what is written: %s", (text, json) => {
    expect(read(text)).toEqual(json);
  });

  it("is itself, as a number and as text, whatever it is", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
        expect(parse(`{"signed":${value}}`)).toMatchObject({ signed: value });
        expect(parse(`{"signed":"${value}"}`)).toMatchObject({ signed: value });
      }),
    );
  });

  it.each([
    '{"signed":" 1"}',
    '{"signed":"0x10"}',
    '{"signed":"+5"}',
    '{"signed":"1.5"}',
    '{"signed":1.5}',
    '{"signed":9007199254740993.5}',
    '{"signed":1.00000000000000000001}',
    '{"signed":9223372036854775808}',
    '{"unsigned":-1}',
    '{"list":["0x10"]}',
    '{"map":{"0x10":"1"}}',
    '{"map":{"1":"0x10"}}',
    '{"wrapped":"0x10"}',
    '{"small":"0x10"}',
    '{"real":"0x10"}',
    '{"inner":{"signed":"0x10"}}',
    '{"any":{"@type":"type.googleapis.com/test.Numbers","signed":"0x10"}}',
  ])("is rejected rather than taken for another: %s", (text) => {
    expect(rejected(text).code).toBe(Code.InvalidArgument);
  });
});

describe("JSON that is no message", () => {
  it.each([
    ['{"signed":"many"}', 'signed must be a whole number from -9223372036854775808 to 9223372036854775807: got "many"'],
    ['{"inners":[{},{"small":1.5}]}', "inners[1].small must be a whole number from -2147483648 to 2147483647: got 1.5"],
    [
      '{"duration":"1.0123456789s"}',
      'duration must be seconds with at most nine decimals, such as "1.5s": got "1.0123456789s"',
    ],
    [
      '{"duration":"1s and more"}',
      'duration must be seconds with at most nine decimals, such as "1.5s": got "1s and more"',
    ],
    ['{"text":1}', "text must be well-formed text: got 1"],
    ['{"text":"\\ud83d"}', 'text must be well-formed text: got "\\ud83d"'],
    ['{"inner":[]}', "inner must be a JSON object: got an array"],
    ['{"list":{}}', "list must be a JSON array: got an object"],
    ['{"list":[null]}', "list[0] must be a whole number from -9223372036854775808 to 9223372036854775807: got null"],
    [
      '{"signed":9223372036854775808}',
      'signed must be a whole number from -9223372036854775808 to 9223372036854775807: got "9223372036854775808"',
    ],
    ["[]", "the message must be a JSON object: got an array"],
    ['{"signed":1,"signed":2}', 'cannot decode message test.Numbers from JSON: duplicate object key "signed"'],
    [`{"text":${"[".repeat(301)}${"]".repeat(301)}}`, "JSON must be nested at most 300 deep: got 302"],
  ])("is rejected with the field and what it takes: %s", (text, message) => {
    expect(rejected(text)).toMatchObject({ code: Code.InvalidArgument, rawMessage: message });
  });

  it("is rejected with a text that is well-formed and short, whatever it is", () => {
    const error = rejected(`{"text":"${"😀".repeat(1_000)}`);
    expect(error.code).toBe(Code.InvalidArgument);
    expect(error.rawMessage.isWellFormed()).toBe(true);
    expect([...error.rawMessage].length).toBeLessThanOrEqual(301);
  });

  it("is rejected when its bytes are no UTF-8", () => {
    const bytes = Buffer.concat([Buffer.from('{"text":"'), Buffer.from([0xff]), Buffer.from('"}')]);
    expect(rejected(bytes)).toMatchObject({ code: Code.InvalidArgument, rawMessage: expect.stringContaining("UTF-8") });
  });
});

describe("the bound of elements", () => {
  it("holds for JSON and for protobuf, and names each message that is above it", () => {
    const onTooManyElements = vi.fn();
    const options = { maxMessageElements: 100, onTooManyElements };
    const code = { code: Code.ResourceExhausted, rawMessage: "a message must have at most 100 elements: got more" };
    expect(rejected(`{"inners":[${"{},".repeat(100)}{}]}`, options)).toMatchObject(code);
    expect(
      rejected(`{${Array.from({ length: 51 }, (_, index) => `"unknown${index}":0`).join()}}`, options),
    ).toMatchObject(code);
    const inners = Array.from({ length: 101 }, () => ({}));
    const bytes = toBinary(Numbers, create(Numbers, { inners } as never));
    expect(() => codecOf(options).getI(true).parse(bytes)).toThrow(code.rawMessage);
    expect(onTooManyElements).toHaveBeenCalledTimes(3);
  });

  it("lets a message at it pass", () => {
    const inners = Array.from({ length: 100 }, () => ({}));
    const bytes = toBinary(Numbers, create(Numbers, { inners } as never));
    expect(codecOf({ maxMessageElements: 100 }).getI(true).parse(bytes)).toMatchObject({ inners });
  });
});

describe("google.protobuf.Any in JSON", () => {
  it("is written with the registry, and rejected by name of the field without it", () => {
    const any = create(AnySchema, {
      typeUrl: "type.googleapis.com/google.protobuf.Duration",
      value: toBinary(DurationSchema, create(DurationSchema, { seconds: 3n })),
    });
    const message = create(Numbers, {
      any,
      value: create(ValueSchema, { kind: { case: "numberValue", value: 1 } }),
    } as never);
    const json = Buffer.from(codecOf().getO(false).serialize(message)).toString();
    expect(JSON.parse(json)).toEqual({ any: { "@type": any.typeUrl, value: "3s" }, value: 1 });
    expect(parse(json)).toMatchObject({ any: { typeUrl: any.typeUrl } });
    expect(rejected(json, { jsonOptions: { registry: undefined } }).rawMessage).toMatch(
      /^any must be an object whose "@type"/,
    );
  });
});
