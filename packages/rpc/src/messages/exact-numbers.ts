import { type DescExtension, type DescField, type DescMessage, type Registry, ScalarType } from "@bufbuild/protobuf";
import { isWrapperDesc } from "@bufbuild/protobuf/wkt";
import { exactInteger, isJsonNumber } from "./exact-integer.ts";
import { WrittenNumber, withPlainNumbers } from "./parse-exact-json.ts";

/** What a scalar or an enum takes of the ways in which JSON writes numbers. */
export type NumberKind = "integer" | "float" | "none";

/** A value of JSON as it is to be parsed; `INVALID` for one that its field does not take. */
type Exact = (json: unknown, registry: Registry | undefined) => unknown;

/** Stands for a value that ProtoJSON does not have for its field. */
export const INVALID = Symbol("a value that its field does not take");

/** Seconds with at most nine decimals. */
const DURATION = /^-?\d+(?:\.\d{1,9})?s$/;
const MAP_KEY_INTEGER = /^-?\d+$/;
const FLOAT_NAMES: ReadonlySet<unknown> = new Set(["NaN", "Infinity", "-Infinity"]);

const known = new WeakMap<DescMessage, Exact>();

/**
 * Has every number of a parsed JSON message, in fields of integers with all its digits, as it was written, and rejects what the parser would
 * take for another number or takes without being ProtoJSON: integers such as `" 1"`, `"0x10"` and `"+5"`, durations with more than nine
 * decimals. Changes the value in place; what else is wrong with it is for the parser to say.
 */
export function exactNumbers(desc: DescMessage, json: unknown, registry: Registry | undefined): unknown {
  return exactOf(desc)(json, registry);
}

/** What a field of this type takes. */
export function numberKind(scalar: ScalarType | undefined): NumberKind {
  switch (scalar) {
    case undefined:
    case ScalarType.STRING:
    case ScalarType.BYTES:
    case ScalarType.BOOL:
      return "none";
    case ScalarType.FLOAT:
    case ScalarType.DOUBLE:
      return "float";
    default:
      return "integer";
  }
}

function exactOf(desc: DescMessage): Exact {
  const made = known.get(desc);
  if (made !== undefined) return made;
  const special = specialOf(desc);
  if (special !== undefined) {
    known.set(desc, special);
    return special;
  }
  const fields = new Map<string, Exact>();
  const exact: Exact = (json, registry) =>
    exactMembers(json, (key) => fields.get(key) ?? extensionExact(key, registry), registry);
  // Before the fields: a message may be in itself.
  known.set(desc, exact);
  for (const field of desc.fields) {
    const ofField = fieldExact(field);
    fields.set(field.name, ofField).set(field.jsonName, ofField);
  }
  return exact;
}

/** The messages that JSON writes in a way of their own. */
function specialOf(desc: DescMessage): Exact | undefined {
  if (isWrapperDesc(desc)) return scalarExact(desc.fields[0]?.scalar);
  switch (desc.typeName) {
    case "google.protobuf.Duration":
      return (json) => (typeof json !== "string" || DURATION.test(json) ? json : INVALID);
    case "google.protobuf.Struct":
    case "google.protobuf.Value":
    case "google.protobuf.ListValue":
      return withPlainNumbers;
    case "google.protobuf.Any":
      return exactAny;
    default:
      return undefined;
  }
}

/** An extension has its full name in brackets for a key. */
function extensionExact(key: string, registry: Registry | undefined): Exact | undefined {
  if (registry === undefined || !key.startsWith("[") || !key.endsWith("]")) return undefined;
  const extension = registry.getExtension(key.slice(1, -1));
  return extension && fieldExact(extension);
}

function exactAny(json: unknown, registry: Registry | undefined): unknown {
  if (typeof json !== "object" || json === null || !("@type" in json)) return json;
  const desc = registry?.getMessage(String(json["@type"]).replace(/^.*\//s, ""));
  if (desc === undefined) return json;
  if (specialOf(desc) === undefined) return exactOf(desc)(json, registry);
  return exactMembers(json, (key) => (key === "value" ? exactOf(desc) : undefined), registry);
}

/** Makes the members of an object exact, each as its key says. */
function exactMembers(
  json: unknown,
  exactFor: (key: string) => Exact | undefined,
  registry: Registry | undefined,
): unknown {
  if (typeof json !== "object" || json === null) return json;
  // Object or array: both are written to by key.
  const members = json as Record<string, unknown>;
  for (const key of Object.keys(members)) {
    const value = members[key];
    const exact = exactFor(key)?.(value, registry) ?? value;
    if (exact === INVALID) return INVALID;
    if (exact !== value) members[key] = exact;
  }
  return json;
}

function fieldExact(field: DescField | DescExtension): Exact {
  if (field.fieldKind === "message") return exactOf(field.message);
  if (field.fieldKind !== "list" && field.fieldKind !== "map") return scalarExact(field.scalar);
  const one = field.message === undefined ? scalarExact(field.scalar) : exactOf(field.message);
  if (field.fieldKind === "list") return (json, registry) => exactMembers(json, () => one, registry);
  const isInteger = numberKind(field.mapKey) === "integer";
  return (json, registry) => (isInteger && hasOddKey(json) ? INVALID : exactMembers(json, () => one, registry));
}

function hasOddKey(json: unknown): boolean {
  return typeof json === "object" && json !== null && !Object.keys(json).every((key) => MAP_KEY_INTEGER.test(key));
}

function scalarExact(scalar: ScalarType | undefined): Exact {
  const kind = numberKind(scalar);
  if (kind === "integer") return exactIntegerValue;
  return kind === "float" ? exactFloatValue : plainValue;
}

function exactIntegerValue(json: unknown): unknown {
  if (typeof json === "string") return exactInteger(json) ?? INVALID;
  return json instanceof WrittenNumber ? (exactInteger(json.source) ?? INVALID) : json;
}

function exactFloatValue(json: unknown): unknown {
  if (typeof json === "string" && !FLOAT_NAMES.has(json) && !isJsonNumber(json)) return INVALID;
  return plainValue(json);
}

function plainValue(json: unknown): unknown {
  return json instanceof WrittenNumber ? json.value : json;
}
