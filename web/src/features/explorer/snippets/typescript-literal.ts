import { type DescField, type DescMessage, isFieldSet, type JsonValue, type Message } from "@bufbuild/protobuf";
import { isWrapperDesc } from "@bufbuild/protobuf/wkt";
import type { Literal } from "./literal.ts";

/** A message as the object that generated code takes for it. */
export function typescriptLiteral(desc: DescMessage, message: Message): Literal {
  const items = desc.members.flatMap((member) => {
    const value = propertyOf(message, member.localName);
    if (member.kind === "field") {
      return isFieldSet(message, member) ? [{ key: member.localName, value: fieldLiteral(member, value) }] : [];
    }
    const field = member.fields.find((one) => isFieldSet(message, one));
    if (field === undefined) return [];
    const chosen = object([
      { key: "case", value: JSON.stringify(field.localName) },
      { key: "value", value: singleLiteral(field, propertyOf(value, "value"), true) },
    ]);
    return [{ key: member.localName, value: chosen }];
  });
  return object(items);
}

function fieldLiteral(field: DescField, value: unknown): Literal {
  if (field.fieldKind === "list" && Array.isArray(value)) {
    return { open: "[", close: "]", items: value.map((one) => ({ value: singleLiteral(field, one, false) })) };
  }
  if (field.fieldKind === "map" && typeof value === "object" && value !== null) {
    return object(
      Object.entries(value).map(([key, one]) => ({ key: propertyKey(key), value: singleLiteral(field, one, false) })),
    );
  }
  return singleLiteral(field, value, true);
}

/** A value that is not a list or map; `isField` where it stands in a field of its own, in which some types are simpler. */
function singleLiteral(field: DescField, value: unknown, isField: boolean): Literal {
  const { message } = field;
  if (message === undefined) return scalarLiteral(value);
  if (isField && isWrapperDesc(message)) return scalarLiteral(value);
  if (isField && message.typeName === "google.protobuf.Struct") return jsonLiteral(value as JsonValue);
  return typescriptLiteral(message, value as Message);
}

function scalarLiteral(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  if (value instanceof Uint8Array) return bytesLiteral(value);
  if (typeof value === "string" || typeof value === "boolean") return JSON.stringify(value);
  if (Number.isNaN(value)) return "Number.NaN";
  return Object.is(value, -0) ? "-0" : String(value);
}

function bytesLiteral(bytes: Uint8Array): string {
  return bytes.length <= 16
    ? `Uint8Array.from([${[...bytes].join(", ")}])`
    : `Buffer.from("${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}", "hex")`;
}

function jsonLiteral(json: JsonValue): Literal {
  if (Array.isArray(json))
    return { open: "[", close: "]", items: json.map((value) => ({ value: jsonLiteral(value) })) };
  if (typeof json !== "object" || json === null) return JSON.stringify(json);
  return object(Object.entries(json).map(([key, value]) => ({ key: propertyKey(key), value: jsonLiteral(value) })));
}

function object(items: readonly { readonly key: string; readonly value: Literal }[]): Literal {
  return { open: "{", close: "}", items, spaced: true };
}

function propertyKey(key: string): string {
  // Written plainly this one would set the prototype.
  if (key === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
