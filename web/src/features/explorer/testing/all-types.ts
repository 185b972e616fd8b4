import { create, createFileRegistry, type DescMethod, type FileRegistry, toBinary } from "@bufbuild/protobuf";
import {
  type DescriptorProto,
  DescriptorProtoSchema,
  type FieldDescriptorProto,
  FieldDescriptorProtoSchema,
  type FileDescriptorProto,
  FileDescriptorProtoSchema,
  file_google_protobuf_any,
  file_google_protobuf_duration,
  file_google_protobuf_empty,
  file_google_protobuf_field_mask,
  file_google_protobuf_struct,
  file_google_protobuf_timestamp,
  file_google_protobuf_wrappers,
  FieldDescriptorProto_Label as Label,
  OneofDescriptorProtoSchema,
  FieldDescriptorProto_Type as Type,
} from "@bufbuild/protobuf/wkt";

const imports = [
  file_google_protobuf_any,
  file_google_protobuf_duration,
  file_google_protobuf_empty,
  file_google_protobuf_field_mask,
  file_google_protobuf_struct,
  file_google_protobuf_timestamp,
  file_google_protobuf_wrappers,
];

type FieldInit = Partial<Pick<FieldDescriptorProto, "type" | "typeName" | "label" | "oneofIndex" | "proto3Optional">>;

/** A message type of fields numbered in order. */
function message(
  name: string,
  fields: Record<string, FieldInit>,
  rest: Partial<DescriptorProto> = {},
): DescriptorProto {
  const field = Object.entries(fields).map(([fieldName, init], index) =>
    create(FieldDescriptorProtoSchema, {
      name: fieldName,
      jsonName: fieldName.replaceAll(/_([a-z])/g, (_, letter) => letter.toUpperCase()),
      number: index + 1,
      label: Label.OPTIONAL,
      ...init,
    }),
  );
  return { ...create(DescriptorProtoSchema, { name, field }), ...rest };
}

const wellKnown = (name: string): FieldInit => ({ type: Type.MESSAGE, typeName: `.google.protobuf.${name}` });
const repeated = (init: FieldInit): FieldInit => ({ ...init, label: Label.REPEATED });
const mapOf = (entry: string) => repeated({ type: Type.MESSAGE, typeName: `.alltypes.Sink.${entry}` });
const entry = (name: string, key: FieldInit, value: FieldInit) => message(name, { key, value }, { options: mapEntry });
const mapEntry = create(DescriptorProtoSchema, { options: { mapEntry: true } }).options;
const text = { type: Type.STRING };
const sink = { type: Type.MESSAGE, typeName: ".alltypes.Sink" };
const spice = { type: Type.ENUM, typeName: ".alltypes.Spice" };

const sinkType = message(
  "Sink",
  {
    text,
    flag: { type: Type.BOOL },
    small: { type: Type.INT32 },
    big: { type: Type.INT64 },
    unsigned_big: { type: Type.UINT64 },
    ratio: { type: Type.DOUBLE },
    single: { type: Type.FLOAT },
    data: { type: Type.BYTES },
    spice,
    maybe: { type: Type.INT32, oneofIndex: 1, proto3Optional: true },
    child: sink,
    texts: repeated(text),
    children: repeated(sink),
    spices: repeated(spice),
    counts: mapOf("CountsEntry"),
    kids: mapOf("KidsEntry"),
    flags: mapOf("FlagsEntry"),
    as_text: { ...text, oneofIndex: 0 },
    as_child: { ...sink, oneofIndex: 0 },
    as_time: { ...wellKnown("Timestamp"), oneofIndex: 0 },
    time: wellKnown("Timestamp"),
    span: wellKnown("Duration"),
    mask: wellKnown("FieldMask"),
    anything: wellKnown("Value"),
    object: wellKnown("Struct"),
    list: wellKnown("ListValue"),
    packed: wellKnown("Any"),
    wrapped: wellKnown("Int64Value"),
    wrapped_flag: wellKnown("BoolValue"),
    nothing: wellKnown("Empty"),
    times: repeated(wellKnown("Timestamp")),
  },
  {
    oneofDecl: ["choice", "_maybe"].map((name) => create(OneofDescriptorProtoSchema, { name })),
    nestedType: [
      entry("CountsEntry", text, { type: Type.INT64 }),
      entry("KidsEntry", { type: Type.INT32 }, sink),
      entry("FlagsEntry", { type: Type.BOOL }, spice),
    ],
  },
);

const sinkName = ".alltypes.Sink";

const allTypesFile = create(FileDescriptorProtoSchema, {
  name: "alltypes.proto",
  package: "alltypes",
  syntax: "proto3",
  dependency: imports.map(({ proto }) => proto.name),
  messageType: [sinkType],
  enumType: [
    { name: "Spice", value: [{ name: "SPICE_NONE" }, { name: "SALT", number: 1 }, { name: "PEPPER", number: 2 }] },
  ],
  service: [
    {
      name: "AllTypes",
      method: [
        { name: "Cook", inputType: sinkName, outputType: sinkName },
        { name: "Taste", inputType: sinkName, outputType: sinkName, serverStreaming: true },
        { name: "Stir", inputType: sinkName, outputType: sinkName, clientStreaming: true },
        { name: "Chat", inputType: sinkName, outputType: sinkName, clientStreaming: true, serverStreaming: true },
        { name: "Wrap", inputType: ".google.protobuf.StringValue", outputType: ".google.protobuf.Empty" },
      ],
    },
  ],
});

/** A file with a field of every kind, and a method of every kind, and all that it imports. */
export const allTypesFiles: readonly FileDescriptorProto[] = [...imports.map(({ proto }) => proto), allTypesFile];

/** The types of the all-types schema, as if they came by reflection: from bytes. */
export const allTypes: FileRegistry = createFileRegistry(allTypesFile, (name) =>
  imports.find(({ proto }) => proto.name === name),
);

/** A method of the all-types schema by its name. */
export function methodOf(name: string): DescMethod {
  const method = allTypes.getService("alltypes.AllTypes")?.methods.find((one) => one.name === name);
  if (method === undefined) throw new Error(`the allTypes has no method ${name}`);
  return method;
}

/** The bytes of a file as reflection brings them. */
export function fileBytes(file: FileDescriptorProto): Uint8Array {
  return toBinary(FileDescriptorProtoSchema, file);
}
