/** Half of a surrogate pair, as `JSON.stringify` writes it: a whole one is written as itself. */
const LONE_SURROGATE = /(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g;

const encoder = new TextEncoder();

/** JSON as `JSON.stringify` writes it, in UTF-8; half a surrogate pair is U+FFFD, as it is in protobuf. */
export function encodeJson(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text.includes("\\ud") ? text.replace(LONE_SURROGATE, "$1\ufffd") : text);
}
