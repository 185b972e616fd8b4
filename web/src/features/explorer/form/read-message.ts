import {
  type DescMessage,
  fromJson,
  fromJsonString,
  type JsonValue,
  type Message,
  type Registry,
  toJson,
} from "@bufbuild/protobuf";
import { namesVariable, substitute, type Values } from "../variables/substitute.ts";
import type { ValueDraft } from "./draft.ts";
import { draftToJson, type Problems } from "./draft-to-json.ts";
import { plainReason } from "./parse-special.ts";
import { readJson } from "./read-json.ts";
import { messageType } from "./value-type.ts";

/** A message that can be sent, with its JSON, and the JSON as it was written, with the names of variables; or why there is none: at fields, and in general. */
export type ReadMessage =
  | { readonly message: Message; readonly json: JsonValue; readonly written: JsonValue }
  | { readonly problem: string; readonly fields: Problems };

const noValues: Values = new Map();

/** Reads the message of a form, with values in the place of the variables that it names. */
export function readDraft(
  desc: DescMessage,
  draft: ValueDraft,
  types: Registry,
  values: Values = noValues,
): ReadMessage {
  const type = messageType(desc);
  const { json, problems } = draftToJson(type, draft, types, (text) => substitute(text, values));
  if (problems.size > 0) {
    const count = problems.size === 1 ? "One field needs" : `${problems.size} fields need`;
    return { problem: `${count} another value.`, fields: problems };
  }
  try {
    const message = fromJson(desc, json, { registry: types });
    return normalized(desc, message, draftToJson(type, draft, types, "as written").json, types);
  } catch (error) {
    return { problem: `This is not a valid ${desc.name}: ${plainReason(error)}`, fields: problems };
  }
}

/** Reads a message that was written as JSON, with values in the place of the variables that its texts name. */
export function readText(desc: DescMessage, text: string, types: Registry, values: Values = noValues): ReadMessage {
  const written = text.trim() === "" ? "{}" : text;
  const read = readJson(written);
  if ("problem" in read) return { problem: read.problem, fields: new Map() };
  const problems: string[] = [];
  const json = replaced(read.json, (one) => {
    const result = substitute(one, values);
    if ("problem" in result) problems.push(result.problem);
    return "text" in result ? result.text : one;
  });
  const [problem] = problems;
  if (problem !== undefined) return { problem, fields: new Map() };
  try {
    // Reading the text itself finds names that are there twice.
    const options = { registry: types };
    const message = namesVariable(written) ? fromJson(desc, json, options) : fromJsonString(desc, written, options);
    return normalized(desc, message, read.json, types);
  } catch (error) {
    return { problem: `This is not a valid ${desc.name}: ${plainReason(error)}`, fields: new Map() };
  }
}

/** The JSON with each of its texts replaced, those that are names of members included. */
function replaced(json: JsonValue, replace: (text: string) => string): JsonValue {
  if (typeof json === "string") return replace(json);
  if (Array.isArray(json)) return json.map((item) => replaced(item, replace));
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [replace(name), replaced(value, replace)]));
}

function normalized(desc: DescMessage, message: Message, written: JsonValue, types: Registry): ReadMessage {
  const json = toJson(desc, message, { registry: types });
  return { message, json, written: namesVariable(JSON.stringify(written)) ? written : json };
}
