import type { DescEnum, DescField, DescMessage, JsonObject, JsonValue } from "@bufbuild/protobuf";
import { ScalarType } from "@bufbuild/protobuf";
import { commentOf } from "../schema/comments.ts";
import { type SpecialForm, type ValueType, valueTypeOf } from "./value-type.ts";

/** How deep messages are filled in: one that holds itself would have no end. */
const DEEPEST = 4;
const SAMPLE = /(?:such as|for example|e\.g\.) `([^`]+)`/i;

/**
 * A message to begin with, as JSON: what the comments of the contract give as an example, such as `Ada` in "such as `Ada`". Where they say
 * nothing at all of a field there is a value of its type; a field of which they give no example is left out, as it may be empty.
 */
export function exampleOf(message: DescMessage, depth = 0): JsonObject {
  const example: JsonObject = {};
  for (const member of message.members) {
    const fields = member.kind === "oneof" ? member.fields : [member];
    for (const field of fields) {
      const value = exampleOfField(field, depth);
      if (value === undefined) continue;
      example[field.jsonName] = value;
      // At most one field of a group may be set.
      break;
    }
  }
  return example;
}

function exampleOfField(field: DescField, depth: number): JsonValue | undefined {
  if (field.fieldKind === "map") return undefined;
  const type = valueTypeOf(field);
  const value = type.kind === "message" ? nestedExample(type.message, depth) : exampleOfValue(field, type);
  return value !== undefined && field.fieldKind === "list" ? [value] : value;
}

function nestedExample(message: DescMessage, depth: number): JsonValue | undefined {
  const example = depth < DEEPEST ? exampleOf(message, depth + 1) : {};
  return Object.keys(example).length === 0 ? undefined : example;
}

function exampleOfValue(field: DescField, type: Exclude<ValueType, { kind: "message" }>): JsonValue | undefined {
  const comment = commentOf(field);
  const [, sample] = SAMPLE.exec(comment ?? "") ?? [];
  if (sample !== undefined) return fromSample(sample, type);
  if (comment !== undefined) return undefined;
  if (type.kind === "enum") return firstSaying(type.enum);
  return type.kind === "special" ? specialExamples[type.form] : scalarExample(type.scalar, field.name);
}

/** A sample as JSON of its type; undefined where it is not of that type. */
function fromSample(sample: string, type: Exclude<ValueType, { kind: "message" }>): JsonValue | undefined {
  if (type.kind === "enum") return type.enum.values.some(({ name }) => name === sample) ? sample : undefined;
  if (type.kind === "special") return type.form === "json" ? undefined : sample;
  if (type.scalar === ScalarType.STRING || type.scalar === ScalarType.BYTES) return sample;
  if (type.scalar === ScalarType.BOOL) return sample === "true";
  if (!Number.isFinite(Number(sample))) return undefined;
  // As the library writes it: integers of 64 bits are texts.
  return typeof scalarExample(type.scalar, "") === "string" ? sample : Number(sample);
}

/** The first value of an enum that says something: zero means that nothing is said. */
function firstSaying({ values }: DescEnum): string | undefined {
  return (values.find(({ number }) => number !== 0) ?? values[0])?.name;
}

const specialExamples: Readonly<Record<SpecialForm, JsonValue | undefined>> = {
  timestamp: "2026-01-02T03:04:05Z",
  duration: "1s",
  "field-mask": undefined,
  json: undefined,
};

function scalarExample(scalar: ScalarType, name: string): JsonValue {
  switch (scalar) {
    case ScalarType.STRING:
      return name.replaceAll("_", " ");
    case ScalarType.BYTES:
      return "aGVsbG8=";
    case ScalarType.BOOL:
      return true;
    case ScalarType.INT64:
    case ScalarType.UINT64:
    case ScalarType.SINT64:
    case ScalarType.FIXED64:
    case ScalarType.SFIXED64:
      return "1";
    default:
      return 1;
  }
}
