import {
  type DescField,
  type DescMessage,
  fromJson,
  type JsonReadOptions,
  type JsonValue,
  ScalarType,
} from "@bufbuild/protobuf";
import { hasCustomJsonRepresentation } from "@bufbuild/protobuf/wkt";
import { exactNumbers, INVALID } from "./exact-numbers.ts";
import { WrittenNumber } from "./parse-exact-json.ts";
import { quote, truncate } from "./truncate-text.ts";

/**
 * What is wrong with a JSON message, for people: the first field that does not have what it takes, such as `items[2].quantity must be a
 * 32-bit integer: got "many"`. Undefined when each of the fields by itself is right. The value may have been made exact, but for what is
 * invalid.
 */
export function describeJsonProblem(
  desc: DescMessage,
  json: unknown,
  options: Partial<JsonReadOptions>,
): string | undefined {
  return new Description(options).message(desc, json, "");
}

class Description {
  private readonly options: Partial<JsonReadOptions>;

  constructor(options: Partial<JsonReadOptions>) {
    this.options = options;
  }

  message(desc: DescMessage, json: unknown, path: string): string | undefined {
    if (hasCustomJsonRepresentation(desc)) {
      return this.isRead(desc, json) ? undefined : problem(path, messageTakes(desc), json);
    }
    if (!isObject(json)) return problem(path, "a JSON object", json);
    for (const [key, value] of Object.entries(json)) {
      const field = desc.fields.find(({ name, jsonName }) => key === jsonName || key === name);
      const found = field && this.field(desc, field, value, path === "" ? key : `${path}.${key}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private field(desc: DescMessage, field: DescField, json: unknown, path: string): string | undefined {
    if (json === null)
      return this.isRead(desc, { [field.jsonName]: null }) ? undefined : problem(path, "a value", json);
    if (field.fieldKind === "list") {
      if (!Array.isArray(json)) return problem(path, "a JSON array", json);
      return first(json.entries(), ([index, item]) =>
        this.value(desc, field, { json: item, alone: [item], path: `${path}[${index}]` }),
      );
    }
    if (field.fieldKind === "map") {
      if (!isObject(json)) return problem(path, "a JSON object", json);
      return first(Object.entries(json), ([key, item]) =>
        this.value(desc, field, { json: item, alone: { [key]: item }, path: `${path}[${quote(key)}]` }),
      );
    }
    return this.value(desc, field, { json, alone: json, path });
  }

  /** One value of a field; `alone` is the field with nothing else in it. */
  private value(
    desc: DescMessage,
    field: DescField,
    { json, alone, path }: { readonly json: unknown; readonly alone: unknown; readonly path: string },
  ): string | undefined {
    if (field.message !== undefined && json !== null) return this.message(field.message, json, path);
    if (this.isRead(desc, { [field.jsonName]: alone })) return undefined;
    return problem(path, valueTakes(field), json);
  }

  private isRead(desc: DescMessage, json: unknown): boolean {
    const exact = exactNumbers(desc, json, this.options.registry);
    if (exact === INVALID) return false;
    try {
      // Made exact, it is JSON again.
      fromJson(desc, exact as JsonValue, this.options);
      return true;
    } catch {
      return false;
    }
  }
}

function first<T>(items: Iterable<T>, find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === "object" && json !== null && !Array.isArray(json) && !(json instanceof WrittenNumber);
}

function problem(path: string, takes: string, json: unknown): string {
  return `${path === "" ? "the message" : path} must be ${takes}: got ${shown(json)}`;
}

function shown(json: unknown): string {
  if (json instanceof WrittenNumber) return truncate(json.source, 60);
  if (Array.isArray(json)) return "an array";
  return isObject(json) ? "an object" : quote(json);
}

function valueTakes(field: DescField): string {
  if (field.enum !== undefined) return `a value of ${field.enum.name}, by its name or number`;
  const value = scalarTakes(field.scalar);
  if (field.fieldKind !== "map") return value;
  return field.mapKey === ScalarType.STRING ? value : `${value}, and its key ${scalarTakes(field.mapKey)}`;
}

function scalarTakes(scalar: ScalarType | undefined): string {
  switch (scalar) {
    case ScalarType.STRING:
      return "well-formed text";
    case ScalarType.BYTES:
      return "bytes in base64";
    case ScalarType.BOOL:
      return "true or false";
    case ScalarType.FLOAT:
    case ScalarType.DOUBLE:
      return "a number";
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return "a whole number from 0 to 4294967295";
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return "a whole number from 0 to 18446744073709551615";
    case ScalarType.INT32:
    case ScalarType.SINT32:
    case ScalarType.SFIXED32:
      return "a whole number from -2147483648 to 2147483647";
    default:
      return "a whole number from -9223372036854775808 to 9223372036854775807";
  }
}

function messageTakes(desc: DescMessage): string {
  switch (desc.typeName) {
    case "google.protobuf.Duration":
      return 'seconds with at most nine decimals, such as "1.5s"';
    case "google.protobuf.Timestamp":
      return 'a time of RFC 3339, such as "2026-01-31T12:00:00Z"';
    case "google.protobuf.FieldMask":
      return "paths in lowerCamelCase, separated by commas";
    case "google.protobuf.Any":
      return 'an object whose "@type" names a message that the server knows';
    case "google.protobuf.Struct":
      return "a JSON object";
    case "google.protobuf.ListValue":
      return "a JSON array";
    case "google.protobuf.Value":
      return "a JSON value";
    default:
      return scalarTakes(desc.fields[0]?.scalar);
  }
}
