import type { JsonValue } from "@bufbuild/protobuf";
import type { Literal } from "./literal.ts";

/** A JSON value as Python writes it. */
export function pythonLiteral(json: JsonValue): Literal {
  if (json === null) return "None";
  if (typeof json === "boolean") return json ? "True" : "False";
  if (typeof json === "string") return pythonString(json);
  if (typeof json === "number") return Object.is(json, -0) ? "-0.0" : String(json);
  if (Array.isArray(json))
    return { open: "[", close: "]", items: json.map((value) => ({ value: pythonLiteral(value) })) };
  const items = Object.entries(json).map(([key, value]) => ({ key: pythonString(key), value: pythonLiteral(value) }));
  return { open: "{", close: "}", items };
}

/** A string of Python: every escape of JSON means the same there. */
export function pythonString(text: string): string {
  return JSON.stringify(text);
}
