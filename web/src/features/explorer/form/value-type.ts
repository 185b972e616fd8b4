import { type DescEnum, type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { FeatureSet_FieldPresence, isWrapperDesc } from "@bufbuild/protobuf/wkt";
import { emptyDraft, type MessageDraft, type ValueDraft } from "./draft.ts";

/** What a value is, as far as a form is concerned. */
export type ValueType =
  | { readonly kind: "scalar"; readonly scalar: ScalarType }
  | { readonly kind: "enum"; readonly enum: DescEnum }
  /** A well-known type that is one text in JSON, or any JSON at all. */
  | { readonly kind: "special"; readonly message: DescMessage; readonly form: SpecialForm }
  | { readonly kind: "message"; readonly message: DescMessage };

/** How a well-known type is written: as a text of its own, or as JSON. */
export type SpecialForm = "timestamp" | "duration" | "field-mask" | "json";

const specialForms: ReadonlyMap<string, SpecialForm> = new Map([
  ["google.protobuf.Timestamp", "timestamp"],
  ["google.protobuf.Duration", "duration"],
  ["google.protobuf.FieldMask", "field-mask"],
  ["google.protobuf.Struct", "json"],
  ["google.protobuf.Value", "json"],
  ["google.protobuf.ListValue", "json"],
  ["google.protobuf.Any", "json"],
]);

/** The type of a field, of the elements of a repeated one, and of the values of a map. */
export function valueTypeOf(field: DescField): ValueType {
  if (field.message !== undefined) return messageType(field.message);
  if (field.enum !== undefined) return { kind: "enum", enum: field.enum };
  return { kind: "scalar", scalar: field.scalar };
}

/** The type of a message: a wrapper is what it wraps. */
export function messageType(message: DescMessage): ValueType {
  if (isWrapperDesc(message)) return { kind: "scalar", scalar: message.fields[0].scalar };
  const form = specialForms.get(message.typeName);
  return form === undefined ? { kind: "message", message } : { kind: "special", message, form };
}

/** Whether a field that is not set differs from one that holds its zero value. */
export function canBeUnset(field: DescField): boolean {
  if (field.fieldKind === "list" || field.fieldKind === "map") return false;
  if (field.fieldKind === "message" || field.oneof !== undefined) return !isRequired(field);
  return field.presence === FeatureSet_FieldPresence.EXPLICIT;
}

/** Whether a message without the field is not valid. */
export function isRequired(field: DescField): boolean {
  return field.presence === FeatureSet_FieldPresence.LEGACY_REQUIRED;
}

/** What a form holds for a value that was just added. */
export function newValue(type: ValueType): ValueDraft {
  switch (type.kind) {
    case "scalar":
      return type.scalar === ScalarType.BOOL ? false : "";
    case "enum":
      return type.enum.values[0]?.name ?? "0";
    case "special":
      return newSpecial(type.message.typeName);
    case "message":
      return newMessage(type.message);
  }
}

function newSpecial(typeName: string): string {
  if (typeName === "google.protobuf.ListValue") return "[]";
  if (typeName === "google.protobuf.Value") return "null";
  return typeName === "google.protobuf.Struct" || typeName === "google.protobuf.Any" ? "{}" : "";
}

/** A message of which only what is required is set. */
function newMessage(message: DescMessage): MessageDraft {
  const required = message.fields.filter(isRequired);
  if (required.length === 0) return emptyDraft;
  return { ...emptyDraft, fields: new Map(required.map((field) => [field.name, newValue(valueTypeOf(field))])) };
}

/** The name of a type as it stands in a contract, without its package: `int64`, `repeated OrderItem`, `map<string, int32>`. */
export function typeLabel(field: DescField): string {
  const value = field.scalar === undefined ? (field.message ?? field.enum).name : scalarName(field.scalar);
  if (field.fieldKind === "list") return `repeated ${value}`;
  return field.fieldKind === "map" ? `map<${scalarName(field.mapKey)}, ${value}>` : value;
}

/** The name of a scalar type in a contract, such as `int64`. */
export function scalarName(scalar: ScalarType): string {
  return ScalarType[scalar].toLowerCase();
}
