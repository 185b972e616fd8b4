import { fromJson, type JsonValue, type Registry, toJson } from "@bufbuild/protobuf";
import { type Parsed, shown } from "./parse-scalar.ts";
import { readJson } from "./read-json.ts";
import type { ValueType } from "./value-type.ts";

type Special = Extract<ValueType, { kind: "special" }>;

const wanted = {
  timestamp: "must be a time such as 2026-11-21T08:30:00Z",
  duration: "must be seconds such as 1.5s",
  "field-mask": "must be fields in camel case, separated by commas, such as title,bookId",
} as const;

/** Reads the text of a well-known type as its JSON; types inside an Any are those of the registry. */
export function parseSpecial({ message, form }: Special, text: string, types: Registry): Parsed {
  if (form !== "json") {
    const trimmed = form === "field-mask" ? text.replaceAll(/\s/g, "") : text.trim();
    const reason = refusal(trimmed);
    return reason === undefined ? { json: trimmed } : { problem: `${wanted[form]}: got ${shown(text)}` };
  }
  const read = readJson(text);
  if ("problem" in read) return read;
  const reason = refusal(read.json);
  return reason === undefined ? read : { problem: `is not a valid ${message.typeName}: ${reason}` };

  function refusal(json: JsonValue): string | undefined {
    try {
      // Reading takes some values that writing refuses, and so does sending.
      toJson(message, fromJson(message, json, { registry: types }), { registry: types });
      return undefined;
    } catch (error) {
      return plainReason(error);
    }
  }
}

/** What the library says of a value that does not fit, without the names it puts before. */
export function plainReason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/^cannot (decode|encode) (message |field )?\S+ (from|to) JSON: /, "");
}
