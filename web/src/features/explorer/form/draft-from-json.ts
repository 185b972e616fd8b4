import type { DescField, DescMessage, JsonObject, JsonValue } from "@bufbuild/protobuf";
import { emptyDraft, type FieldDraft, type MessageDraft, type ValueDraft } from "./draft.ts";
import { type ValueType, valueTypeOf } from "./value-type.ts";

/**
 * What a form holds for a value, from JSON as the library writes it: names in camel case, or as the contract has them, enums by name where
 * they have one, nothing that is not set.
 */
export function draftFromJson(type: ValueType, json: JsonValue): ValueDraft {
  switch (type.kind) {
    case "message":
      return isObject(json) ? messageFromJson(type.message, json) : emptyDraft;
    case "special":
      return type.form === "json" ? JSON.stringify(json, null, 2) : String(json);
    case "enum":
      // The one enum whose JSON is no name.
      return json === null ? "NULL_VALUE" : String(json);
    case "scalar":
      // The text of a number has no minus before a zero, which a double can have.
      return typeof json === "boolean" ? json : Object.is(json, -0) ? "-0" : String(json);
  }
}

function messageFromJson(message: DescMessage, json: JsonObject): MessageDraft {
  const fields = new Map<string, FieldDraft>();
  const extra: JsonObject = {};
  const byName = new Map(
    message.fields.flatMap((field) => [[field.name, field] as const, [field.jsonName, field] as const]),
  );
  for (const [name, value] of Object.entries(json)) {
    const field = byName.get(name);
    if (field === undefined) extra[name] = value;
    else fields.set(field.name, fieldFromJson(field, value));
  }
  return { ...emptyDraft, fields, extra };
}

function fieldFromJson(field: DescField, json: JsonValue): FieldDraft {
  const type = valueTypeOf(field);
  if (field.fieldKind === "list" && Array.isArray(json)) {
    return { kind: "list", rows: json.map((value, index) => ({ id: index + 1, value: draftFromJson(type, value) })) };
  }
  if (field.fieldKind === "map" && isObject(json)) {
    const rows = Object.entries(json).map(([key, value], index) => ({
      id: index + 1,
      key,
      value: draftFromJson(type, value),
    }));
    return { kind: "map", rows };
  }
  return draftFromJson(type, json);
}

function isObject(json: JsonValue): json is JsonObject {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
