import {
  type DescMessage,
  fromJson,
  fromJsonString,
  type JsonValue,
  type Message,
  type Registry,
  toJson,
} from "@bufbuild/protobuf";
import type { ValueDraft } from "./draft.ts";
import { draftToJson, type Problems } from "./draft-to-json.ts";
import { plainReason } from "./parse-special.ts";
import { readJson } from "./read-json.ts";
import { messageType } from "./value-type.ts";

/** A message that can be sent, with its JSON; or why there is none: at fields, and in general. */
export type ReadMessage =
  | { readonly message: Message; readonly json: JsonValue }
  | { readonly problem: string; readonly fields: Problems };

/** Reads the message of a form. */
export function readDraft(desc: DescMessage, draft: ValueDraft, types: Registry): ReadMessage {
  const { json, problems } = draftToJson(messageType(desc), draft, types);
  if (problems.size > 0) {
    const count = problems.size === 1 ? "One field needs" : `${problems.size} fields need`;
    return { problem: `${count} another value.`, fields: problems };
  }
  try {
    return normalized(desc, fromJson(desc, json, { registry: types }), types);
  } catch (error) {
    return { problem: `This is not a valid ${desc.name}: ${plainReason(error)}`, fields: problems };
  }
}

/** Reads a message that was written as JSON. */
export function readText(desc: DescMessage, text: string, types: Registry): ReadMessage {
  const written = text.trim() === "" ? "{}" : text;
  const read = readJson(written);
  if ("problem" in read) return { problem: read.problem, fields: new Map() };
  try {
    return normalized(desc, fromJsonString(desc, written, { registry: types }), types);
  } catch (error) {
    return { problem: `This is not a valid ${desc.name}: ${plainReason(error)}`, fields: new Map() };
  }
}

function normalized(desc: DescMessage, message: Message, types: Registry): ReadMessage {
  return { message, json: toJson(desc, message, { registry: types }) };
}
