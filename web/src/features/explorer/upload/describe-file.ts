import { create, type MessageInitShape } from "@bufbuild/protobuf";
import {
  type DescriptorProtoSchema,
  type EnumDescriptorProtoSchema,
  type FieldDescriptorProto,
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  type FieldDescriptorProtoSchema,
  type FileDescriptorProto,
  FileDescriptorProtoSchema,
  MethodOptions_IdempotencyLevel,
  type ServiceDescriptorProtoSchema,
  type SourceCodeInfo_LocationSchema,
} from "@bufbuild/protobuf/wkt";
import protobuf from "protobufjs";
import { lineOf, type ParsedProto } from "./parse-proto.ts";
import { ProtoProblem } from "./proto-problem.ts";
import { qualified, resolve, type Scope } from "./scope.ts";

type Field = MessageInitShape<typeof FieldDescriptorProtoSchema>;
type Location = MessageInitShape<typeof SourceCodeInfo_LocationSchema>;

/** Numbers of fields in `descriptor.proto`, of which the path to a declaration is made. */
const In = { message: 4, enum: 5, service: 6, field: 2, nested: 3, nestedEnum: 4, method: 2 };

/**
 * Describes a source file, with its comments, and without extensions and options that only other programs read.
 * @throws ProtoProblem naming the line, where a type is not among those of all files.
 */
export function describeFile(file: ParsedProto, dependency: readonly string[], scope: Scope): FileDescriptorProto {
  return new Description(file, scope).file(dependency);
}

class Description {
  readonly #file: ParsedProto;
  readonly #scope: Scope;
  readonly #comments: Location[] = [];

  constructor(file: ParsedProto, scope: Scope) {
    this.#file = file;
    this.#scope = scope;
  }

