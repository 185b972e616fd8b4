import type { DescField, DescMessage, JsonObject, JsonValue, Registry } from "@bufbuild/protobuf";
import { namesVariable, type Substituted } from "../variables/substitute.ts";
import type { FieldDraft, ListDraft, MapDraft, MessageDraft, ValueDraft } from "./draft.ts";
import { type Parsed, parseScalar, shown } from "./parse-scalar.ts";
import { parseSpecial } from "./parse-special.ts";
import { type ValueType, valueTypeOf } from "./value-type.ts";

/** What is wrong with fields, by their path, such as `items[0].quantity` or `attributes["note"]`. */
export type Problems = ReadonlyMap<string, string>;

/** A value as JSON. Where there are problems it is not whole. */
export interface DraftJson {
  readonly json: JsonValue;
  readonly problems: Problems;
}

/** What is read in the place of a text in which variables are named; `as written` leaves it there as text, whatever its type. */
export type Replacing = ((text: string) => Substituted) | "as written";

/** Reads what a form holds, a message mostly, and says of each field that cannot be sent what is wrong with it. */
export function draftToJson(
  type: ValueType,
  draft: ValueDraft,
  types: Registry,
  replacing: Replacing = (text) => ({ text }),
): DraftJson {
  const problems = new Map<string, string>();
  return { json: readValue(type, draft, ""), problems };

  function readMessage(desc: DescMessage, { fields, extra }: MessageDraft, path: string): JsonObject {
    const entries = desc.fields.flatMap((field): [string, JsonValue][] => {
      const value = fields.get(field.name);
      if (value === undefined) return [];
      return [[field.jsonName, readField(field, value, path === "" ? field.name : `${path}.${field.name}`)]];
    });
    return { ...extra, ...Object.fromEntries(entries) };
  }

  function readField(field: DescField, value: FieldDraft, path: string): JsonValue {
    const type = valueTypeOf(field);
    if (isRows(value, "list")) return value.rows.map((row, index) => readValue(type, row.value, `${path}[${index}]`));
    if (isRows(value, "map")) return readMap(field, type, value, path);
    return readValue(type, value, path);
  }

  function readMap(field: DescField, type: ValueType, { rows }: MapDraft, path: string): JsonObject {
    const seen = new Set<string>();
    const entries = rows.map(({ key, value }, index): [string, JsonValue] => {
      const rowPath = `${path}[${index}]`;
      const name = readKey(field, key, `${rowPath}.key`);
      if (seen.has(name)) problems.set(`${rowPath}.key`, `must be different from the other keys: got ${shown(key)}`);
      seen.add(name);
      return [name, readValue(type, value, rowPath)];
    });
    return Object.fromEntries(entries);
  }

  function readKey(field: DescField, key: string, path: string): string {
    if (field.fieldKind !== "map") return key;
    const { mapKey } = field;
    return String(readText(key, path, (text) => parseScalar(mapKey, text)) ?? "");
  }

  function readValue(type: ValueType, value: ValueDraft, path: string): JsonValue {
    if (typeof value === "boolean") return value;
    if (typeof value === "object") return type.kind === "message" ? readMessage(type.message, value, path) : null;
    return readText(value, path, (text) => parseText(type, text, types));
  }

  function readText(given: string, path: string, parse: (text: string) => Parsed): JsonValue {
    if (!namesVariable(given)) return report(parse(given), path);
    if (replacing === "as written") return given;
    const replaced = replacing(given);
    return report("text" in replaced ? parse(replaced.text) : replaced, path);
  }

  function report(parsed: Parsed, path: string): JsonValue {
    if ("json" in parsed) return parsed.json;
    problems.set(path, parsed.problem);
    return null;
  }
}

function parseText(type: ValueType, text: string, types: Registry): Parsed {
  switch (type.kind) {
    case "scalar":
      return parseScalar(type.scalar, text);
    case "enum":
      return { json: type.enum.values.some(({ name }) => name === text) ? text : Number(text) };
    case "special":
      return parseSpecial(type, text, types);
    case "message":
      return { problem: "must be a message" };
  }
}

function isRows<K extends "list" | "map">(
  value: FieldDraft,
  kind: K,
): value is K extends "list" ? ListDraft : MapDraft {
  return typeof value === "object" && value.kind === kind;
}
