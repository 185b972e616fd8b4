import { type JsonValue, ScalarType } from "@bufbuild/protobuf";
import { base64Decode } from "@bufbuild/protobuf/wire";
import { scalarName } from "./value-type.ts";

/** What a text stands for, or what is wrong with it, in words for people. */
export type Parsed = { readonly json: JsonValue } | { readonly problem: string };

const signed32 = { min: -(2n ** 31n), max: 2n ** 31n - 1n };
const unsigned32 = { min: 0n, max: 2n ** 32n - 1n };
const signed64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n };
const unsigned64 = { min: 0n, max: 2n ** 64n - 1n };

const integers: ReadonlyMap<ScalarType, typeof signed32> = new Map([
  [ScalarType.INT32, signed32],
  [ScalarType.SINT32, signed32],
  [ScalarType.SFIXED32, signed32],
  [ScalarType.UINT32, unsigned32],
  [ScalarType.FIXED32, unsigned32],
  [ScalarType.INT64, signed64],
  [ScalarType.SINT64, signed64],
  [ScalarType.SFIXED64, signed64],
  [ScalarType.UINT64, unsigned64],
  [ScalarType.FIXED64, unsigned64],
]);

/** Reads the text of a scalar as its JSON. A number of which nothing is written is 0. */
export function parseScalar(scalar: ScalarType, text: string): Parsed {
  const range = integers.get(scalar);
  if (range !== undefined) return parseInteger(text.trim(), range);
  switch (scalar) {
    case ScalarType.FLOAT:
    case ScalarType.DOUBLE:
      return parseFloating(text.trim(), scalar);
    case ScalarType.BYTES:
      return parseBytes(text.trim());
    case ScalarType.BOOL:
      return text === "true" || text === "false"
        ? { json: text === "true" }
        : { problem: `must be true or false: got ${shown(text)}` };
    default:
      return text.isWellFormed()
        ? { json: text }
        : { problem: "must be text that can be sent: got half of a character" };
  }
}

function parseInteger(text: string, { min, max }: typeof signed32): Parsed {
  if (text === "") return { json: 0 };
  const problem = `must be a whole number from ${min} to ${max}: got ${shown(text)}`;
  // No range has more than 20 digits; reading many thousands takes long.
  if (!/^[+-]?\d{1,40}$/.test(text)) return { problem };
  const value = BigInt(text.replace("+", ""));
  if (value < min || value > max) return { problem };
  return { json: max > unsigned32.max ? String(value) : Number(value) };
}

function parseFloating(text: string, scalar: ScalarType): Parsed {
  if (text === "") return { json: 0 };
  if (text === "NaN" || text === "Infinity" || text === "-Infinity") return { json: text };
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value)) return { problem: `must be a number, NaN, Infinity or -Infinity: got ${shown(text)}` };
  const held = scalar === ScalarType.FLOAT ? Math.fround(value) : value;
  return Number.isFinite(held) ? { json: value } : { problem: `must fit a ${scalarName(scalar)}: got ${shown(text)}` };
}

function parseBytes(text: string): Parsed {
  try {
    base64Decode(text);
    return { json: text };
  } catch {
    return { problem: `must be base64, such as aGVsbG8=: got ${shown(text)}` };
  }
}

/** A text in quotes, cut where it is long. */
export function shown(text: string): string {
  const characters = [...text.slice(0, 120)];
  return characters.length > 40 ? `"${characters.slice(0, 40).join("")}…"` : `"${text}"`;
}