  file(dependency: readonly string[]): FileDescriptorProto {
    const { name, package: scope, syntax, declarations } = this.#file;
    const { messages, enums, services } = sorted(declarations);
    return create(FileDescriptorProtoSchema, {
      ...{ name, package: scope, syntax: syntax === "proto3" ? syntax : "", dependency: [...dependency] },
      messageType: messages.map((type, index) => this.#message(type, scope, [In.message, index])),
      enumType: enums.map((one, index) => this.#enum(one, [In.enum, index])),
      service: services.map((service, index) => this.#service(service, scope, [In.service, index])),
      sourceCodeInfo: { location: this.#comments },
    });
  }

  #message(type: protobuf.Type, scope: string, path: number[]): MessageInitShape<typeof DescriptorProtoSchema> {
    this.#comment(type.comment, path);
    const name = qualified(scope, type.name);
    const { messages, enums } = sorted(type);
    // What stands for an optional field alone comes last.
    const oneofs = type.oneofsArray.toSorted((a, b) => Number(isSynthetic(a)) - Number(isSynthetic(b)));
    const maps = type.fieldsArray.filter((field) => field instanceof protobuf.MapField);
    return {
      name: type.name,
      field: type.fieldsArray.map((field, index) => {
        this.#comment(field.comment, [...path, In.field, index]);
        return this.#field(field, name, oneofs);
      }),
      nestedType: [
        ...messages.map((one, index) => this.#message(one, name, [...path, In.nested, index])),
        ...maps.map((map) => this.#mapEntry(map, name)),
      ],
      enumType: enums.map((one, index) => this.#enum(one, [...path, In.nestedEnum, index])),
      oneofDecl: oneofs.map((one) => ({ name: one.name })),
    };
  }

  #field(field: protobuf.Field, scope: string, oneofs: readonly protobuf.OneOf[]): Field {
    const { partOf, options = {} } = field;
    const isMap = field instanceof protobuf.MapField;
    const label = isMap || field.repeated ? "REPEATED" : field.required ? "REQUIRED" : "OPTIONAL";
    const type = isMap
      ? { type: FieldDescriptorProto_Type.MESSAGE, typeName: `.${qualified(scope, entryName(field.name))}` }
      : this.#type(field.type, field.name, scope, field.delimited === true);
    return {
      ...{ name: field.name, number: field.id, label: FieldDescriptorProto_Label[label], ...type },
      jsonName: String(options.json_name ?? camelCase(field.name)),
      proto3Optional: options.proto3_optional === true,
      ...(options.default !== undefined && { defaultValue: String(options.default) }),
      ...(partOf && { oneofIndex: oneofs.indexOf(partOf) }),
      options: {
        ...(options.packed !== undefined && { packed: options.packed === true }),
        deprecated: options.deprecated === true,
      },
    };
  }

  #mapEntry(map: protobuf.MapField, scope: string): MessageInitShape<typeof DescriptorProtoSchema> {
    const label = FieldDescriptorProto_Label.OPTIONAL;
    const key = { name: "key", number: 1, label, jsonName: "key", ...this.#type(map.keyType, map.name, scope, false) };
    const value = {
      name: "value",
      number: 2,
      label,
      jsonName: "value",
      ...this.#type(map.type, map.name, scope, false),
    };
    return { name: entryName(map.name), field: [key, value], options: { mapEntry: true } };
  }

  #type(name: string, of: string, scope: string, isGroup: boolean): Pick<FieldDescriptorProto, "type" | "typeName"> {
    const scalar = SCALARS.get(name);
    if (scalar !== undefined) return { type: scalar, typeName: "" };
    const full = this.#resolve(name, scope, new RegExp(`[\\s.,<]${name.split(".").at(-1)}\\s*>?\\s+${of}\\b`));
    const { ENUM, GROUP, MESSAGE } = FieldDescriptorProto_Type;
    const isEnum = this.#scope.get(full) === "enum";
    return { type: isEnum ? ENUM : isGroup ? GROUP : MESSAGE, typeName: `.${full}` };
  }

  #enum({ name, values, valuesOptions, options = {}, comment, comments }: protobuf.Enum, path: number[]) {
    this.#comment(comment, path);
    const described: MessageInitShape<typeof EnumDescriptorProtoSchema> = {
      name,
      value: Object.entries(values).map(([value, number], index) => {
        this.#comment(comments?.[value] ?? null, [...path, 2, index]);
        return { name: value, number, options: { deprecated: valuesOptions?.[value]?.deprecated === true } };
      }),
      options: { allowAlias: options.allow_alias === true },
    };
    return described;
  }

  #service(service: protobuf.Service, scope: string, path: number[]) {
    this.#comment(service.comment, path);
    const full = qualified(scope, service.name);
    const described: MessageInitShape<typeof ServiceDescriptorProtoSchema> = {
      name: service.name,
      method: service.methodsArray.map((method, index) => {
        const { name, requestType, responseType, requestStream, responseStream, options = {} } = method;
        this.#comment(method.comment, [...path, In.method, index]);
        const where = new RegExp(`rpc\\s+${name}\\b`);
        return {
          name,
          inputType: `.${this.#resolve(requestType, full, where)}`,
          outputType: `.${this.#resolve(responseType, full, where)}`,
          clientStreaming: requestStream === true,
          serverStreaming: responseStream === true,
          options: { idempotencyLevel: idempotencyOf(options), deprecated: options.deprecated === true },
        };
      }),
    };
    return described;
  }

  #resolve(name: string, scope: string, where: RegExp): string {
    const full = resolve(this.#scope, name, scope);
    if (full !== undefined) return full;
    const { name: file, text } = this.#file;
    throw new ProtoProblem(file, lineOf(text, where), `${name} is declared in no file that was chosen`);
  }

  #comment(text: string | null, path: readonly number[]): void {
    if (text) this.#comments.push({ path: [...path], span: [0, 0, 0], leadingComments: ` ${text}\n` });
  }
}

function sorted({ nestedArray }: protobuf.NamespaceBase) {
  return {
    messages: nestedArray.filter((one) => one instanceof protobuf.Type),
    enums: nestedArray.filter((one) => one instanceof protobuf.Enum),
    services: nestedArray.filter((one) => one instanceof protobuf.Service),
  };
}

/** Whether a oneof only stands for a field of proto3 that is optional. */
function isSynthetic({ fieldsArray }: protobuf.OneOf): boolean {
  return fieldsArray.length === 1 && fieldsArray[0]?.options?.proto3_optional === true;
}

function idempotencyOf({ idempotency_level: level }: Readonly<Record<string, unknown>>) {
  if (level === "NO_SIDE_EFFECTS") return MethodOptions_IdempotencyLevel.NO_SIDE_EFFECTS;
  if (level === "IDEMPOTENT") return MethodOptions_IdempotencyLevel.IDEMPOTENT;
  return MethodOptions_IdempotencyLevel.IDEMPOTENCY_UNKNOWN;
}

/** The name of the message that an entry of a map is. */
function entryName(field: string): string {
  const camel = camelCase(field);
  return `${camel.charAt(0).toUpperCase()}${camel.slice(1)}Entry`;
}

function camelCase(name: string): string {
  return name.replace(/_+(\w?)/g, (_, letter: string) => letter.toUpperCase());
}

const { DOUBLE, FLOAT, INT64, UINT64, INT32, FIXED64, FIXED32, BOOL, STRING, BYTES, UINT32 } =
  FieldDescriptorProto_Type;
const { SFIXED32, SFIXED64, SINT32, SINT64 } = FieldDescriptorProto_Type;

const SCALARS: ReadonlyMap<string, FieldDescriptorProto_Type> = new Map(
  Object.entries({
    ...{ double: DOUBLE, float: FLOAT, int64: INT64, uint64: UINT64, int32: INT32, fixed64: FIXED64, fixed32: FIXED32 },
    ...{ bool: BOOL, string: STRING, bytes: BYTES, uint32: UINT32 },
    ...{ sfixed32: SFIXED32, sfixed64: SFIXED64, sint32: SINT32, sint64: SINT64 },
  }),
);
