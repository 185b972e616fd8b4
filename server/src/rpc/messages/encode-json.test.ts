import { expect, it } from "vitest";
import { encodeJson } from "./encode-json.ts";

it.each([
  ["half a pair", "a\ud83d", "a\ufffd"],
  ["the other half", "\udc00b", "\ufffdb"],
  ["a whole pair", "😀", "😀"],
  ["an escape that a person wrote", "\\ud83d", "\\ud83d"],
  ["such an escape and half a pair", "\\\ud83d", "\\\ufffd"],
])("writes %s so that every reader takes it", (_what, text, expected) => {
  expect(JSON.parse(Buffer.from(encodeJson(JSON.stringify(text))).toString())).toBe(expected);
});
